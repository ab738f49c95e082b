//! `.gitignore`, `.treewardignore` and the configured globs, from the root downwards.

use std::fs;
use std::io::Read;
use std::sync::Arc;

use super::patterns::{Patterns, Word};
use super::skips::Siblings;
use super::{Collected, Inside};
use crate::Error;
use crate::source::overlay::Held;

/// Largest ignore file that is read.
const MAX_BYTES: u64 = 1 << 20;

/// What the ignore files say of a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ruling {
    /// Nothing.
    None,
    /// A `!` pattern of `.treewardignore` asks for it.
    Read,
    /// An exclude glob or `.treewardignore` leaves it out, with the reason.
    Leave(String),
    /// `.gitignore` leaves it out, with the reason.
    Ignored(String),
}

/// The ignore files in force in a folder: its own and those above.
pub(super) struct Ignores {
    above: Option<Arc<Ignores>>,
    /// The folder's path from the root.
    folder: String,
    exclude: Patterns,
    treeward: Patterns,
    git: Patterns,
}

/// The configured globs.
pub(super) fn globs(exclude: &[String]) -> Result<Patterns, Error> {
    let wrong = |(glob, error)| Error::Usage(format!("the exclude glob `{glob}` is wrong: {error}"));
    Patterns::checked(exclude).map_err(wrong)
}

impl Ignores {
    /// Only the configured globs.
    pub(super) fn top(exclude: Patterns) -> Arc<Self> {
        let (treeward, git) = (Patterns::default(), Patterns::default());
        Arc::new(Self { above: None, folder: String::new(), exclude, treeward, git })
    }

    /// What is in force in `folder`: the same as above where it has no ignore file of its own.
    pub(super) fn enter(
        above: &Arc<Self>,
        inside: &Inside<'_>,
        siblings: &Siblings<'_>,
        found: &mut Collected,
    ) -> Arc<Self> {
        let folder = inside.path;
        let mut read = |name: &str| {
            if !siblings.has(name) {
                return Patterns::default();
            }
            read_file(inside, name).unwrap_or_else(|reason| {
                let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
                found.skip(path, format!("its patterns are not in force: {reason}"));
                Patterns::default()
            })
        };
        let (treeward, git) = (read(".treewardignore"), read(".gitignore"));
        if treeward.is_empty() && git.is_empty() {
            return Arc::clone(above);
        }
        Arc::new(Self {
            above: Some(Arc::clone(above)),
            folder: folder.to_owned(),
            exclude: Patterns::default(),
            treeward,
            git,
        })
    }

    /// What the ignore files say of `path` (from the root). The nearest file that names it decides.
    pub(super) fn ruling(&self, path: &str, is_folder: bool) -> Ruling {
        let levels = || std::iter::successors(Some(self), |level| level.above.as_deref());
        if levels().any(|level| level.exclude.matched(path, is_folder) == Some(Word::Ignore)) {
            return Ruling::Leave("excluded by an option".into());
        }
        for level in levels() {
            match level.treeward.matched(level.inside(path), is_folder) {
                Some(Word::Ignore) => return Ruling::Leave("excluded by `.treewardignore`".into()),
                Some(Word::Keep) => return Ruling::Read,
                None => {}
            }
        }
        for level in levels() {
            match level.git.matched(level.inside(path), is_folder) {
                Some(Word::Ignore) => return Ruling::Ignored("ignored by `.gitignore`".into()),
                Some(Word::Keep) => return Ruling::None,
                None => {}
            }
        }
        Ruling::None
    }

    /// `path` as seen from the folder of this level.
    fn inside<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(&self.folder).map_or(path, |rest| rest.trim_start_matches('/'))
    }
}

/// Reads one ignore file. As in git, it must be a regular file, and a wrong line is passed over.
fn read_file(inside: &Inside<'_>, name: &str) -> Result<Patterns, String> {
    if let Held::Text(text) = inside.held(name) {
        return match text.len() as u64 > MAX_BYTES {
            true => Err(format!("more than {MAX_BYTES} bytes")),
            false => Ok(Patterns::read(text)),
        };
    }
    let file = &inside.absolute.join(name);
    let metadata = fs::symlink_metadata(file).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("no regular file".into());
    }
    if metadata.len() > MAX_BYTES {
        return Err(format!("more than {MAX_BYTES} bytes"));
    }
    let mut bytes = Vec::new();
    let opened = fs::File::open(file).and_then(|opened| opened.take(MAX_BYTES).read_to_end(&mut bytes));
    opened.map_err(|error| error.to_string())?;
    Ok(Patterns::read(&String::from_utf8_lossy(&bytes)))
}
