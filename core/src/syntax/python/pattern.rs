//! Patterns in Python: pattern syntax is rewritten, byte for byte, into Python that parses; what each rewritten place
//! stood for is remembered by its offset.
//!
//! `$X` → `_X`, `$...X` → `____X`, `...` → `___` (`**_` among the entries of a dict), `<... e ...>` → `___(e)   `,
//! `$X: T` as an argument → `_X< T`.

use ruff_python_ast::{PySourceType, Stmt};
use ruff_python_parser::{ParseErrorType, parse_unchecked_source};

use super::{depth, lower};
use crate::syntax::tree::{Kind, NodeId, PatternError, PatternTree, Role, Shape, Tree};

/// What a place of the rewritten text stood for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// `$X`
    Metavar(Box<str>),
    /// `$...X`
    Rest(Box<str>),
    /// `...`
    Ellipsis,
    /// `<... e ...>`, at the start of the call that it became.
    Deep,
    /// The colon of `$X: T`, directly after the metavariable.
    Typed,
}

/// Marks by their offsets, in order.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<(usize, Mark)>);

impl Marks {
    pub(super) fn get(&self, offset: usize) -> Option<&Mark> {
        let at = self.0.binary_search_by_key(&offset, |mark| mark.0).ok()?;
        Some(&self.0[at].1)
    }
}

/// Parses a pattern.
///
/// # Errors
/// The first place that does not parse.
pub(crate) fn parse(text: &str) -> Result<PatternTree, PatternError> {
    let indent = text.len() - text.trim_start().len();
    let body = text.trim();
    if body.is_empty() {
        return Err(PatternError { offset: 0, message: "the pattern is empty".into() });
    }
    let alone = body.starts_with('@')
        && !body.lines().any(|line| {
            let line = line.trim_start();
            line.starts_with("def ") || line.starts_with("class ") || line.starts_with("async ")
        });
    let mut source = body.to_owned();
    if alone {
        source.push_str("\nclass _: pass");
    }
    depth::check(&source)
        .map_err(|deep| PatternError { offset: deep.offset + indent, message: "the pattern nests too deep".into() })?;
    let (source, marks) = Rewriter::run(source).map_err(|error| shifted(error, indent))?;
    let parsed = parse_unchecked_source(&source, PySourceType::Python);
    if let Some(error) = parsed.errors().iter().find(|error| !tolerated(&error.error)) {
        let offset = error.location.start().to_usize().min(body.len()) + indent;
        return Err(PatternError { offset, message: format!("the pattern does not parse: {}", error.error) });
    }
    let tree = lower::module(&parsed, &source, Some(&marks));
    let (shape, root) = shape(&tree, &parsed.syntax().body, alone);
    Ok(PatternTree { tree, text: source.into(), shape, root })
}

fn shifted(error: PatternError, by: usize) -> PatternError {
    PatternError { offset: error.offset + by, ..error }
}

/// Trouble that pattern syntax makes and that leaves the tree whole.
fn tolerated(error: &ParseErrorType) -> bool {
    use ParseErrorType as E;
    matches!(
        error,
        E::PositionalAfterKeywordArgument
            | E::PositionalAfterKeywordUnpacking
            | E::InvalidArgumentUnpackingOrder
            | E::ParamAfterVarKeywordParam
            | E::NonDefaultParamAfterDefaultParam
            | E::ExpectedKeywordParam
            | E::InvalidAssignmentTarget
            | E::InvalidNamedAssignmentTarget
            | E::InvalidAnnotatedAssignmentTarget
            | E::InvalidAugmentedAssignmentTarget
            | E::InvalidDeleteTarget
            | E::InvalidMatchPatternTarget
            | E::InvalidStarredExpressionUsage
            | E::InvalidYieldExpressionUsage
            | E::UnparenthesizedTupleExpression
            | E::UnparenthesizedNamedExpression
            | E::UnparenthesizedGeneratorExpression
    )
}

fn shape(tree: &Tree, body: &[Stmt], alone: bool) -> (Shape, NodeId) {
    let mut statements = tree.children(NodeId::ROOT);
    let (Some(first), None) = (statements.next(), statements.next()) else {
        return (Shape::Statements, NodeId::ROOT);
    };
    if alone {
        let decorator = tree.children(first).find(|&child| tree.node(child).role == Role::Decorator);
        return (Shape::Decorator, decorator.unwrap_or(first));
    }
    match (tree.node(first).kind, body.first()) {
        (Kind::ExprStmt, Some(Stmt::AnnAssign(it))) if it.value.is_none() && it.target.is_name_expr() => {
            (Shape::Entry, NodeId(first.0 + 1))
        }
        (Kind::ExprStmt, _) => (Shape::Expression, NodeId(first.0 + 1)),
        _ => (Shape::Statement, first),
    }
}

