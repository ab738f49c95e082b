//! The rules that come with treeward, as data: no code, no dependency.
//!
//! Each rule is one YAML file under a folder named after the artifact that it judges.

/// One rule file, embedded at build time.
#[derive(Debug, Clone, Copy)]
pub struct RuleFile {
    /// Path inside this crate, with forward slashes, for example `compose/docker-socket-mount.yaml`.
    pub path: &'static str,
    /// The file's text.
    pub text: &'static str,
}

/// Every built-in rule file, sorted by path.
pub fn files() -> &'static [RuleFile] {
    include!(concat!(env!("OUT_DIR"), "/files.rs"))
}

/// Every data table that comes with the rules, sorted by path: dated facts about public images, ports, default
/// credentials and token formats.
pub fn data_files() -> &'static [RuleFile] {
    include!(concat!(env!("OUT_DIR"), "/data.rs"))
}
