//! Pipelines: GitHub Actions, GitLab CI, Jenkins, and the bots that renew dependencies.

mod action;
mod expression;
mod github;
mod gitlab;
mod jenkins;
mod order;
mod presence;
mod steps;
mod updater;

#[cfg(test)]
mod tests;

use crate::extract::shell::{FileUse, state_uses};
use crate::extract::{Extractor, Model, TreeIndex};
use crate::facts::FactSet;
use crate::source::{Artifact, FileId, SourceFile};

/// States pipelines.
pub(super) struct Ci;

impl Extractor for Ci {
    fn name(&self) -> &'static str {
        "ci"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(
            artifact,
            Artifact::GithubWorkflow
                | Artifact::GithubAction
                | Artifact::GitlabCi
                | Artifact::Dependabot
                | Artifact::Json
                | Artifact::Other
        )
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "ci_workflow",
            "ci_trigger",
            "ci_permission",
            "ci_job",
            "ci_order",
            "ci_reference",
            "ci_step",
            "ci_use",
            "ci_input",
            "ci_variable",
            "ci_context_use",
            "ci_image",
            "ci_image_build",
            "ci_runtime",
            "ci_include",
            "ci_rule",
            "ci_repeated_key",
            "jenkins_step",
            "dependency_updater",
            "shell_command",
            "shell_argument",
            "shell_redirect",
            "shell_assignment",
            "shell_write",
            "shell_chmod",
            "shell_file_use",
            "compose_load",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let uses = match file.artifact {
            Artifact::GithubWorkflow => github::workflow(file, facts),
            Artifact::GithubAction => github::action(file, facts),
            Artifact::GitlabCi => gitlab::pipeline(file, facts),
            Artifact::Dependabot => updater::dependabot(file, facts),
            Artifact::Other if jenkins::is_jenkinsfile(file.path) => jenkins::pipeline(file, facts),
            Artifact::Other => Vec::new(),
            _ => updater::renovate(file, facts),
        };
        (!uses.is_empty()).then(|| Box::new(uses) as Model)
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let uses = models.iter().filter_map(|(_, model)| model.downcast_ref::<Vec<FileUse>>());
        state_uses(uses.flatten(), tree, facts);
        presence::state(tree, facts);
    }
}
