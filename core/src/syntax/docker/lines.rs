//! From text to instructions: continuation lines, comments between them, here-documents, the escape directive.

use std::ops::Range;

/// One instruction as written over one or more lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The text from the name to the end, as long as the source: what joins lines and comments between them is blank.
    pub text: String,
    /// Where it begins in the source.
    pub start: usize,
    /// Where in `text` each joint of two lines ends.
    pub joints: Vec<usize>,
    /// Its here-documents: the lines between the markers, with their place.
    pub documents: Vec<(Range<usize>, String)>,
    /// Where the marker ends that closes the last of them.
    pub closed: usize,
}

impl Line {
    /// Where the instruction ends in the source, given where its own lines do: behind the marker that closes its last
    /// here-document, or behind the document where the instruction only copies it. So Semgrep has it.
    pub(super) fn end(&self, own: usize, copies: bool) -> usize {
        let end = match self.documents.last() {
            Some((range, body)) if copies => range.start + body.trim_end().len(),
            Some(_) => self.closed,
            None => own,
        };
        end.max(own)
    }
}

/// Splits a Dockerfile into instructions.
pub(super) fn split(text: &str) -> Vec<Line> {
    let escape = escape(text);
    let mut lines = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = line_end(text, at);
        let content = text[at..end].trim_start();
        let start = end - content.len();
        if content.trim().is_empty() || content.starts_with('#') {
            at = end + 1;
            continue;
        }
        let (line, next) = instruction(text, start, escape);
        lines.push(line);
        at = next;
    }
    lines
}

/// Reads the instruction at `start`; gives the start of the next line as well.
fn instruction(text: &str, start: usize, escape: u8) -> (Line, usize) {
    let (mut masked, mut joints) = (String::new(), Vec::new());
    let mut at = start;
    let mut is_first = true;
    loop {
        let end = line_end(text, at);
        let line = &text[at..end];
        let is_blank = !is_first && (line.trim().is_empty() || line.trim_start().starts_with('#'));
        let joined = if is_blank { Some(0) } else { continued(line, escape) };
        let kept = joined.unwrap_or(line.trim_end_matches('\r').len());
        masked.push_str(&line[..kept]);
        let next = (end + 1).min(text.len());
        if joined.is_none() || next >= text.len() {
            let mut line = Line { text: masked, start, joints, documents: Vec::new(), closed: 0 };
            let after = documents(text, &mut line, end + 1);
            return (line, after);
        }
        masked.extend(std::iter::repeat_n(' ', next - at - kept));
        joints.push(masked.len());
        at = next;
        is_first = false;
    }
}

/// Bytes of a line before the escape character that joins it with the next.
fn continued(line: &str, escape: u8) -> Option<usize> {
    let trimmed = line.trim_end();
    (trimmed.as_bytes().last() == Some(&escape)).then(|| trimmed.len() - 1)
}

/// Takes the here-documents that a `RUN`, `COPY` or `ADD` opens; gives the offset after them.
fn documents(text: &str, line: &mut Line, mut at: usize) -> usize {
    let keyword = line.text.get(..4).unwrap_or_default().to_ascii_lowercase();
    if !matches!(keyword.as_str(), "run " | "copy" | "add ") {
        return at;
    }
    for (marker, strips_tabs) in markers(&line.text) {
        let start = at.min(text.len());
        loop {
            let from = at.min(text.len());
            let end = line_end(text, from);
            let content = text[from..end].trim_end_matches('\r');
            let content = if strips_tabs { content.trim_start_matches('\t') } else { content };
            at = end + 1;
            if content == marker || from >= text.len() {
                line.documents.push((start..from, text[start..from].to_owned()));
                line.closed = end;
                break;
            }
        }
    }
    at
}

/// The words after `<<`, with whether `-` stands between.
fn markers(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("<<") {
        let rest = &text[at + 2..];
        if rest.starts_with('<') || text[..at].ends_with('<') {
            continue;
        }
        let (rest, strips_tabs) = rest.strip_prefix('-').map_or((rest, false), |rest| (rest, true));
        let rest = rest.trim_start_matches(['"', '\'']);
        let len = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        if len > 0 && found.len() < 16 {
            found.push((rest[..len].to_owned(), strips_tabs));
        }
    }
    found
}

fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |len| at + len)
}

/// The character that joins lines: a backslash unless the first comments say otherwise.
fn escape(text: &str) -> u8 {
    let directives = text.lines().map_while(|line| line.trim().strip_prefix('#'));
    let escape =
        directives.filter_map(|line| line.split_once('=')).find(|(key, _)| key.trim().eq_ignore_ascii_case("escape"));
    if escape.is_some_and(|(_, value)| value.trim() == "`") { b'`' } else { b'\\' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let lines = split(text);
        for line in &lines {
            let first = line.text.chars().next().unwrap();
            assert!(text[line.start..].starts_with(first), "{line:?}");
            assert!(line.start + line.text.len() <= text.len());
        }
        lines.into_iter().map(|line| line.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn lines_are_joined_over_comments_and_blank_lines() {
        assert_eq!(texts("# c\nRUN a \\\n  # no\n\n  b \\  \n c\nCMD d"), ["RUN a b c", "CMD d"]);
        assert_eq!(texts("# escape=`\nRUN a `\r\n b\\\r\nCMD c\r\n"), ["RUN a b\\", "CMD c"]);
        assert_eq!(texts("RUN a \\"), ["RUN a"]);
    }

    #[test]
    fn here_documents_are_no_instructions() {
        let text = "RUN <<A cat && <<-'B' x\n1\nA\n2\n\tB\nCMD c\nCOPY <<E /x\nnever ends";
        let lines = split(text);
        let bodies: Vec<&str> = lines.iter().flat_map(|line| &line.documents).map(|(_, body)| body.as_str()).collect();
        assert_eq!(bodies, ["1\n", "2\n", "never ends"]);
        assert_eq!(lines.len(), 3);
    }
}
