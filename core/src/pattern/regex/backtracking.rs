//! Expressions with look-around or back-references, searched within a bound of steps.

use std::sync::OnceLock;

use fancy_regex::RegexBuilder;

use super::guard::without_looks;
use super::linear::{Alphabet, Linear};
use super::spelling::WORD_BOUNDARY;
use super::{Found, MAX_PROGRAM, MAX_STEPS, TooManySteps};

/// Most bytes that look-arounds may pass over: each place of a text may look to the end of its line.
const MAX_LOOKED_AT: u64 = 500_000_000;

/// An expression with look-around or back-references.
#[derive(Debug)]
pub(super) struct Backtracking {
    spelt: Box<str>,
    /// Whether a look-around may run on: it is then one step of the bound, however far it looks.
    looks_far: bool,
    /// The expression without its look-arounds, where that can be searched in linear time: most texts have no match of it,
    /// and so none of the whole, which costs far more to make and to search for.
    outline: Option<Linear>,
    whole: OnceLock<Result<fancy_regex::Regex, String>>,
}

impl Backtracking {
    /// Takes an expression; `spell` spells one for the engines.
    pub(super) fn new(pattern: &str, spell: &dyn Fn(&str) -> String, alphabet: Alphabet) -> Self {
        // The engine of the whole knows word boundaries of all alphabets only.
        let spell = |pattern: &str| spell(pattern).replace(WORD_BOUNDARY, r"\b");
        let outline = without_looks(pattern).and_then(|rest| Linear::new(&spell(&rest), alphabet).ok());
        Self { spelt: spell(pattern).into(), looks_far: looks_far(pattern), outline, whole: OnceLock::new() }
    }

    /// The whole expression, made when it is first asked for.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn whole(&self) -> Result<&fancy_regex::Regex, &String> {
        let make = || {
            let mut builder = RegexBuilder::new(&self.spelt);
            // Whole automata of its parts would cost more than all searches.
            builder.backtrack_limit(MAX_STEPS).delegate_size_limit(MAX_PROGRAM).delegate_dfa_size_limit(0);
            builder.build().map_err(|error| error.to_string())
        };
        self.whole.get_or_init(make).as_ref()
    }

    pub(super) fn is_found(&self, text: &str) -> Result<bool, TooManySteps> {
        Ok(self.may_match(text)? && self.whole().map_err(|_| TooManySteps)?.is_match(text).map_err(|_| TooManySteps)?)
    }

    /// The first matches, from left to right.
    pub(super) fn search(&self, text: &str, most: usize) -> Result<Vec<Found>, TooManySteps> {
        if !self.may_match(text)? {
            return Ok(Vec::new());
        }
        let regex = self.whole().map_err(|_| TooManySteps)?;
        let mut all = Vec::new();
        if regex.captures_len() == 1 {
            for found in regex.find_iter(text).take(most) {
                all.push(Found::plain(found.map_err(|_| TooManySteps)?.range()));
            }
            return Ok(all);
        }
        for captures in regex.captures_iter(text).take(most) {
            let captures = captures.map_err(|_| TooManySteps)?;
            all.push(Found::new(regex.capture_names(), |at| captures.get(at).map(|group| group.range())));
        }
        Ok(all)
    }

    /// Whether the text leaves a match open, and is no longer than may be searched.
    fn may_match(&self, text: &str) -> Result<bool, TooManySteps> {
        if self.looks_far && is_too_long(text) {
            return Err(TooManySteps);
        }
        Ok(self.outline.as_ref().is_none_or(|outline| outline.is_match(text)))
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
