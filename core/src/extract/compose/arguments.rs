//! Command lines as rows: words, options and their values.

use crate::syntax::shell;

/// A word of a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Argument {
    pub word: String,
    /// The option that the word is, without `=` and what follows.
    pub option: Option<String>,
    /// The option's value.
    pub value: Option<String>,
}

/// Most words of one command line that are told.
const MAX_ARGUMENTS: usize = 500;

/// The words of an argv; the script of `sh -c` is taken apart after it.
pub(crate) fn arguments(argv: &[String]) -> Vec<Argument> {
    let mut words: Vec<String> = argv.to_vec();
    if let Some(script) = shell_script(argv) {
        words.extend(shell_words(script));
    }
    words.truncate(MAX_ARGUMENTS);
    let next = words.iter().skip(1).map(Some).chain([None]);
    words.iter().zip(next).map(|(word, next)| argument(word, next.map(String::as_str))).collect()
}

/// The words of a shell text, operators and redirections left out.
pub(crate) fn shell_words(text: &str) -> Vec<String> {
    let commands = shell::parse(text).commands;
    commands.into_iter().flat_map(|command| command.words).map(|word| word.text.into()).collect()
}

/// The script in `sh -c SCRIPT`, also behind `exec` and with further flags.
pub(crate) fn shell_script(argv: &[String]) -> Option<&str> {
    let at = argv.iter().position(|word| is_shell(word))?;
    let flag = argv[at + 1..]
        .iter()
        .position(|word| word.starts_with('-') && !word.starts_with("--") && word.ends_with('c'))?;
    argv.get(at + 1 + flag + 1).map(String::as_str)
}

fn is_shell(word: &str) -> bool {
    matches!(word.rsplit('/').next().unwrap_or(word), "sh" | "bash" | "ash" | "dash" | "zsh")
}

fn argument(word: &str, next: Option<&str>) -> Argument {
    let is_option = word.len() > 1 && word.starts_with('-') && !word.contains(char::is_whitespace);
    let (option, value) = match word.split_once('=') {
        _ if !is_option => (None, None),
        Some((option, value)) => (Some(option.to_owned()), Some(value.to_owned())),
        None => (Some(word.to_owned()), next.filter(|next| !next.starts_with('-')).map(str::to_owned)),
    };
    Argument { word: word.to_owned(), option, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_have_values() {
        let argv = ["redis-server", "--requirepass", "x", "--maxmemory=1gb", "--appendonly"].map(str::to_owned);
        let options: Vec<_> = arguments(&argv).into_iter().filter_map(|a| Some((a.option?, a.value))).collect();
        assert_eq!(options[0], ("--requirepass".into(), Some("x".into())));
        assert_eq!(options[1], ("--maxmemory".into(), Some("1gb".into())));
        assert_eq!(options[2], ("--appendonly".into(), None));
    }

    #[test]
    fn scripts_of_a_shell_are_taken_apart() {
        let argv = ["sh", "-c", "exec gunicorn -w 4 app:app && true"].map(str::to_owned);
        assert!(arguments(&argv).iter().any(|a| a.option.as_deref() == Some("-w") && a.value.as_deref() == Some("4")));
    }
}
