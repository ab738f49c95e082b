//! Words, signs and blocks: texts and patterns in one flat form.

use std::borrow::Cow;
use std::ops::Range;

/// Longest average line of a text that people read.
const MAX_AVERAGE: usize = 150;
/// Longest text that is read whatever its lines.
const SHORT: usize = 500;
/// Bytes by which a text is judged to be readable.
const HEAD: usize = 4096;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Letters, digits and `_` of ASCII.
    Word,
    /// One sign of ASCII, or one character outside of it.
    Sign,
    /// A block, up to the node of this index.
    Block {
        /// Index after its last node.
        end: u32,
    },
    /// `$X`, in patterns.
    Metavariable,
    /// `...` and `$...X`, in patterns.
    Dots {
        /// Whether it is `$...X`.
        is_named: bool,
    },
}

/// A node of the flat tree; the nodes of a block follow it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) token: Token,
    start: u32,
    end: u32,
    pub(super) line: u32,
}

impl Node {
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A text to be searched.
#[derive(Debug)]
pub(crate) struct Document {
    pub(super) text: Box<str>,
    pub(super) nodes: Vec<Node>,
}

impl Document {
    /// Reads a text; one that nobody can read (minified, binary) is empty.
    pub(crate) fn new(text: &str, comments: Option<&str>) -> Self {
        if !is_readable(text) {
            return Self { text: "".into(), nodes: Vec::new() };
        }
        Self::any(text, comments)
    }

    /// Reads a text whatever it looks like.
    pub(crate) fn any(text: &str, comments: Option<&str>) -> Self {
        let text = without_comments(text, comments);
        let nodes = Reader::new(&text, true).read();
        Self { text: text.into(), nodes }
    }
}

/// The nodes of a pattern.
pub(super) fn pattern(text: &str) -> Vec<Node> {
    Reader::new(text, false).read()
}

fn is_readable(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(HEAD)];
    let lines = memchr::memchr_iter(b'\n', head).count() + 1;
    let controls = head.iter().filter(|byte| byte.is_ascii_control() && !matches!(byte, b'\n' | b'\r' | b'\t')).count();
    let is_binary = controls * 100 > head.len();
    !is_binary && (head.len() <= SHORT || lines * MAX_AVERAGE >= head.len())
}

/// The text with its comments blanked, byte for byte.
pub(super) fn without_comments<'t>(text: &'t str, style: Option<&str>) -> Cow<'t, str> {
    let (line, block) = match style {
        Some("shell") => (Some("#"), false),
        Some("cpp") => (Some("//"), true),
        Some("c") => (None, true),
        _ => return Cow::Borrowed(text),
    };
    let text = if block { blanked(text, "/*", "*/") } else { text.to_owned() };
    Cow::Owned(line.map_or_else(|| text.clone(), |line| blanked(&text, line, "\n")))
}

fn blanked(text: &str, open: &str, close: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        let end = rest[at + open.len()..].find(close).map(|len| at + open.len() + len + close.len());
        let Some(end) = end.or_else(|| (close == "\n").then_some(rest.len())) else { break };
        out.push_str(&rest[..at]);
        out.extend(
            rest.as_bytes()[at..end]
                .iter()
                .map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(*byte) } else { ' ' }),
        );
        rest = &rest[end..];
    }
    out + rest
}

