//! Words after quote removal.

use tree_sitter::Node;

use super::Word;

/// Deepest nesting of quotes and concatenations that is looked into.
const MAX_DEPTH: usize = 16;

/// Reads the word that `node` is.
pub(super) fn read(node: Node<'_>, source: &str) -> Word {
    let mut word = Word { range: node.byte_range(), literal: true, ..Word::default() };
    let mut text = String::new();
    append(node, source, false, 0, &mut Reading { word: &mut word, text: &mut text });
    word.text = text.into();
    word
}

/// A word written literally, for parts of a command that the grammar gives no word for.
pub(super) fn literal(text: &str, start: usize) -> Word {
    let literal = !text.contains('$') && !text.contains('`');
    Word {
        text: text.trim_matches(['"', '\'']).into(),
        range: start..start + text.len(),
        literal,
        unquoted_expansion: false,
    }
}

struct Reading<'w> {
    word: &'w mut Word,
    text: &'w mut String,
}

fn append(node: Node<'_>, source: &str, quoted: bool, depth: usize, into: &mut Reading<'_>) {
    let written = source.get(node.byte_range()).unwrap_or_default();
    match node.kind() {
        "raw_string" => into.text.push_str(written.trim_matches('\'')),
        "ansi_c_string" => into.text.push_str(written.trim_start_matches('$').trim_matches('\'')),
        "string" | "translated_string" if depth < MAX_DEPTH => {
            let inner = written.trim_start_matches('$');
            let inner = inner.strip_prefix('"').unwrap_or(inner);
            into.text.push_str(inner.strip_suffix('"').unwrap_or(inner));
            into.word.literal &= !has_expansion(node);
        }
        "array" if depth < MAX_DEPTH => {
            let mut cursor = node.walk();
            into.text.push('(');
            for (position, child) in node.named_children(&mut cursor).enumerate() {
                into.text.push_str(if position > 0 { " " } else { "" });
                append(child, source, quoted, depth + 1, into);
            }
            into.text.push(')');
        }
        "concatenation" | "command_name" if depth < MAX_DEPTH => {
            let mut cursor = node.walk();
            for child in node.children(&mut cursor) {
                append(child, source, quoted, depth + 1, into);
            }
        }
        "simple_expansion" | "expansion" | "command_substitution" | "process_substitution" | "arithmetic_expansion" => {
            into.text.push_str(written);
            into.word.literal = false;
            into.word.unquoted_expansion |= !quoted && node.kind() != "arithmetic_expansion";
        }
        _ => unescape(written, into.text),
    }
}

fn has_expansion(string: Node<'_>) -> bool {
    let mut cursor = string.walk();
    string.named_children(&mut cursor).any(|child| child.kind() != "string_content")
}

/// A backslash outside of quotes stands for the character after it; before a line end for nothing.
fn unescape(written: &str, into: &mut String) {
    let mut characters = written.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => into.extend(characters.next().filter(|next| *next != '\n')),
            other => into.push(other),
        }
    }
}

/// Commands that run the command after them.
pub(super) fn is_wrapper(word: &str) -> bool {
    matches!(
        word.rsplit('/').next().unwrap_or_default(),
        "sudo"
            | "exec"
            | "command"
            | "time"
            | "nohup"
            | "nice"
            | "ionice"
            | "env"
            | "timeout"
            | "stdbuf"
            | "builtin"
            | "setsid"
    )
}

/// Whether `next` is an option, an assignment or a duration of the wrapper, and not the command.
pub(super) fn belongs_to_wrapper(wrapper: &str, next: &str) -> bool {
    let name = wrapper.rsplit('/').next().unwrap_or_default();
    let is_assignment = name == "env" && next.contains('=');
    let is_duration = name == "timeout" && next.starts_with(|first: char| first.is_ascii_digit());
    let is_user = name == "sudo" && matches!(next, "root" | "postgres" | "www-data");
    next.starts_with('-') || is_assignment || is_duration || is_user
}
