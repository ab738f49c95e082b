//! Facts about Dockerfiles: stages, instructions, what they copy, install and run.

use crate::facts::RowId;
use crate::facts::row::tables;
use crate::source::Span;

tables! {
    /// A Dockerfile. `span` is its first byte.
    pub struct Dockerfile in "dockerfile" {
        /// Path from the root.
        #[indexed] path: String,
        /// Its folder.
        #[indexed] folder: String,
        /// What its path says it is for: `production`, `development`, `test` or `example`.
        role: &'static str,
        /// How many stages it has.
        stages: i64,
    }

    /// A stage of a Dockerfile. `span` is its `FROM`; `certainty` is `unresolved` where the base image is only known at build time.
    pub struct DockerfileStage in "dockerfile_stage" {
        /// The Dockerfile.
        dockerfile: RowId,
        /// Position, from 0.
        position: i64,
        /// The name after `AS`.
        #[indexed] name: Option<String>,
        /// Whether it is the last.
        is_final: bool,
        /// What `FROM` names, build arguments filled where they have a default.
        base: String,
        /// The stage that it builds on.
        base_stage: Option<RowId>,
        /// The outside image at the end of the chain of stages, without default registry, tag and digest.
        #[indexed] image_name: Option<String>,
        /// That image's tag.
        image_tag: Option<String>,
        /// That image's digest.
        image_digest: Option<String>,
        /// The row of `known_image` for that image.
        #[indexed] known_image: Option<String>,
        /// The image under which `known_tool` has rows for that image.
        known_base: Option<String>,
        /// The word of the tag that those rows have.
        known_tag_word: Option<String>,
        /// `debian`, `alpine`, `fedora` …, where known.
        distribution: Option<String>,
        /// Whether it starts from nothing.
        is_scratch: bool,
        /// `--platform`.
        platform: Option<String>,
        /// The user at the stage's end: the last `USER`, that of the stage below, or that of the known image.
        user: Option<String>,
        /// Where the user is set.
        user_span: Option<Span>,
        /// Whether that user is root; NULL where it is not known.
        is_root: Option<bool>,
        /// Whether the entrypoint of the image gives up root by itself.
        drops_root: bool,
        /// The working directory at the stage's end.
        workdir: Option<String>,
        /// The entrypoint's words, separated by spaces.
        entrypoint: Option<String>,
        /// The command's words, separated by spaces.
        command: Option<String>,
        /// The shell of `RUN` and of shell forms, where `SHELL` sets it.
        shell: Option<String>,
        /// What the file is for.
        role: &'static str,
    }

    /// An instruction.
    pub struct DockerfileInstruction in "dockerfile_instruction" {
        /// The Dockerfile.
        dockerfile: RowId,
        /// The stage; NULL before the first.
        stage: Option<RowId>,
        /// Position in the file, from 0.
        position: i64,
        /// The keyword in upper case.
        #[indexed] keyword: String,
        /// The arguments, continuations joined; at most 4,096 bytes.
        text: String,
        /// `exec` or `shell`, for those that have both forms.
        form: Option<&'static str>,
        /// Whether the format has the keyword.
        is_known: bool,
        /// The user in force.
        user: Option<String>,
        /// The working directory in force.
        workdir: Option<String>,
    }

    /// An option of an instruction, such as `--mount=type=cache`.
    pub struct DockerfileFlag in "dockerfile_flag" {
        /// The instruction.
        instruction: RowId,
        /// The name without dashes.
        #[indexed] name: String,
        /// The value.
        value: Option<String>,
    }

    /// A source of a `COPY` or `ADD`.
    pub struct DockerfileCopy in "dockerfile_copy" {
        /// The stage.
        stage: RowId,
        /// The instruction.
        instruction: RowId,
        /// `COPY` or `ADD`.
        keyword: &'static str,
        /// The source, build arguments filled.
        source: String,
        /// The destination as written.
        destination: String,
        /// The destination as a path of the image; NULL where the working directory is not known.
        target: Option<String>,
        /// How many sources the instruction has.
        sources: i64,
        /// The text after `--from=`.
        from_text: Option<String>,
        /// The stage that it names.
        from_stage: Option<RowId>,
        /// `context`, `stage`, `image`, `url`, `git` or `heredoc`.
        kind: &'static str,
        /// `--chown`.
        chown: Option<String>,
        /// `--chmod`.
        chmod: Option<String>,
    }

    /// What a source of the build context is, in each context that the Dockerfile is built with.
    pub struct DockerfileCopiedPath in "dockerfile_copied_path" {
        /// The copy.
        copy: RowId,
        /// The build context's path from the root.
        #[indexed] context: String,
        /// The source's path from the root.
        #[indexed] path: Option<String>,
        /// `file`, `folder`, `glob`, `missing`, `ignored`, `outside` or `unknown`.
        state: &'static str,
    }

    /// A build context that a Dockerfile is built with.
    pub struct DockerfileContext in "dockerfile_context" {
        /// The Dockerfile.
        dockerfile: RowId,
        /// The context's path from the root.
        #[indexed] context: String,
        /// How it is known: `compose`, or `folder` where nothing names one.
        origin: &'static str,
        /// The path of the `.dockerignore` in force.
        dockerignore: Option<String>,
        /// What is copied wholly (`.`) leaves these out: patterns of the `.dockerignore`, separated by spaces.
        ignored: String,
    }

    /// A file of a build context that a whole-folder `COPY` takes into the image and that looks sensitive, by its name.
    pub struct DockerfileSensitiveCopy in "dockerfile_sensitive_copy" {
        /// The copy.
        copy: RowId,
        /// The file's path from the root.
        #[indexed] path: String,
        /// `env`, `key`, `credentials`, `dump` or `git`.
        kind: &'static str,
    }

    /// `ARG` or `ENV`.
    pub struct DockerfileVariable in "dockerfile_variable" {
        /// The Dockerfile.
        dockerfile: RowId,
        /// The stage; NULL before the first.
        stage: Option<RowId>,
        /// The instruction.
        instruction: RowId,
        /// `ARG` or `ENV`.
        #[indexed] keyword: &'static str,
        /// The variable.
        #[indexed] name: String,
        /// The value, build arguments filled where they have a default.
        value: Option<String>,
        /// Whether name and value together say that it is a secret.
        is_secret_name: bool,
        /// What the value is, as in `env_entry`.
        value_class: &'static str,
        /// Who issues tokens of the value's format.
        provider: Option<String>,
    }

    /// A port that a stage says it listens on.
    pub struct DockerfilePort in "dockerfile_port" {
        /// The stage.
        stage: RowId,
        /// The port; NULL where it is not a number.
        #[indexed] port: Option<i64>,
        /// Its last, for a range.
        port_end: Option<i64>,
        /// `tcp` or `udp`.
        protocol: String,
        /// As written.
        written: String,
    }

    /// A package that a `RUN` installs.
    pub struct DockerfilePackage in "dockerfile_package" {
        /// The stage.
        stage: RowId,
        /// The instruction.
        instruction: RowId,
        /// `pip`, `npm`, `apt`, `apk`, `yum`, `gem`, `go`, `cargo`.
        #[indexed] manager: &'static str,
        /// The package; for Python in its normal form.
        #[indexed] name: String,
        /// The version, or the constraint, as written.
        version: Option<String>,
        /// `registry`, `path`, `url` or `vcs`.
        source: &'static str,
    }

    /// A file whose list of packages a `RUN` installs, or a project that it installs.
    pub struct DockerfileInstall in "dockerfile_install" {
        /// The stage.
        stage: RowId,
        /// The instruction.
        instruction: RowId,
        /// `pip`, `uv`, `poetry`, `pipenv`, `npm`, `yarn`, `pnpm`, `bun`.
        #[indexed] manager: &'static str,
        /// `requirements`, `constraints`, `project` or `lock`.
        kind: &'static str,
        /// The file or folder as written.
        written: String,
        /// The file's path from the root, found through what was copied.
        #[indexed] path: Option<String>,
    }

    /// The health check of a stage.
    pub struct DockerfileHealthcheck in "dockerfile_healthcheck" {
        /// The stage.
        stage: RowId,
        /// Whether it switches an inherited check off.
        is_disabled: bool,
        /// `exec` or `shell`.
        form: Option<&'static str>,
        /// The command, words separated by spaces.
        test: Option<String>,
        /// The program that it runs.
        program: Option<String>,
        /// The port that it asks on its own host.
        port: Option<i64>,
        /// Seconds between checks.
        interval: Option<f64>,
        /// Seconds that a check may take.
        timeout: Option<f64>,
    }

    /// A word of a stage's entrypoint or command. The script of `sh -c` and of a shell form is taken apart.
    pub struct DockerfileArgument in "dockerfile_argument" {
        /// The stage.
        stage: RowId,
        /// `entrypoint` or `command`.
        part: &'static str,
        /// Its place, from 0.
        position: i64,
        /// The word without quotes.
        word: String,
        /// The option that the word is, without `=` and what follows.
        #[indexed] option: Option<String>,
        /// The option's value: after `=`, else the next word.
        value: Option<String>,
    }
}
