//! tree-sitter-bash within a budget.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, Parser, Tree};

/// Calls of the progress callback that a parse may take: a count, not a clock, so that every machine answers alike.
/// Real scripts need one for sixty bytes.
const MIN_STEPS: usize = 5_000;
/// Most bars of one pipeline: the parser's memory grows with the square of their number.
const MAX_BARS: usize = 1_000;

thread_local! {
    static PARSER: RefCell<Option<Parser>> = RefCell::new(bash_parser());
}

fn bash_parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_bash::LANGUAGE.into()).ok()?;
    Some(parser)
}

/// Parses `text` with a newline at its end, which the grammar needs; byte offsets are those of `text`.
pub(in crate::syntax) fn tree(text: &str) -> Option<Tree> {
    if text.len() > super::MAX_TEXT || longest_pipeline(text) > MAX_BARS {
        return None;
    }
    let mut masked = mask_templates(text).into_owned();
    masked.push('\n');
    let bytes = masked.as_bytes();
    let budget = MIN_STEPS + bytes.len() / 4;
    let mut steps = 0;
    let mut on_progress = |_: &_| {
        steps += 1;
        if steps > budget { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    PARSER.with_borrow_mut(|parser| {
        let parser = parser.as_mut()?;
        let options = ParseOptions::new().progress_callback(&mut on_progress);
        let tree = parser.parse_with_options(&mut |at, _| bytes.get(at..).unwrap_or_default(), None, Some(options));
        parser.reset();
        tree
    })
}

/// An upper bound of the bars in one pipeline: those of lines that a bar or a backslash joins.
fn longest_pipeline(text: &str) -> usize {
    let (mut longest, mut bars, mut goes_on) = (0, 0, false);
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        bars = if goes_on { bars } else { 0 };
        bars += memchr::memchr_iter(b'|', line.as_bytes()).count();
        longest = longest.max(bars);
        goes_on = line.ends_with(['|', '\\', '&']);
    }
    longest
}

/// `${{ expression }}` of a CI system is no shell: it becomes a variable name of the same length.
fn mask_templates(text: &str) -> Cow<'_, str> {
    let mut masked = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("${{") {
        let Some(len) = rest[start..].find("}}").map(|at| at + 2) else { break };
        masked.push_str(&rest[..start]);
        masked.push('$');
        masked.extend(std::iter::repeat_n('_', len - 1));
        rest = &rest[start + len..];
    }
    if masked.is_empty() && rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    masked.push_str(rest);
    Cow::Owned(masked)
}
