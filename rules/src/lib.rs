//! The rules that come with treeward, as data: no code, and no dependency but to build it.
//!
//! Each rule is one YAML file under a folder named after the artifact that it judges.

/// One rule file, embedded at build time.
#[derive(Debug, Clone, Copy)]
pub struct RuleFile {
    /// Path inside this crate, with forward slashes, for example `compose/docker-socket-mount.yaml`.
    pub path: &'static str,
    /// The file's text.
    pub text: &'static str,
    /// What a YAML parser says of the text, recorded when this crate was built; empty where it was not.
    ///
    /// A sequence of events: a letter, then numbers in LEB128. Each has where it begins and ends in the text, in bytes.
    /// Scalars (`p`lain, `s`ingle quoted, `d`ouble quoted, `l`iteral, `f`olded) have the number of their anchor, 0 for none,
    /// and one more than the length of their value, which follows, or 0 where the value is what is written. `[` and `{` have
    /// an anchor, `*` and `&` the anchor that they mean; `e` ends a collection, `.` a document, `#` is a comment.
    pub events: &'static [u8],
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
