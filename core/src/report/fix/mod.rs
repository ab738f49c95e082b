//! Applying the fixes that findings carry to one text.

mod diff;

use std::ops::Range;

pub use diff::unified_diff;

use super::{Edit, Finding};

/// What applying fixes to one file gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fixed {
    /// The text with the fixes in it.
    pub text: String,
    /// Indexes of the findings that were fixed, in the order given.
    pub applied: Vec<usize>,
    /// Indexes of those that were not, with the reason in words.
    pub left: Vec<(usize, &'static str)>,
    /// What was replaced, as bytes of the old text with the new text, in order.
    pub edits: Vec<(Range<usize>, String)>,
}

/// Applies the fixes of `findings` that concern the file at `path`, whose text is `text`. Unsafe ones only where
/// `with_unsafe` says so. A fix that overlaps one before it, or after which the text is no longer sound, is left out.
pub fn apply_fixes(
    path: &str,
    text: &str,
    findings: &[&Finding],
    with_unsafe: bool,
    is_sound: impl Fn(&str) -> bool,
) -> Fixed {
    let mut fixed = Fixed { text: text.to_owned(), ..Fixed::default() };
    let must_be_sound = is_sound(text);
    for (at, finding) in findings.iter().enumerate() {
        let Some(fix) = &finding.fix else { continue };
        let here = fix.edits.iter().all(|edit| edit.location.path == path);
        let result = match read_edits(text, &fix.edits) {
            _ if !fix.safe && !with_unsafe => Err("it may change behaviour: look at it, then use --unsafe"),
            _ if !here => Err("it changes several files"),
            None => Err("the file has changed since it was read"),
            Some(edits) if edits.iter().any(|edit| fixed.edits.iter().any(|other| overlap(&edit.0, &other.0))) => {
                Err("it overlaps another fix: run again")
            }
            Some(edits) => Ok(edits),
        };
        let result = result.and_then(|edits| {
            let mut all = fixed.edits.clone();
            all.extend(edits);
            all.sort_by_key(|(range, _)| (range.start, range.end));
            let changed = replaced(text, &all);
            let sound = !must_be_sound || is_sound(&changed);
            if sound { Ok((all, changed)) } else { Err("the file would no longer parse") }
        });
        match result {
            Ok((edits, changed)) => {
                (fixed.edits, fixed.text) = (edits, changed);
                fixed.applied.push(at);
            }
            Err(reason) => fixed.left.push((at, reason)),
        }
    }
    fixed
}

/// The edits as byte ranges; `None` where they do not fit the text or each other.
fn read_edits(text: &str, edits: &[Edit]) -> Option<Vec<(Range<usize>, String)>> {
    let mut read: Vec<(Range<usize>, String)> = Vec::with_capacity(edits.len());
    for edit in edits {
        let range = edit.location.start.offset as usize..edit.location.end.offset as usize;
        text.get(range.clone())?;
        if read.iter().any(|other| overlap(&other.0, &range)) {
            return None;
        }
        read.push((range, edit.text.clone()));
    }
    Some(read)
}

/// Two insertions at one place overlap as well: their order would be a guess.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end || a.start == b.start
}

fn replaced(text: &str, edits: &[(Range<usize>, String)]) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut done = 0;
    for (range, new) in edits {
        changed.push_str(&text[done..range.start]);
        changed.push_str(new);
        done = range.end;
    }
    changed.push_str(&text[done..]);
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::render::sample;
    use crate::report::{Fix, Location};
    use crate::source::LineIndex;

    const TEXT: &str = "a(1)\nb(2)\nc(3)\n";

    fn finding(edits: &[(&str, &str)], safe: bool) -> Finding {
        let lines = LineIndex::new(TEXT);
        let edit = |(old, new): &(&str, &str)| {
            let start = TEXT.find(old).unwrap();
            let position = |offset| lines.position(TEXT, offset);
            let location = Location { path: "a.py".into(), start: position(start), end: position(start + old.len()) };
            Edit { location, text: (*new).into() }
        };
        let fix = Fix { edits: edits.iter().map(edit).collect(), safe };
        Finding { fix: Some(fix), ..sample::audit().findings.remove(0) }
    }

    fn apply(findings: &[Finding], with_unsafe: bool) -> Fixed {
        let findings: Vec<&Finding> = findings.iter().collect();
        apply_fixes("a.py", TEXT, &findings, with_unsafe, |text| !text.contains("broken"))
    }

    #[test]
    fn safe_fixes_are_applied_in_any_order() {
        let fixed = apply(&[finding(&[("c(3)", "C")], true), finding(&[("a", "A"), ("1", "9")], true)], false);
        assert_eq!((fixed.text.as_str(), fixed.applied), ("A(9)\nb(2)\nC\n", vec![0, 1]));
    }

    #[test]
    fn what_is_left_has_a_reason() {
        let findings = [
            finding(&[("b(2)", "B")], true),
            finding(&[("2", "3")], true),
            finding(&[("c(3)", "broken")], true),
            finding(&[("a", "A")], false),
        ];
        let fixed = apply(&findings, false);
        assert_eq!(fixed.text, "a(1)\nB\nc(3)\n");
        let reasons: Vec<_> = fixed.left.iter().map(|(at, reason)| (*at, reason.split(':').next().unwrap())).collect();
        let expected =
            [(1, "it overlaps another fix"), (2, "the file would no longer parse"), (3, "it may change behaviour")];
        assert_eq!(reasons, expected);
        assert_eq!(apply(&findings, true).text, "A(1)\nB\nc(3)\n");
    }

    #[test]
    fn edits_that_do_not_fit_are_left() {
        let mut beyond = finding(&[("c(3)", "C")], true);
        if let Some(fix) = &mut beyond.fix {
            fix.edits[0].location.end.offset = 99;
        }
        let fixed = apply(&[beyond], false);
        assert_eq!((fixed.text.as_str(), fixed.left.len()), (TEXT, 1));
    }
}
