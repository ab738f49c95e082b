//! Regular expressions that thousands of short texts are asked for. Each is an automaton that grows where a text leads it;
//! it is built once in a process, and every thread keeps its own states.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use hashbrown::HashMap;
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{Config as Program, NFA};
use regex_automata::util::start;
use regex_syntax::hir::Hir;

use super::{needles, recorded};

/// Largest program of a regular expression, in bytes.
pub(super) const MAX_PROGRAM: usize = 10 << 20;
/// How often the states of an automaton may be forgotten before a search gives up.
const MAX_FORGOTTEN: usize = 8;
/// Most expressions that are kept.
const MAX_KEPT: usize = 4096;
/// Longest pattern that is kept.
const MAX_KEPT_LENGTH: usize = 1024;

/// A regular expression.
pub(super) struct Expression {
    pattern: Box<str>,
    /// What it means; read when first needed, for most texts hold none of its needles.
    hir: OnceLock<Option<Hir>>,
    /// What one of must stand wherever it matches, in lower case.
    needles: Option<Needles>,
    automaton: OnceLock<Option<Arc<DFA>>>,
}

/// Texts in lower case, of which one must stand where an expression matches.
pub(super) type Needles = Cow<'static, [Cow<'static, [u8]>]>;

impl Expression {
    /// The expression of a pattern, whose classes like `\w` are those of ASCII where the pattern allows it; `None` where
    /// the pattern is wrong.
    pub(super) fn of(pattern: &str) -> Option<Arc<Self>> {
        static KEPT: LazyLock<Mutex<HashMap<Box<str>, Arc<Expression>>>> = LazyLock::new(Mutex::default);
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.get(pattern) {
            return Some(Arc::clone(known));
        }
        let new = Arc::new(Self::new(pattern)?);
        if pattern.len() <= MAX_KEPT_LENGTH {
            if kept.len() >= MAX_KEPT {
                kept.clear();
            }
            kept.insert(pattern.into(), Arc::clone(&new));
        }
        Some(new)
    }

    fn new(pattern: &str) -> Option<Self> {
        let (hir, needles) = match recorded::needles(pattern) {
            Some(needles) => (OnceLock::new(), Some(Cow::Borrowed(needles))),
            None => {
                let meaning = needles::meaning(pattern)?;
                let owned = |needles: Vec<Vec<u8>>| needles.into_iter().map(Cow::Owned).collect();
                let needles = needles::needles(&meaning).map(owned);
                (OnceLock::from(Some(meaning.0)), needles)
            }
        };
        Some(Self { pattern: pattern.into(), hir, needles, automaton: OnceLock::new() })
    }

    /// Texts in lower case, of which one must stand in whatever it matches, in lower case.
    pub(super) fn needles(&self) -> Option<&[Cow<'static, [u8]>]> {
        self.needles.as_deref()
    }

    /// Its automaton; `None` where that would be too large.
    pub(super) fn automaton(&self) -> Option<Arc<DFA>> {
        let hir = || self.hir.get_or_init(|| Some(needles::meaning(&self.pattern)?.0)).as_ref();
        self.automaton.get_or_init(|| build(hir()?).map(Arc::new)).clone()
    }
}

fn build(hir: &Hir) -> Option<DFA> {
    let program = Program::new().nfa_size_limit(Some(MAX_PROGRAM)).utf8(false);
    let program = NFA::compiler().configure(program).build_from_hir(hir).ok()?;
    let config = DFA::config()
        .skip_cache_capacity_check(true)
        .unicode_word_boundary(true)
        .minimum_cache_clear_count(Some(MAX_FORGOTTEN));
    DFA::builder().configure(config).build_from_nfa(program).ok()
}

/// An automaton with the states that it has grown.
pub(super) struct Search {
    automaton: Arc<DFA>,
    states: Cache,
    /// The state before a text, and how often states had been forgotten when it was made.
    start: Option<(LazyStateID, usize)>,
}

impl Search {
    pub(super) fn new(automaton: Arc<DFA>) -> Self {
        let states = automaton.create_cache();
        Self { automaton, states, start: None }
    }

    /// Whether the pattern may match nothing at all, and so between the bytes of a character.
    pub(super) fn may_be_empty(&self) -> bool {
        self.automaton.get_nfa().has_empty()
    }

    /// Whether the pattern is found in `text`; `None` where the search gives up.
    pub(super) fn finds(&mut self, text: &[u8]) -> Option<bool> {
        let mut state = self.start()?;
        let Self { automaton, states, .. } = self;
        for &byte in text {
            let mut next = if state.is_tagged() { state } else { automaton.next_state_untagged(states, state, byte) };
            if !next.is_tagged() {
                state = next;
                continue;
            }
            if state.is_tagged() || next.is_unknown() {
                next = automaton.next_state(states, state, byte).ok()?;
            }
            match next {
                _ if next.is_match() => return Some(true),
                _ if next.is_dead() => return Some(false),
                _ if next.is_quit() => return None,
                _ => state = next,
            }
        }
        Some(automaton.next_eoi_state(states, state).ok()?.is_match())
    }

    fn start(&mut self) -> Option<LazyStateID> {
        let forgotten = self.states.clear_count();
        if let Some((start, then)) = self.start
            && then == forgotten
        {
            return Some(start);
        }
        let start = self.automaton.start_state(&mut self.states, &start::Config::new()).ok()?;
        self.start = Some((start, self.states.clear_count()));
        Some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(pattern: &str, text: &str) -> Option<bool> {
        Search::new(Expression::of(pattern).unwrap().automaton().unwrap()).finds(text.as_bytes())
    }

    #[test]
    fn it_finds_what_a_regular_expression_finds() {
        let texts = ["", "a", "b", "xab", "ab\n", "a b", "Ab", "aab", "b a", "üa", "ab7"];
        for pattern in ["a", "^a", "a$", "^$", "(?i)AB", r"\ba", r"^\w+$", "a.b", "(a|b)+7", "", r"a\b", "x|^b", "[^a]"]
        {
            let expected = regex::bytes::RegexBuilder::new(pattern).unicode(false).build().unwrap();
            let mut search = Search::new(Expression::of(pattern).unwrap().automaton().unwrap());
            for text in texts {
                assert_eq!(
                    search.finds(text.as_bytes()),
                    Some(expected.is_match(text.as_bytes())),
                    "{pattern} in {text:?}"
                );
            }
        }
    }

    #[test]
    fn a_search_that_grows_too_large_gives_up() {
        let mut seed = 7_u64;
        let mut letter = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            if seed >> 63 == 0 { 'a' } else { 'b' }
        };
        let text: String = (0..400_000).map(|_| letter()).collect();
        assert_eq!(finds("a(a|b){24}c", &text), None);
        assert_eq!(finds("a(a|b){24}c", "abc"), Some(false));
    }

    #[test]
    fn what_is_wrong_is_no_expression() {
        assert!(Expression::of("(").is_none());
    }
}
