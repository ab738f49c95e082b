//! Where output goes and how it may look there.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ValueEnum;
use treeward::report::{Appearance, visible};

use crate::failure::Failure;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A pair of streams, and what is known of the terminal behind them.
pub struct Console {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    /// Whether a person watches the error stream.
    pub(crate) is_watched: bool,
    appearance: Appearance,
}

impl Console {
    /// The streams of this process.
    pub fn of_process() -> Self {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let is = |name: &str, values: &[&str]| set(name).is_some_and(|value| values.iter().any(|v| value == *v));
        let out = io::stdout();
        let colour = out.is_terminal() && set("NO_COLOR").is_none() && !is("TERM", &["dumb"]);
        let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
        let plain = is("TERM", &["dumb", "linux"]) || is("LC_ALL", &["C", "POSIX"]);
        Self {
            out: Box::new(BufWriter::new(out)),
            err: Box::new(io::stderr()),
            is_watched: io::stderr().is_terminal(),
            appearance: Appearance { colour, width: width.clamp(40, 160), unicode: !plain },
        }
    }

    /// Streams of the caller's, without a terminal.
    pub fn of(out: impl Write + 'static, err: impl Write + 'static) -> Self {
        Self { out: Box::new(out), err: Box::new(err), is_watched: false, appearance: Appearance::default() }
    }

    pub(crate) fn choose_colour(&mut self, color: Color) {
        match color {
            Color::Auto => {}
            Color::Always => self.appearance.colour = true,
            Color::Never => self.appearance.colour = false,
        }
    }

    /// How text looks on the output.
    pub(crate) fn appearance(&self) -> Appearance {
        self.appearance
    }

    /// Writes the result of a command.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()).map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::Usage(format!("cannot write the output: {error}")),
        })
    }

    /// Tells what went wrong. There is nobody left to tell if that fails.
    pub(crate) fn error(&mut self, message: &str) {
        let _ = self.out.flush();
        let mark = if self.appearance.colour && self.is_watched { "\u{1b}[1;31merror\u{1b}[0m" } else { "error" };
        for line in visible(message).lines() {
            let _ = writeln!(self.err, "{mark}: {line}");
        }
    }

    /// Tells something in passing, to a person only.
    pub(crate) fn remark(&mut self, message: &str) {
        if self.is_watched {
            let _ = writeln!(self.err, "{}", visible(message));
        }
    }

    /// Writes a usage message as it is.
    pub(crate) fn usage(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
    }
}
