//! Matching a pattern against a text from every word on, with a stack of choices in place of recursion.

use std::collections::HashMap;
use std::ops::Range;

use super::document::{Document, Token};
use super::{Found, GenericPattern, Settings};

/// Most steps of one search.
const MAX_STEPS: usize = 5_000_000;

/// Every match, left to right. Of two that end at one place the shorter stays, or the longer one where the pattern
/// ends in an ellipsis.
pub(super) fn all(pattern: &GenericPattern, document: &Document, settings: Settings) -> Option<Vec<Found>> {
    let starts_with_dots = matches!(pattern.nodes[0].token, Token::Dots { .. });
    let ends_with_dots =
        matches!(pattern.nodes[pattern.nodes.len() - 1].token, Token::Dots { .. }) && pattern.nodes.len() > 1;
    let mut matcher = Matcher { pattern, document, settings, steps: 0 };
    let mut found: Vec<Found> = Vec::new();
    let mut by_end: HashMap<usize, usize> = HashMap::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut is_block_start = true;
    for at in 0..document.nodes.len() {
        while ends.last().is_some_and(|end| *end <= at) {
            ends.pop();
        }
        if let Token::Block { end } = document.nodes[at].token {
            ends.push(end as usize);
            is_block_start = true;
            continue;
        }
        let is_start = std::mem::take(&mut is_block_start) || !starts_with_dots;
        if !is_start || !matcher.may_start(at) {
            continue;
        }
        let block_end = ends.last().copied().unwrap_or(document.nodes.len());
        let Some(one) = matcher.at(at, block_end)? else { continue };
        match by_end.get(&one.range.end) {
            Some(_) if ends_with_dots => {}
            _ => {
                by_end.insert(one.range.end, found.len());
                found.push(one);
            }
        }
    }
    let kept = found.into_iter().enumerate().filter(|(index, one)| by_end.get(&one.range.end) == Some(index));
    Some(kept.map(|(_, one)| one).collect())
}

struct Matcher<'m> {
    pattern: &'m GenericPattern,
    document: &'m Document,
    settings: Settings,
    steps: usize,
}

/// An ellipsis that is open: words may be skipped up to a line.
#[derive(Debug, Clone)]
struct Dots {
    max_line: u32,
    skipped: Range<usize>,
    /// The node of the pattern, where the ellipsis has a name.
    name: Option<usize>,
}

#[derive(Debug, Clone)]
struct State {
    pattern: usize,
    node: usize,
    /// Where the blocks end that the state is in, the innermost last.
    ends: Vec<usize>,
    dots: Option<Dots>,
    bound: Vec<(usize, Range<usize>)>,
    /// End and line of the last word that was matched.
    last: (usize, u32),
}

/// What became of a state.
enum Step {
    Go(State),
    Done(State),
    Fail,
}

