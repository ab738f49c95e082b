//! From a file to rows of facts. An extractor states what stands there and never judges.
//!
//! Each artifact has one folder or file with one [`Extractor`]. What needs several files (a merged compose
//! model, nginx includes) is stated in [`Extractor::link`] from the small typed models that
//! [`Extractor::extract`] kept; texts and trees are gone by then.

use std::any::Any;

use crate::facts::{FactSet, Wanted};
use crate::source::{Artifact, FileId, SourceFile};

mod address;
mod alertmanager;
mod ci;
mod compose;
mod config_secret;
mod datastore;
mod deps;
mod dockerfile;
mod dotenv;
mod embedded;
pub(crate) mod evidence;
mod frontend;
mod gateway;
mod grafana;
mod image;
mod index;
mod k8s;
mod known;
mod mentions;
mod nginx;
mod parts;
mod prometheus;
mod python;
mod realm;
mod repo;
mod role;
#[cfg(test)]
mod sample;
mod secret_file;
mod shell;
mod supervisor;
mod systemd;
mod tls;
mod values;
mod variables;
mod yaml;

pub use index::TreeIndex;
pub(crate) use known::{builtin, with_folder};
pub(crate) use parts::parts;

/// What an extractor keeps of one file for the link step.
pub type Model = Box<dyn Any + Send + Sync>;

/// States the facts of one kind of artifact.
pub trait Extractor: Send + Sync {
    /// The name in timings and errors, for example `compose`.
    fn name(&self) -> &'static str;

    /// Whether the extractor reads files of this kind.
    fn reads(&self, artifact: Artifact) -> bool;

    /// Whether it also reads texts that stand within other files, such as those of a ConfigMap.
    fn reads_parts(&self) -> bool {
        false
    }

    /// The tables that it fills; it is not run when none of them is wanted.
    fn fills(&self) -> &'static [&'static str];

    /// States what one file says by itself, and keeps what the link step needs.
    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model>;

    /// States what only several files say together. `models` are in the order of the files' paths.
    fn link(&self, _models: &[(FileId, Model)], _tree: &TreeIndex<'_>, _facts: &mut FactSet) {}
}

/// Every extractor, in the order in which their link steps run.
pub fn all() -> &'static [&'static dyn Extractor] {
    &[
        &mentions::Mentions,
        &variables::Variables,
        &embedded::EmbeddedSecrets,
        &secret_file::SecretFiles,
        &config_secret::ConfigSecrets,
        &realm::Realms,
        &compose::Compose,
        &dockerfile::Dockerfile,
        &dotenv::DotEnv,
        &known::KnownTables,
        &shell::Shell,
        &repo::Repo,
        &ci::Ci,
        &nginx::Nginx,
        &prometheus::Prometheus,
        &alertmanager::Alertmanager,
        &deps::Deps,
        &python::Python,
        &k8s::K8s,
        &datastore::Datastore,
        &systemd::Systemd,
        &supervisor::Supervisor,
        &grafana::Grafana,
        &gateway::Gateway,
        &tls::Tls,
        &frontend::Frontend,
    ]
}

/// Whether `extractor` fills a table that is wanted.
pub fn is_wanted(extractor: &dyn Extractor, wanted: &Wanted) -> bool {
    extractor.fills().iter().any(|table| wanted.wants(table))
}
