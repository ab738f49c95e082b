//! Facts about the tree as a repository: documents, copies, what does not belong into a source file.

use crate::facts::row::tables;

tables! {
    /// A document for people. `span` is its first byte.
    pub struct Document in "document" {
        /// Path from the root.
        #[indexed] path: String,
        /// `readme`, `architecture`, `api`, `operations`, `contributing`, `security`, `changelog` or `other`.
        #[indexed] kind: &'static str,
        /// Words.
        words: i64,
        /// Whether it says how to start the program.
        tells_how_to_run: bool,
        /// Whether it says how to deploy it.
        tells_how_to_deploy: bool,
    }

    /// A heading of a document.
    pub struct DocumentHeading in "document_heading" {
        /// Path of the document.
        #[indexed] path: String,
        /// Its text, without marks.
        text: String,
    }

    /// A variable of the environment that a document names.
    pub struct DocumentedVariable in "documented_variable" {
        /// Path of the document.
        #[indexed] path: String,
        /// The variable.
        #[indexed] name: String,
    }

    /// A profile of Compose that a document names.
    pub struct DocumentedProfile in "documented_profile" {
        /// Path of the document.
        #[indexed] path: String,
        /// The profile.
        #[indexed] name: String,
    }

    /// Something that a document says of how the system is run, which nothing else in the tree need show.
    pub struct DocumentedTopic in "documented_topic" {
        /// Path of the document.
        #[indexed] path: String,
        /// `objectives` (service levels), `hosted_alerts`, `hosted_dashboards` or `key_rotation`.
        #[indexed] topic: &'static str,
    }

    /// A resource that Terraform or Ansible makes: of the container engine, an alert, a dashboard, a secret store.
    pub struct InfrastructureResource in "infrastructure_resource" {
        /// `network`, `volume`, `secret`, `config`, `alert`, `dashboard` or `secret_store`.
        #[indexed] kind: &'static str,
        /// Its name as written.
        #[indexed] name: String,
    }

    /// A pattern of a `.gitignore`: what is made in the working copy, and never stands in the tree.
    pub struct IgnoredPattern in "ignored_pattern" {
        /// Folder of the `.gitignore`; empty for the root.
        #[indexed] folder: String,
        /// The pattern, without slashes at its ends.
        #[indexed] pattern: String,
        /// Whether it only fits from its folder on.
        is_anchored: bool,
    }

    /// A command that a document tells to run: in a block of code or between backticks.
    pub struct DocumentedCommand in "documented_command" {
        /// Path of the document.
        #[indexed] path: String,
        /// The program, without `sudo`.
        #[indexed] program: String,
        /// The command, without a prompt.
        text: String,
    }

    /// A character that a reader does not see, or that changes the order in which text is shown.
    pub struct HiddenCharacter in "hidden_character" {
        /// Path from the root.
        #[indexed] path: String,
        /// `bidirectional` or `zero_width`.
        kind: &'static str,
        /// The code point, for example `U+202E`.
        code_point: String,
    }

    /// A marker that a merge left behind.
    pub struct ConflictMarker in "conflict_marker" {
        /// Path from the root.
        #[indexed] path: String,
    }

    /// A least coverage of tests that a configuration demands.
    pub struct CoverageFloor in "coverage_floor" {
        /// Path from the root.
        #[indexed] path: String,
        /// `coverage`, `pytest-cov`, `codecov`, `jest`.
        tool: &'static str,
        /// Percent; NULL where it cannot be read (`auto`).
        percent: Option<f64>,
    }

    /// Two scripts that are the same or nearly so; the path that sorts first is `path`.
    pub struct ScriptCopy in "script_copy" {
        /// The first script.
        #[indexed] path: String,
        /// The second.
        #[indexed] other: String,
        /// Where the second stands.
        other_span: crate::source::Span,
        /// Share of common lines in sequence, from 0 to 1.
        similarity: f64,
        /// Lines of the first that are neither blank nor comments.
        code_lines: i64,
    }
}