impl Matcher<'_> {
    /// Whether the first word of the pattern allows a match to begin here.
    fn may_start(&self, at: usize) -> bool {
        let first = &self.pattern.nodes[0];
        match first.token {
            Token::Word | Token::Sign => self.is_equal(0, at),
            Token::Metavariable => self.document.nodes[at].token == Token::Word,
            _ => true,
        }
    }

    /// The match that begins at a node, if there is one; an outer `None` where the bound is passed.
    fn at(&mut self, node: usize, end: usize) -> Option<Option<Found>> {
        let start = self.document.nodes[node].range().start;
        let last = (start, self.document.nodes[node].line);
        let state = State { pattern: 0, node, ends: vec![end], dots: None, bound: Vec::new(), last };
        let done = self.run(state, self.pattern.nodes.len(), true)?;
        Some(done.map(|state| {
            let name = |at: usize| &self.pattern.text[self.pattern.nodes[at].range()];
            let captures = state.bound.iter().map(|(at, range)| (name(*at).into(), range.clone())).collect();
            Found { range: start..state.last.0.max(start), captures }
        }))
    }

    /// Matches the pattern up to `until`; the last choice is taken back first.
    fn run(&mut self, state: State, until: usize, is_root: bool) -> Option<Option<State>> {
        let mut choices = vec![state];
        while let Some(mut state) = choices.pop() {
            loop {
                self.steps += 1;
                if self.steps > MAX_STEPS {
                    return None;
                }
                match self.step(state, until, is_root, &mut choices)? {
                    Step::Go(next) => state = next,
                    Step::Done(done) => return Some(Some(done)),
                    Step::Fail => break,
                }
            }
        }
        Some(None)
    }

    fn step(&mut self, mut state: State, until: usize, is_root: bool, choices: &mut Vec<State>) -> Option<Step> {
        if state.pattern >= until {
            return Some(self.finish(state, is_root));
        }
        match self.pattern.nodes[state.pattern].token {
            Token::Dots { is_named } => {
                self.open_dots(&mut state, is_named);
                state.pattern += 1;
                Some(Step::Go(state))
            }
            Token::Block { end } => self.block(state, end as usize, until),
            Token::Word | Token::Sign | Token::Metavariable => Some(self.word(state, until, choices)),
        }
    }

    fn block_end(state: &State) -> usize {
        state.ends.last().copied().unwrap_or(0)
    }

    /// The pattern is used up: in a block of its own, so must be the text's block, or an ellipsis takes the rest.
    fn finish(&self, mut state: State, is_root: bool) -> Step {
        let end = Self::block_end(&state);
        match &state.dots {
            None if is_root || state.node >= end => Step::Done(state),
            None => Step::Fail,
            Some(dots) if state.last.1 <= dots.max_line => {
                let max_line = dots.max_line;
                let rest = self.document.nodes[state.node.min(end)..end].iter();
                let words = rest.filter(|node| !matches!(node.token, Token::Block { .. }));
                if let Some(word) = words.take_while(|node| node.line <= max_line).last() {
                    state.last = (word.range().end, word.line);
                }
                if let Some(dots) = &mut state.dots {
                    dots.skipped.end = dots.skipped.end.max(state.last.0);
                }
                if self.close_dots(&mut state) { Step::Done(state) } else { Step::Fail }
            }
            Some(_) if is_root => Step::Done(state),
            Some(_) => Step::Fail,
        }
    }

    fn open_dots(&self, state: &mut State, is_named: bool) {
        let span = self.settings.max_span;
        match &mut state.dots {
            Some(dots) => dots.max_line = dots.max_line.saturating_add(span),
            None => {
                let name = is_named.then_some(state.pattern);
                let max_line = state.last.1.saturating_add(span);
                state.dots = Some(Dots { max_line, skipped: state.last.0..state.last.0, name });
            }
        }
    }

    /// Ends an ellipsis and binds its name; `false` where the name already stands for another text.
    fn close_dots(&self, state: &mut State) -> bool {
        let Some(Dots { name: Some(name), skipped, .. }) = state.dots.take() else { return true };
        self.bind(state, name, skipped)
    }

    fn bind(&self, state: &mut State, name: usize, range: Range<usize>) -> bool {
        let (text, spelt) = (&self.document.text, |at: usize| &self.pattern.text[self.pattern.nodes[at].range()]);
        match state.bound.iter().find(|(at, _)| spelt(*at) == spelt(name)) {
            Some((_, bound)) => text.get(bound.clone()) == text.get(range),
            None => {
                state.bound.push((name, range));
                true
            }
        }
    }

    /// The state after skipping a word, where an open ellipsis allows it.
    fn skip(&self, state: &State) -> Option<State> {
        let (node, dots) = (&self.document.nodes[state.node], state.dots.as_ref()?);
        if node.line > dots.max_line {
            return None;
        }
        let mut next = state.clone();
        next.node += 1;
        if let Some(dots) = &mut next.dots {
            dots.skipped.end = node.range().end;
        }
        Some(next)
    }

    /// An indented block of the pattern: the text must have one there, and they must match by themselves.
    fn block(&mut self, mut state: State, end: usize, until: usize) -> Option<Step> {
        let inner = state.pattern + 1..end;
        if state.node >= Self::block_end(&state) {
            let fits = self.is_optional(inner) && self.is_optional(end..until) && self.close_dots(&mut state);
            return Some(if fits { Step::Done(state) } else { Step::Fail });
        }
        if let Token::Block { end: block_end } = self.document.nodes[state.node].token {
            if !self.close_dots(&mut state) {
                return Some(Step::Fail);
            }
            let nested =
                State { pattern: inner.start, node: state.node + 1, ends: vec![block_end as usize], ..state.clone() };
            let Some(done) = self.run(nested, end, false)? else { return Some(Step::Fail) };
            let node = block_end as usize;
            return Some(Step::Go(State { pattern: end, node, ends: state.ends, dots: None, ..done }));
        }
        if let Some(next) = self.skip(&state) {
            return Some(Step::Go(next));
        }
        let fits = self.close_dots(&mut state) && self.is_optional(inner);
        state.pattern = end;
        Some(if fits { Step::Go(state) } else { Step::Fail })
    }

    fn is_optional(&self, range: Range<usize>) -> bool {
        self.pattern.nodes[range].iter().all(|node| matches!(node.token, Token::Dots { .. } | Token::Block { .. }))
    }

    fn word(&self, mut state: State, until: usize, choices: &mut Vec<State>) -> Step {
        if state.node >= Self::block_end(&state) {
            state.ends.pop();
            if !state.ends.is_empty() {
                return Step::Go(state);
            }
            let fits =
                self.pattern.nodes[state.pattern..until].iter().all(|node| matches!(node.token, Token::Dots { .. }));
            return if fits { Step::Done(state) } else { Step::Fail };
        }
        let node = self.document.nodes[state.node];
        if let Token::Block { end } = node.token {
            state.ends.push(end as usize);
            state.node += 1;
            return Step::Go(state);
        }
        if state.dots.as_ref().is_some_and(|dots| node.line > dots.max_line) {
            return Step::Fail;
        }
        let skipped = self.skip(&state);
        if let Some(next) = self.matched(state) {
            choices.extend(skipped);
            return Step::Go(next);
        }
        skipped.map_or(Step::Fail, Step::Go)
    }

    /// The state after the next word of the pattern matched the next word of the text.
    fn matched(&self, mut state: State) -> Option<State> {
        let (at, word) = (state.pattern, self.pattern.nodes[state.pattern]);
        let node = self.document.nodes[state.node];
        let fits = match word.token {
            Token::Metavariable => node.token == Token::Word,
            _ => self.is_equal(at, state.node),
        };
        if !fits || !self.close_dots(&mut state) {
            return None;
        }
        if word.token == Token::Metavariable && !self.bind(&mut state, at, node.range()) {
            return None;
        }
        state.pattern += 1;
        state.node += 1;
        state.last = (node.range().end, node.line);
        Some(state)
    }

    fn is_equal(&self, pattern: usize, node: usize) -> bool {
        let (one, other) = (&self.pattern.nodes[pattern], &self.document.nodes[node]);
        let (one_text, other_text) = (&self.pattern.text[one.range()], &self.document.text[other.range()]);
        one.token == other.token
            && (one_text == other_text
                || self.settings.is_caseless && one.token == Token::Word && one_text.eq_ignore_ascii_case(other_text))
    }
}
