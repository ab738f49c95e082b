//! Renderers: one file per format, fed from an [`Audit`] alone. Nothing here decides what is reported.

mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod markdown;
mod sarif;
mod summary;
mod text;
mod visible;

use std::borrow::Cow;

use super::Audit;
pub use visible::visible;

/// A format that an audit can be shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Format {
    Text,
    Json,
    Jsonl,
    Sarif,
    Markdown,
    Html,
    Github,
    Gitlab,
    Junit,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Markdown,
        Self::Html,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
    ];

    /// The name in options.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
        }
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// How text looks; the other formats know no such choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance {
    /// Whether to use ANSI colours. They never carry meaning alone.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to draw with characters beyond ASCII.
    pub unicode: bool,
}

impl Default for Appearance {
    fn default() -> Self {
        Self { colour: false, width: 100, unicode: true }
    }
}

/// Shows an audit. The text ends in a newline.
pub fn render(audit: &Audit, format: Format, appearance: Appearance) -> String {
    match format {
        Format::Text => text::render(audit, appearance),
        Format::Json => json::render(audit),
        Format::Jsonl => json::render_lines(audit),
        Format::Sarif => sarif::render(audit),
        Format::Markdown => markdown::render(audit),
        Format::Html => html::render(audit),
        Format::Github => github::render(audit),
        Format::Gitlab => gitlab::render(audit),
        Format::Junit => junit::render(audit),
    }
}

/// The path as seen from the folder in which the audit was asked for: code hosts place annotations by it. Where the
/// root is absolute, or outside of that folder, the path from the root.
fn from_here<'a>(audit: &Audit, path: &'a str) -> Cow<'a, str> {
    let root = audit.root.replace('\\', "/");
    let root = root.trim_start_matches("./").trim_end_matches('/');
    if root.is_empty() || root == "." || root.starts_with('/') || root.starts_with("..") || root.contains(':') {
        return Cow::Borrowed(path);
    }
    if root == path || root.ends_with(&format!("/{path}")) {
        return Cow::Owned(root.to_owned());
    }
    Cow::Owned(format!("{root}/{path}"))
}

#[cfg(test)]
pub(super) mod sample;
#[cfg(test)]
mod tests;
