//! Expressions that are searched in linear time.

use std::sync::OnceLock;

use regex_automata::{meta, util::syntax};

use super::MAX_PROGRAM;

/// What the texts are made of that an expression is made for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// ASCII: an automaton that knows nothing else takes half the work to make.
    Ascii,
    /// Anything.
    Any,
}

/// An expression that is searched in linear time. Most are asked of names only, so that most are never made for more
/// than ASCII.
#[derive(Debug)]
pub(super) struct Linear {
    spelt: Box<str>,
    first: meta::Regex,
    /// What `first` is made for.
    alphabet: Alphabet,
    any: OnceLock<meta::Regex>,
}

impl Linear {
    /// Makes an expression, in the spelling of this engine, for texts of the alphabet.
    ///
    /// # Errors
    /// It is none that can be searched in linear time, or it is too large.
    pub(super) fn new(spelt: &str, alphabet: Alphabet) -> Result<Self, Box<meta::BuildError>> {
        let made = |first, alphabet| Self { spelt: spelt.into(), first, alphabet, any: OnceLock::new() };
        if alphabet == Alphabet::Ascii
            && spelt.is_ascii()
            && let Ok(first) = build(spelt, Alphabet::Ascii)
        {
            return Ok(made(first, Alphabet::Ascii));
        }
        Ok(made(build(spelt, Alphabet::Any)?, Alphabet::Any))
    }

    /// The automaton for a text.
    pub(super) fn over(&self, text: &str) -> &meta::Regex {
        if self.alphabet == Alphabet::Any || text.is_ascii() {
            return &self.first;
        }
        self.any.get_or_init(|| build(&self.spelt, Alphabet::Any).unwrap_or_else(|_| self.first.clone()))
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.over(text).is_match(text)
    }

    /// How many groups it has, the whole match among them.
    pub(super) fn groups(&self) -> usize {
        self.first.captures_len()
    }

    /// The names of its groups, the whole match first.
    pub(super) fn names(&self) -> impl Iterator<Item = Option<&str>> {
        self.first.group_info().pattern_names(regex_automata::PatternID::ZERO)
    }
}

fn build(spelt: &str, alphabet: Alphabet) -> Result<meta::Regex, Box<meta::BuildError>> {
    // A whole automaton pays on long texts only; most regular expressions are asked of a name.
    let config = meta::Config::new().dfa(false).onepass(false).nfa_size_limit(Some(MAX_PROGRAM));
    let is_any = alphabet == Alphabet::Any;
    let syntax = syntax::Config::new().unicode(is_any).utf8(is_any);
    meta::Regex::builder().configure(config.utf8_empty(is_any)).syntax(syntax).build(spelt).map_err(Box::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_for_ascii_answers_of_other_texts_too() {
        for spelt in [r"(?i)^.a[^b]k$", "[^x]+y", "é.", r"\p{Lu}a", "(?s).{3}$", "(a)|b"] {
            let (ascii, any) = [Alphabet::Ascii, Alphabet::Any].map(|it| Linear::new(spelt, it).unwrap()).into();
            for text in ["", "xack", "éaé\u{212a}", "éab", "yéy", "Ua", "Üa", "b\n", "éé", "äöü", "ab"] {
                let ranges = |it: &Linear| it.over(text).find_iter(text).map(|it| it.range()).collect::<Vec<_>>();
                assert_eq!(ranges(&ascii), ranges(&any), "{spelt}: {text}");
            }
        }
    }
}
