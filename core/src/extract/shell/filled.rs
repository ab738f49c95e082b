//! Paths and commands with the variables filled in that a script sets once: `chmod 644 "$OUT"` after `OUT=secrets/api_key`.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::syntax::shell::{Command, Script, Word};

/// How many variables in variables are followed.
const MAX_STEPS: usize = 4;
/// Most words of a command that arrays make longer.
const MAX_WORDS: usize = 256;
/// Longest path that is made, in bytes.
const MAX_PATH: usize = 1024;

/// The values of variables that a script sets once, to something that can be told from its text.
pub(super) struct Set<'s> {
    values: HashMap<&'s str, &'s str>,
}

impl<'s> Set<'s> {
    /// What `script` sets.
    pub(super) fn of(script: &'s Script) -> Self {
        let mut values: HashMap<&str, Option<&str>> = HashMap::new();
        for assignment in script.commands.iter().flat_map(|command| &command.assignments) {
            let text = &*assignment.value.text;
            let known = (!text.is_empty() && !text.contains("$(") && !text.contains('`')).then_some(text);
            values.entry(&assignment.name).and_modify(|value| *value = None).or_insert(known);
        }
        // What is read from input is not what the script says.
        for command in script.commands.iter().filter(|command| matches!(command.name(), Some("read" | "unset"))) {
            for word in command.arguments() {
                values.remove(&*word.text);
            }
        }
        Self { values: values.into_iter().filter_map(|(name, value)| Some((name, value?))).collect() }
    }

    /// `path` with those values; what is not known stays as written.
    pub(super) fn fill(&self, path: &str) -> String {
        let mut filled = path.to_owned();
        for _ in 0..MAX_STEPS {
            let next = self.fill_once(&filled);
            if next == filled || next.len() > MAX_PATH {
                break;
            }
            filled = next;
        }
        filled
    }

    /// `command` with those values in its words, where that makes plain texts of them.
    pub(super) fn command<'c>(&self, command: &'c Command) -> Cow<'c, Command> {
        if self.values.is_empty() || command.words.iter().all(|word| word.literal) {
            return Cow::Borrowed(command);
        }
        let mut command = command.clone();
        let words = std::mem::take(&mut command.words);
        command.words = words.into_iter().flat_map(|word| self.words(word)).take(MAX_WORDS).collect();
        Cow::Owned(command)
    }

    /// `command` as it runs, where a variable stands for its beginning or an array for some of its words.
    pub(super) fn expanded<'c>(&self, command: &'c Command) -> Cow<'c, Command> {
        let begins = command.words.first().is_some_and(|word| !word.literal);
        let has_array = command.words.iter().any(|word| self.items(&word.text).is_some());
        if begins || has_array { self.command(command) } else { Cow::Borrowed(command) }
    }

    /// What a word stands for: itself with the values filled in, or the items of an array.
    fn words(&self, word: Word) -> Vec<Word> {
        if word.literal {
            return vec![word];
        }
        let texts = self.items(&word.text).unwrap_or_else(|| match self.fill(&word.text) {
            // Without quotes the shell takes a value apart at its blanks.
            text if word.unquoted_expansion && !text.contains(['$', '`']) && !text.trim().is_empty() => {
                text.split_whitespace().map(str::to_owned).collect()
            }
            text => vec![text],
        });
        let is_one = texts.len() == 1;
        let filled = texts.into_iter().map(|text| match text.contains(['$', '`']) {
            true if is_one => word.clone(),
            is_open => {
                Word { literal: !is_open, unquoted_expansion: false, text: text.into(), range: word.range.clone() }
            }
        });
        filled.collect()
    }

    /// The items of `${NAME[@]}`.
    fn items(&self, text: &str) -> Option<Vec<String>> {
        let name = text.strip_prefix("${")?;
        let name = name.strip_suffix("[@]}").or_else(|| name.strip_suffix("[*]}"))?;
        let items = self.values.get(name)?.strip_prefix('(')?.strip_suffix(')')?;
        let items: Vec<String> = items.split_whitespace().map(|item| self.fill(item)).collect();
        (!items.is_empty()).then_some(items)
    }

    fn fill_once(&self, path: &str) -> String {
        let mut filled = String::with_capacity(path.len());
        let mut rest = path;
        while let Some(at) = rest.find('$') {
            filled.push_str(&rest[..at]);
            rest = &rest[at..];
            let (name, end) = name_at(rest);
            match self.values.get(name) {
                Some(value) => filled.push_str(value),
                None => filled.push_str(&rest[..end]),
            }
            rest = &rest[end..];
        }
        filled.push_str(rest);
        filled
    }
}

/// The variable that `text`, which begins with a dollar sign, names, and where its name ends; empty for anything else.
fn name_at(text: &str) -> (&str, usize) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let start = if text[1..].starts_with('{') { 2 } else { 1 };
    let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
    let name = &text[start..start + length];
    match start {
        2 if text[start + length..].starts_with('}') => (name, start + length + 1),
        2 => ("", 1),
        _ => (name, start + length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::shell::parse;

    fn filled(script: &str, path: &str) -> String {
        Set::of(&parse(script)).fill(path)
    }

    #[test]
    fn what_is_set_once_is_filled_in() {
        let script = "DIR=deploy/secrets\nOUT=\"${DIR}/api_key\"\ncp a \"$OUT\"\n";
        assert_eq!(filled(script, "$OUT"), "deploy/secrets/api_key");
        assert_eq!(filled(script, "${OUT}.bak"), "deploy/secrets/api_key.bak");
    }

    fn last(text: &str) -> String {
        let script = parse(text);
        Set::of(&script).command(&script.commands[script.commands.len() - 1]).text()
    }

    #[test]
    fn a_command_gets_the_texts_that_its_words_stand_for() {
        assert_eq!(last("F=a.yml\ndocker compose -f \"$F\" up"), "docker compose -f a.yml up");
        assert_eq!(last("D=deploy\nbash ${D}/up.sh $1"), "bash deploy/up.sh $1");
        assert_eq!(last("F=a\nread -p x F\nsource $F"), "source $F");
        assert_eq!(
            last("C=(-f a.yml \"-f\" b.yml)\ndocker compose \"${C[@]}\" up"),
            "docker compose -f a.yml -f b.yml up"
        );
        assert_eq!(last("C=(docker compose -f \"$R/a.yml\")\n${C[@]} up"), "docker compose -f $R/a.yml up");
        assert_eq!(last("C=()\n${C[@]} up"), "${C[@]} up");
        assert_eq!(last("C='docker compose'\n$C up").split(' ').next(), Some("docker"));
    }

    #[test]
    fn what_is_not_known_stays() {
        assert_eq!(filled("OUT=a\nOUT=b\n", "$OUT"), "$OUT");
        assert_eq!(filled("OUT=$(mktemp)\n", "$OUT"), "$OUT");
        assert_eq!(filled("A=$B\nB=$A\n", "$A"), "$A");
        assert_eq!(filled("OUT=x\n", "${OUT:-y}$1$"), "${OUT:-y}$1$");
        assert_eq!(filled("A=$A$A\n", "$A").len(), 32);
    }
}
