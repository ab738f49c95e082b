//! Lists every rule file of this folder and every table of `data/`, so that `src/lib.rs` can embed them, each with what a
//! YAML parser says of it: the engine need not parse them at every start.
//!
//! A rule file is `<artifact>/<name>.yaml`. Its tests (`<name>.test.yaml`, `<name>.py`, a folder `<name>/` …) stay out.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use granit_parser::{Event, Parser, ScalarStyle};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    // The whole folder is watched, so that a first rule of an artifact is noticed.
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    for folder in sorted_entries(&root)? {
        let name = file_name(&folder);
        if folder.is_dir() && !matches!(name.as_str(), "src" | "target" | "data") {
            files.extend(sorted_entries(&folder)?.into_iter().filter(|path| is_rule_file(path)));
        }
    }
    let data = root.join("data");
    let tables: Vec<PathBuf> = sorted_entries(&data)?.into_iter().filter(|path| is_rule_file(path)).collect();
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    embed(&root, &files, &out, "files")?;
    embed(&root, &tables, &out, "data")
}

/// Writes the code of a list that embeds `files`, and what their parser says beside it.
fn embed(root: &Path, files: &[PathBuf], out: &Path, list: &str) -> io::Result<()> {
    let mut code = String::from("&[\n");
    for (at, path) in files.iter().enumerate() {
        let id = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let events = out.join(format!("{list}.{at}"));
        fs::write(&events, record(&fs::read_to_string(path)?).unwrap_or_default())?;
        let (path, events) = (path.display().to_string(), events.display().to_string());
        let _ = writeln!(
            code,
            "    RuleFile {{ path: {id:?}, text: include_str!({path:?}), events: include_bytes!({events:?}) }},"
        );
    }
    code.push_str("]\n");
    fs::write(out.join(format!("{list}.rs")), code)
}

/// The events of a YAML text, in the form that `RuleFile::events` tells; `None` where it has what the form does not.
fn record(text: &str) -> Option<Vec<u8>> {
    // The options of the engine's own parser.
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        simple_key_max_lookahead: 4096,
        max_buffered_comment_events: 100_000,
    };
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut out = Vec::new();
    while let Some(next) = parser.next_event() {
        let (event, span) = next.ok()?;
        let range = span.byte_range().unwrap_or(0..0);
        let mut put = |kind: u8, numbers: &[usize]| {
            out.push(kind);
            [range.start, range.end].iter().chain(numbers).for_each(|&number| push_number(&mut out, number));
        };
        match event {
            Event::Scalar(value, style, anchor, None) => {
                let is_written = text.get(range.clone()) == Some(&*value);
                put(style_letter(style), &[anchor, if is_written { 0 } else { value.len() + 1 }]);
                if !is_written {
                    out.extend_from_slice(value.as_bytes());
                }
            }
            Event::SequenceStart(_, anchor, None) => put(b'[', &[anchor]),
            Event::MappingStart(_, anchor, None) => put(b'{', &[anchor]),
            Event::SequenceEnd | Event::MappingEnd => put(b'e', &[]),
            Event::Alias(target) => put(b'*', &[target]),
            Event::Anchor(id, _) => put(b'&', &[id]),
            Event::Comment(..) => put(b'#', &[]),
            Event::DocumentEnd => put(b'.', &[]),
            Event::StreamStart | Event::StreamEnd | Event::DocumentStart(..) => {}
            _ => return None,
        }
    }
    Some(out)
}

fn style_letter(style: ScalarStyle) -> u8 {
    match style {
        ScalarStyle::SingleQuoted => b's',
        ScalarStyle::DoubleQuoted => b'd',
        ScalarStyle::Literal => b'l',
        ScalarStyle::Folded => b'f',
        _ => b'p',
    }
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
fn push_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn sorted_entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    Ok(entries)
}

fn is_rule_file(path: &Path) -> bool {
    let name = file_name(path);
    path.is_file() && name.ends_with(".yaml") && !name.ends_with(".test.yaml")
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
