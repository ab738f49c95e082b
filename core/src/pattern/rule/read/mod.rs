//! Reading a rule from YAML.

mod conditions;
mod formulas;
mod modern;
mod parts;

use super::super::Issue;
use super::super::generic::GenericPattern;
use super::super::language::Language;
use super::super::regex::{Regex, Use};
use super::{Fix, Formula, FormulaKind, Leaf, LeafKind, Mode, Options, Parts, options};
use crate::syntax::tree::{PatternError, PatternTree};
use crate::syntax::yaml::{Document, NodeId, NodeKind, ScalarStyle};

/// Most patterns of one rule.
const MAX_PATTERNS: usize = 20_000;
/// Largest pattern, in nodes.
const MAX_NODES: usize = 20_000;

/// The languages of these names that are supported.
pub(super) fn named(names: &[String]) -> Vec<Language> {
    let mut languages: Vec<Language> = names.iter().filter_map(|name| Language::named(name)).collect();
    languages.dedup();
    languages
}

/// Reads a rule, or tells every problem that it has.
pub(super) fn rule(
    document: &Document,
    node: NodeId,
    text: &str,
    languages: &[String],
    is_tested: bool,
) -> Result<(Vec<Language>, Parts), Vec<Issue>> {
    let mut reader = Reader::new(document, text, is_tested);
    reader.languages(node, languages);
    let options = options::read(document, node, &mut reader.issues);
    reader.comments.clone_from(&options.generic_comment_style);
    if let Some(engine) = options.generic_engine.as_deref().filter(|engine| *engine != "spacegrep") {
        reader.refuse(node, format!("`generic_engine: {engine}` is not supported"));
    }
    let mode = if reader.languages.is_empty() { None } else { reader.mode(node) };
    let fix = reader.fix(node);
    let Reader { languages, issues, .. } = reader;
    match mode {
        Some(mode) if issues.is_empty() => Ok((languages, Parts { options, mode, fix })),
        _ => Err(issues),
    }
}

/// Reads a pattern that stands alone, or the operators of a mapping.
pub(super) fn subject(
    document: &Document,
    node: NodeId,
    text: &str,
    languages: &[String],
    is_tested: bool,
) -> Result<(Vec<Language>, Parts), Vec<Issue>> {
    if document.text(node).is_none() {
        return rule(document, node, text, languages, is_tested);
    }
    let mut reader = Reader::new(document, text, is_tested);
    reader.languages(node, languages);
    let leaf = if reader.languages.is_empty() { None } else { reader.leaf(node) };
    match leaf {
        Some(leaf) if reader.issues.is_empty() => {
            let mode = Mode::Search(Formula::of(leaf));
            Ok((reader.languages, Parts { options: Options::default(), mode, fix: None }))
        }
        _ => Err(reader.issues),
    }
}

struct Reader<'d> {
    document: &'d Document,
    text: &'d str,
    languages: Vec<Language>,
    issues: Vec<Issue>,
    /// Patterns read so far.
    patterns: usize,
    /// Whether within a `metavariable-pattern`, where a formula may be all negative.
    nested: bool,
    /// Whether the rule is ours, so that the project's tests have compiled its regular expressions.
    is_tested: bool,
    /// The style of comments that patterns of the generic language leave out.
    comments: Option<Box<str>>,
}

impl<'d> Reader<'d> {
    fn new(document: &'d Document, text: &'d str, is_tested: bool) -> Self {
        let (languages, issues) = (Vec::new(), Vec::new());
        Self { document, text, languages, issues, patterns: 0, nested: false, is_tested, comments: None }
    }

    fn languages(&mut self, node: NodeId, names: &[String]) {
        self.languages = named(names);
        if self.languages.is_empty() {
            let at = self.document.get(node, "languages").unwrap_or(node);
            self.refuse(at, format!("none of the languages {names:?} is supported"));
        }
    }

    fn mode(&mut self, node: NodeId) -> Option<Mode> {
        for key in ["r2c-internal-project-depends-on", "project-depends-on", "equivalences", "join", "extract"] {
            if let Some(value) = self.document.get(node, key) {
                self.refuse(value, format!("`{key}` is not supported"));
                return None;
            }
        }
        let mode = self.document.get(node, "mode");
        match mode.map(|mode| self.document.text(mode).unwrap_or_default()) {
            None | Some("search") if self.document.get(node, "taint").is_none() => self.search(node).map(Mode::Search),
            None | Some("search" | "taint") => self.taint(node).map(|taint| Mode::Taint(Box::new(taint))),
            Some(other) => {
                let message = format!("`mode: {other}` is not supported; `search` and `taint` are");
                self.refuse(mode.unwrap_or(node), message);
                None
            }
        }
    }

    fn search(&mut self, node: NodeId) -> Option<super::Formula> {
        match self.document.get(node, "match") {
            Some(value) => self.modern(value),
            None => self.root(node),
        }
    }

    fn fix(&mut self, node: NodeId) -> Option<Fix> {
        if let Some(fix) = self.document.get(node, "fix") {
            return self.string(fix, "fix").map(|text| Fix::Text(text.into()));
        }
        let fix = self.document.get(node, "fix-regex")?;
        let regex = self.required(fix, "regex")?;
        let replacement = self.required(fix, "replacement")?;
        let count = self.document.get(fix, "count").and_then(|count| self.document.text(count)?.parse().ok());
        match fancy_regex::RegexBuilder::new(&regex).backtrack_limit(100_000).build() {
            Ok(regex) => Some(Fix::Regex { regex, replacement: replacement.into(), count: count.unwrap_or(0) }),
            Err(error) => {
                self.refuse(fix, format!("`{regex}` is no regular expression: {error}"));
                None
            }
        }
    }

