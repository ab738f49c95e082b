//! Texts of which one must stand wherever a regular expression matches: a column is searched for them in one go, and only
//! what holds one is looked at closer.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

/// Most texts of a set.
const MAX_NEEDLES: usize = 64;
/// Longest text, in bytes; a part of a longer one serves as well.
const MAX_LENGTH: usize = 32;
/// Most characters of a class that are told one by one.
const MAX_CLASS: usize = 10;

/// Texts in lower case.
pub(super) type Needles = Vec<Vec<u8>>;

/// What a pattern means, and whether its classes like `\w` are those of ASCII, as they are where it allows that; `None` where
/// it is wrong.
pub(super) fn meaning(pattern: &str) -> Option<(Hir, bool)> {
    if let Ok(hir) = ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern) {
        return Some((hir, true));
    }
    Some((ParserBuilder::new().build().parse(pattern).ok()?, false))
}

/// Of which texts one must stand in lower case in whatever a pattern matches, in lower case; `None` where there are none of
/// use. Beyond ASCII other letters may stand for one another, so that none are told.
pub(super) fn needles((hir, is_ascii): &(Hir, bool)) -> Option<Needles> {
    let found = is_ascii.then(|| pieces(hir))?;
    let mut needles = better(found.best, found.exact)?;
    needles.sort();
    needles.dedup();
    Some(needles)
}

/// What is known of a part of an expression.
#[derive(Default)]
struct Pieces {
    /// All texts that it matches as a whole.
    exact: Option<Needles>,
    /// Texts of which one stands in all that it matches.
    best: Option<Needles>,
}

/// The depth of an expression is bounded where it is parsed.
fn pieces(hir: &Hir) -> Pieces {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => exactly(vec![Vec::new()]),
        HirKind::Literal(literal) if literal.0.len() <= MAX_LENGTH => exactly(vec![literal.0.to_ascii_lowercase()]),
        HirKind::Literal(literal) => {
            Pieces { exact: None, best: Some(vec![literal.0[..MAX_LENGTH].to_ascii_lowercase()]) }
        }
        HirKind::Class(class) => Pieces { exact: characters(class), best: None },
        HirKind::Capture(capture) => pieces(&capture.sub),
        HirKind::Repetition(repetition) => repeated(repetition),
        HirKind::Concat(parts) => in_turn(parts),
        HirKind::Alternation(branches) => one_of(branches),
    }
}

fn exactly(texts: Needles) -> Pieces {
    Pieces { exact: Some(texts), best: None }
}

fn characters(class: &Class) -> Option<Needles> {
    let mut texts: Needles = match class {
        Class::Bytes(class) => {
            let bytes = class.ranges().iter().flat_map(|range| range.start()..=range.end()).take(MAX_CLASS + 1);
            bytes.map(|byte| vec![byte.to_ascii_lowercase()]).collect()
        }
        Class::Unicode(class) => {
            let chars = class.ranges().iter().flat_map(|range| range.start()..=range.end()).take(MAX_CLASS + 1);
            chars.map(|char| char.to_ascii_lowercase().to_string().into_bytes()).collect()
        }
    };
    if texts.len() > MAX_CLASS {
        return None;
    }
    texts.sort();
    texts.dedup();
    Some(texts)
}

fn repeated(repetition: &Repetition) -> Pieces {
    let inner = pieces(&repetition.sub);
    match (repetition.min, repetition.max) {
        (0, Some(1)) => Pieces { exact: inner.exact.map(|texts| joined(texts, vec![Vec::new()])), best: None },
        (0, _) => Pieces::default(),
        (1, Some(1)) => inner,
        _ => Pieces { exact: None, best: better(inner.best, inner.exact) },
    }
}

