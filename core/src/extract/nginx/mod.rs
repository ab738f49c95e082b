//! nginx: what each file says, and what is in force once includes are read and directives inherited.
//!
//! [`written`] states each file's directives. The link step ([`link`]) starts from every file that no other file
//! includes, expands includes ([`includes`]), applies inheritance ([`scope`]) and states servers, locations,
//! upstreams and what is in force in each.

mod directives;
mod includes;
mod link;
mod locations;
mod scope;
mod servers;
mod targets;
#[cfg(test)]
mod tests;
mod upstreams;
mod written;

use crate::extract::{Extractor, Model, TreeIndex};
use crate::facts::{FactSet, RowId};
use crate::source::{Artifact, FileId, SourceFile};
use crate::syntax::nginx::Config;

/// The nginx extractor.
pub(super) struct Nginx;

/// What the link step keeps of a file.
struct File {
    config: Config,
    /// Path from the root.
    path: String,
    /// Where the text begins in its file; a ConfigMap holds several.
    base: usize,
    /// The file's row.
    row: RowId,
    /// The rows of its directives, in the order of the arena.
    rows: Vec<RowId>,
    role: &'static str,
    is_template: bool,
}

impl Extractor for Nginx {
    fn name(&self) -> &'static str {
        "nginx"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        artifact == Artifact::Nginx
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "nginx_file",
            "nginx_problem",
            "nginx_directive",
            "nginx_include",
            "nginx_included",
            "nginx_server",
            "nginx_listen",
            "nginx_server_name",
            "nginx_location",
            "nginx_if",
            "nginx_effective",
            "nginx_header",
            "nginx_proxy",
            "nginx_upstream",
            "nginx_upstream_server",
            "nginx_limit_zone",
            "nginx_map",
            "nginx_certificate",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        Some(Box::new(written::state(file, facts)))
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let files: Vec<(FileId, &File)> =
            models.iter().filter_map(|(id, model)| Some((*id, model.downcast_ref::<File>()?))).collect();
        link::state(&files, tree, facts);
    }
}
