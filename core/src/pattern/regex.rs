//! Regular expressions as rules write them: linear-time where they can be, with look-around and back-references where
//! they must, and then within a bound of steps.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use regex_automata::meta;
use regex_automata::util::primitives::PatternID;
use regex_syntax::hir::Look;
use regex_syntax::hir::literal::{Extractor, Literal};

/// Most steps of one search with look-around or back-references.
const MAX_STEPS: usize = 200_000;
/// Longest regular expression, in bytes.
const MAX_LENGTH: usize = 64 << 10;
/// Most bytes that look-arounds may pass over: each place of a text may look to the end of its line.
const MAX_LOOKED_AT: u64 = 500_000_000;
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
    pattern: Box<str>,
    use_for: Use,
    engine: OnceLock<Result<Engine, String>>,
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
struct Engine {
    search: Search,
    /// The names of the groups, the whole match first.
    groups: Vec<Option<Box<str>>>,
}

#[derive(Debug)]
enum Search {
    /// Found where the guards allow it.
    Linear(meta::Regex, Guards),
    /// Also tells whether a look-around may run on: it is then one step of the bound, however far it looks.
    Backtracking(fancy_regex::Regex, bool),
}

/// What the look-aheads at the start of an expression ask of a text.
#[derive(Debug, Default)]
struct Guards {
    /// Whether each must match at the start, or must not.
    looks: Vec<(bool, meta::Regex)>,
    /// How many groups stand in them: the expression's own are numbered from there.
    groups: usize,
}

impl Guards {
    fn allow(&self, text: &str) -> bool {
        self.looks.iter().all(|(wanted, regex)| regex.is_match(text) == *wanted)
    }
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
        match regex.source.engine.get_or_init(|| Engine::new(pattern, use_for)) {
            Ok(_) => Ok(regex),
            Err(error) => Err(error.clone()),
        }
    }

    /// As [`Self::new`] for an expression that is known to be sound: what a run does not use costs it nothing.
    pub(crate) fn tested(pattern: &str, use_for: Use) -> Self {
        Self { source: Arc::new(Source { pattern: pattern.into(), use_for, engine: OnceLock::new() }) }
    }

    fn engine(&self) -> Result<&Engine, TooManySteps> {
        let Source { pattern, use_for, engine } = &*self.source;
        engine.get_or_init(|| Engine::new(pattern, *use_for)).as_ref().map_err(|_| TooManySteps)
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
    pub(crate) fn words(&self) -> Option<Vec<String>> {
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
        match &self.engine()?.search {
            Search::Linear(regex, guards) => Ok(guards.allow(text) && regex.is_match(text)),
            Search::Backtracking(_, true) if is_too_long(text) => Err(TooManySteps),
            Search::Backtracking(regex, _) => regex.is_match(text).map_err(|_| TooManySteps),
        }
    }

    /// The first match.
    pub(crate) fn find(&self, text: &str) -> Result<Option<Found>, TooManySteps> {
        // Most texts do not match, and where the groups lie costs far more to tell than that.
        let is_linear = matches!(self.engine()?.search, Search::Linear(..));
        if is_linear && !self.is_found(text)? {
            return Ok(None);
        }
        Ok(self.search(text, 1)?.pop())
    }

    /// Every match, from left to right.
    pub(crate) fn find_all(&self, text: &str) -> Result<Vec<Found>, TooManySteps> {
        self.search(text, usize::MAX)
    }

    fn search(&self, text: &str, most: usize) -> Result<Vec<Found>, TooManySteps> {
        let Engine { search, groups } = self.engine()?;
        let mut all = Vec::new();
        match search {
            Search::Linear(_, guards) if !guards.allow(text) => {}
            Search::Linear(regex, _) if groups.len() == 1 => {
                all.extend(regex.find_iter(text).take(most).map(|found| Found::plain(found.range())));
            }
            Search::Linear(regex, guards) => {
                let own =
                    |at: usize| if at == 0 { Some(0) } else { at.checked_sub(guards.groups).filter(|at| *at > 0) };
                for captures in regex.captures_iter(text).take(most) {
                    all.push(Found::new(groups, |at| captures.get_group(own(at)?).map(|group| group.range())));
                }
            }
            Search::Backtracking(_, true) if is_too_long(text) => return Err(TooManySteps),
            Search::Backtracking(regex, _) if groups.len() == 1 => {
                for found in regex.find_iter(text).take(most) {
                    all.push(Found::plain(found.map_err(|_| TooManySteps)?.range()));
                }
            }
            Search::Backtracking(regex, _) => {
                for captures in regex.captures_iter(text).take(most) {
                    let captures = captures.map_err(|_| TooManySteps)?;
                    all.push(Found::new(groups, |at| captures.get(at).map(|group| group.range())));
                }
            }
        }
        Ok(all)
    }
}

