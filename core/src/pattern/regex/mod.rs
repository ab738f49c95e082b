//! Regular expressions as rules write them: linear-time where they can be, with look-around and back-references where
//! they must, and then within a bound of steps.

mod backtracking;
mod guard;
mod linear;
mod memory;
mod spelling;

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use regex_syntax::hir::Look;
use regex_syntax::hir::literal::{Extractor, Literal};

use self::backtracking::Backtracking;
use self::guard::{Guards, guarded};
use self::linear::{Alphabet, Linear};
use self::spelling::spelling;

/// Most steps of one search with look-around or back-references.
const MAX_STEPS: usize = 200_000;
/// Longest regular expression, in bytes.
const MAX_LENGTH: usize = 64 << 10;
/// Most words that an expression may stand for to be told as words.
const MAX_WORDS: usize = 100;
/// Largest compiled program, in bytes.
const MAX_PROGRAM: usize = 8 << 20;

/// A regular expression, compiled when it is first used.
#[derive(Debug, Clone)]
pub(crate) struct Regex {
    source: Arc<Source>,
}

#[derive(Debug)]
struct Source {
    /// Its own among those of all expressions, from 1.
    number: u32,
    pattern: Box<str>,
    use_for: Use,
    engine: OnceLock<Result<Engine, String>>,
    words: OnceLock<Option<Vec<String>>>,
}

/// How a regular expression is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// It must match at the start of a text.
    AtStart,
    /// It is looked for anywhere in a text.
    Anywhere,
    /// The same, and `^` and `$` match at each line.
    Lines,
}

#[derive(Debug)]
enum Engine {
    /// Found where the guards allow it.
    Linear(Linear, Guards),
    Backtracking(Backtracking),
}

/// One match: its range, and its groups by name (`$1`, `$NAME`).
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) range: Range<usize>,
    pub(crate) groups: Vec<(String, Range<usize>)>,
}

/// The search met its bound of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooManySteps;

