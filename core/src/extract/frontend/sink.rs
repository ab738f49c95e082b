//! Where scripts put HTML into a page as it is, and the clients through which they ask servers.

use std::ops::Range;

use super::script::{Script, Token};

/// Most tokens of an expression or of a call's arguments that are looked at.
const REACH: usize = 200;
/// Longest expression that is told, in bytes.
const MAX_TEXT: usize = 300;
/// Words that show that a request can be given up.
const BOUNDS: &[&str] = &["AbortController", "AbortSignal", "signal", "timeout", "setTimeout"];

/// HTML that a script puts into a page without escaping.
pub(super) struct HtmlWrite {
    pub(super) sink: &'static str,
    pub(super) value: String,
    pub(super) origin: Option<String>,
    pub(super) is_constant: bool,
    pub(super) range: Range<usize>,
}

/// A client of HTTP that a script makes, or a call of `fetch` for an address that it is given.
pub(super) struct Client {
    pub(super) kind: &'static str,
    pub(super) has_timeout: Option<bool>,
    pub(super) range: Range<usize>,
}

impl Script<'_> {
    /// `dangerouslySetInnerHTML`, `innerHTML = …`, `insertAdjacentHTML(…)`, `document.write(…)`.
    pub(super) fn html_writes(&self, text: &str) -> Vec<HtmlWrite> {
        let words = self.tokens.iter().enumerate().filter_map(|(at, (token, range))| match *token {
            Token::Word(word) => Some((at, word, range)),
            _ => None,
        });
        let found = words.filter_map(|(at, word, range)| {
            let (sink, start) = self.html_sink(at, word)?;
            let value = self.expression(start, text);
            let named = value.end == start + 1;
            let origin = self.word(start).filter(|_| named).and_then(|name| self.initializer(name, text));
            let constant = |value: &Range<usize>| !value.is_empty() && value.clone().all(|at| self.is_constant(at));
            Some(HtmlWrite {
                sink,
                is_constant: constant(&value) || origin.as_ref().is_some_and(constant),
                value: self.written(&value, text),
                origin: origin.map(|origin| self.written(&origin, text)),
                range: range.clone(),
            })
        });
        found.collect()
    }

    /// `axios.create(…)`, `axios.defaults.timeout`, and `fetch(…)` for an address that is no text.
    pub(super) fn clients(&self) -> Vec<Client> {
        let is_bounded =
            self.tokens.iter().any(|(token, _)| matches!(token, Token::Word(word) if BOUNDS.contains(word)));
        let found = self.tokens.iter().enumerate().filter_map(|(at, (token, range))| {
            let after_dot = at.checked_sub(1).and_then(|before| self.sign(before)) == Some(b'.');
            let (kind, has_timeout) = match *token {
                Token::Word("axios") if self.word(at + 2) == Some("create") => ("axios", self.axios_timeout(at + 3)),
                Token::Word("axios")
                    if self.word(at + 2) == Some("defaults") && self.word(at + 4) == Some("timeout") =>
                {
                    ("axios_defaults", Some(true))
                }
                Token::Word("fetch")
                    if !after_dot && self.sign(at + 1) == Some(b'(') && self.word(at + 2).is_some() =>
                {
                    ("fetch", Some(is_bounded))
                }
                _ => return None,
            };
            Some(Client { kind, has_timeout, range: range.clone() })
        });
        found.collect()
    }

    /// The sink that `word` is, and where its value starts.
    fn html_sink(&self, at: usize, word: &str) -> Option<(&'static str, usize)> {
        match word {
            "__html" if self.sign(at + 1) == Some(b':') => Some(("dangerouslySetInnerHTML", at + 2)),
            "innerHTML" | "outerHTML" if self.sign(at.checked_sub(1)?) == Some(b'.') => {
                let start = if self.sign(at + 1) == Some(b'+') { at + 2 } else { at + 1 };
                let is_set = self.sign(start) == Some(b'=') && self.sign(start + 1) != Some(b'=');
                is_set.then_some((if word == "innerHTML" { "innerHTML" } else { "outerHTML" }, start + 1))
            }
            "insertAdjacentHTML" if self.sign(at + 1) == Some(b'(') => {
                let comma = (at + 2..at + 12).find(|&at| self.sign(at) == Some(b','))?;
                Some(("insertAdjacentHTML", comma + 1))
            }
            "write" if self.sign(at + 1) == Some(b'(') && self.word(at.checked_sub(2)?) == Some("document") => {
                Some(("document.write", at + 2))
            }
            _ => None,
        }
    }

    /// Whether `timeout` stands in the arguments that open at `at`; `None` where they are made elsewhere.
    fn axios_timeout(&self, at: usize) -> Option<bool> {
        self.sign(at).filter(|sign| *sign == b'(')?;
        if self.sign(at + 1) != Some(b'{') {
            return if self.sign(at + 1) == Some(b')') { Some(false) } else { None };
        }
        let mut depth = 0_i32;
        for at in at..at + REACH {
            match self.tokens.get(at)?.0 {
                Token::Sign(b'(' | b'{' | b'[') => depth += 1,
                Token::Sign(b')' | b'}' | b']') if depth == 1 => return Some(false),
                Token::Sign(b')' | b'}' | b']') => depth -= 1,
                // What is spread into the object is not seen here.
                Token::Sign(b'.') if depth == 2 && self.sign(at + 1) == Some(b'.') => return None,
                Token::Word("timeout") => return Some(true),
                _ => {}
            }
        }
        None
    }

    /// The tokens of the expression that begins at `start`: up to what closes it, `,`, `;`, or a line that begins anew.
    fn expression(&self, start: usize, text: &str) -> Range<usize> {
        let mut depth = 0_i32;
        let mut last = start;
        for at in start..start + REACH {
            let Some((token, range)) = self.tokens.get(at) else { break };
            let begins_line = at > start
                && depth == 0
                && text.get(self.tokens[at - 1].1.end..range.start).is_some_and(|gap| gap.contains('\n'));
            let goes_on = |sign: Option<u8>| sign.is_some_and(|sign| b".+?:|&,(=".contains(&sign));
            if begins_line && !goes_on(self.sign(at)) && !goes_on(self.sign(at - 1)) {
                break;
            }
            match token {
                Token::Sign(b')' | b'}' | b']') if depth == 0 => break,
                Token::Sign(b',' | b';') if depth == 0 => break,
                Token::Sign(b'(' | b'{' | b'[') => depth += 1,
                Token::Sign(b')' | b'}' | b']') => depth -= 1,
                _ => {}
            }
            last = at + 1;
        }
        start..last
    }

    /// What `const name = …` gives the name.
    fn initializer(&self, name: &str, text: &str) -> Option<Range<usize>> {
        let found = (1..self.tokens.len()).find(|&at| {
            self.word(at) == Some(name)
                && matches!(self.word(at - 1), Some("const" | "let" | "var"))
                && (at + 1..at + 8).any(|sign| self.sign(sign) == Some(b'='))
        })?;
        let equals = (found + 1..found + 8).find(|&at| self.sign(at) == Some(b'='))?;
        Some(self.expression(equals + 1, text))
    }

    /// A text without holes, or the sign that joins two.
    fn is_constant(&self, at: usize) -> bool {
        match self.tokens.get(at) {
            Some((Token::Text(text), _)) => !text.contains("${"),
            Some((Token::Sign(sign), _)) => matches!(sign, b'+' | b'(' | b')'),
            _ => false,
        }
    }

    fn written(&self, tokens: &Range<usize>, text: &str) -> String {
        let end = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |(_, range)| range.end);
        let start = self.tokens.get(tokens.start).map_or(end, |(_, range)| range.start);
        let written = text.get(start..end).unwrap_or_default();
        written.char_indices().take_while(|(at, _)| *at < MAX_TEXT).map(|(_, c)| c).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writes(text: &str) -> Vec<String> {
        let show = |write: HtmlWrite| {
            let origin = write.origin.map_or(String::new(), |origin| format!(" = {origin}"));
            format!("{}: {}{origin}{}", write.sink, write.value, if write.is_constant { " (constant)" } else { "" })
        };
        Script::new(text).html_writes(text).into_iter().map(show).collect()
    }

    #[test]
    fn html_is_told_with_what_it_is_made_of() {
        let text = "const clean = DOMPurify.sanitize(raw);\nconst css = 'a{}' + `b`\n\
                    <p dangerouslySetInnerHTML={{ __html: clean }} /> <style dangerouslySetInnerHTML={{__html: css}}/>\n\
                    el.innerHTML = `<b>${name}</b>`\nel.innerHTML += ''; el.innerHTML == x; el.outerHTML = f(a, b)\n\
                    el.insertAdjacentHTML('beforeend', row); document.write(html)";
        assert_eq!(
            writes(text),
            [
                "dangerouslySetInnerHTML: clean = DOMPurify.sanitize(raw)",
                "dangerouslySetInnerHTML: css = 'a{}' + `b` (constant)",
                "innerHTML: `<b>${name}</b>`",
                "innerHTML: '' (constant)",
                "outerHTML: f(a, b)",
                "insertAdjacentHTML: row",
                "document.write: html",
            ]
        );
    }

    #[test]
    fn clients_are_told_with_their_bound() {
        let told = |text: &str| -> Vec<(&str, Option<bool>)> {
            Script::new(text).clients().into_iter().map(|client| (client.kind, client.has_timeout)).collect()
        };
        assert_eq!(told("axios.create({ baseURL, headers: { a: 1 } })"), [("axios", Some(false))]);
        assert_eq!(told("axios.create({ baseURL, timeout: 10 })"), [("axios", Some(true))]);
        assert_eq!(told("axios.create(config); axios.create({...base})"), [("axios", None), ("axios", None)]);
        assert_eq!(told("axios.defaults.timeout = 5"), [("axios_defaults", Some(true))]);
        assert_eq!(told("fetch(url, {}); fetch('/x'); window.fetch(url)"), [("fetch", Some(false))]);
        assert_eq!(told("fetch(url, {signal: AbortSignal.timeout(5)})"), [("fetch", Some(true))]);
    }

    #[test]
    fn odd_texts_tell_nothing_and_break_nothing() {
        let open = "x.innerHTML = ".repeat(2_000) + &"(".repeat(20_000);
        for text in
            ["innerHTML = x", "__html", "__html:", "x.innerHTML =", "write(", "axios.create(", "axios.create({", &open]
        {
            writes(text);
            Script::new(text).clients();
        }
    }
}
