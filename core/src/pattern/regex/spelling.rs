//! Expressions of PCRE in the spelling of Rust's engines.

/// PCRE's `\b`.
pub(super) const WORD_BOUNDARY: &str = r"(?-u:\b)";

/// What the classes of PCRE hold, by their letter in lower case: ASCII, whatever the text.
fn escaped_class(letter: char) -> Option<&'static str> {
    match letter.to_ascii_lowercase() {
        'w' => Some("0-9_A-Za-z"),
        'd' => Some("0-9"),
        's' => Some(r" \x09-\x0d"),
        _ => None,
    }
}

/// An expression of PCRE in the spelling of Rust's engines: they count letters of all alphabets in `\w`, know no `\Z`, `\h`, `\R`, `\N`, `\Q…\E` and comments,
/// take `{` for a repetition and `[`, `&&`, `--`, `~~` in a class for operations on classes.
pub(super) fn spelling(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    // For each open group, whether it is a look-around.
    let mut groups = Vec::new();
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '\\' => escape(rest, false, &mut out),
            '[' => class(rest, &mut out),
            '(' if rest.starts_with("(?#") => rest.split_once(')').map_or("", |(_, after)| after),
            '(' => {
                groups.push(["(?=", "(?!", "(?<=", "(?<!"].iter().any(|open| rest.starts_with(open)));
                out.push('(');
                &rest[1..]
            }
            ')' => {
                out.push(')');
                let is_look = groups.pop().unwrap_or(false);
                after_repetition(&rest[1..]).filter(|_| is_look).unwrap_or(&rest[1..])
            }
            '{' if !is_repetition(rest.as_bytes()) => {
                out.push_str("\\{");
                &rest[1..]
            }
            other => {
                out.push(other);
                &rest[other.len_utf8()..]
            }
        };
    }
    out
}

/// What follows a repetition of once or more, which changes nothing after a look-around.
fn after_repetition(text: &str) -> Option<&str> {
    let counted = text.starts_with('{') && is_repetition(text.as_bytes()) && !text.starts_with("{0");
    if counted { text.split_once('}').map(|(_, after)| after) } else { text.strip_prefix('+') }
}

/// Writes the escape that `text` begins with; what follows it.
fn escape<'t>(text: &'t str, in_class: bool, out: &mut String) -> &'t str {
    let Some(escaped) = text[1..].chars().next() else {
        out.push('\\');
        return "";
    };
    let after = &text[1 + escaped.len_utf8()..];
    if let Some(class) = escaped_class(escaped) {
        let (open, close) = match (escaped.is_ascii_lowercase(), in_class) {
            (true, true) => ("", ""),
            (true, false) => ("[", "]"),
            (false, _) => ("[^", "]"),
        };
        out.extend([open, class, close]);
        return after;
    }
    match escaped {
        'Z' => out.push_str(r"\z"),
        'h' if in_class => out.push_str(r" \t"),
        'h' => out.push_str(r"[ \t]"),
        'R' if !in_class => out.push_str(r"(?:\r\n|\n|\r)"),
        'N' if !in_class => out.push_str(r"[^\n]"),
        'e' => out.push_str(r"\x1b"),
        'b' if in_class => out.push_str(r"\x08"),
        'b' if !after.starts_with('{') => out.push_str(WORD_BOUNDARY),
        'Q' => {
            let (literal, after) = after.split_once(r"\E").unwrap_or((after, ""));
            literal.chars().for_each(|char| push_literal(char, out));
            return after;
        }
        'p' | 'P' | 'x' | 'u' | 'g' | 'k' if after.starts_with('{') => {
            let end = after.find('}').map_or(after.len(), |at| at + 1);
            out.push('\\');
            out.push(escaped);
            out.push_str(&after[..end]);
            return &after[end..];
        }
        // `\<` and `\>` are word boundaries in Rust, and it knows no escape of `_`.
        other if other.is_alphanumeric() => {
            out.push('\\');
            out.push(other);
        }
        other => push_literal(other, out),
    }
    after
}

fn push_literal(char: char, out: &mut String) {
    if "\\.+*?()|[]{}^$#&-~ ".contains(char) {
        out.push('\\');
    }
    out.push(char);
}

/// Writes the class that `text` begins with; what follows it.
fn class<'t>(text: &'t str, out: &mut String) -> &'t str {
    let open = if text.starts_with("[^") { 2 } else { 1 };
    out.push_str(&text[..open]);
    let mut rest = &text[open..];
    let mut is_first = true;
    while let Some(char) = rest.chars().next() {
        match char {
            ']' if !is_first => {
                out.push(']');
                return &rest[1..];
            }
            '\\' => rest = escape(rest, true, out),
            '[' if rest.starts_with("[:") && rest.contains(":]") => {
                let end = rest.find(":]").map_or(rest.len(), |at| at + 2);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            _ => {
                let doubled = matches!(char, '&' | '-' | '~') && rest[1..].starts_with(char);
                if doubled || matches!(char, '[' | ']') {
                    out.push('\\');
                }
                out.push(char);
                rest = &rest[char.len_utf8()..];
            }
        }
        is_first = false;
    }
    rest
}

fn is_repetition(rest: &[u8]) -> bool {
    let digits = rest[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && matches!(rest.get(1 + digits), Some(b'}' | b','))
}
