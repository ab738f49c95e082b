//! One finding as a code frame.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::style::Style;
use super::wrap::wrap;
use crate::report::render::Appearance;
use crate::report::render::visible::{on_one_line, visible};
use crate::report::{Finding, Related, Role, Severity};

/// Related places shown; the rest is counted.
const MOST_RELATED: usize = 6;
/// A span over more lines than this is marked on its first line only.
const MOST_MARKED: u32 = 5;

pub(super) fn renderer(appearance: Appearance) -> Renderer {
    let decor = if appearance.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    let severity = super::style::colour;
    if !appearance.colour {
        return Renderer::plain().decor_style(decor).term_width(appearance.width);
    }
    Renderer::styled()
        .decor_style(decor)
        .term_width(appearance.width)
        .error(severity(Severity::High).bold())
        .warning(severity(Severity::Medium).bold())
        .info(severity(Severity::Low).bold())
        .note(severity(Severity::Info).bold())
}

pub(super) fn write(text: &mut String, renderer: &Renderer, finding: &Finding, appearance: Appearance) {
    write_title(text, finding, appearance);
    let mut group = Group::with_level(level(finding.severity)).element(place(finding));
    for related in finding.related.iter().take(MOST_RELATED) {
        group = group.element(further(related, appearance));
    }
    if finding.related.len() > MOST_RELATED {
        let more = format!("and {} more related places", finding.related.len() - MOST_RELATED);
        group = group.element(Level::NOTE.no_name().message(more));
    }
    if !finding.remediation.is_empty() {
        let remediation = wrap(&visible(&finding.remediation), appearance.width.saturating_sub(14));
        group = group.element(Level::HELP.message(remediation));
    }
    text.push_str(&renderer.render(&[group]));
    text.push('\n');
}

/// Severity, rule and message on one line where they fit, else the message below.
fn write_title(text: &mut String, finding: &Finding, appearance: Appearance) {
    let style = Style::of(appearance);
    let head = format!("{}[{}]", finding.severity.name(), on_one_line(&finding.rule_id));
    let message = wrap(&visible(&finding.message), appearance.width.saturating_sub(2));
    text.push_str(&style.severity(finding.severity, &head));
    if head.chars().count() + 2 + message.chars().count() <= appearance.width && !message.contains('\n') {
        text.push_str(": ");
        text.push_str(&style.label(&message));
    } else {
        for line in message.lines() {
            text.push_str("\n  ");
            text.push_str(&style.label(line));
        }
    }
    text.push('\n');
}

fn level(severity: Severity) -> Level<'static> {
    let level = match severity {
        Severity::Critical | Severity::High => Level::ERROR,
        Severity::Medium => Level::WARNING,
        Severity::Low => Level::INFO,
        Severity::Info => Level::NOTE,
    };
    level.with_name(severity.name())
}

/// The snippet with the place marked, or the place alone where there is nothing to show.
fn place(finding: &Finding) -> Element<'static> {
    let location = &finding.location;
    let source = visible(&finding.snippet).into_owned();
    if source.trim().is_empty() {
        return Origin::path(visible(&location.path).into_owned())
            .line(location.start.line as usize)
            .char_column(location.start.column as usize)
            .into();
    }
    let mark = AnnotationKind::Primary.span(marked(finding, &source));
    let snippet = Snippet::source(source).line_start(location.start.line as usize);
    snippet.path(visible(&location.path).into_owned()).fold(false).annotation(mark).into()
}

/// Bytes of the snippet that the finding is about.
fn marked(finding: &Finding, source: &str) -> Range<usize> {
    let (start, end) = (finding.location.start, finding.location.end);
    let first = source.lines().next().unwrap_or_default();
    let from = column(first, start.column);
    let lines = end.line.saturating_sub(start.line);
    let to = match source.lines().nth(lines as usize) {
        Some(last) if lines == 0 => column(last, end.column),
        Some(last) if lines < MOST_MARKED => {
            let before: usize = source.split_inclusive('\n').take(lines as usize).map(str::len).sum();
            before + column(last, end.column)
        }
        _ => first.trim_end().len(),
    };
    // A mark of no width is hard to see.
    let to = if to <= from { source[from..].chars().next().map_or(from, |c| from + c.len_utf8()) } else { to };
    from..to
}

/// Byte at which `column` (from 1, in characters) of a line begins; the end of the line where it is shorter.
fn column(line: &str, column: u32) -> usize {
    line.char_indices().nth(column.saturating_sub(1) as usize).map_or(line.len(), |(at, _)| at)
}

fn further(related: &Related, appearance: Appearance) -> Element<'static> {
    let word = match related.role {
        Role::Related => "see",
        Role::Source => "source",
        Role::Step => "step",
        Role::Sink => "sink",
    };
    let place = &related.location;
    let at = format!("{}:{}:{}", visible(&place.path), place.start.line, place.start.column);
    let told = wrap(&format!("{at}: {}", visible(&related.message)), appearance.width.saturating_sub(14));
    Level::NOTE.with_name(word).message(told).into()
}