impl Regex {
    /// Compiles at once.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn new(pattern: &str, use_for: Use) -> Result<Self, String> {
        let regex = Self::tested(pattern, use_for);
        let engine = regex.source.engine.get_or_init(|| Engine::new(pattern, use_for, Alphabet::Any));
        let whole = match engine.as_ref().map_err(Clone::clone)? {
            Engine::Linear(..) => return Ok(regex),
            Engine::Backtracking(backtracking) => backtracking.whole().map(drop),
        };
        whole.map_err(|error| format!("`{pattern}` is no regular expression: {error}"))?;
        Ok(regex)
    }

    /// As [`Self::new`] for an expression that is known to be sound: what a run does not use costs it nothing.
    pub(crate) fn tested(pattern: &str, use_for: Use) -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        let (engine, words) = (OnceLock::new(), OnceLock::new());
        Self { source: Arc::new(Source { number, pattern: pattern.into(), use_for, engine, words }) }
    }

    fn engine(&self) -> Result<&Engine, TooManySteps> {
        let Source { pattern, use_for, engine, .. } = &*self.source;
        engine.get_or_init(|| Engine::new(pattern, *use_for, Alphabet::Ascii)).as_ref().map_err(|_| TooManySteps)
    }

    /// The names of its groups, with their `$`.
    pub(crate) fn groups(&self) -> Vec<String> {
        let names = self.source.pattern.split("(?").skip(1).filter_map(|rest| {
            let rest = rest.strip_prefix('P').unwrap_or(rest).strip_prefix('<')?;
            let name = rest.split_once('>')?.0;
            name.chars().all(|char| char.is_alphanumeric() || char == '_').then(|| format!("${name}"))
        });
        names.collect()
    }

    /// The only texts that it matches as a whole from the start, where those are a few identifiers.
    pub(crate) fn words(&self) -> Option<&[String]> {
        self.source.words.get_or_init(|| self.told_words()).as_deref()
    }

    fn told_words(&self) -> Option<Vec<String>> {
        let pattern = &*self.source.pattern;
        if self.source.use_for != Use::AtStart || !pattern.ends_with('$') || repeats_or_ranges(pattern) {
            return None;
        }
        let hir = regex_syntax::parse(&spelling(pattern)).ok()?;
        if !hir.properties().look_set_suffix().contains(Look::End) {
            return None;
        }
        let found = Extractor::new().limit_total(MAX_WORDS).extract(&hir);
        let literals = found.literals().filter(|_| found.is_exact())?;
        let word = |literal: &Literal| {
            let text = std::str::from_utf8(literal.as_bytes()).ok()?;
            text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_').then(|| text.to_owned())
        };
        literals.iter().map(word).collect()
    }

    /// Whether it matches, at the start or anywhere as it is used.
    pub(crate) fn is_found(&self, text: &str) -> Result<bool, TooManySteps> {
        if let Some(words) = self.words() {
            return Ok(words.iter().any(|word| word == text));
        }
        match self.engine()? {
            Engine::Linear(regex, guards) => Ok(guards.allow(text) && regex.is_match(text)),
            Engine::Backtracking(regex) => regex.is_found(text),
        }
    }

    /// Whether it may match, asked of many texts that recur: yes where the search meets its bound.
    pub(crate) fn may_be_found(&self, text: &str) -> bool {
        if let Some(words) = self.words() {
            return words.iter().any(|word| word == text);
        }
        memory::recall(self.source.number, text, || self.is_found(text).unwrap_or(true))
    }

    /// The first match.
    pub(crate) fn find(&self, text: &str) -> Result<Option<Found>, TooManySteps> {
        // Most texts do not match, and where the groups lie costs far more to tell than that.
        let is_cheap = self.words().is_some() || matches!(self.engine()?, Engine::Linear(..));
        if is_cheap && !self.is_found(text)? {
            return Ok(None);
        }
        Ok(self.search(text, 1)?.pop())
    }

    /// Every match, from left to right.
    pub(crate) fn find_all(&self, text: &str) -> Result<Vec<Found>, TooManySteps> {
        self.search(text, usize::MAX)
    }

    fn search(&self, text: &str, most: usize) -> Result<Vec<Found>, TooManySteps> {
        let (regex, guards) = match self.engine()? {
            Engine::Linear(_, guards) if !guards.allow(text) => return Ok(Vec::new()),
            Engine::Linear(regex, guards) => (regex, guards),
            Engine::Backtracking(regex) => return regex.search(text, most),
        };
        let found = regex.over(text);
        if regex.groups() + guards.groups == 1 {
            return Ok(found.find_iter(text).take(most).map(|found| Found::plain(found.range())).collect());
        }
        // Groups of guards come first, and hold nothing.
        let names = || regex.names().take(1).chain((0..guards.groups).map(|_| None)).chain(regex.names().skip(1));
        let own = |at: usize| if at == 0 { Some(0) } else { at.checked_sub(guards.groups).filter(|at| *at > 0) };
        let all = found
            .captures_iter(text)
            .take(most)
            .map(|captures| Found::new(names(), |at| captures.get_group(own(at)?).map(|group| group.range())));
        Ok(all.collect())
    }
}

fn too_large() -> String {
    format!("the regular expression compiles to more than {MAX_PROGRAM} bytes")
}

/// Whether a pattern has a sign by which it matches more texts than a few, at a glance: most have, and need not be parsed.
fn repeats_or_ranges(pattern: &str) -> bool {
    let mut is_in_class = false;
    let mut bytes = pattern.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if bytes.next().is_some_and(|next| b"wWdDsSpP".contains(&next)) => return true,
            b'[' => is_in_class = true,
            b']' => is_in_class = false,
            b'*' | b'+' | b'.' if !is_in_class => return true,
            _ => {}
        }
    }
    false
}

impl Engine {
    fn new(pattern: &str, use_for: Use, alphabet: Alphabet) -> Result<Self, String> {
        if pattern.len() > MAX_LENGTH {
            return Err(format!("the regular expression is longer than {MAX_LENGTH} bytes"));
        }
        let spell = |part: &str| match use_for {
            // A line end closes a comment of the `x` mode, where white space says nothing.
            Use::AtStart if pattern.contains("(?x") => format!("\\A(?:{}\n)", spelling(part)),
            Use::AtStart => format!("\\A(?:{})", spelling(part)),
            Use::Anywhere => spelling(part),
            Use::Lines => format!("(?m){}", spelling(part)),
        };
        if use_for == Use::AtStart
            && let Some((regex, guards)) = guarded(pattern, alphabet)
        {
            return Ok(Self::Linear(regex, guards));
        }
        match Linear::new(&spell(pattern), alphabet) {
            Ok(regex) => Ok(Self::Linear(regex, Guards::default())),
            Err(error) if error.size_limit().is_some() => Err(too_large()),
            Err(_) => Ok(Self::Backtracking(Backtracking::new(pattern, &spell, alphabet))),
        }
    }
}

impl Found {
    fn plain(range: Range<usize>) -> Self {
        Self { range, groups: Vec::new() }
    }

