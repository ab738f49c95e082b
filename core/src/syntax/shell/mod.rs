//! Shell text as a list of simple commands with byte ranges.
//!
//! One reader for everything that holds shell: scripts, `RUN` lines, `command:` and `entrypoint:` strings, CI steps.
//! Commands stand in the order written, those of substitutions after the command that holds them; nothing is
//! expanded or executed. A text that is too large, or that the grammar cannot finish within its budget, gives no
//! commands and says so in [`Script::incomplete`].

mod parse;
mod place;
mod walk;
mod word;

use std::cell::RefCell;
use std::ops::Range;

use hashbrown::HashMap;

pub(super) use parse::tree as bash_tree;
pub use place::Places;

/// Largest text that is read, in bytes.
pub const MAX_TEXT: usize = 512 << 10;

/// A shell text, read.
#[derive(Debug, Clone, Default)]
pub struct Script {
    /// The simple commands.
    pub commands: Vec<Command>,
    /// Whether part of the text was not understood or not read: absence of a command then proves nothing.
    pub incomplete: bool,
}

/// A simple command: assignments, words, redirections. A redirection of a compound statement, and assignments
/// that stand alone, are commands without words.
#[derive(Debug, Clone, Default)]
pub struct Command {
    /// The words, the command's name first.
    pub words: Vec<Word>,
    /// Assignments before the words, or those of `export`, `local`, `declare`, `readonly`.
    pub assignments: Vec<Assignment>,
    /// Redirections, here-documents included.
    pub redirects: Vec<Redirect>,
    /// The bytes from the first word to the last.
    pub range: Range<usize>,
    /// The line of the first byte in the text that was read, from 1.
    pub line: u32,
    /// Started with `&`, or part of a compound statement that is.
    pub background: bool,
    /// The function whose body holds it.
    pub in_function: Option<Box<str>>,
    /// Its exit status is read: a condition of `if` or `while`, or negated, or followed by `&&` or `||`.
    pub in_condition: bool,
    /// It may not run: a branch, or after `&&` or `||`.
    pub in_branch: bool,
    /// It stands in the body or condition of a loop.
    pub in_loop: bool,
    /// It stands in a command or process substitution.
    pub in_substitution: bool,
    /// The text after `||`: what runs when it fails.
    pub or_else: Option<Box<str>>,
    /// It is itself what runs after `||`.
    pub after_failure: bool,
    /// The pipeline that it is a part of.
    pub pipeline: Option<Stage>,
}

/// Place in a pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// Byte offset of the pipeline, the same for all of its commands.
    pub pipeline: usize,
    /// Position, from 0.
    pub position: usize,
    /// How many stages the pipeline has.
    pub length: usize,
}

/// A word after removal of quotes, expansions as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// The text.
    pub text: Box<str>,
    /// Its bytes, quotes included.
    pub range: Range<usize>,
    /// Holds no expansion or substitution: the text is the value.
    pub literal: bool,
    /// Holds an expansion outside of quotes, which the shell splits and globs.
    pub unquoted_expansion: bool,
}

/// `NAME=value`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The variable.
    pub name: Box<str>,
    /// The value; empty where there is none.
    pub value: Word,
}

/// A redirection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// As written: `>`, `>>`, `<`, `>&`, `&>`, `>|`, `<<`, `<<<` …
    pub operator: Box<str>,
    /// The file descriptor in front, where there is one.
    pub descriptor: Option<Box<str>>,
    /// The file, or for `<<` the here-document's text.
    pub target: Word,
}

impl Command {
    /// The name without its folder, `sudo`, `exec`, `time` and the like skipped; `None` for an expansion.
    pub fn name(&self) -> Option<&str> {
        let word = self.words.get(self.name_index()?)?;
        word.literal.then(|| word.text.rsplit('/').next().unwrap_or_default())
    }

    /// The words after the name.
    pub fn arguments(&self) -> &[Word] {
        self.name_index().and_then(|at| self.words.get(at + 1..)).unwrap_or_default()
    }

    /// The words joined by blanks.
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| &*word.text).collect();
        words.join(" ")
    }

    /// Whether the output goes into a file: the redirections that write.
    pub fn writes(&self) -> impl Iterator<Item = &Redirect> {
        self.redirects.iter().filter(|redirect| {
            let to_descriptor = redirect.operator.ends_with('&') && redirect.target.text.parse::<u8>().is_ok();
            redirect.operator.contains('>') && !to_descriptor && &*redirect.target.text != "-"
        })
    }

    fn name_index(&self) -> Option<usize> {
        let mut at = 0;
        while let Some(word) = self.words.get(at) {
            // `command -v` asks where a command is, and runs none.
            let asks = &*word.text == "command"
                && self.words.get(at + 1).is_some_and(|next| matches!(&*next.text, "-v" | "-V"));
            if asks || !word::is_wrapper(&word.text) {
                return Some(at);
            }
            at += 1;
            while self.words.get(at).is_some_and(|next| word::belongs_to_wrapper(&word.text, &next.text)) {
                at += 1;
            }
        }
        None
    }

    fn shift(&mut self, place: impl Fn(usize) -> usize) {
        let moved = |range: &mut Range<usize>| *range = place(range.start)..place(range.end);
        moved(&mut self.range);
        let words = self.words.iter_mut().chain(self.redirects.iter_mut().map(|redirect| &mut redirect.target));
        for word in words.chain(self.assignments.iter_mut().map(|assignment| &mut assignment.value)) {
            moved(&mut word.range);
        }
        if let Some(stage) = &mut self.pipeline {
            stage.pipeline = place(stage.pipeline);
        }
    }
}

/// Longest text that is read once for all places that hold it, in bytes.
const MAX_REMEMBERED: usize = 2 << 10;
/// Most texts that a thread remembers.
const MAX_TEXTS: usize = 256;

thread_local! {
    /// Short scripts that were read: images of one tree have most of their steps in common.
    static READ: RefCell<HashMap<Box<str>, Script>> = RefCell::new(HashMap::new());
}

/// Reads `text`.
pub fn parse(text: &str) -> Script {
    if text.len() > MAX_REMEMBERED {
        return read(text);
    }
    READ.with_borrow_mut(|known| {
        if let Some(script) = known.get(text) {
            return script.clone();
        }
        if known.len() >= MAX_TEXTS {
            known.clear();
        }
        let script = read(text);
        known.insert(text.into(), script.clone());
        script
    })
}

fn read(text: &str) -> Script {
    let Some(tree) = parse::tree(text) else { return Script { incomplete: true, ..Script::default() } };
    walk::commands(&tree, text)
}

/// The commands of `text`, which stands at byte `offset` of its file.
pub fn commands(text: &str, offset: usize) -> Vec<Command> {
    parse_placed(text, &Places::at(offset)).commands
}

/// Reads `text`, an excerpt of a file whose bytes stand where `places` says.
pub fn parse_placed(text: &str, places: &Places) -> Script {
    let mut script = parse(text);
    script.commands.iter_mut().for_each(|command| command.shift(|at| places.in_file(at)));
    script
}

#[cfg(test)]
mod tests;
