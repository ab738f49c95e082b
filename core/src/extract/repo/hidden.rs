//! What a reader of a text does not see, and markers that a merge left behind.

use crate::facts::schema::repo::{ConflictMarker, HiddenCharacter};
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};

/// Most characters that are told of one file.
const MAX_TOLD: usize = 50;

pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    let is_prose = matches!(file.artifact, Artifact::Markdown | Artifact::Html | Artifact::Other);
    if !is_prose {
        characters(file, facts);
    }
    if !is_prose && memchr::memmem::find(file.text.as_bytes(), b"<<<<<<< ").is_some() {
        markers(file, facts);
    }
}

fn characters(file: &SourceFile<'_>, facts: &mut FactSet) {
    // The bytes that all of them begin with.
    let begins = memchr::memchr2_iter(0xE2, 0xEF, file.text.as_bytes());
    let told = begins.filter_map(|at| {
        let character = file.text[at..].chars().next()?;
        Some((at, character, kind(character, file.text[..at].chars().next_back())?))
    });
    for (at, character, kind) in told.take(MAX_TOLD) {
        facts.push(HiddenCharacter {
            span: file.span(at..at + character.len_utf8()),
            certainty: Certainty::Certain,
            path: file.path.to_owned(),
            kind,
            code_point: format!("U+{:04X}", u32::from(character)),
        });
    }
}

/// A joiner behind a symbol builds an emoji, and scripts of Asia need joiners between letters.
fn kind(character: char, previous: Option<char>) -> Option<&'static str> {
    match character {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some("bidirectional"),
        '\u{200B}' | '\u{2060}' | '\u{FEFF}' => Some("zero_width"),
        '\u{200C}' | '\u{200D}' => previous.is_none_or(|before| before.is_ascii()).then_some("zero_width"),
        _ => None,
    }
}

/// All three markers of a conflict, each at the start of a line.
fn markers(file: &SourceFile<'_>, facts: &mut FactSet) {
    let mut start = 0;
    let mut opened = None;
    let mut divided = false;
    for line in file.text.split_inclusive('\n') {
        let content = line.trim_end();
        // Programs that let a model edit files use the same lines with words that Git never writes.
        if content.starts_with("<<<<<<< ") && !matches!(&content[8..], "SEARCH" | "ORIGINAL" | "OLD") {
            (opened, divided) = (Some(start..start + content.len()), false);
        } else if content == "=======" {
            divided = opened.is_some();
        } else if content.starts_with(">>>>>>> ")
            && divided
            && let Some(range) = opened.take()
        {
            let span = file.span(range);
            facts.push(ConflictMarker { span, certainty: Certainty::Certain, path: file.path.to_owned() });
        }
        start += line.len();
    }
}
