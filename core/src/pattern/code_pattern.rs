//! A pattern of code made ready to match: its string literals read as patterns of strings.

use super::language::Language;
use super::regex::{Regex, Use};
use crate::syntax::tree::{Kind, NodeId, PatternTree, Sym, Tree};

/// A pattern, ready to match.
#[derive(Debug, Clone)]
pub(super) struct CodePattern {
    pub(super) language: Language,
    pub(super) pattern: PatternTree,
    /// What string literals of the pattern match, by node; the others match their own content.
    strings: Vec<(NodeId, StringPattern)>,
    /// What metavariables must be in every match that counts. What counts is told elsewhere; a match that cannot count
    /// is given up where its metavariable is bound.
    pub(super) demands: Vec<Demand>,
}

/// What the text of a metavariable must match.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    pub(super) metavariable: Sym,
    pub(super) regex: Regex,
    /// Whether the metavariable stands in one place of the pattern only.
    pub(super) is_single: bool,
}

/// What a string literal of a pattern matches.
#[derive(Debug, Clone)]
pub(super) enum StringPattern {
    /// `"..."`: any content.
    Any,
    /// `"$X"`: any content, bound.
    Metavar(Sym),
    /// `"$...X"`: any run of the pieces of a formatted string, bound.
    Rest(Sym),
    /// `"=~/re/"`: content in which the expression is found.
    Regex(Regex),
}

impl CodePattern {
    /// Reads the strings of a pattern.
    ///
    /// # Errors
    /// A regular expression in a string that is none.
    pub(super) fn new(language: Language, pattern: PatternTree) -> Result<Self, String> {
        let mut strings = Vec::new();
        for (at, node) in pattern.tree.nodes.iter().enumerate() {
            if !matches!(node.kind, Kind::Str | Kind::PrefixedStr | Kind::Ident | Kind::Name) {
                continue;
            }
            let id = NodeId(at as u32);
            if let Some(string) = read(pattern.tree.content(&pattern.text, id))? {
                strings.push((id, string));
            }
        }
        Ok(Self { language, pattern, strings, demands: Vec::new() })
    }

    /// The tree of the pattern.
    #[inline]
    pub(super) fn tree(&self) -> &Tree {
        &self.pattern.tree
    }

    /// What the string literal at `id` matches; `None` where that is its own content.
    pub(super) fn string(&self, id: NodeId) -> Option<&StringPattern> {
        let at = self.strings.binary_search_by_key(&id, |entry| entry.0).ok()?;
        Some(&self.strings[at].1)
    }

    /// Whether the pattern has this metavariable, and never as the content of a string or a list of several.
    pub(super) fn binds_only_code(&self, name: Sym) -> bool {
        let tree = self.tree();
        let is_it = |at: usize| tree.nodes[at].kind == Kind::Metavar && tree.nodes[at].sym == name;
        (0..tree.nodes.len()).any(is_it) && !self.binds_content(name)
    }

    /// In how many places a match may bind the metavariable.
    pub(super) fn binders(&self, name: Sym) -> usize {
        let named = |kind: Kind| matches!(kind, Kind::Metavar | Kind::MetavarRest | Kind::TypedMetavar);
        let of_string = |string: &StringPattern| match string {
            StringPattern::Metavar(other) | StringPattern::Rest(other) => *other == name,
            StringPattern::Any | StringPattern::Regex(_) => false,
        };
        let nodes = self.tree().nodes.iter().filter(|node| named(node.kind) && node.sym == name).count();
        nodes + self.strings.iter().filter(|(_, string)| of_string(string)).count()
    }

    /// Whether the metavariable is the content of a string.
    pub(super) fn binds_content(&self, name: Sym) -> bool {
        self.strings.iter().any(|(_, string)| matches!(string, StringPattern::Metavar(other) if *other == name))
    }

    /// The metavariables of the pattern.
    pub(super) fn metavariables(&self) -> impl Iterator<Item = &str> {
        let tree = self.tree();
        (0..tree.nodes.len() as u32).map(NodeId).filter_map(move |id| {
            let kind = tree.node(id).kind;
            let named = matches!(kind, Kind::Metavar | Kind::MetavarRest | Kind::TypedMetavar)
                || matches!(self.string(id), Some(StringPattern::Metavar(_) | StringPattern::Rest(_)));
            named.then(|| tree.content(&self.pattern.text, id))
        })
    }
}

fn read(content: &str) -> Result<Option<StringPattern>, String> {
    if content == "..." {
        return Ok(Some(StringPattern::Any));
    }
    if let Some(name) = content.strip_prefix("$...") {
        return Ok(is_name(name).then(|| StringPattern::Rest(Sym::new(content))));
    }
    if let Some(name) = content.strip_prefix('$') {
        return Ok(is_name(name).then(|| StringPattern::Metavar(Sym::new(content))));
    }
    let Some(rest) = content.strip_prefix("=~/") else { return Ok(None) };
    let (regex, flags) = match rest.rfind('/') {
        Some(at) if matches!(&rest[at + 1..], "" | "i" | "m") => (&rest[..at], &rest[at + 1..]),
        _ => return Ok(None),
    };
    let source = if flags == "i" { format!("(?i){regex}") } else { regex.to_owned() };
    Regex::new(&source, if flags == "m" { Use::Lines } else { Use::Anywhere })
        .map(|regex| Some(StringPattern::Regex(regex)))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}
