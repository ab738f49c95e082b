//! Unit files: sections and settings, with their places. Their format is systemd's own, not that of INI files.

use std::ops::Range;

/// One `Key=value`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Setting<'t> {
    pub section: &'t str,
    pub key: &'t str,
    /// Continued lines joined by a blank.
    pub value: String,
    /// Key and value.
    pub range: Range<usize>,
    /// Where the value begins.
    pub value_start: usize,
}

/// The settings of a unit file; lines that are none are passed over.
pub(super) fn read(text: &str) -> Vec<Setting<'_>> {
    let mut settings = Vec::new();
    let mut section = "";
    let mut at = 0;
    while at < text.len() {
        let end = logical_end(text, at);
        let line = &text[at..end];
        let trimmed = line.trim();
        if let Some(name) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
        } else if !trimmed.starts_with(['#', ';']) {
            settings.extend(setting(line, at, section));
        }
        at = end + 1;
    }
    settings
}

/// The end of the line, continued ones included; a comment is never continued.
fn logical_end(text: &str, from: usize) -> usize {
    let is_comment = text[from..].trim_start_matches([' ', '\t']).starts_with(['#', ';']);
    let mut at = from;
    loop {
        let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
        let goes_on = text[at..end].trim_end_matches('\r').ends_with('\\');
        if end == text.len() || is_comment || !goes_on {
            return end;
        }
        at = end + 1;
    }
}

fn setting<'t>(line: &'t str, at: usize, section: &'t str) -> Option<Setting<'t>> {
    let equals = line.find('=')?;
    let key = line[..equals].trim();
    let written = &line[equals + 1..];
    let value_start = at + equals + 1 + (written.len() - written.trim_start().len());
    let parts = written.split('\n').map(|part| part.trim().trim_end_matches('\\').trim());
    let value = parts.filter(|part| !part.is_empty() && !part.starts_with(['#', ';'])).collect::<Vec<_>>().join(" ");
    let key_start = at + line.find(key)?;
    (!key.is_empty()).then(|| Setting {
        section,
        key,
        value,
        range: key_start..at + line.trim_end().len(),
        value_start,
    })
}

/// The words of a value: blanks part them, quotes hold them together.
pub(super) fn words(value: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for c in value.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, c) if c.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            (_, c) => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continued_values_are_joined_and_comments_are_not_continued() {
        let text = "# a \\\n[Service]\nExecStart=/bin/a \\\n  -b \\\n# c\n  d\nUser = x\n=\n";
        let settings = read(text);
        let seen: Vec<_> =
            settings.iter().map(|setting| (setting.section, setting.key, setting.value.as_str())).collect();
        assert_eq!(seen, [("Service", "ExecStart", "/bin/a -b"), ("Service", "User", "x")]);
    }

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(words(r#""A=b c" D='e f' g"#), ["A=b c", "D=e f", "g"]);
    }
}
