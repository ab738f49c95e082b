//! Dockerfiles: stages, what is in force at each instruction, what is copied, installed and run.
//!
//! [`Extractor::extract`] states what one Dockerfile says by itself; the link step finds the build contexts that
//! Compose files name, and looks up there what is copied ([`context`]).

mod context;
mod expand;
mod ignore;
mod install;
mod reading;
mod rows;

#[cfg(test)]
mod tests;

use super::compose;
use super::{Extractor, Model, TreeIndex};
use crate::facts::FactSet;
use crate::source::{Artifact, FileId, SourceFile};

/// States Dockerfiles.
pub(super) struct Dockerfile;

/// What is kept of a file.
enum Kept {
    Dockerfile(context::FileModel),
    Ignore(String, ignore::Ignore),
    /// Build contexts and Dockerfiles that a Compose file names.
    Builds(Vec<(String, String)>),
}

impl Extractor for Dockerfile {
    fn name(&self) -> &'static str {
        "dockerfile"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(artifact, Artifact::Dockerfile | Artifact::DockerIgnore | Artifact::Compose)
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "dockerfile",
            "dockerfile_stage",
            "dockerfile_instruction",
            "dockerfile_flag",
            "dockerfile_copy",
            "dockerfile_copied_path",
            "dockerfile_context",
            "dockerfile_sensitive_copy",
            "dockerfile_variable",
            "dockerfile_port",
            "dockerfile_package",
            "dockerfile_install",
            "dockerfile_healthcheck",
            "dockerfile_argument",
            "shell_command",
            "shell_argument",
            "shell_redirect",
            "shell_assignment",
            "shell_write",
            "shell_chmod",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let kept = match file.artifact {
            Artifact::Dockerfile => Kept::Dockerfile(rows::state(file, facts)),
            Artifact::DockerIgnore => Kept::Ignore(file.path.to_owned(), ignore::Ignore::parse(file.text)),
            _ => Kept::Builds(compose::builds(file)),
        };
        Some(Box::new(kept))
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let mut linker = context::Linker::new(tree);
        for kept in models.iter().filter_map(|(_, model)| model.downcast_ref::<Kept>()) {
            match kept {
                Kept::Ignore(path, ignore) => linker.add_ignore(path, ignore),
                Kept::Builds(builds) => linker.add_builds(builds),
                Kept::Dockerfile(_) => {}
            }
        }
        for kept in models.iter().filter_map(|(_, model)| model.downcast_ref::<Kept>()) {
            if let Kept::Dockerfile(model) = kept {
                linker.link(model, facts);
            }
        }
    }
}
