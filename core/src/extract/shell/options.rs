//! The shell's options in force at each command, followed in the order written.

use crate::syntax::shell::Command;

/// `set -e`, `set -u`, `set -o pipefail`, `umask`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Options {
    pub errexit: bool,
    pub nounset: bool,
    pub pipefail: bool,
    pub umask: Option<String>,
}

impl Options {
    /// The options that a first line such as `#!/bin/bash -eu` sets.
    pub(super) fn of_shebang(line: &str) -> Self {
        let mut options = Self::default();
        for word in line.split_whitespace().skip(1) {
            options.apply(word, "");
        }
        options
    }

    /// Follows `command`, where it is `set` or `umask`.
    pub(super) fn follow(&mut self, command: &Command) {
        if command.in_substitution || command.after_failure {
            return;
        }
        // What a branch switches on (`source venv && set -o pipefail`) is meant to be in force; what it switches off may not be.
        let is_sure = !command.in_branch;
        let words: Vec<&str> = command.words.iter().map(|word| &*word.text).collect();
        match words.as_slice() {
            ["set", arguments @ ..] => {
                for (at, word) in arguments.iter().enumerate().filter(|(_, word)| is_sure || word.starts_with('-')) {
                    self.apply(word, arguments.get(at + 1).copied().unwrap_or_default());
                }
            }
            ["umask", mode] if is_sure => self.umask = Some((*mode).to_owned()),
            _ => {}
        }
    }

    /// One word of `set`, with the word after it, which names the option of `-o`.
    fn apply(&mut self, word: &str, next: &str) {
        let Some(value) = word.chars().next().filter(|sign| matches!(sign, '-' | '+')).map(|sign| sign == '-') else {
            return;
        };
        for letter in word.chars().skip(1) {
            match (letter, next) {
                ('e', _) | ('o', "errexit") => self.errexit = value,
                ('u', _) | ('o', "nounset") => self.nounset = value,
                ('o', "pipefail") => self.pipefail = value,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::shell::parse;

    #[test]
    fn a_branch_switches_on_and_never_off() {
        let mut options = Options::default();
        for command in parse("source venv && set -o pipefail\nmake || set -e\nif x; then set +o pipefail; fi").commands
        {
            options.follow(&command);
        }
        assert_eq!(options, Options { pipefail: true, ..Options::default() });
    }

    #[test]
    fn options_are_followed_in_order() {
        let mut options = Options::of_shebang("#!/bin/bash -e");
        assert!(options.errexit);
        for command in parse("set -uo pipefail\nset +e\numask 077").commands {
            options.follow(&command);
        }
        let expected = Options { errexit: false, nounset: true, pipefail: true, umask: Some("077".into()) };
        assert_eq!(options, expected);
    }
}
