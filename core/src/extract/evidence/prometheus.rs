//! What Prometheus says about its targets.

use crate::facts::schema::evidence::EvidenceTarget;
use crate::facts::{Certainty, FactSet};
use crate::source::SourceFile;
use crate::syntax::yaml::Value;

/// `/api/v1/targets`: an object with `data.activeTargets`.
pub(super) fn targets(object: Value<'_>, (file, offset): (&SourceFile<'_>, usize), facts: &mut FactSet) -> bool {
    let Some(targets) = object.at(&["data", "activeTargets"]).or_else(|| object.get("activeTargets")) else {
        return false;
    };
    for target in targets.items() {
        let label = |key: &str| target.at(&["labels", key]).and_then(Value::text).unwrap_or_default().to_owned();
        let range = target.get("scrapeUrl").unwrap_or(target).range();
        facts.push(EvidenceTarget {
            span: file.span(range.start + offset..range.end + offset),
            certainty: Certainty::Certain,
            job: label("job"),
            instance: label("instance"),
            scrape_url: target.string_at("scrapeUrl"),
            health: target.string_at("health").unwrap_or_else(|| "unknown".into()),
            last_error: target.string_at("lastError").filter(|text| !text.is_empty()),
        });
    }
    true
}