    fn refuse(&mut self, node: NodeId, message: String) {
        self.issues.push(Issue { offset: self.document.range(node).start, message });
    }

    fn string(&mut self, node: NodeId, what: &str) -> Option<String> {
        let text = self.document.text(node).map(str::to_owned);
        if text.is_none() {
            self.refuse(node, format!("`{what}` must be a text"));
        }
        text
    }

    fn required(&mut self, node: NodeId, key: &str) -> Option<String> {
        match self.document.get(node, key) {
            Some(value) => self.string(value, key),
            None => {
                self.refuse(node, format!("`{key}` is missing"));
                None
            }
        }
    }

    fn flag(&mut self, node: NodeId, key: &str) -> Option<bool> {
        let value = self.document.get(node, key)?;
        let flag = self.document.boolean(value);
        if flag.is_none() {
            self.refuse(value, format!("`{key}` must be true or false"));
        }
        flag
    }

    /// A pattern of code, or in `regex` rules a regular expression.
    fn leaf(&mut self, node: NodeId) -> Option<FormulaKind> {
        let text = self.string(node, "pattern")?;
        if self.languages == [Language::Regex] {
            return self.regex_leaf(node, &text);
        }
        self.count(node)?;
        if self.languages == [Language::Generic] {
            return self.generic_leaf(node, &text);
        }
        let mut parsed = Vec::new();
        for language in self.languages.clone() {
            parsed.push((language, self.pattern(node, language, &text)?));
        }
        let offset = self.document.range(node).start;
        Some(FormulaKind::Leaf(Leaf { offset, kind: LeafKind::Code(parsed) }))
    }

    fn generic_leaf(&mut self, node: NodeId, text: &str) -> Option<FormulaKind> {
        let offset = self.document.range(node).start;
        match GenericPattern::parse(text, self.comments.as_deref()) {
            Ok(pattern) => Some(FormulaKind::Leaf(Leaf { offset, kind: LeafKind::Generic(pattern) })),
            Err(error) => {
                let offset = self.place(node, text, error.offset);
                self.issues.push(Issue { offset, message: error.message });
                None
            }
        }
    }

    fn count(&mut self, node: NodeId) -> Option<()> {
        self.patterns += 1;
        if self.patterns == MAX_PATTERNS {
            self.refuse(node, format!("the rule has more than {MAX_PATTERNS} patterns; split it"));
        }
        (self.patterns < MAX_PATTERNS).then_some(())
    }

    fn pattern(&mut self, node: NodeId, language: Language, text: &str) -> Option<PatternTree> {
        let parsed = language.pattern(text).and_then(|pattern| match pattern.tree.nodes.len() {
            size if size > MAX_NODES => Err(PatternError { offset: 0, message: "the pattern is too large".into() }),
            _ => Ok(pattern),
        });
        parsed
            .map_err(|error| {
                let offset = self.place(node, text, error.offset);
                self.issues.push(Issue { offset, message: error.message });
            })
            .ok()
    }

    fn regex_leaf(&mut self, node: NodeId, text: &str) -> Option<FormulaKind> {
        self.count(node)?;
        let regex = self.regex(node, text, Use::Lines)?;
        let offset = self.document.range(node).start;
        Some(FormulaKind::Leaf(Leaf { offset, kind: LeafKind::Regex(regex) }))
    }

    fn regex(&mut self, node: NodeId, text: &str, use_for: Use) -> Option<Regex> {
        if self.is_tested {
            return Some(Regex::tested(text, use_for));
        }
        Regex::new(text, use_for).map_err(|error| self.refuse(node, error)).ok()
    }

    /// Where in the rule file the byte at `offset` of a scalar's text stands.
    fn place(&self, node: NodeId, text: &str, offset: usize) -> usize {
        let node = self.document.node(self.document.resolve(node).unwrap_or(node));
        let NodeKind::Scalar { style, .. } = &node.kind else { return node.range.start };
        let quote = match style {
            ScalarStyle::Plain => 0,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => 1,
            ScalarStyle::Literal | ScalarStyle::Folded => return self.place_in_block(node.range.clone(), text, offset),
        };
        (node.range.start + quote + offset).min(node.range.end)
    }

    fn place_in_block(&self, range: std::ops::Range<usize>, text: &str, offset: usize) -> usize {
        let before = &text[..text.floor_char_boundary(offset.min(text.len()))];
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        let wanted = text.lines().nth(line).unwrap_or_default();
        let raw = self.text.get(range.clone()).unwrap_or_default();
        let mut at = range.start;
        let mut left = line;
        for (number, source) in raw.split_inclusive('\n').enumerate() {
            let is_header = number == 0 && source.trim_start().starts_with(['|', '>']);
            if !is_header {
                if left == 0 {
                    let content = source.trim_end_matches(['\n', '\r']);
                    return at + content.find(wanted).unwrap_or(0) + column;
                }
                left -= 1;
            }
            at += source.len();
        }
        range.start
    }
}
