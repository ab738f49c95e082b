//! Colours, or none.

use annotate_snippets::renderer::{AnsiColor, Effects, Style as Ansi};

use crate::report::Severity;
use crate::report::render::Appearance;

/// Dresses words in colours where they are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    colour: bool,
    unicode: bool,
}

impl Style {
    pub(super) fn of(appearance: Appearance) -> Self {
        Self { colour: appearance.colour, unicode: appearance.unicode }
    }

    fn dress(self, text: &str, style: Ansi) -> String {
        if self.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(super) fn heading(self, text: &str) -> String {
        self.dress(text, Ansi::new().effects(Effects::BOLD | Effects::UNDERLINE))
    }

    pub(super) fn label(self, text: &str) -> String {
        self.dress(text, Ansi::new().effects(Effects::BOLD))
    }

    pub(super) fn dim(self, text: &str) -> String {
        self.dress(text, Ansi::new().effects(Effects::DIMMED))
    }

    pub(super) fn good(self, text: &str) -> String {
        self.dress(text, AnsiColor::Green.on_default())
    }

    pub(super) fn severity(self, severity: Severity, text: &str) -> String {
        self.dress(text, colour(severity))
    }

    pub(super) fn rule(self) -> &'static str {
        if self.unicode { "─" } else { "-" }
    }
}

/// The colour of a severity.
pub(super) fn colour(severity: Severity) -> Ansi {
    match severity {
        Severity::Critical => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
        Severity::High => AnsiColor::Red.on_default(),
        Severity::Medium => AnsiColor::Yellow.on_default(),
        Severity::Low => AnsiColor::Cyan.on_default(),
        Severity::Info => Ansi::new(),
    }
}
