//! Headings of documents: what a document says it is about, part by part.

use crate::facts::schema::repo::DocumentHeading;
use crate::facts::{Certainty, FactSet};
use crate::source::SourceFile;

/// Most headings of one document.
const MAX_HEADINGS: usize = 200;
/// Longest heading that is kept, in bytes.
const MAX_LENGTH: usize = 200;

/// States the headings of `file`: `## Rollback`, or a line that `====` underlines. Blocks of code have none.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    let mut is_code = false;
    let mut stated = 0;
    let mut previous: Option<(usize, &str)> = None;
    let mut start = 0;
    for line in file.text.split_inclusive('\n') {
        let (at, text) = (start, line.trim_end());
        start += line.len();
        if text.trim_start().starts_with("```") || text.trim_start().starts_with("~~~") {
            is_code = !is_code;
        }
        let heading = if is_code { None } else { marked(at, text).or_else(|| previous.filter(|_| underlines(text))) };
        previous = Some((at, text)).filter(|(_, text)| !is_code && text.starts_with(char::is_alphanumeric));
        let Some((at, text)) = heading.filter(|(_, text)| !text.is_empty() && text.len() <= MAX_LENGTH) else {
            continue;
        };
        if stated == MAX_HEADINGS {
            return;
        }
        stated += 1;
        facts.push(DocumentHeading {
            span: file.span(at..at + text.len()),
            certainty: Certainty::Certain,
            path: file.path.to_owned(),
            text: text.to_owned(),
        });
    }
}

/// `# text`
fn marked(at: usize, line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let words = text.strip_prefix(' ').filter(|_| (1..=6).contains(&level))?.trim().trim_end_matches('#').trim_end();
    let offset = line.find(words)?;
    Some((at + offset, words))
}

fn underlines(line: &str) -> bool {
    line.len() >= 3 && ['=', '-', '~'].iter().any(|mark| line.chars().all(|c| c == *mark))
}
