//! How Compose lays one file over another: mappings merge, lists append, the rest replaces.

use super::value::{Entry, Kind, Tag, Value};

/// Lists that replace: command lines.
const REPLACED: &[&str] = &["command", "entrypoint", "test"];

/// Lays `over` on `base`. `key` is the key that both stand under.
pub(super) fn merge(base: &mut Value, over: Value, key: &str) {
    if over.tag == Tag::Override {
        *base = over;
        return;
    }
    match (&mut base.kind, over.kind) {
        (Kind::Mapping(base_entries), Kind::Mapping(entries)) => {
            let drops_options = key == "logging" && is_other_driver(base_entries, &entries);
            if drops_options {
                base_entries.retain(|entry| entry.key != "options");
            }
            entries.into_iter().for_each(|entry| merge_entry(base_entries, entry));
        }
        (Kind::Sequence(items), Kind::Sequence(more)) if !REPLACED.contains(&key) => append(items, more, key),
        (Kind::Mapping(_) | Kind::Sequence(_), Kind::Null) => {}
        (_, kind) => *base = Value { span: over.span, kind, tag: Tag::None },
    }
}

fn merge_entry(base: &mut Vec<Entry>, entry: Entry) {
    let at = base.iter().position(|earlier| earlier.key == entry.key);
    match (at, entry.value.tag) {
        (Some(at), Tag::Reset) => {
            base.remove(at);
        }
        (None, Tag::Reset) => {}
        (Some(at), _) => merge(&mut base[at].value, entry.value, &entry.key),
        (None, _) => base.push(entry),
    }
}

fn append(items: &mut Vec<Value>, more: Vec<Value>, key: &str) {
    for item in more {
        let same = identity(&item, key)
            .and_then(|wanted| items.iter().position(|earlier| identity(earlier, key).as_ref() == Some(&wanted)));
        match same {
            Some(at) => items[at] = item,
            None => items.push(item),
        }
    }
}

/// What makes two items of a list the same: a mount's target, a grant's source, else the text.
fn identity(item: &Value, key: &str) -> Option<String> {
    let field = match key {
        "volumes" => "target",
        "secrets" | "configs" => "source",
        "env_file" => "path",
        _ => "",
    };
    match item.text() {
        Some(text) if key == "volumes" => Some(super::mount::short_target(text).to_owned()),
        Some(text) => Some(text.to_owned()),
        None => item.get(field).and_then(Value::text).map(str::to_owned),
    }
}

fn is_other_driver(base: &[Entry], over: &[Entry]) -> bool {
    let driver = |entries: &[Entry]| {
        entries.iter().find(|entry| entry.key == "driver").and_then(|entry| entry.value.text().map(str::to_owned))
    };
    driver(over).is_some() && driver(base) != driver(over)
}
