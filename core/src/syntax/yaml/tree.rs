//! YAML as the tree that patterns match.
//!
//! Plain scalars are typed as Semgrep types them: null, the booleans of YAML 1.1, numbers by value, else text; quoted
//! and block scalars are text. An alias stands for a copy of what it names, at the place of the definition; merge keys
//! are ordinary entries. Several documents of one stream are one list.

use super::super::tree::{Builder, Kind, MAX_DEPTH, NodeId as TreeId, Role, Sym, Tree};
use super::{Document, Node, NodeId, NodeKind, ScalarStyle};

/// Most nodes of one tree: aliases of aliases end there.
const MAX_NODES: usize = 2_000_000;

/// The tree of a text that was read as `document`.
pub fn target(text: &str, document: &Document) -> Tree {
    let mut writer = Writer::new(text, document, false);
    let module = writer.builder.open(Kind::Module, Role::Item, 0..text.len());
    let roots = &document.roots;
    let list = (roots.len() > 1).then(|| {
        let end = roots.last().map_or(0, |last| document.range(*last).end);
        writer.builder.open(Kind::List, Role::Item, document.range(roots[0]).start..end)
    });
    for root in roots {
        writer.node(*root, Role::Item, 0);
    }
    if let Some(list) = list {
        writer.builder.close(list);
    }
    writer.builder.close(module);
    writer.builder.finish()
}

/// The tree of a JSON text, with or without comments: what is left without them is YAML.
pub fn json(text: &str) -> Tree {
    let plain = without_comments(text);
    target(&plain, &Document::parse(&plain))
}

/// Blanks `// …` and `/* … */` outside of strings, byte for byte.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '/', '\t']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = match rest.as_bytes() {
            [b'"', ..] => string_end(rest),
            [b'/', b'/', ..] => rest.find('\n').unwrap_or(rest.len()),
            [b'/', b'*', ..] => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => 1,
        };
        let (token, after) = rest.split_at(end);
        match token.as_bytes() {
            [b'"', ..] | b"/" => out.push_str(token),
            bytes => out.extend(bytes.iter().map(|byte| if *byte == b'\n' { '\n' } else { ' ' })),
        }
        rest = after;
    }
    out + rest
}

/// Where the string at the start of a text ends.
fn string_end(text: &str) -> usize {
    let mut escaped = true;
    let end = text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = !escaped && byte == b'\\';
        ends
    });
    end.map_or(text.len(), |end| end + 1)
}

pub(super) struct Writer<'t> {
    pub(super) builder: Builder,
    /// Whether `...` may be an entry by itself.
    pub(super) is_json: bool,
    text: &'t str,
    document: &'t Document,
    is_pattern: bool,
    nodes: usize,
}

impl<'t> Writer<'t> {
    pub(super) fn new(text: &'t str, document: &'t Document, is_pattern: bool) -> Self {
        Self { builder: Builder::for_text(text.len()), is_json: false, text, document, is_pattern, nodes: 0 }
    }

    pub(super) fn node(&mut self, id: NodeId, role: Role, depth: usize) {
        self.nodes += 1;
        let node = self.document.node(id);
        let tag = node.tag.as_deref().map(|tag| {
            let start = self.text[..node.range.start].rfind(tag).unwrap_or(node.range.start);
            (self.builder.open(Kind::Cast, role, start..node.range.end), start..start + tag.len(), tag)
        });
        let role = if tag.is_some() { Role::Item } else { role };
        match &node.kind {
            _ if depth > MAX_DEPTH || self.nodes > MAX_NODES => {
                self.builder.leaf(Kind::Other, role, node.range.clone(), Sym::new("too deep"));
            }
            NodeKind::Scalar { value, style } => self.scalar(node, value, *style, role),
            NodeKind::Sequence(items) if self.is_deep(items) => {
                let deep = self.builder.open(Kind::Deep, role, node.range.clone());
                self.node(items[1], Role::Item, depth + 1);
                self.builder.close(deep);
            }
            NodeKind::Sequence(items) => {
                let list = self.builder.open(Kind::List, role, node.range.clone());
                for item in items {
                    self.node(*item, Role::Item, depth + 1);
                }
                self.builder.close(list);
            }
            NodeKind::Mapping(entries) => self.mapping(node, entries, role, depth),
            NodeKind::Alias(Some(target)) => self.node(*target, role, depth + 1),
            NodeKind::Alias(None) => {
                self.builder.leaf(Kind::Other, role, node.range.clone(), Sym::new("alias"));
            }
        }
        if let Some((cast, range, tag)) = tag {
            self.tag(range, tag.trim_start_matches('!'));
            self.builder.close(cast);
        }
    }

    fn tag(&mut self, range: std::ops::Range<usize>, name: &str) {
        if self.is_pattern && is_metavariable(name) {
            self.builder.pattern_leaf(Kind::Metavar, Role::Type, range, name);
        } else {
            self.builder.leaf(Kind::Ident, Role::Type, range, Sym::new(name));
        }
    }

    fn mapping(&mut self, node: &Node, entries: &[(NodeId, NodeId)], role: Role, depth: usize) {
        if let [(key, value)] = entries
            && self.is_ellipsis(*key)
            && self.is_ellipsis(*value)
            && !self.is_json
        {
            self.builder.leaf(Kind::Ellipsis, role, node.range.clone(), Sym::NONE);
            return;
        }
        let dict = self.builder.open(Kind::Dict, role, node.range.clone());
        for (key, value) in entries {
            self.entry(*key, *value, Role::Item, depth);
        }
        self.builder.close(dict);
    }

