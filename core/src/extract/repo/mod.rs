//! The tree as a repository: documents, copies of scripts, coverage floors, and what hides in a text.

mod command;
mod coverage;
mod document;
mod heading;
mod hidden;
mod ignored;
mod infrastructure;
mod similar;

#[cfg(test)]
mod tests;

use crate::extract::{Extractor, Model, TreeIndex};
use crate::facts::FactSet;
use crate::source::{Artifact, FileId, SourceFile};

/// States facts about any text of the tree.
pub(super) struct Repo;

impl Extractor for Repo {
    fn name(&self) -> &'static str {
        "repo"
    }

    fn reads(&self, _artifact: Artifact) -> bool {
        true
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "document",
            "documented_variable",
            "documented_command",
            "documented_profile",
            "documented_topic",
            "document_heading",
            "ignored_pattern",
            "infrastructure_resource",
            "hidden_character",
            "conflict_marker",
            "coverage_floor",
            "script_copy",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        hidden::state(file, facts);
        match file.artifact {
            Artifact::Markdown => {
                document::state(file, facts);
                document::state_profiles(file, facts);
                document::state_topics(file, facts);
                heading::state(file, facts);
                command::state(file, facts);
            }
            Artifact::Infrastructure => {
                infrastructure::state(file, facts);
                infrastructure::state_types(file, facts);
            }
            Artifact::Yaml => {
                infrastructure::state(file, facts);
                coverage::state(file, facts);
            }
            Artifact::Other if ignored::is_ignore_file(file.path) => ignored::state(file, facts),
            Artifact::Shell => {
                coverage::state(file, facts);
                return similar::outline(file).map(|outline| Box::new(outline) as Model);
            }
            Artifact::Other if document::is_document(file.path) => {
                document::state(file, facts);
                document::state_profiles(file, facts);
                document::state_topics(file, facts);
                heading::state(file, facts);
                command::state(file, facts);
            }
            _ => coverage::state(file, facts),
        }
        None
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let outlines = models.iter().filter_map(|(file, model)| Some((*file, model.downcast_ref()?))).collect();
        similar::link(outlines, tree, facts);
    }
}
