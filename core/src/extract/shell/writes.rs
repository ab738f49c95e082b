//! Which files a command writes, and whose modes it changes.

use crate::syntax::shell::{Command, Word};

/// A file that a command writes.
pub(super) struct Write<'c> {
    pub path: &'c Word,
    pub how: &'static str,
    pub mode: Option<&'c str>,
}

/// The files that `command` writes, as far as its words say.
pub(super) fn writes(command: &Command) -> Vec<Write<'_>> {
    let mut writes: Vec<Write<'_>> = command
        .writes()
        .filter(|redirect| !redirect.target.text.starts_with("/dev/"))
        .map(|redirect| Write {
            path: &redirect.target,
            how: if redirect.operator.contains(">>") { "append" } else { "redirect" },
            mode: None,
        })
        .collect();
    let arguments = command.arguments();
    let whole = |how| move |path| Write { path, how, mode: None };
    match command.name() {
        Some("tee") => writes.extend(plain(arguments).map(whole("tee"))),
        Some("cp") => writes.extend(last_of_two(arguments).map(whole("copy"))),
        Some("mv") => writes.extend(last_of_two(arguments).map(whole("move"))),
        Some("touch") => writes.extend(plain(arguments).map(whole("output"))),
        Some("install") if !has(arguments, "-d") => {
            let mode = option_value(arguments, &["-m", "--mode"]).map(|word| &*word.text);
            writes.extend(last_of_two(arguments).map(|path| Write { path, how: "install", mode }));
        }
        Some("openssl") => writes.extend(values_of(arguments, &["-out", "-keyout"]).map(whole("output"))),
        Some("ssh-keygen") => writes.extend(values_of(arguments, &["-f"]).map(whole("output"))),
        Some("curl" | "gpg" | "age-keygen") => {
            writes.extend(values_of(arguments, &["-o", "--output"]).map(whole("output")));
        }
        Some("wget") => writes.extend(values_of(arguments, &["-O", "--output-document"]).map(whole("output"))),
        Some("pg_dump" | "pg_dumpall") => writes.extend(values_of(arguments, &["-f", "--file"]).map(whole("output"))),
        _ => {}
    }
    writes
}

/// The mode that `chmod` sets, and the paths.
pub(super) fn chmod(command: &Command) -> Option<(&str, Vec<&Word>)> {
    if command.name() != Some("chmod") {
        return None;
    }
    let is_option =
        |word: &&Word| matches!(&*word.text, "-R" | "-v" | "-f" | "-c" | "--") || word.text.starts_with("--");
    let mut words = command.arguments().iter().filter(|word| !is_option(word));
    let mode = words.next()?;
    Some((&mode.text, words.collect()))
}

/// Whether a mode lets group or others in.
pub(super) fn opens_to_others(mode: &str) -> bool {
    match octal(mode) {
        Some(bits) => bits & 0o077 != 0,
        None => mode.split(',').any(|clause| {
            let Some(at) = clause.find(['+', '=']) else { return false };
            let (who, what) = clause.split_at(at);
            (who.is_empty() || who.contains(['g', 'o', 'a'])) && what.contains(['r', 'w', 'x'])
        }),
    }
}

/// Whether a mode takes the owner's write permission away.
pub(super) fn is_read_only(mode: &str) -> bool {
    match octal(mode) {
        Some(bits) => bits & 0o200 == 0,
        None => mode.split(',').any(|clause| {
            let minus = clause
                .split_once('-')
                .is_some_and(|(who, what)| (who.is_empty() || who.contains(['u', 'a'])) && what.contains('w'));
            let equals = clause
                .split_once('=')
                .is_some_and(|(who, what)| (who.is_empty() || who.contains(['u', 'a'])) && !what.contains('w'));
            minus || equals
        }),
    }
}

fn octal(mode: &str) -> Option<u32> {
    u32::from_str_radix(mode, 8).ok()
}

fn has(arguments: &[Word], option: &str) -> bool {
    arguments.iter().any(|word| &*word.text == option)
}

fn plain(arguments: &[Word]) -> impl Iterator<Item = &Word> {
    arguments.iter().filter(|word| !word.text.starts_with('-'))
}

fn last_of_two(arguments: &[Word]) -> Option<&Word> {
    plain(arguments).nth(1)?;
    plain(arguments).last()
}

fn values_of<'a>(arguments: &'a [Word], options: &'a [&'a str]) -> impl Iterator<Item = &'a Word> {
    arguments
        .iter()
        .zip(arguments.iter().skip(1))
        .filter(|(option, _)| options.contains(&&*option.text))
        .map(|(_, value)| value)
}

fn option_value<'a>(arguments: &'a [Word], options: &'a [&'a str]) -> Option<&'a Word> {
    values_of(arguments, options).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::shell::parse;

    fn written(text: &str) -> Vec<(String, &'static str)> {
        let commands = parse(text).commands;
        commands
            .iter()
            .flat_map(|command| {
                writes(command).into_iter().map(|write| (write.path.text.to_string(), write.how)).collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn every_usual_way_of_writing_is_seen() {
        assert_eq!(written("echo x > a 2>&1 >/dev/null"), [("a".to_owned(), "redirect")]);
        assert_eq!(written("x | sudo tee -a /etc/f"), [("/etc/f".to_owned(), "tee")]);
        assert_eq!(written("install -m 0600 s d"), [("d".to_owned(), "install")]);
        assert_eq!(written("openssl req -x509 -keyout k.pem -out c.pem -nodes").len(), 2);
        assert_eq!(written("cp one"), []);
    }

    #[test]
    fn modes_are_read_in_both_notations() {
        assert!(opens_to_others("644") && opens_to_others("a+r") && opens_to_others("0755"));
        assert!(!opens_to_others("600") && !opens_to_others("u+w") && !opens_to_others("go-rwx"));
        assert!(is_read_only("0400") && is_read_only("a-w") && is_read_only("u=r"));
        assert!(!is_read_only("0600") && !is_read_only("go-w") && !is_read_only("u=rw"));
    }
}