fn linear(spelt: &str) -> Result<meta::Regex, Box<meta::BuildError>> {
    // A whole automaton pays on long texts only; most regular expressions are asked of a name.
    let config = meta::Config::new().dfa(false).onepass(false).nfa_size_limit(Some(MAX_PROGRAM));
    meta::Regex::builder().configure(config).build(spelt).map_err(Box::new)
}

/// `^a(?!X)(?=Y)Z` as `aZ`, not `aX` and `aY`, where each can be searched in linear time. Look-arounds are mostly used so.
fn guarded(pattern: &str) -> Option<(meta::Regex, Guards)> {
    let Parted { flags, looks, plain, rest } = parted(pattern)?;
    let is_repeated = rest.starts_with(['*', '+', '?', '{']);
    if looks.is_empty() || is_repeated || has_branches(rest) || pattern.contains(r"\Q") {
        return None;
    }
    let at_start =
        |plain: &str, part: &str| linear(&format!("\\A{flags}{}(?:{})", spelling(plain), spelling(part))).ok();
    let look = |(wanted, before, part): (bool, usize, &str)| Some((wanted, at_start(&plain[..before], part)?));
    let looks = looks.into_iter().map(look).collect::<Option<Vec<_>>>()?;
    // A look-ahead that must match keeps what its groups hold.
    let is_lost = looks.iter().any(|(wanted, regex)| *wanted && regex.captures_len() > 1);
    let groups = looks.iter().map(|(_, regex)| regex.captures_len() - 1).sum();
    let regex = at_start(&plain, rest).filter(|_| !is_lost)?;
    Some((regex, Guards { looks, groups }))
}

/// An expression whose look-aheads stand at its start, or behind plain text.
#[derive(Default)]
struct Parted<'p> {
    flags: String,
    /// Whether it must match, how much of the plain text stands before it, and what it looks for.
    looks: Vec<(bool, usize, &'p str)>,
    plain: String,
    rest: &'p str,
}

fn parted(pattern: &str) -> Option<Parted<'_>> {
    let mut parted = Parted { rest: pattern, ..Parted::default() };
    loop {
        let Parted { flags, looks, plain, rest } = &mut parted;
        let opened = [("(?!", false), ("(?=", true)].into_iter();
        let look = opened.filter_map(|(open, wanted)| Some((rest.strip_prefix(open)?, wanted))).next();
        if let Some((inner, wanted)) = look {
            let end = end_of_group(inner)?;
            looks.push((wanted, plain.len(), &inner[..end]));
            *rest = &inner[end + 1..];
        } else if let Some(after) = rest.strip_prefix('^').filter(|_| plain.is_empty()) {
            *rest = after;
        } else if let Some((set, after)) = rest.strip_prefix("(?").and_then(|inner| inner.split_once(')'))
            && set.bytes().all(|byte| matches!(byte, b'i' | b's' | b'm'))
        {
            // Flags hold for what follows them only.
            if !looks.is_empty() || !plain.is_empty() {
                return None;
            }
            flags.push_str(&rest[..set.len() + 3]);
            *rest = after;
        } else if let Some(at) = ["(?!", "(?="].iter().filter_map(|open| rest.find(open)).min()
            && is_plain(&rest[..at])
        {
            plain.push_str(&rest[..at]);
            *rest = &rest[at..];
        } else {
            return Some(parted);
        }
    }
}

/// Whether a part of an expression stands for itself.
fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let is_plain = match byte {
            b'\\' => bytes.next().is_some_and(|next| next.is_ascii_punctuation()),
            _ => byte.is_ascii_alphanumeric() || b"_:/'\"=,;@% <>".contains(&byte),
        };
        if !is_plain {
            return false;
        }
    }
    !text.is_empty()
}

/// Where the group ends whose inside `text` begins with.
fn end_of_group(text: &str) -> Option<usize> {
    places(text).find(|(_, depth, byte)| *depth == 0 && *byte == b')').map(|(at, ..)| at)
}

/// Whether a pattern has alternatives that are in no group.
fn has_branches(text: &str) -> bool {
    places(text).any(|(_, depth, byte)| depth == 0 && byte == b'|')
}

