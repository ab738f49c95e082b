//! The texts of alerts: which labels their templates use, which numbers they state.

use std::sync::OnceLock;

use regex::Regex;

/// Longest text that is looked at.
const MAX_TEXT: usize = 8_192;

/// Labels that the templates in `text` use.
pub(super) fn labels(text: &str) -> Vec<String> {
    static LABEL: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = r#"(?:\$labels|\.Labels)\.([A-Za-z_][A-Za-z0-9_]*)|index\s+\$labels\s+"([^"]+)""#;
    let Some(regex) = LABEL.get_or_init(|| Regex::new(pattern).ok()) else { return Vec::new() };
    let found = regex.captures_iter(bounded(text)).filter_map(|captures| captures.get(1).or_else(|| captures.get(2)));
    let mut labels: Vec<String> = found.map(|label| label.as_str().to_owned()).collect();
    labels.sort_unstable();
    labels.dedup();
    labels
}

/// A number with a unit in a text.
#[derive(Debug, PartialEq)]
pub(super) struct Stated {
    /// `seconds`, `percent`, `per_hour`, `per_minute` or `per_second`.
    pub(super) unit: &'static str,
    /// The number, durations in seconds.
    pub(super) value: f64,
    /// The words as written.
    pub(super) words: String,
}

/// Numbers with a unit outside of templates.
pub(super) fn numbers(text: &str) -> Vec<Stated> {
    static NUMBER: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = concat!(
        r"(?i)(?P<n>\d+(?:\.\d+)?)\s*(?:",
        r"(?P<percent>%|percent\b)|",
        r"(?P<rate>(?:(?P<bytes>[kmgt])i?b(?:ytes)?\s*)?(?:[a-z]+\s+){0,3}(?:per\s+|an?\s+|/\s*)(?P<per>hour|minute|second|h|min|sec|s)\b)|",
        r"(?P<unit>milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)\b)"
    );
    let Some(regex) = NUMBER.get_or_init(|| Regex::new(pattern).ok()) else { return Vec::new() };
    let text = without_templates(bounded(text));
    regex
        .captures_iter(&text)
        .filter_map(|captures| {
            let value: f64 = captures.name("n")?.as_str().parse().ok()?;
            let (unit, value) = match (captures.name("per"), captures.name("unit")) {
                (Some(per), _) => {
                    (per_unit(per.as_str()), value * captures.name("bytes").map_or(1.0, |b| byte_factor(b.as_str())))
                }
                (_, Some(unit)) => ("seconds", value * unit_seconds(unit.as_str())),
                _ => ("percent", value),
            };
            Some(Stated { unit, value, words: captures.get(0)?.as_str().trim().to_owned() })
        })
        .collect()
}

fn byte_factor(prefix: &str) -> f64 {
    let power = "kmgt".find(&prefix.to_ascii_lowercase()).map_or(0, |at| at as i32 + 1);
    1_000_f64.powi(power)
}

fn per_unit(per: &str) -> &'static str {
    match per.to_ascii_lowercase().as_str() {
        "hour" | "h" => "per_hour",
        "minute" | "min" => "per_minute",
        _ => "per_second",
    }
}

fn unit_seconds(unit: &str) -> f64 {
    match unit.to_ascii_lowercase().as_str() {
        unit if unit.starts_with("ms") || unit.starts_with("milli") => 0.001,
        unit if unit.starts_with('m') => 60.0,
        unit if unit.starts_with('h') => 3_600.0,
        unit if unit.starts_with('d') => 86_400.0,
        _ => 1.0,
    }
}

fn bounded(text: &str) -> &str {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// `text` with every `{{ … }}` replaced by a word that is no number.
fn without_templates(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        plain.push_str(before);
        plain.push('~');
        rest = after.split_once("}}").map_or("", |(_, after)| after);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_templates() {
        let text = r#"{{ $labels.job }} of {{ .Labels.pod }} and {{ index $labels "a" }} {{ $value }}"#;
        assert_eq!(labels(text), ["a", "job", "pod"]);
    }

    #[test]
    fn numbers_with_units() {
        let read = |text| numbers(text).into_iter().map(|n| (n.unit, n.value)).collect::<Vec<_>>();
        assert_eq!(read("above 90% for 5 minutes"), [("percent", 90.0), ("seconds", 300.0)]);
        assert_eq!(read("more than 10 errors per hour"), [("per_hour", 10.0)]);
        assert_eq!(read("growing by more than 1GB/hour"), [("per_hour", 1e9)]);
        assert_eq!(read("over 20 MiB per second"), [("per_second", 2e7)]);
        assert_eq!(read("slower than 500ms"), [("seconds", 0.5)]);
        assert_eq!(read("at {{ $value }}% now, HTTP 500 errors, v2"), []);
    }
}
