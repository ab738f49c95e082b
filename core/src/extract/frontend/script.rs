//! A scanner of JavaScript and TypeScript: words, texts and signs, with comments left out.

use std::ops::Range;

/// Deepest nesting of objects whose keys are told.
const MAX_DEPTH: usize = 16;
/// About how many bytes of a script one token takes.
const BYTES_A_TOKEN: usize = 8;
/// Functions of a Next.js configuration that a server must run.
const METHODS: &[&str] = &["headers", "redirects", "rewrites"];

/// A piece of a script.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'t> {
    Word(&'t str),
    /// A text without its quotes; a template with holes is one too.
    Text(&'t str),
    Sign(u8),
}

/// A script, taken apart.
pub(super) struct Script<'t> {
    pub(super) tokens: Vec<(Token<'t>, Range<usize>)>,
}

/// An import.
pub(super) struct Import {
    pub(super) specifier: String,
    pub(super) range: Range<usize>,
    pub(super) is_dynamic: bool,
    pub(super) is_type: bool,
}

/// A read of the browser's storage, or a write to it.
pub(super) struct StorageUse {
    pub(super) store: &'static str,
    pub(super) key: String,
    pub(super) is_literal: bool,
    pub(super) is_write: bool,
    pub(super) range: Range<usize>,
}

/// A key of an object with its literal value.
pub(super) struct Setting {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) range: Range<usize>,
}

impl<'t> Script<'t> {
    /// Takes a text apart.
    pub(super) fn new(text: &'t str) -> Self {
        let mut tokens = Vec::with_capacity(text.len() / BYTES_A_TOKEN);
        let mut at = 0;
        while let Some((token, range)) = next_token(text, &mut at) {
            tokens.push((token, range));
        }
        Self { tokens }
    }

    /// Whether the script begins with a directive such as `"use client"`.
    pub(super) fn begins_with_directive(&self, directive: &str) -> bool {
        self.tokens.iter().take(3).any(|(token, _)| *token == Token::Text(directive))
    }

    /// Every import: statements, `require(…)`, `import(…)`.
    pub(super) fn imports(&self) -> Vec<Import> {
        let mut imports = Vec::new();
        for (at, (token, range)) in self.tokens.iter().enumerate() {
            let called = self.sign(at + 1) == Some(b'(');
            let found = match token {
                Token::Word("import") if called => self.text(at + 2).map(|text| (text, true, false)),
                Token::Word("require") if called => self.text(at + 2).map(|text| (text, false, false)),
                Token::Word("import") => {
                    let is_type = self.word(at + 1) == Some("type");
                    self.source(at).map(|text| (text, false, is_type))
                }
                _ => None,
            };
            if let Some((specifier, is_dynamic, is_type)) = found {
                let range = range.clone();
                imports.push(Import { specifier: specifier.to_owned(), range, is_dynamic, is_type });
            }
        }
        imports
    }

