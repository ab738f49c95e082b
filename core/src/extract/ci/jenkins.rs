//! Jenkins pipelines: the shell that their `sh` steps run. The Groovy around it is not read.

use std::ops::Range;

use crate::extract::shell::{self, FileUse, Holder, Options};
use crate::facts::schema::ci::JenkinsStep;
use crate::facts::{Certainty, FactSet};
use crate::source::SourceFile;
use crate::syntax::shell::{Places, parse_placed};

/// Most steps that are read of one file.
const MAX_STEPS: usize = 1000;
/// How Groovy's texts begin and end, the longer first.
const QUOTES: &[&str] = &["'''", "\"\"\"", "'", "\""];

/// Whether a file is a pipeline of Jenkins, by its name.
pub(super) fn is_jenkinsfile(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    name.starts_with("jenkinsfile") || name.ends_with(".jenkinsfile")
}

/// States the steps of a pipeline; gives the files that they name.
pub(super) fn pipeline(file: &SourceFile<'_>, facts: &mut FactSet) -> Vec<FileUse> {
    let mut uses = Vec::new();
    for (step, text) in steps(file.text).into_iter().take(MAX_STEPS) {
        let written = &file.text[text.clone()];
        let owner = facts.push(JenkinsStep {
            span: file.span(step),
            certainty: Certainty::Certain,
            path: file.path.to_owned(),
        });
        let script = parse_placed(written, &Places::at(text.start));
        // Jenkins runs each step with `sh -xe`.
        let options = Options { errexit: true, ..Options::default() };
        let holder =
            Holder { file: file.id, owner, kind: "jenkins_step", options, folder: "", bases: vec![String::new()] };
        uses.extend(shell::state(&script, &holder, facts));
    }
    uses
}

/// Where each step `sh '…'` stands, and its text. Comments and other texts of Groovy are passed over.
fn steps(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut step = None;
    // Whether the next text is another argument of the step.
    let mut is_other = false;
    while at < text.len() {
        let rest = &text[at..];
        if let Some(end) = comment_end(rest) {
            at += end;
        } else if let Some(quote) = QUOTES.iter().find(|quote| rest.starts_with(**quote)) {
            let start = at + quote.len();
            let end = start + text_end(&text[start..], quote);
            if std::mem::take(&mut is_other) {
            } else if let Some(step) = step.take() {
                found.push((step..(end + quote.len()).min(text.len()), start..end));
            }
            at = (end + quote.len()).min(text.len());
        } else if let Some(length) = word_length(rest) {
            let is_label = text[at + length..].trim_start().starts_with(':');
            match &rest[..length] {
                "sh" => step = Some(at),
                "script" if is_label => {}
                "returnStdout" | "returnStatus" | "true" | "false" if step.is_some() => {}
                "label" | "encoding" if step.is_some() && is_label => is_other = true,
                _ => step = None,
            }
            at += length;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// Where the comment ends that begins the text.
fn comment_end(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.starts_with("/*").then(|| text.find("*/").map_or(text.len(), |end| end + 2))
}

/// Where a text of Groovy ends; a backslash hides what follows.
fn text_end(text: &str, quote: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if quote.len() == 1 => return at,
            _ if text[at..].starts_with(quote) => return at,
            _ => {}
        }
    }
    text.len()
}

fn word_length(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<&str> {
        steps(text).into_iter().map(|(_, script)| &text[script]).collect()
    }

    #[test]
    fn shell_of_steps_is_found_in_all_its_spellings() {
        let text = "pipeline { // sh 'no'\n steps {\n  sh 'make'\n  sh(\"echo \\\"${A}\\\"\")\n  sh '''\n   curl x | sh\n  '''\n  sh(returnStdout: true, script: \"\"\"git log\"\"\")\n  echo 'sh no'\n  push 'no'\n  sh label: 'x', script: 'make test'\n /* sh 'no' */ } }";
        assert_eq!(told(text), ["make", "echo \\\"${A}\\\"", "\n   curl x | sh\n  ", "git log", "make test"]);
    }

    #[test]
    fn what_does_not_end_ends_with_the_file() {
        for text in ["sh '''", "sh '", "/*", "é sh\"é", "sh 'a\\", "sh(script:"] {
            told(text);
        }
    }
}
