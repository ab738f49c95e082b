//! YAML patterns: YAML in which `...` stands for any entries, items or value, and a plain `$X` for any node.
//!
//! An ellipsis on a line of its own is an entry or an item, like the lines at its indentation: it takes their `- `.
//! Before parsing, each becomes a word that YAML accepts.

use super::super::tree::{NodeId, PatternError, PatternTree, Role, Shape};
use super::tree::Writer;
use super::{Document, NodeKind};

/// The word that stands for `...` while the text is parsed.
pub(super) const ELLIPSIS: &str = "__treeward_ellipsis__";

/// The word that begins the list which `<... value ...>` is while a pattern of JSON is parsed.
pub(super) const DEEP: &str = "__treeward_deep__";

/// Parses a pattern. A mapping of one entry is that entry, a sequence of one item that item: so they match within
/// larger ones.
///
/// # Errors
/// The text is no YAML, or holds several documents.
pub fn pattern(text: &str) -> Result<PatternTree, PatternError> {
    parse(with_words(text), false)
}

/// Parses a pattern of JSON: every `...` is a value, an entry or an item where it stands, and `<... value ...>` holds for
/// whatever holds the value.
///
/// # Errors
/// The text is no JSON.
pub fn json_pattern(text: &str) -> Result<PatternTree, PatternError> {
    let mut replaced = String::with_capacity(text.len());
    for (at, piece) in text.split('"').enumerate() {
        replaced.push_str(if at > 0 { "\"" } else { "" });
        // Every second piece stands in quotes.
        if at % 2 == 0 {
            let piece = piece.replace("<...", &format!("[{DEEP}, ")).replace("...>", "]");
            replaced.push_str(&piece.replace("...", ELLIPSIS));
        } else {
            replaced.push_str(piece);
        }
    }
    parse(replaced.replace('\t', " "), true)
}

fn parse(replaced: String, is_json: bool) -> Result<PatternTree, PatternError> {
    let document = Document::parse(&replaced);
    if let Some(problem) = document.problems.first() {
        return Err(PatternError { offset: problem.offset, message: problem.message.clone() });
    }
    let [root] = document.roots[..] else {
        return Err(PatternError { offset: 0, message: "a pattern is one YAML value".to_owned() });
    };
    let mut writer = Writer::new(&replaced, &document, true);
    writer.is_json = is_json;
    // A JSON pattern that is written with its braces is the whole object.
    let is_object = is_json && replaced.trim_start().starts_with('{');
    let shape = match &document.node(root).kind {
        NodeKind::Mapping(entries) if entries.len() == 1 && document.node(root).tag.is_none() && !is_object => {
            writer.entry(entries[0].0, entries[0].1, Role::Item, 0);
            Shape::Entry
        }
        NodeKind::Sequence(items) if items.len() == 1 => {
            writer.node(items[0], Role::Item, 0);
            Shape::Expression
        }
        _ => {
            writer.node(root, Role::Item, 0);
            Shape::Expression
        }
    };
    let tree = writer.builder.finish();
    Ok(PatternTree { tree, text: replaced.into(), shape, root: NodeId::ROOT })
}

/// The beginning of a line: blanks and dashes.
#[derive(Clone, Copy)]
struct Lead<'t> {
    text: &'t str,
    /// Where its content stands: at the first dash, or after the blanks.
    column: usize,
}

impl<'t> Lead<'t> {
    fn of(line: &'t str) -> (Self, &'t str) {
        let len = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
        let (text, rest) = line.split_at(len);
        (Self { text, column: text.find('-').unwrap_or(len) }, rest)
    }
}

/// The text with every `...` replaced by a word: within a line as a value, on a line of its own as an entry or item.
fn with_words(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut siblings: Vec<Lead<'_>> = Vec::new();
    let mut waiting: Vec<&str> = Vec::new();
    for line in text.split('\n') {
        let (lead, rest) = Lead::of(line);
        if rest.trim() == "..." {
            let len = lead.text.len();
            release(&mut waiting, &mut out, |waits| (waits.len() > len).then(|| waits.to_owned()));
            match siblings.iter().rev().find(|sibling| sibling.column == len) {
                Some(sibling) => out.push(entry(sibling.text)),
                None => waiting.push(lead.text),
            }
            continue;
        }
        release(&mut waiting, &mut out, |waits| match waits.len().cmp(&lead.column) {
            std::cmp::Ordering::Equal => Some(overlay(waits, lead.text)),
            std::cmp::Ordering::Greater => Some(waits.to_owned()),
            std::cmp::Ordering::Less => None,
        });
        siblings.retain(|sibling| sibling.column <= lead.column);
        siblings.push(lead);
        out.push(line.replace("...", ELLIPSIS));
    }
    out.join("\n")
}

/// Writes the ellipses that waited for a line of their indentation, the last one first, down to one that must wait on.
/// All but the last go on waiting and are written again, as in Semgrep: an ellipsis more never hurts.
fn release<'t>(waiting: &mut Vec<&'t str>, out: &mut Vec<String>, lead: impl Fn(&'t str) -> Option<String>) {
    let before = out.len();
    out.extend(waiting.iter().rev().map_while(|waits| lead(waits)).map(|lead| entry(&lead)));
    if out.len() > before {
        waiting.pop();
    }
}

fn entry(lead: &str) -> String {
    format!("{lead}{ELLIPSIS}: {ELLIPSIS}")
}

/// The lead of a sibling, with the dashes that the ellipsis has itself.
fn overlay(own: &str, sibling: &str) -> String {
    let own: Vec<char> = own.chars().collect();
    sibling.chars().enumerate().map(|(at, other)| own.get(at).copied().filter(|c| *c != ' ').unwrap_or(other)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dump(text: &str) -> String {
        let pattern = pattern(text).unwrap();
        pattern.tree.dump(&pattern.text).replace(ELLIPSIS, "...")
    }

    #[test]
    fn an_ellipsis_line_is_what_its_neighbours_are() {
        insta::assert_snapshot!(dump(
            "spec:\n  ...\n  containers:\n  - ...\n  - name: $C\n    ...\n    image: x\n  - ...\n"
        ));
    }

    #[test]
    fn an_ellipsis_before_items_is_an_item() {
        insta::assert_snapshot!(dump("a:\n  ...\n  - x\n  ...\nb: [..., 'y', ...]\n...\n"));
    }

    #[test]
    fn a_single_entry_stands_for_itself() {
        insta::assert_snapshot!(dump("$KEY: \"$X\"\n"));
        insta::assert_snapshot!(dump("- $X\n"));
        insta::assert_snapshot!(dump("rooms:\n  ...\n"));
    }

    #[test]
    fn what_is_no_yaml_is_an_error() {
        assert!(pattern("a: [").is_err());
        assert!(pattern("").is_err());
        assert!(pattern("a\n---\nb\n").is_err());
    }
}
