//! What a rule says about itself, under `metadata`.

use serde::de::{IntoDeserializer, value::Error as Unread};
use serde::{Deserialize, Serialize};

use crate::report::{Area, Confidence, Severity};

/// How long the mend takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Effort {
    Minutes,
    Hours,
    Days,
    Weeks,
}

/// How much the mend brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Impact {
    Low,
    Medium,
    High,
}

/// When a rule is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Always.
    #[default]
    Core,
    /// For systems that must withstand attack: stricter than most want.
    Hardened,
    /// Opinion and low precision: on request only.
    Thorough,
}

/// Reads a word of an enumeration as serde spells it.
pub(super) fn word<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    T::deserialize(IntoDeserializer::<Unread>::into_deserializer(text)).ok()
}

/// Semgrep's severities in both spellings: `ERROR`, `WARNING`, `INFO` count as high, medium and low.
pub(super) fn severity(text: &str) -> Option<Severity> {
    Some(match text {
        "ERROR" | "HIGH" => Severity::High,
        "WARNING" | "MEDIUM" => Severity::Medium,
        "INFO" | "LOW" | "INVENTORY" | "EXPERIMENT" => Severity::Low,
        "CRITICAL" => Severity::Critical,
        _ => return word(text),
    })
}

/// Semgrep's confidences are upper case.
pub(super) fn confidence(text: &str) -> Option<Confidence> {
    word(&text.to_lowercase())
}

/// Semgrep's `category` where there is no `area`.
pub(super) fn area(text: &str) -> Option<Area> {
    Some(match text {
        "security" => Area::Security,
        "performance" => Area::Performance,
        "correctness" => Area::Reliability,
        "best-practice" | "maintainability" | "portability" | "compatibility" | "caching" => Area::Manageability,
        _ => return word(text),
    })
}