/// The brackets and bars of a pattern that stand for themselves in no class: where, in how many groups, which.
fn places(text: &str) -> impl Iterator<Item = (usize, usize, u8)> {
    let mut bytes = text.bytes().enumerate();
    let (mut depth, mut class) = (0_usize, None);
    std::iter::from_fn(move || {
        loop {
            let (at, byte) = bytes.next()?;
            match (byte, class) {
                (b'\\', _) => drop(bytes.next()),
                // A bracket that begins a class closes none.
                (b']', Some(open)) if at > open + 1 => class = None,
                (_, Some(_)) => {}
                (b'[', None) => class = Some(if text[at + 1..].starts_with('^') { at + 1 } else { at }),
                (b'(', None) => depth += 1,
                (b')', None) => {
                    let place = (at, depth, byte);
                    depth = depth.saturating_sub(1);
                    return Some(place);
                }
                (b'|', None) => return Some((at, depth, byte)),
                _ => {}
            }
        }
    })
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
    fn new(pattern: &str, use_for: Use) -> Result<Self, String> {
        if pattern.len() > MAX_LENGTH {
            return Err(format!("the regular expression is longer than {MAX_LENGTH} bytes"));
        }
        let spelt = match use_for {
            // A line end closes a comment of the `x` mode, where white space says nothing.
            Use::AtStart if pattern.contains("(?x") => format!("\\A(?:{}\n)", spelling(pattern)),
            Use::AtStart => format!("\\A(?:{})", spelling(pattern)),
            Use::Anywhere => spelling(pattern),
            Use::Lines => format!("(?m){}", spelling(pattern)),
        };
        let named = |name: Option<&str>| name.map(Box::from);
        let found = |regex: meta::Regex, guards: Guards| {
            let mut names = regex.group_info().pattern_names(PatternID::ZERO).map(named);
            let whole = names.next();
            let groups = whole.into_iter().chain((0..guards.groups).map(|_| None)).chain(names).collect();
            Self { search: Search::Linear(regex, guards), groups }
        };
        if use_for == Use::AtStart
            && let Some((regex, guards)) = guarded(pattern)
        {
            return Ok(found(regex, guards));
        }
        match linear(&spelt) {
            Ok(regex) => Ok(found(regex, Guards::default())),
            Err(error) if error.size_limit().is_some() => Err(too_large()),
            Err(_) => {
                // This engine knows word boundaries of all alphabets only.
                let built = fancy_regex::RegexBuilder::new(&spelt.replace(WORD_BOUNDARY, r"\b"))
                    .backtrack_limit(MAX_STEPS)
                    .delegate_size_limit(MAX_PROGRAM)
                    .build();
                let regex = built.map_err(|error| format!("`{pattern}` is no regular expression: {error}"))?;
                let groups = regex.capture_names().map(named).collect();
                Ok(Self { search: Search::Backtracking(regex, looks_far(pattern)), groups })
            }
        }
    }
}

impl Found {
    fn plain(range: Range<usize>) -> Self {
        Self { range, groups: Vec::new() }
    }

    fn new(names: &[Option<Box<str>>], group: impl Fn(usize) -> Option<Range<usize>>) -> Self {
        let mut groups = Vec::new();
        for (at, name) in names.iter().enumerate().skip(1) {
            if let Some(range) = group(at) {
                groups.push((format!("${at}"), range.clone()));
                groups.extend(name.as_ref().map(|name| (format!("${name}"), range)));
            }
        }
        Self { range: group(0).unwrap_or(0..0), groups }
    }
}

/// Whether a pattern has a look-around that repeats something without an end.
fn looks_far(pattern: &str) -> bool {
    ["(?=", "(?!", "(?<=", "(?<!"]
        .iter()
        .flat_map(|open| pattern.match_indices(open).map(|(at, open)| &pattern[at + open.len()..]))
        .any(|inner| {
            let mut depth = 1;
            let inner = inner.chars().take_while(|char| {
                depth += i32::from(*char == '(') - i32::from(*char == ')');
                depth > 0
            });
            inner.collect::<String>().contains(['*', '+'])
        })
}

fn is_too_long(text: &str) -> bool {
    let longest = text.split('\n').map(str::len).max().unwrap_or(0);
    text.len() as u64 * longest as u64 > MAX_LOOKED_AT
}

/// PCRE's `\b`.
const WORD_BOUNDARY: &str = r"(?-u:\b)";

/// What the classes of PCRE hold, by their letter in lower case: ASCII, whatever the text.
fn escaped_class(letter: char) -> Option<&'static str> {
    match letter.to_ascii_lowercase() {
        'w' => Some("0-9_A-Za-z"),
        'd' => Some("0-9"),
        's' => Some(r" \x09-\x0d"),
        _ => None,
    }
}

/// An expression of PCRE in the spelling of Rust's engines: they count letters of all alphabets in `\w`, know no `\Z`, `\h`, `\R`, `\N`, `\Q…\E` and comments,
/// take `{` for a repetition and `[`, `&&`, `--`, `~~` in a class for operations on classes.
fn spelling(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    // For each open group, whether it is a look-around.
    let mut groups = Vec::new();
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '\\' => escape(rest, false, &mut out),
            '[' => class(rest, &mut out),
            '(' if rest.starts_with("(?#") => rest.split_once(')').map_or("", |(_, after)| after),
            '(' => {
                groups.push(["(?=", "(?!", "(?<=", "(?<!"].iter().any(|open| rest.starts_with(open)));
                out.push('(');
                &rest[1..]
            }
            ')' => {
                out.push(')');
                let is_look = groups.pop().unwrap_or(false);
                after_repetition(&rest[1..]).filter(|_| is_look).unwrap_or(&rest[1..])
            }
            '{' if !is_repetition(rest.as_bytes()) => {
                out.push_str("\\{");
                &rest[1..]
            }
            other => {
                out.push(other);
                &rest[other.len_utf8()..]
            }
        };
    }
    out
}