struct Reader<'t> {
    text: &'t str,
    /// Brackets make blocks in texts, and are mere signs in patterns.
    is_document: bool,
    nodes: Vec<Node>,
    line: u32,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, is_document: bool) -> Self {
        Self { text, is_document, nodes: Vec::with_capacity(text.len() / 4), line: 0 }
    }

    fn read(mut self) -> Vec<Node> {
        let mut indents: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            self.line += 1;
            let content = line.trim_start_matches([' ', '\t']);
            let blanks = &line[..line.len() - content.len()];
            let start = at + blanks.len();
            at += line.len();
            if content.trim_end_matches(['\r', '\n']).trim_matches([' ', '\t']).is_empty() {
                continue;
            }
            let indent = blanks.bytes().map(|byte| if byte == b'\t' { 8 } else { 1 }).sum();
            while indents.last().is_some_and(|(open, _)| indent < *open) {
                self.close(indents.pop());
            }
            if indent > indents.last().map_or(0, |(open, _)| *open) {
                indents.push((indent, self.nodes.len()));
                self.push(Token::Block { end: 0 }, start..start);
            }
            self.words(content, start);
        }
        while let Some(open) = indents.pop() {
            self.close(Some(open));
        }
        self.nodes
    }

    fn push(&mut self, token: Token, range: Range<usize>) {
        self.nodes.push(Node { token, start: range.start as u32, end: range.end as u32, line: self.line });
    }

    fn close(&mut self, open: Option<(usize, usize)>) {
        let end = self.nodes.len() as u32;
        if let Some((_, at)) = open {
            self.nodes[at].token = Token::Block { end };
        }
    }

    /// The words of one line.
    fn words(&mut self, line: &str, start: usize) {
        let mut brackets: Vec<(char, usize)> = Vec::new();
        let first = self.nodes.len();
        let mut at = 0;
        while let Some(c) = line[at..].chars().next() {
            let len = self.token(&line[at..], c, start + at);
            if self.is_document {
                self.bracket(c, &mut brackets);
            }
            at += len;
        }
        if self.is_document {
            self.fold(first);
        }
    }

    /// Pairs a closing bracket with its opening one; whatever stays between them unpaired is a mere sign.
    fn bracket(&mut self, c: char, open: &mut Vec<(char, usize)>) {
        let at = self.nodes.len().saturating_sub(1);
        let opening = match c {
            '(' | '[' | '{' => return open.push((c, at)),
            ')' => '(',
            ']' => '[',
            '}' => '{',
            _ => return,
        };
        while let Some((kind, from)) = open.pop() {
            if kind == opening {
                // The opening sign remembers its partner until the line is folded.
                self.nodes[from].token = Token::Block { end: at as u32 };
                return;
            }
        }
    }

    /// Puts what stands between paired brackets into blocks of its own.
    fn fold(&mut self, first: usize) {
        let flat = self.nodes.split_off(first);
        let mut closing: Vec<(usize, usize)> = Vec::new();
        for (index, node) in flat.iter().enumerate() {
            let at = first + index;
            if let Some((partner, block)) = closing.last().copied()
                && partner == at
            {
                closing.pop();
                self.close(Some((0, block)));
            }
            match node.token {
                Token::Block { end } => {
                    self.nodes.push(Node { token: Token::Sign, ..*node });
                    if end as usize > at + 1 {
                        closing.push((end as usize, self.nodes.len()));
                        self.nodes.push(Node { start: node.end, ..*node });
                    }
                }
                _ => self.nodes.push(*node),
            }
        }
    }

    /// Reads one token at `at`; gives its length in bytes.
    fn token(&mut self, rest: &str, c: char, at: usize) -> usize {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let word = |text: &str| text.bytes().take_while(|byte| is_word(byte)).count();
        let (token, len) = match c {
            ' ' | '\t' | '\n' | '\r' => return 1,
            _ if c.is_ascii() && is_word(&(c as u8)) => (Token::Word, word(rest)),
            '.' if !self.is_document && rest.starts_with("...") => {
                let dots = rest.len() - rest.trim_start_matches('.').len();
                if dots > 3 {
                    for index in 0..dots {
                        self.push(Token::Sign, at + index..at + index + 1);
                    }
                    return dots;
                }
                (Token::Dots { is_named: false }, 3)
            }
            '$' if !self.is_document => {
                let name = rest.strip_prefix("$...").unwrap_or(&rest[1..]);
                let lead = rest.len() - name.len();
                match name.bytes().next() {
                    Some(b'A'..=b'Z') if lead > 1 => (Token::Dots { is_named: true }, lead + word(name)),
                    Some(b'A'..=b'Z') => (Token::Metavariable, 1 + word(name)),
                    _ => (Token::Sign, 1),
                }
            }
            _ => (Token::Sign, c.len_utf8()),
        };
        self.push(token, at..at + len);
        len
    }
}