enum Open {
    Paren {
        params: bool,
    },
    Bracket,
    /// A brace, with the ellipses directly in it and whether it is a dict.
    Brace {
        ellipses: Vec<usize>,
        is_dict: bool,
        lambdas: u32,
    },
    Hole {
        quote: u8,
        triple: bool,
    },
}

struct Rewriter {
    bytes: Vec<u8>,
    marks: Vec<(usize, Mark)>,
    at: usize,
    open: Vec<Open>,
    /// Start of the last word, and of the one before it.
    words: [std::ops::Range<usize>; 2],
    /// Offset of the last significant byte before `at`.
    last: u8,
}

impl Rewriter {
    fn run(source: String) -> Result<(String, Marks), PatternError> {
        let bytes = source.into_bytes();
        let mut it = Self { bytes, marks: Vec::new(), at: 0, open: Vec::new(), words: [0..0, 0..0], last: 0 };
        while it.at < it.bytes.len() {
            it.step()?;
        }
        it.marks.sort_by_key(|mark| mark.0);
        let text = String::from_utf8(it.bytes)
            .map_err(|error| PatternError { offset: error.utf8_error().valid_up_to(), message: "not UTF-8".into() })?;
        Ok((text, Marks(it.marks)))
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn starts(&self, word: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word))
    }

    fn step(&mut self) -> Result<(), PatternError> {
        let byte = self.peek(0);
        match byte {
            b'"' | b'\'' => self.string(false),
            b'#' => {
                while self.at < self.bytes.len() && self.peek(0) != b'\n' {
                    self.at += 1;
                }
                return Ok(());
            }
            b'$' => self.metavariable()?,
            b'.' if self.starts(b"...>") => self.replace(b")   "),
            b'.' if self.starts(b"...") => self.ellipsis(),
            b'<' if self.starts(b"<...") => {
                self.marks.push((self.at, Mark::Deep));
                self.replace(b"___(");
            }
            b'(' => {
                let params = self.bytes.get(self.words[0].clone()) == Some(b"def".as_slice());
                self.open.push(Open::Paren { params });
                self.at += 1;
            }
            b'[' => {
                self.open.push(Open::Bracket);
                self.at += 1;
            }
            b'{' => {
                self.open.push(Open::Brace { ellipses: Vec::new(), is_dict: false, lambdas: 0 });
                self.at += 1;
            }
            b')' | b']' | b'}' => {
                self.at += 1;
                self.close();
            }
            b'*' if self.starts(b"**") && matches!(self.last, b'{' | b',') => {
                if let Some(Open::Brace { is_dict, .. }) = self.open.last_mut() {
                    *is_dict = true;
                }
                self.at += 2;
            }
            b':' => {
                if let Some(Open::Brace { is_dict, lambdas, .. }) = self.open.last_mut() {
                    if *lambdas > 0 { *lambdas -= 1 } else { *is_dict = true }
                }
                self.at += 1;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'0'..=b'9' | 0x80.. => self.word(),
            _ => self.at += 1,
        }
        if !byte.is_ascii_whitespace() {
            self.last = byte;
        }
        Ok(())
    }

    fn replace(&mut self, with: &[u8]) {
        self.bytes[self.at..self.at + with.len()].copy_from_slice(with);
        self.at += with.len();
    }

    fn ellipsis(&mut self) {
        self.marks.push((self.at, Mark::Ellipsis));
        let is_key = self.bytes[self.at + 3..].trim_ascii_start().first() == Some(&b':');
        if let Some(Open::Brace { ellipses, .. }) = self.open.last_mut()
            && matches!(self.last, b'{' | b',')
            && !is_key
        {
            ellipses.push(self.at);
        }
        self.replace(b"___");
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Brace { ellipses, is_dict, .. }) => {
                let only = ellipses.len() == 1
                    && self.bytes[..ellipses[0]].trim_ascii_end().last() == Some(&b'{')
                    && self.bytes[ellipses[0] + 3..self.at - 1].trim_ascii().is_empty();
                if is_dict || only {
                    for at in ellipses {
                        self.bytes[at..at + 3].copy_from_slice(b"**_");
                    }
                }
            }
            Some(Open::Hole { quote, triple }) => self.string_body(quote, triple, true),
            _ => {}
        }
    }

    fn word(&mut self) {
        let start = self.at;
        while matches!(self.peek(0), b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'0'..=b'9' | 0x80..) {
            self.at += 1;
        }
        let word = &self.bytes[start..self.at];
        if matches!(self.peek(0), b'"' | b'\'') && word.len() <= 2 {
            let format = word.iter().any(|byte| matches!(byte, b'f' | b'F'));
            return self.string(format);
        }
        if word == b"lambda"
            && let Some(Open::Brace { lambdas, .. }) = self.open.last_mut()
        {
            *lambdas += 1;
        }
        self.remember(start);
    }

    fn remember(&mut self, start: usize) {
        let [_, second] = std::mem::take(&mut self.words);
        self.words = [second, start..self.at];
    }

    fn metavariable(&mut self) -> Result<(), PatternError> {
        let start = self.at;
        let rest = self.starts(b"$...");
        let mut end = start + if rest { 4 } else { 1 };
        let first = self.bytes.get(end).copied().unwrap_or(0);
        if !(first.is_ascii_uppercase() || first == b'_') {
            let message = "`$` must be followed by a name in upper case: `$X`".to_owned();
            return Err(PatternError { offset: start, message });
        }
        while self.bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
            end += 1;
        }
        let name = String::from_utf8_lossy(&self.bytes[start..end]).into_owned().into_boxed_str();
        self.marks.push((start, if rest { Mark::Rest(name) } else { Mark::Metavar(name) }));
        let stand_in = if rest { end.min(start + 4) } else { start + 1 };
        self.bytes[start..stand_in].fill(b'_');
        self.at = end;
        self.remember(start);
        if !rest {
            self.typed(start);
        }
        Ok(())
    }

    /// Turns the colon of `($X: T)` into a comparison.
    fn typed(&mut self, start: usize) {
        let in_arguments = matches!(self.open.last(), Some(Open::Paren { params: false }));
        if !in_arguments || !matches!(self.last, b'(' | b',') {
            return;
        }
        let gap = self.bytes[self.at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let colon = self.at + gap;
        let lambda = self.bytes[..start].ends_with(b"lambda ");
        if self.bytes.get(colon) == Some(&b':') && self.bytes.get(colon + 1) != Some(&b'=') && !lambda {
            self.marks.push((self.at, Mark::Typed));
            self.bytes[colon] = b'<';
            self.at = colon + 1;
        }
    }

    fn string(&mut self, format: bool) {
        let byte = self.peek(0);
        let triple = self.peek(1) == byte && self.peek(2) == byte;
        if !triple && self.peek(1) == byte {
            self.at += 2;
            return;
        }
        self.at += if triple { 3 } else { 1 };
        self.string_body(byte, triple, format);
    }

    fn string_body(&mut self, quote: u8, triple: bool, format: bool) {
        while self.at < self.bytes.len() {
            let byte = self.peek(0);
            if byte == quote && (!triple || (self.peek(1) == byte && self.peek(2) == byte)) {
                self.at += if triple { 3 } else { 1 };
                return;
            }
            if format && byte == b'{' {
                self.at += 1;
                if self.peek(0) != b'{' {
                    return self.open.push(Open::Hole { quote, triple });
                }
            }
            self.at += if byte == b'\\' { 2 } else { 1 };
        }
        self.at = self.at.min(self.bytes.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dump(text: &str) -> String {
        let pattern = parse(text).unwrap();
        format!("{:?}\n{}", pattern.shape, pattern.tree.dump(&pattern.text))
    }

    #[test]
    fn pattern_syntax_becomes_pattern_kinds() {
        insta::assert_snapshot!(dump("$X.f(..., k=$V, ..., $...REST)"));
        insta::assert_snapshot!(dump("{..., \"k\": $V, ...}"));
        insta::assert_snapshot!(dump("def $F(..., $P=[], ...):\n  ...\n  <... $P.x ...>\n  return $S"));
        insta::assert_snapshot!(dump("a. ... .b($X: T, f\"...{$Y}...\")"));
    }

    #[test]
    fn a_pattern_that_does_not_parse_tells_where() {
        assert_eq!(parse("f(a b)").unwrap_err().offset, 4);
        assert_eq!(parse("f($x)").unwrap_err().offset, 2);
        assert!(parse(&"(".repeat(10_000)).is_err());
    }
}