    fn new<'n>(names: impl Iterator<Item = Option<&'n str>>, group: impl Fn(usize) -> Option<Range<usize>>) -> Self {
        let mut groups = Vec::new();
        for (at, name) in names.enumerate().skip(1) {
            if let Some(range) = group(at) {
                groups.push((format!("${at}"), range.clone()));
                groups.extend(name.map(|name| (format!("${name}"), range)));
            }
        }
        Self { range: group(0).unwrap_or(0..0), groups }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_around_and_spellings_of_pcre() {
        assert_eq!(Regex::new("^(?!safe_)", Use::Anywhere).unwrap().is_found("url"), Ok(true));
        assert_eq!(Regex::new(r"a\/b\Z", Use::Anywhere).unwrap().is_found("a/b"), Ok(true));
        assert_eq!(Regex::new("b", Use::AtStart).unwrap().is_found("ab"), Ok(false));
        assert_eq!(Regex::new("(?x) a # one", Use::AtStart).unwrap().is_found("ab"), Ok(true));
        let named = Regex::new("(?<=a)(?P<one>b)(c)", Use::Anywhere).unwrap();
        assert_eq!(named.groups(), ["$one"]);
        let found = named.find("abc").unwrap().unwrap();
        assert_eq!(found.groups, [("$1".to_owned(), 1..2), ("$one".to_owned(), 1..2), ("$2".to_owned(), 2..3)]);
        assert_eq!(Regex::new("{x}", Use::Anywhere).unwrap().is_found("a{x}"), Ok(true));
        assert_eq!(Regex::new(r"^b{2}$", Use::Lines).unwrap().is_found("a\nbb\n"), Ok(true));
        for (pattern, text) in [
            (r"^[[\]&&!--]+$", "[]&-!"),
            (r"^[]a[:digit:]]+$", "]a7"),
            (r"^\Qa.b{\E(?#not this)\-\_\<\@$", "a.b{-_<@"),
            (r"^[\w\-\.\h]+\R$", "a-. \t\r\n"),
            (r"\p{Lu}\x{41}\u{42}", "ÄAB"),
            (r"^(?=.*[0-9])(?!\s){6,32}(?=a)+a1$", "a1"),
            (r"(?!.*[\s])(?=.*[!#$%&'()*+,-./:;<=>?@[\]^_`{|}~])", "a~"),
        ] {
            let regex = Regex::new(pattern, Use::Anywhere).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(regex.is_found(text), Ok(true), "{pattern}");
        }
    }

    #[test]
    fn classes_hold_ascii_as_in_pcre() {
        let found = |pattern: &str, text: &str| Regex::new(pattern, Use::Anywhere).unwrap().is_found(text).unwrap();
        for (pattern, other, text) in [
            (r"caf\w", "café", "cafe"),
            (r"^\W$", "e", "é"),
            (r"\d", "٣", "3"),
            (r"y\sz", "y\u{a0}z", "y z"),
            (r"^[^\W_-]$", "é", "e"),
            (r"^[\w-.]+$", "é", "a-."),
            (r"e\b.z", "eaz", "eéz"),
            ("(?i)É", "e", "é"),
        ] {
            assert!(!found(pattern, other) && found(pattern, text), "{pattern}");
        }
    }

    #[test]
    fn what_must_not_stand_at_the_start_is_asked_for_apart() {
        let is_linear = |pattern: &str| guarded(pattern, Alphabet::Any).is_some();
        for (pattern, others, text) in [
            ("^(?!.*(test|mock))", "a mock", "a name"),
            ("(?i)^(?!safe_)[a-z]+$", "SAFE_x", "Safe"),
            (r"^(?!(a|b)\b)(?!.*[)\]|]).+x", "a x", "c.x"),
            ("^(?!x)(?:a|b)$", "xa", "b"),
            (r"^http:\/\/(?!(local|127\.))a(?!b)[a-z]+", "http://local", "http://axb"),
            (r"(?is)^\{(?!.*(exp|\*\*))", "{'EXP': 1}", "{'a': 1}"),
            (r"^(?=[a-z]*\d)(?!.*_)\w{3}$", "a_1", "ab1"),
        ] {
            let regex = Regex::new(pattern, Use::AtStart).unwrap();
            let plain = fancy_regex::Regex::new(&format!("\\A(?:{pattern})")).unwrap();
            assert!(is_linear(pattern), "{pattern}");
            for text in [others, text, "", "x", "mock", "b", "a)x"] {
                assert_eq!(regex.is_found(text), Ok(plain.is_match(text).unwrap()), "{pattern}: {text}");
            }
            assert_eq!((regex.is_found(others), regex.is_found(text)), (Ok(false), Ok(true)), "{pattern}");
        }
        for pattern in [
            "^(?!x)a|b",
            "^(?!x)*a",
            "^(?!(?=x)y)a",
            "^(?=(x))(a)",
            "(?x)^(?!x)a",
            "^(?!x",
            "^a+(?!b)",
            "^a(?!b)*c",
            "^(?!a)(?i)b",
        ] {
            assert!(!is_linear(pattern), "{pattern}");
        }
        let found = Regex::new("^(?!(x))(?P<one>a)(b)", Use::AtStart).unwrap().find("ab").unwrap().unwrap();
        let groups = [("$2", 0..1), ("$one", 0..1), ("$3", 1..2)].map(|(name, range)| (name.to_owned(), range));
        assert_eq!(found.groups, groups);
    }

    #[test]
    fn what_look_arounds_stand_in_is_searched_for_first() {
        for (pattern, texts) in [
            (r"a.*b(?!\s*c)", ["a b c", "a b", "a c", "b"]),
            (r"(?<=x)y|[(?=]z(?![)\]])", ["xy", "?z)", "=z", "y"]),
            (r"a((?!b)|x){2}c\b", ["ac", "axxc", "abc", "acé"]),
            (r"\bé(?!x)", [" é", "xé", "éx", ""]),
            (r"(a)(?=b)\1", ["aa", "ab", "aab", ""]),
        ] {
            let plain = fancy_regex::Regex::new(pattern).unwrap();
            for regex in [Regex::new(pattern, Use::Anywhere).unwrap(), Regex::tested(pattern, Use::Anywhere)] {
                assert!(matches!(regex.engine(), Ok(Engine::Backtracking(_))), "{pattern}");
                for text in texts {
                    assert_eq!(regex.is_found(text), Ok(plain.is_match(text).unwrap()), "{pattern}: {text}");
                    assert_eq!(regex.find(text).unwrap().is_some(), plain.is_match(text).unwrap(), "{pattern}: {text}");
                }
            }
        }
    }

    #[test]
    fn an_expression_of_a_few_words_tells_them() {
        let words = |pattern: &str| Regex::tested(pattern, Use::AtStart).words().map(<[String]>::to_vec);
        assert_eq!(words("^(get|post)$"), Some(vec!["get".to_owned(), "post".to_owned()]));
        assert_eq!(words("get_?json$").map(|words| words.len()), Some(2));
        assert_eq!(words("^(get|post)"), None);
        assert_eq!(words("^get$|^post"), None);
        assert_eq!(words("^(get|po.*)$"), None);
        assert_eq!(words("^(?!x)(get|post)$"), None);
        assert_eq!(words(r"^ssl\.CERT_NONE$"), None);
    }

    #[test]
    fn what_was_answered_is_remembered_for_its_expression() {
        let (one, two) = (Regex::tested("^a", Use::AtStart), Regex::tested("b$", Use::AtStart));
        let long = "a".repeat(100);
        for _ in 0..2 {
            assert!(one.may_be_found("ab") && !one.may_be_found("b") && one.may_be_found(&long));
            assert!(two.may_be_found("b") && !two.may_be_found("ab") && !two.may_be_found(""));
        }
        // A text for each slot, and more.
        assert!((0..10_000).all(|at| one.may_be_found(&format!("a{at}")) && !one.may_be_found(&format!("{at}a"))));
        let costly = Regex::new(r"(?=(a+)+b)\1", Use::Anywhere).unwrap();
        assert!(costly.may_be_found(&"a".repeat(60)));
    }

    #[test]
    fn a_catastrophic_expression_meets_its_bound() {
        let regex = Regex::new(r"(?=(a+)+b)\1", Use::Anywhere).unwrap();
        assert_eq!(regex.is_found(&"a".repeat(60)), Err(TooManySteps));
        let regex = Regex::new("(?=(a+)+b)a", Use::Anywhere).unwrap();
        assert_eq!(regex.is_found(&"a".repeat(100_000)), Err(TooManySteps));
        assert_eq!(regex.is_found(&"aab\n".repeat(100_000)), Ok(true));
        assert!(Regex::new("(", Use::Anywhere).is_err());
        assert!(Regex::new("((a{1000}){1000}){1000}", Use::Anywhere).is_err());
    }
}
