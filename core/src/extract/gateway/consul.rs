//! Consul's configuration, in JSON or HCL: the few settings that checks ask about, wherever they stand.

use crate::facts::schema::gateway::GatewaySetting;
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::SourceFile;

/// Settings that checks ask about.
const SETTINGS: &[&str] = &["enable_script_checks", "enable_local_script_checks", "client_addr", "default_policy"];

/// Whether a file is one of Consul's: by its path, and by a setting that only Consul has.
pub(super) fn is_consul(path: &str, text: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    lower.contains("consul")
        && (lower.ends_with(".json") || lower.ends_with(".hcl"))
        && SETTINGS.iter().chain(&["datacenter", "bootstrap_expect"]).any(|key| text.contains(key))
}

/// States the settings of the file.
pub(super) fn state(file: &SourceFile<'_>, config: RowId, facts: &mut FactSet) {
    for key in SETTINGS {
        for (at, _) in file.text.match_indices(key) {
            let before = file.text.get(..at).unwrap_or_default().chars().next_back();
            let rest = file.text.get(at + key.len()..).unwrap_or_default();
            let is_whole = !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '#' | '/'));
            let Some(value) = value_after(rest).filter(|_| is_whole) else { continue };
            let (span, key) = (file.span(at..at + key.len()), (*key).to_owned());
            facts.push(GatewaySetting { span, certainty: Certainty::Certain, config, key, value: value.to_owned() });
        }
    }
}

/// The value behind `":`, `:` or `=`, without quotes.
fn value_after(rest: &str) -> Option<&str> {
    let rest = rest.trim_start_matches('"').trim_start();
    let rest = rest.strip_prefix([':', '='])?.trim_start();
    let end = |quoted: &str| quoted.find(['"', '\n']);
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.get(..end(quoted)?),
        None => rest.get(..rest.find([',', '}', '\n', ' ', '\r']).unwrap_or(rest.len())),
    }
}
