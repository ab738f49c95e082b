//! Facts about pipelines: GitHub Actions, GitLab CI, and the bots that renew dependencies.

use crate::facts::RowId;
use crate::facts::row::tables;
use crate::source::Span;

tables! {
    /// A workflow, a pipeline file or a composite action. `span` is its name, else the file's first byte.
    pub struct CiWorkflow in "ci_workflow" {
        /// Path from the root.
        #[indexed] path: String,
        /// `github`, `gitlab`, or another system of which only the presence is stated: `circleci`, `jenkins`, `azure`, `travis`, `bitbucket`, `drone`, `buildkite`, `woodpecker`.
        #[indexed] system: &'static str,
        /// `workflow`, `action` or `pipeline`.
        kind: &'static str,
        /// Its name, else the file's.
        name: String,
        /// Whether other workflows call it (`workflow_call`).
        is_reusable: bool,
        /// Token permissions at the top: `none` (`{}`), `read-all`, `write-all` or `listed`; NULL where not stated.
        permissions: Option<&'static str>,
        /// Whether a concurrency group is set at the top.
        has_concurrency: bool,
        /// Whether parts of it stand in files that are not in the tree (remote includes).
        is_partial: bool,
    }

    /// An event that starts a workflow.
    pub struct CiTrigger in "ci_trigger" {
        /// The workflow.
        workflow: RowId,
        /// For example `push`, `pull_request`, `schedule`, `merge_request`.
        #[indexed] event: String,
        /// Branches, joined by blanks; NULL where any.
        branches: Option<String>,
        /// Tags, joined by blanks; NULL where none are named.
        tags: Option<String>,
        /// Activity types, joined by blanks.
        types: Option<String>,
        /// The schedule.
        cron: Option<String>,
        /// Names of the inputs that it takes, in lower case, joined by blanks.
        inputs: Option<String>,
    }

    /// A permission given to the token, at the top of a workflow or in a job.
    pub struct CiPermission in "ci_permission" {
        /// The workflow.
        workflow: RowId,
        /// The job; NULL at the top.
        job: Option<RowId>,
        /// For example `contents`, or `all` for `read-all` and `write-all`.
        scope: String,
        /// `read`, `write` or `none`.
        access: String,
    }

    /// A job. `span` is its key.
    pub struct CiJob in "ci_job" {
        /// The workflow.
        workflow: RowId,
        /// The key.
        #[indexed] key: String,
        /// The name shown.
        name: Option<String>,
        /// The stage (GitLab).
        stage: Option<String>,
        /// Labels of the runner, joined by blanks; `group:<name>` where only a group of runners is named.
        runs_on: Option<String>,
        /// The condition as written; the rules of GitLab joined by ` | `.
        condition: Option<String>,
        /// Whether its failure is ignored: `true`, an expression, or `codes` for chosen exit codes; NULL where it is not.
        ignores_failure: Option<String>,
        /// Whether the ignoring is only for entries of the matrix that are marked experimental, or for chosen codes.
        is_partly_ignored: bool,
        /// Whether a person has to start it (`when: manual`).
        is_manual: bool,
        /// The environment that it deploys to.
        environment: Option<String>,
        /// The reusable workflow that it calls.
        uses: Option<String>,
        /// Minutes after which it is ended, as written.
        timeout: Option<String>,
        /// Token permissions of its own, as in `ci_workflow`.
        permissions: Option<&'static str>,
        /// Whether a concurrency or resource group is set.
        has_concurrency: bool,
        /// Whether all secrets are handed to the callee (`secrets: inherit`).
        inherits_secrets: bool,
        /// Whether it is a template that other jobs extend.
        is_template: bool,
        /// Whether it is never run (`if: false`, `when: never` alone).
        is_disabled: bool,
    }

    /// A job that must have ended well before another starts, by `needs`, through others, or by the order of stages.
    pub struct CiOrder in "ci_order" {
        /// The later job.
        job: RowId,
        /// The earlier one.
        earlier: RowId,
        /// Whether it is named by the later job itself.
        is_direct: bool,
    }

    /// Names in `needs`, `dependencies` or `extends`, with what they refer to.
    pub struct CiReference in "ci_reference" {
        /// The workflow.
        workflow: RowId,
        /// The job.
        job: RowId,
        /// `needs`, `dependencies`, `extends` or `stage`.
        #[indexed] kind: &'static str,
        /// The name.
        target: String,
        /// The job referred to, where the file has it.
        target_job: Option<RowId>,
        /// Whether the file defines the name.
        is_defined: bool,
    }

    /// A step of a job, a step of a composite action, or a script section of GitLab.
    pub struct CiStep in "ci_step" {
        /// The workflow.
        workflow: RowId,
        /// The job; NULL in a composite action.
        job: Option<RowId>,
        /// Position in the job, from 0.
        ordinal: i64,
        /// Its id; in GitLab `before_script`, `script` or `after_script`.
        key: Option<String>,
        /// The name shown.
        name: Option<String>,
        /// The action.
        uses: Option<String>,
        /// The script.
        run: Option<String>,
        /// The shell that runs it, where one is named.
        shell: Option<String>,
        /// The folder in which it runs.
        working_directory: Option<String>,
        /// The condition as written.
        condition: Option<String>,
        /// Whether its failure is ignored: `true` or an expression; NULL where it is not.
        ignores_failure: Option<String>,
        /// What it is for, as in `shell_command`, else from the action that it uses; NULL where not known.
        #[indexed] purpose: Option<&'static str>,
    }

    /// An action, or a reusable workflow, that a step or job uses.
    pub struct CiUse in "ci_use" {
        /// The workflow.
        workflow: RowId,
        /// The job.
        job: Option<RowId>,
        /// The step; NULL where a job calls a workflow.
        step: Option<RowId>,
        /// `action`, `workflow`, `local` or `docker`.
        #[indexed] kind: &'static str,
        /// `owner/name/path` in lower case, or what stands there for the other kinds.
        #[indexed] action: String,
        /// The owner in lower case.
        owner: Option<String>,
        /// What follows `@`.
        reference: Option<String>,
        /// What the reference is: `commit`, `version` (a tag such as v4 or 1.2.3), `branch` (any other name), `digest`, `none`, `expression`.
        pin: &'static str,
    }

    /// An input given to an action or reusable workflow.
    pub struct CiInput in "ci_input" {
        /// The step; NULL for a job that calls a workflow.
        step: Option<RowId>,
        /// The job.
        job: Option<RowId>,
        /// The input's name.
        #[indexed] name: String,
        /// Its value.
        value: String,
    }

    /// A variable set in a pipeline.
    pub struct CiVariable in "ci_variable" {
        /// The workflow.
        workflow: RowId,
        /// The job; NULL at the top.
        job: Option<RowId>,
        /// The step; NULL at the job.
        step: Option<RowId>,
        /// The variable.
        #[indexed] name: String,
        /// Its value.
        value: String,
        /// Whether name and value together say that it is a secret.
        is_secret_name: bool,
        /// What the value is, as in `env_entry`.
        value_class: &'static str,
    }

    /// A context such as `github.event.issue.title` that an expression reads.
    pub struct CiContextUse in "ci_context_use" {
        /// The workflow.
        workflow: RowId,
        /// The job.
        job: Option<RowId>,
        /// The step.
        step: Option<RowId>,
        /// Where the expression stands: `run`, `if`, `env`, `with`, `uses` or `other`.
        #[indexed] place: &'static str,
        /// The key that it is the value of.
        key: String,
        /// The context in lower case, indices as dots.
        #[indexed] context: String,
        /// The expression, without its braces.
        expression: String,
    }

    /// An image that a job runs in, or beside itself.
    pub struct CiImage in "ci_image" {
        /// The workflow.
        workflow: RowId,
        /// The job; NULL for the pipeline's default.
        job: Option<RowId>,
        /// `container` or `service`.
        role: &'static str,
        /// The service's name.
        name: Option<String>,
        /// The reference, with the variables filled in that the pipeline sets.
        image: String,
        /// The tag.
        tag: Option<String>,
        /// Whether a digest pins it.
        has_digest: bool,
        /// Where a password for its registry is written out, in place of a secret's name.
        password_span: Option<Span>,
    }

    /// An image that a step builds.
    pub struct CiImageBuild in "ci_image_build" {
        /// The workflow.
        workflow: RowId,
        /// The job.
        job: Option<RowId>,
        /// The step.
        step: RowId,
        /// One name that it gives to the image; NULL where it gives none.
        image: Option<String>,
        /// The build context.
        context: Option<String>,
        /// The Dockerfile, where one is named.
        dockerfile: Option<String>,
        /// Whether it pushes the image.
        is_pushed: bool,
    }

    /// A version of a language that a job sets up.
    pub struct CiRuntime in "ci_runtime" {
        /// The workflow.
        workflow: RowId,
        /// The job.
        job: Option<RowId>,
        /// `python`, `node`, `go`, `java`.
        #[indexed] language: &'static str,
        /// One version; an expression over a matrix gives its entries.
        version: String,
    }

    /// A file that a GitLab pipeline includes.
    pub struct CiInclude in "ci_include" {
        /// The workflow.
        workflow: RowId,
        /// `local`, `project`, `remote`, `template` or `component`.
        #[indexed] kind: &'static str,
        /// The path, URL, template or component.
        target: String,
        /// The reference of a project or component.
        reference: Option<String>,
        /// Whether an integrity value stands beside it.
        has_integrity: bool,
    }

    /// A rule (`rules`, `only`, `except`) that decides whether a GitLab job or the whole pipeline runs.
    pub struct CiRule in "ci_rule" {
        /// The workflow.
        workflow: RowId,
        /// The job; NULL for `workflow: rules`.
        job: Option<RowId>,
        /// `rules`, `only` or `except`.
        kind: &'static str,
        /// The condition or reference; NULL for one without.
        condition: Option<String>,
        /// `when`, where given.
        run_when: Option<String>,
    }

    /// A key that a mapping of a workflow writes a second time. `span` is that second one.
    pub struct CiRepeatedKey in "ci_repeated_key" {
        /// The workflow.
        workflow: RowId,
        /// The key.
        key: String,
    }

    /// A step of a Jenkins pipeline that runs shell. Its commands are in `shell_command`.
    pub struct JenkinsStep in "jenkins_step" {
        /// Path of the pipeline from the root.
        #[indexed] path: String,
    }

    /// What a bot keeps up to date: an entry of Dependabot, or a Renovate configuration.
    pub struct DependencyUpdater in "dependency_updater" {
        /// `dependabot` or `renovate`.
        tool: &'static str,
        /// The ecosystem, for example `pip`; NULL for Renovate.
        #[indexed] ecosystem: Option<String>,
        /// The folder, without slashes at its ends; NULL for Renovate.
        directory: Option<String>,
        /// How often.
        schedule: Option<String>,
        /// Whether new releases have to age first.
        has_cooldown: bool,
        /// Whether code of the dependencies may run during the update.
        runs_external_code: bool,
    }
}