    /// One entry; `...` where key and value are ellipses.
    pub(super) fn entry(&mut self, key: NodeId, value: NodeId, role: Role, depth: usize) -> TreeId {
        let range = self.document.range(key).start..self.entry_end(key, value);
        let is_alone = self.is_json && self.document.text(value) == Some("");
        if self.is_ellipsis(key) && (self.is_ellipsis(value) || is_alone) {
            return self.builder.leaf(Kind::Ellipsis, role, range, Sym::NONE);
        }
        let pair = self.builder.open(Kind::Pair, role, range);
        self.node(key, Role::Key, depth + 1);
        self.node(value, Role::Value, depth + 1);
        self.builder.close(pair);
        pair
    }

    fn entry_end(&self, key: NodeId, value: NodeId) -> usize {
        let (key, value) = (self.document.range(key), self.document.range(value));
        value.end.max(key.end)
    }

    fn is_ellipsis(&self, id: NodeId) -> bool {
        self.is_word(id, super::pattern::ELLIPSIS)
    }

    /// Whether the items are what `<... value ...>` became.
    fn is_deep(&self, items: &[NodeId]) -> bool {
        self.is_json && matches!(items, [first, _] if self.is_word(*first, super::pattern::DEEP))
    }

    /// Whether a node of a pattern is this word.
    fn is_word(&self, id: NodeId, word: &str) -> bool {
        let is_it = |node: &Node| matches!(&node.kind, NodeKind::Scalar { value, style: ScalarStyle::Plain } if &**value == word);
        self.is_pattern && is_it(self.document.node(id))
    }

    fn scalar(&mut self, node: &Node, value: &str, style: ScalarStyle, role: Role) {
        let range = node.range.clone();
        let is_quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        if is_quoted {
            return self.string(node, value, (1, 1), role);
        }
        if self.is_pattern && value == super::pattern::ELLIPSIS {
            self.builder.leaf(Kind::Ellipsis, role, range, Sym::NONE);
        } else if self.is_pattern && is_metavariable(value) {
            self.builder.pattern_leaf(Kind::Metavar, role, range, value);
        } else if matches!(value, "null" | "NULL" | "Null" | "~") {
            self.builder.leaf(Kind::Null, role, range, Sym::NONE);
        } else if let Some(truth) = boolean(value) {
            self.builder.leaf(Kind::Bool, role, range, Sym::new(if truth { "true" } else { "false" }));
        } else if let Some(number) = number(value) {
            self.builder.leaf(Kind::Float, role, range, Sym::of(&number.to_bits().to_le_bytes()));
        } else if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            self.block(node, value, role);
        } else {
            self.string(node, value, (0, 0), role);
        }
    }

    /// A block scalar stands from its indicator on. It equals texts of its value; the bytes that metavariables hold of it
    /// are what is written.
    fn block(&mut self, node: &Node, value: &str, role: Role) {
        let start = self.header(node.range.start).unwrap_or(node.range.start);
        let id = self.builder.string(role, start..node.range.end, (0, 0), value);
        self.builder.value(id, value);
    }

    fn string(&mut self, node: &Node, value: &str, quotes: (usize, usize), role: Role) {
        let range = node.range.clone();
        let inner = range.start + quotes.0..range.end.saturating_sub(quotes.1);
        let written = self.text.get(inner).unwrap_or_default();
        let id = self.builder.string(role, range, quotes, written);
        if self.is_pattern || written != value {
            self.builder.value(id, value);
        }
    }

    /// Where the header of a block scalar ends: after `|` or `>` and a sign. The content may begin on a later line.
    fn header(&self, content: usize) -> Option<usize> {
        let before = self.text.get(..content)?;
        let line = before.trim_end_matches([' ', '\t']).strip_suffix('\n').unwrap_or(before);
        let line = line.trim_end_matches(['\n', '\r', ' ', '\t']);
        let start = line.rfind('\n').map_or(0, |at| at + 1);
        let header = &line[start..];
        let header = header.find(" #").map_or(header, |comment| &header[..comment]);
        let at = header.rfind(['|', '>'])?;
        let sign = header[at + 1..].starts_with(['+', '-']);
        Some(start + at + 1 + usize::from(sign))
    }
}

/// Whether a text is `$X`.
pub(super) fn is_metavariable(text: &str) -> bool {
    let Some(name) = text.strip_prefix('$') else { return false };
    let is_word = |byte: u8| byte.is_ascii_uppercase() || byte == b'_' || byte.is_ascii_digit();
    name.bytes().all(is_word) && !name.is_empty() && !name.as_bytes()[0].is_ascii_digit()
}

fn boolean(value: &str) -> Option<bool> {
    match value {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Some(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

/// A number by value: decimal with `_` between digits, hexadecimal, the infinities of YAML.
fn number(value: &str) -> Option<f64> {
    match value {
        ".inf" | "-.inf" => return Some(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => return Some(f64::NAN),
        _ => {}
    }
    let first = value.trim_start_matches(['-', '+']).bytes().next()?;
    if !(first.is_ascii_digit() || matches!(first, b'.' | b'i' | b'I' | b'n' | b'N')) || value.len() > 64 {
        return None;
    }
    let plain = value.replace('_', "");
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(hex) => u64::from_str_radix(hex, 16).ok().map(|value| sign * value as f64),
        None if digits.starts_with(['-', '+']) => None,
        None => digits.parse::<f64>().ok().map(|value| sign * value),
    }
}
