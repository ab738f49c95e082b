//! The strings of instructions: bare, quoted, with variables in them.

use std::ops::Range;

use super::super::bash::{Hole, Holes, Piece};
use super::super::tree::{Kind, NodeId, Role, Sym};
use super::Writer;

/// A part of a text.
enum Part<'t> {
    Text(&'t str, Range<usize>),
    /// `$NAME` or `${NAME…}`: what is expanded.
    Variable(&'t str, Range<usize>),
    Hole(&'t Hole, Range<usize>),
}

impl<'t> Writer<'t> {
    /// Opens a call of a name that nobody can write.
    pub(super) fn hidden_call(&mut self, name: &str, role: Role, range: Range<usize>) -> NodeId {
        let call = self.builder.open(Kind::Call, role, range.clone());
        self.builder.leaf(Kind::Ident, Role::Callee, range.start..range.start, Sym::new(name));
        call
    }

    /// A string without variables.
    pub(super) fn literal(&mut self, content: &str, role: Role, range: Range<usize>, quotes: (usize, usize)) {
        let id = self.builder.string(role, range, quotes, content);
        if self.holes.is_some() {
            self.builder.value(id, content);
        }
    }

    /// A word: quoted where it begins with a quote, else bare.
    pub(super) fn word(&mut self, word: &str, at: usize, role: Role) {
        let quote = word.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let inner = quote.and_then(|quote| word.strip_prefix(quote)?.strip_suffix(quote));
        match (quote, inner) {
            (Some('\''), Some(inner)) => self.literal(inner, role, at..at + word.len(), (1, 1)),
            (Some(_), Some(inner)) if !inner.contains('"') || inner.contains("\\\"") => {
                self.parts(inner, at + 1, role, (1, 1));
            }
            _ => self.parts(word, at, role, (0, 0)),
        }
    }

    /// A text with variables and, in patterns, holes: one part is itself, several are joined.
    pub(super) fn parts(&mut self, text: &str, at: usize, role: Role, quotes: (usize, usize)) {
        let whole = at - quotes.0..at + text.len() + quotes.1;
        let parts = split(text, at, self.holes);
        if let [part] = &parts[..] {
            let is_text = matches!(part, Part::Text(..));
            return if is_text { self.literal(text, role, whole, quotes) } else { self.part(part, role) };
        }
        if parts.is_empty() && quotes.0 == 0 {
            return self.literal("", role, whole, quotes);
        }
        let call = self.hidden_call("!dockerfile_concat!", role, whole);
        for part in &parts {
            self.part(part, Role::Arg);
        }
        self.builder.close(call);
    }

    fn part(&mut self, part: &Part<'_>, role: Role) {
        match part {
            Part::Text(text, range) => self.literal(text, role, range.clone(), (0, 0)),
            Part::Hole(hole, range) => self.hole(hole, role, range.clone()),
            Part::Variable(name, range) => {
                let call = self.hidden_call("!dockerfile_expand!", role, range.clone());
                self.name(name, Role::Arg, range.clone());
                self.builder.close(call);
            }
        }
    }

    /// A name: of a variable or an argument.
    pub(super) fn name(&mut self, name: &str, role: Role, range: Range<usize>) {
        match self.whole_hole(name) {
            Some(hole) => self.hole(hole, role, range),
            None => {
                let id = self.builder.leaf(Kind::Name, role, range, Sym::new(name));
                if self.holes.is_some() {
                    self.builder.value(id, name);
                }
            }
        }
    }

    pub(super) fn hole(&mut self, hole: &Hole, role: Role, range: Range<usize>) {
        match hole {
            Hole::Rest(name) => self.builder.pattern_leaf(Kind::MetavarRest, role, range, name),
            Hole::Metavariable(name) => self.builder.pattern_leaf(Kind::Metavar, role, range, name),
            Hole::Deep(_) => self.builder.leaf(Kind::Ellipsis, role, range, Sym::NONE),
        };
    }

    /// The hole that a text is, where it is nothing else.
    pub(super) fn whole_hole<'a>(&self, text: &'a str) -> Option<&'a Hole>
    where
        't: 'a,
    {
        let holes = self.holes?;
        match holes.pieces(text)[..] {
            [Piece::Hole(hole)] => Some(hole),
            _ => None,
        }
    }
}

/// Takes a text apart at its variables and holes.
fn split<'t>(text: &'t str, at: usize, holes: Option<&'t Holes>) -> Vec<Part<'t>> {
    let mut parts = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(dollar) = text[from..].find('$').map(|found| from + found) {
        let is_escaped = text[..dollar].ends_with('\\');
        match variable(&text[dollar..]).filter(|_| !is_escaped) {
            Some((name, len)) => {
                plain(&text[start..dollar], at + start, holes, &mut parts);
                parts.push(Part::Variable(name, at + dollar..at + dollar + len));
                start = dollar + len;
                from = start;
            }
            None => from = dollar + 1,
        }
    }
    plain(&text[start..], at + start, holes, &mut parts);
    parts
}

/// Text between variables.
fn plain<'t>(text: &'t str, at: usize, holes: Option<&'t Holes>, parts: &mut Vec<Part<'t>>) {
    let range = at..at + text.len();
    match holes {
        _ if text.is_empty() => {}
        None => parts.push(Part::Text(text, range)),
        Some(holes) => parts.extend(holes.pieces(text).into_iter().map(|piece| match piece {
            Piece::Text(text) => Part::Text(text, range.clone()),
            Piece::Hole(hole) => Part::Hole(hole, range.clone()),
        })),
    }
}

/// `$NAME` or `${NAME}` at the start of a text: what stands for the name, and the length of it all.
fn variable(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix('$')?;
    if let Some(inner) = rest.strip_prefix('{') {
        let len = inner.find('}')?;
        return (len > 0).then(|| (&inner[..len], len + 3));
    }
    let len = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let is_name = len > 0 && !rest.as_bytes()[0].is_ascii_digit();
    is_name.then(|| (&rest[..len], len + 1))
}