    /// The text after `from` of an import statement, or straight after `import`.
    fn source(&self, at: usize) -> Option<&'t str> {
        if let Some(text) = self.text(at + 1) {
            return Some(text);
        }
        let end = (at + 400).min(self.tokens.len());
        let from = (at + 1..end).find(|&at| matches!(self.tokens[at].0, Token::Word("from") | Token::Sign(b';')))?;
        self.text(from + 1).filter(|_| self.word(from) == Some("from"))
    }

    /// `localStorage.setItem("token", …)`, `localStorage.getItem("token")` and `localStorage.token = …`.
    pub(super) fn storage_uses(&self) -> Vec<StorageUse> {
        let mut uses = Vec::new();
        for (at, (token, range)) in self.tokens.iter().enumerate() {
            let store = match token {
                Token::Word("localStorage") => "localStorage",
                Token::Word("sessionStorage") => "sessionStorage",
                _ => continue,
            };
            if self.sign(at + 1) != Some(b'.') {
                continue;
            }
            let (key, is_write) = match self.word(at + 2) {
                Some(method @ ("setItem" | "getItem")) if self.sign(at + 3) == Some(b'(') => {
                    match self.tokens.get(at + 4) {
                        Some((Token::Text(key), _)) => (Some((*key, !key.contains("${"))), method == "setItem"),
                        Some((Token::Word(key), _)) => (Some((*key, false)), method == "setItem"),
                        _ => (None, false),
                    }
                }
                Some("setItem" | "getItem" | "removeItem" | "clear" | "key" | "length") | None => (None, false),
                Some(key) => {
                    let is_set = self.sign(at + 3) == Some(b'=') && self.sign(at + 4) != Some(b'=');
                    (Some((key, true)).filter(|_| is_set), true)
                }
            };
            if let Some((key, is_literal)) = key {
                uses.push(StorageUse { store, key: key.to_owned(), is_literal, is_write, range: range.clone() });
            }
        }
        uses
    }

    /// `process.env.X` and `import.meta.env.X`.
    pub(super) fn environment_reads(&self) -> Vec<(String, Range<usize>)> {
        let mut reads = Vec::new();
        for (at, (token, range)) in self.tokens.iter().enumerate() {
            if *token != Token::Word("env") || self.sign(at + 1) != Some(b'.') || at < 2 {
                continue;
            }
            let owner = self.word(at - 2);
            if let (Some("process" | "meta"), Some(variable)) = (owner, self.word(at + 2)) {
                reads.push((variable.to_owned(), range.start..self.tokens[at + 2].1.end));
            }
        }
        reads
    }

    /// Keys of objects with literal values, by their path of keys, and the methods of the outermost object that matter.
    pub(super) fn settings(&self) -> Vec<Setting> {
        let mut settings = Vec::new();
        let mut path: Vec<&str> = Vec::new();
        for at in 0..self.tokens.len() {
            match self.tokens[at].0 {
                Token::Sign(b'{' | b'[') if path.len() < MAX_DEPTH => path.push(self.key_before(at)),
                Token::Sign(b'}' | b']') => {
                    path.pop();
                }
                Token::Word(key) if METHODS.contains(&key) && self.sign(at + 1) == Some(b'(') && path.len() == 1 => {
                    let range = self.tokens[at].1.clone();
                    settings.push(Setting { key: key.to_owned(), value: "function".to_owned(), range });
                }
                Token::Word(key) | Token::Text(key) if self.sign(at + 1) == Some(b':') => {
                    if let Some((Token::Word(value) | Token::Text(value), end)) = self.tokens.get(at + 2) {
                        let keys: Vec<&str> = path.iter().copied().filter(|key| !key.is_empty()).chain([key]).collect();
                        let range = self.tokens[at].1.start..end.end;
                        settings.push(Setting { key: keys.join("."), value: (*value).to_owned(), range });
                    }
                }
                _ => {}
            }
        }
        settings
    }

    /// The key whose value the brace or bracket at `at` opens.
    fn key_before(&self, at: usize) -> &'t str {
        match at.checked_sub(2).map(|before| (self.tokens[before].0, self.sign(at - 1))) {
            Some((Token::Word(key) | Token::Text(key), Some(b':'))) => key,
            _ => "",
        }
    }

    pub(super) fn sign(&self, at: usize) -> Option<u8> {
        match self.tokens.get(at)?.0 {
            Token::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    pub(super) fn word(&self, at: usize) -> Option<&'t str> {
        match self.tokens.get(at)?.0 {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn text(&self, at: usize) -> Option<&'t str> {
        match self.tokens.get(at)?.0 {
            Token::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The next token, comments and white space skipped.
fn next_token<'t>(text: &'t str, at: &mut usize) -> Option<(Token<'t>, Range<usize>)> {
    let bytes = text.as_bytes();
    loop {
        let rest = bytes.get(*at..).unwrap_or_default();
        match rest {
            [] => return None,
            [byte, ..] if byte.is_ascii_whitespace() => *at += 1,
            [b'/', b'/', ..] => *at += memchr::memchr(b'\n', rest).unwrap_or(rest.len()),
            [b'/', b'*', ..] => *at += memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2),
            _ => break,
        }
    }
    let start = *at;
    let byte = bytes[start];
    if matches!(byte, b'"' | b'\'' | b'`') {
        let end = text_end(bytes, start);
        *at = (end + 1).min(bytes.len());
        return Some((Token::Text(text.get(start + 1..end).unwrap_or_default()), start..*at));
    }
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || !byte.is_ascii();
    if is_word(byte) {
        *at += bytes[start..].iter().take_while(|byte| is_word(**byte)).count();
        return Some((Token::Word(text.get(start..*at).unwrap_or_default()), start..*at));
    }
    *at += 1;
    Some((Token::Sign(byte), start..*at))
}

/// Where a text ends: at its quote, or for a text of one line at the line's end.
fn text_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if quote != b'`' => return at,
            _ if byte == quote => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}
