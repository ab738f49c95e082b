//! The languages of patterns, and their front-ends: text → tree, pattern → pattern tree.
//!
//! Another language is an arm in each of the functions below and a front-end that builds a [`Tree`].

use crate::source::SourceFile;
use crate::syntax::tree::{PatternError, PatternTree, Tree};
use crate::syntax::{bash, docker, python, yaml};

/// A language that patterns are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Language {
    /// Python.
    Python,
    /// YAML.
    Yaml,
    /// JSON, which is read as the YAML that it is.
    Json,
    /// Dockerfiles.
    Dockerfile,
    /// Shell scripts.
    Bash,
    /// Any text, word by word.
    Generic,
    /// Any text, by regular expressions only.
    Regex,
}

impl Language {
    /// The language of this name, as Semgrep spells it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "python" | "py" | "python2" | "python3" => Some(Self::Python),
            "yaml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "dockerfile" | "docker" => Some(Self::Dockerfile),
            "bash" | "sh" => Some(Self::Bash),
            "generic" => Some(Self::Generic),
            "regex" | "none" => Some(Self::Regex),
            _ => None,
        }
    }

    /// Whether files of the language that [`crate::source::Artifact::language`] tells are scanned.
    pub(crate) fn scans(self, file: Option<&str>) -> bool {
        self.of_files().is_none_or(|language| file == Some(language))
    }

    /// The language of the files that it is for, as [`crate::source::Artifact::language`] tells it; none for every file.
    pub(crate) fn of_files(self) -> Option<&'static str> {
        match self {
            Self::Generic | Self::Regex => None,
            Self::Python => Some("python"),
            Self::Yaml => Some("yaml"),
            Self::Json => Some("json"),
            Self::Dockerfile => Some("dockerfile"),
            Self::Bash => Some("bash"),
        }
    }

    /// Whether any text is of the language, code or not.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Generic | Self::Regex)
    }

    /// Parses a pattern.
    pub(crate) fn pattern(self, text: &str) -> Result<PatternTree, PatternError> {
        match self {
            Self::Python => python::pattern::parse(text),
            Self::Yaml => yaml::pattern(text),
            Self::Json => yaml::json_pattern(text),
            Self::Dockerfile => docker::pattern(text),
            Self::Bash => bash::pattern(text),
            Self::Generic | Self::Regex => {
                Err(PatternError { offset: 0, message: "internal: a pattern of text is no tree".into() })
            }
        }
    }

    /// The tree of a file; why there is none, where there is none.
    pub(crate) fn file_tree(self, file: &SourceFile<'_>) -> Result<Tree, String> {
        match self {
            Self::Python => match file.python() {
                Ok(module) => Ok(module.tree(file.text)),
                Err(_) => Err("it nests too deep to be parsed".to_owned()),
            },
            Self::Yaml => Ok(yaml::target(file.text, file.yaml())),
            Self::Json => Ok(yaml::json(file.text)),
            Self::Dockerfile => Ok(docker::target(file.text)),
            Self::Bash => bash::target(file.text).ok_or_else(|| "it passes the bounds of parsing".to_owned()),
            Self::Generic | Self::Regex => Ok(Tree::default()),
        }
    }

    /// The tree of a text that is no file: the content of a metavariable.
    pub(crate) fn text_tree(self, text: &str) -> Option<Tree> {
        match self {
            Self::Python => python::parse(text).ok().map(|module| module.tree(text)),
            Self::Yaml => Some(yaml::target(text, &yaml::Document::parse(text))),
            Self::Json => Some(yaml::json(text)),
            Self::Dockerfile => Some(docker::target(text)),
            Self::Bash => bash::target(text),
            Self::Generic | Self::Regex => Some(Tree::default()),
        }
    }
}