fn in_turn(parts: &[Hir]) -> Pieces {
    let mut best = None;
    let mut is_exact = true;
    let mut run: Needles = vec![Vec::new()];
    for part in parts {
        let part = pieces(part);
        let longer = part.exact.as_ref().and_then(|exact| crossed(&run, exact));
        if let Some(longer) = longer {
            run = longer;
            continue;
        }
        is_exact = false;
        best = better(best, Some(run));
        best = better(best, part.best);
        run = part.exact.unwrap_or_else(|| vec![Vec::new()]);
    }
    if is_exact {
        return Pieces { exact: Some(run), best };
    }
    Pieces { exact: None, best: better(best, Some(run)) }
}

fn one_of(branches: &[Hir]) -> Pieces {
    let branches: Vec<Pieces> = branches.iter().map(pieces).collect();
    let all = |texts: &dyn Fn(&Pieces) -> Option<Needles>| {
        let joined = branches.iter().try_fold(Needles::new(), |all, branch| Some(joined(all, texts(branch)?)))?;
        (joined.len() <= MAX_NEEDLES).then_some(joined)
    };
    let exact = all(&|branch| branch.exact.clone());
    let best = if exact.is_some() { None } else { all(&|branch| better(branch.best.clone(), branch.exact.clone())) };
    Pieces { exact, best }
}

fn joined(mut one: Needles, two: Needles) -> Needles {
    one.extend(two);
    one.sort();
    one.dedup();
    one
}

/// Every text of `one` with every text of `two` behind it; `None` where those are too many or too long.
fn crossed(one: &Needles, two: &Needles) -> Option<Needles> {
    let longest = |texts: &Needles| texts.iter().map(Vec::len).max().unwrap_or(0);
    if one.len() * two.len() > MAX_NEEDLES || longest(one) + longest(two) > MAX_LENGTH {
        return None;
    }
    Some(one.iter().flat_map(|start| two.iter().map(move |end| [start.as_slice(), end].concat())).collect())
}

/// The set that tells more: the one whose shortest text is longer.
fn better(one: Option<Needles>, two: Option<Needles>) -> Option<Needles> {
    let worth = |texts: &Needles| {
        let shortest = texts.iter().map(Vec::len).min().unwrap_or(0);
        // Characters that stand in many texts tell little.
        if texts.len() > 3 && shortest < 2 { 0 } else { shortest.min(4) * 100 - texts.len().min(90) * shortest.min(1) }
    };
    let useful = |texts: Option<Needles>| texts.filter(|texts| worth(texts) > 0);
    match (useful(one), useful(two)) {
        (Some(one), Some(two)) => Some(if worth(&two) > worth(&one) { two } else { one }),
        (one, two) => one.or(two),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pattern: &str) -> Option<Vec<String>> {
        let texts = needles(&meaning(pattern).unwrap())?;
        Some(texts.into_iter().map(|text| String::from_utf8(text).unwrap()).collect())
    }

    fn set(texts: &[&str]) -> Option<Vec<String>> {
        Some(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn what_must_stand_there_is_told() {
        assert_eq!(told("(?i)(login|sign_?in)$"), set(&["login", "sign_in", "signin"]));
        assert_eq!(told(r"^requests\.(get|post)$"), set(&["requests.get", "requests.post"]));
        assert_eq!(told(r"\w+\.filter(_by)?\("), set(&[".filter(", ".filter_by("]));
        assert_eq!(told("(^|[._])auth"), set(&[".auth", "_auth", "auth"]));
        assert_eq!(told("(abc)+d*"), set(&["abc"]));
    }

    #[test]
    fn where_anything_may_stand_nothing_is_told() {
        for pattern in ["", "a*", r"\d+", "abc|x*", "(?i)[a-z]+", "(abc)?", "a|b|c|d|e"] {
            assert_eq!(told(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn of_what_is_long_a_part_is_told() {
        let needles = told(&"x".repeat(100)).unwrap();
        assert_eq!(needles, ["x".repeat(MAX_LENGTH)]);
        assert!(told("(a|b)(c|d)(e|f)(g|h)(i|j)(k|l)(m|n)(o|p)").unwrap().len() <= MAX_NEEDLES);
    }
}
