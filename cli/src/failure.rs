//! What ends a command before its work is done, in words that say what to do.

use std::path::Path;

use treeward::Error;

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Input that cannot be used.
    Usage(String),
    /// The engine refuses.
    Engine(Error),
    /// Nobody reads the output any more.
    Closed,
}

impl Failure {
    /// A file that cannot be read or written.
    pub(crate) fn io(what: &str, path: &Path, error: &std::io::Error, hint: &str) -> Self {
        let reason = reason(&error.to_string());
        Self::Usage(format!("cannot {what} `{}`: {reason}; {hint}", path.display()))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Usage(message) => f.write_str(message),
            Self::Engine(error @ Error::Internal(_)) => {
                write!(f, "{error}; this is a bug in treeward, please report it")
            }
            Self::Engine(Error::Unreadable { path, reason: why }) => {
                let hint = if why.contains(';') { "" } else { "; give a folder or a file that exists" };
                write!(f, "cannot read `{}`: {}{hint}", path.display(), reason(why))
            }
            Self::Engine(error) => error.fmt(f),
            Self::Closed => f.write_str("the output was closed"),
        }
    }
}

/// The system's reason without its number, as the middle of a sentence.
fn reason(text: &str) -> String {
    let (before, after) = text.split_once(" (os error").unwrap_or((text, ""));
    let after = after.split_once(')').map_or("", |(_, after)| after);
    let mut letters = before.chars().chain(after.chars());
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