/// What follows a repetition of once or more, which changes nothing after a look-around.
fn after_repetition(text: &str) -> Option<&str> {
    let counted = text.starts_with('{') && is_repetition(text.as_bytes()) && !text.starts_with("{0");
    if counted { text.split_once('}').map(|(_, after)| after) } else { text.strip_prefix('+') }
}

/// Writes the escape that `text` begins with; what follows it.
fn escape<'t>(text: &'t str, in_class: bool, out: &mut String) -> &'t str {
    let Some(escaped) = text[1..].chars().next() else {
        out.push('\\');
        return "";
    };
    let after = &text[1 + escaped.len_utf8()..];
    if let Some(class) = escaped_class(escaped) {
        let (open, close) = match (escaped.is_ascii_lowercase(), in_class) {
            (true, true) => ("", ""),
            (true, false) => ("[", "]"),
            (false, _) => ("[^", "]"),
        };
        out.extend([open, class, close]);
        return after;
    }
    match escaped {
        'Z' => out.push_str(r"\z"),
        'h' if in_class => out.push_str(r" \t"),
        'h' => out.push_str(r"[ \t]"),
        'R' if !in_class => out.push_str(r"(?:\r\n|\n|\r)"),
        'N' if !in_class => out.push_str(r"[^\n]"),
        'e' => out.push_str(r"\x1b"),
        'b' if in_class => out.push_str(r"\x08"),
        'b' if !after.starts_with('{') => out.push_str(WORD_BOUNDARY),
        'Q' => {
            let (literal, after) = after.split_once(r"\E").unwrap_or((after, ""));
            literal.chars().for_each(|char| push_literal(char, out));
            return after;
        }
        'p' | 'P' | 'x' | 'u' | 'g' | 'k' if after.starts_with('{') => {
            let end = after.find('}').map_or(after.len(), |at| at + 1);
            out.push('\\');
            out.push(escaped);
            out.push_str(&after[..end]);
            return &after[end..];
        }
        // `\<` and `\>` are word boundaries in Rust, and it knows no escape of `_`.
        other if other.is_alphanumeric() => {
            out.push('\\');
            out.push(other);
        }
        other => push_literal(other, out),
    }
    after
}

fn push_literal(char: char, out: &mut String) {
    if "\\.+*?()|[]{}^$#&-~ ".contains(char) {
        out.push('\\');
    }
    out.push(char);
}

/// Writes the class that `text` begins with; what follows it.
fn class<'t>(text: &'t str, out: &mut String) -> &'t str {
    let open = if text.starts_with("[^") { 2 } else { 1 };
    out.push_str(&text[..open]);
    let mut rest = &text[open..];
    let mut is_first = true;
    while let Some(char) = rest.chars().next() {
        match char {
            ']' if !is_first => {
                out.push(']');
                return &rest[1..];
            }
            '\\' => rest = escape(rest, true, out),
            '[' if rest.starts_with("[:") && rest.contains(":]") => {
                let end = rest.find(":]").map_or(rest.len(), |at| at + 2);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            _ => {
                let doubled = matches!(char, '&' | '-' | '~') && rest[1..].starts_with(char);
                if doubled || matches!(char, '[' | ']') {
                    out.push('\\');
                }
                out.push(char);
                rest = &rest[char.len_utf8()..];
            }
        }
        is_first = false;
    }
    rest
}

fn is_repetition(rest: &[u8]) -> bool {
    let digits = rest[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && matches!(rest.get(1 + digits), Some(b'}' | b','))
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
        let is_linear = |pattern: &str| guarded(pattern).is_some();
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
    fn an_expression_of_a_few_words_tells_them() {
        let words = |pattern: &str| Regex::tested(pattern, Use::AtStart).words();
        assert_eq!(words("^(get|post)$"), Some(vec!["get".to_owned(), "post".to_owned()]));
        assert_eq!(words("get_?json$").map(|words| words.len()), Some(2));
        assert_eq!(words("^(get|post)"), None);
        assert_eq!(words("^get$|^post"), None);
        assert_eq!(words("^(get|po.*)$"), None);
        assert_eq!(words("^(?!x)(get|post)$"), None);
        assert_eq!(words(r"^ssl\.CERT_NONE$"), None);
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
