//! Bots that renew dependencies: Dependabot and Renovate.

use crate::extract::shell::FileUse;
use crate::facts::schema::ci::DependencyUpdater;
use crate::facts::{Certainty, FactSet};
use crate::source::{SourceFile, Span};
use crate::syntax::yaml::Value;

/// States the entries of `dependabot.yml`, one for each folder.
pub(super) fn dependabot(file: &SourceFile<'_>, facts: &mut FactSet) -> Vec<FileUse> {
    let root = file.yaml().values().next();
    for update in root.and_then(|root| root.get("updates")).into_iter().flat_map(Value::items) {
        let folders =
            update.get("directories").or_else(|| update.get("directory")).map(Value::texts).unwrap_or_default();
        for folder in folders {
            facts.push(DependencyUpdater {
                span: file.span(update.get("package-ecosystem").unwrap_or(update).range()),
                certainty: Certainty::Certain,
                tool: "dependabot",
                ecosystem: update.string_at("package-ecosystem"),
                directory: Some(folder.trim_matches('/').to_owned()),
                schedule: update.at(&["schedule", "interval"]).and_then(Value::text).map(str::to_owned),
                has_cooldown: update.get("cooldown").is_some(),
                runs_external_code: update.text_at("insecure-external-code-execution") == Some("allow"),
            });
        }
    }
    Vec::new()
}

/// States that Renovate is configured, where `file` is its configuration.
pub(super) fn renovate(file: &SourceFile<'_>, facts: &mut FactSet) -> Vec<FileUse> {
    let name = file.path.rsplit('/').next().unwrap_or(file.path);
    if matches!(name, "renovate.json" | "renovate.json5" | ".renovaterc" | ".renovaterc.json") {
        facts.push(DependencyUpdater {
            span: Span::file_start(file.id),
            certainty: Certainty::Certain,
            tool: "renovate",
            ecosystem: None,
            directory: None,
            schedule: None,
            has_cooldown: file.holds("minimumReleaseAge") || file.holds("stabilityDays"),
            runs_external_code: false,
        });
    }
    Vec::new()
}
