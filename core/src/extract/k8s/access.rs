//! Roles and who has them.

use super::Pen;
use crate::facts::schema::k8s::{K8sAccessRule, K8sBinding, K8sServiceAccount};
use crate::facts::{Certainty, RowId};
use crate::source::Span;
use crate::syntax::yaml::Value;

pub(super) fn role(root: Value<'_>, object: RowId, pen: &mut Pen<'_, '_>) {
    for rule in root.get("rules").into_iter().flat_map(Value::items) {
        let list = |key: &str| rule.get(key).map(Value::texts).unwrap_or_default();
        let groups: Vec<&str> =
            list("apiGroups").into_iter().map(|group| if group.is_empty() { "core" } else { group }).collect();
        let span = pen.span(rule.get("verbs").unwrap_or(rule));
        pen.facts.push(K8sAccessRule {
            span,
            certainty: Certainty::Certain,
            object,
            groups: groups.join(" "),
            resources: list("resources").join(" "),
            verbs: list("verbs").join(" "),
            names: list("resourceNames").join(" "),
        });
    }
}

pub(super) fn binding(root: Value<'_>, object: RowId, pen: &mut Pen<'_, '_>) {
    let role = root.get("roleRef");
    let text = |value: Option<Value<'_>>, key: &str| value.and_then(|value| value.string_at(key)).unwrap_or_default();
    for subject in root.get("subjects").into_iter().flat_map(Value::items) {
        let span = pen.span(subject);
        pen.facts.push(K8sBinding {
            span,
            certainty: Certainty::Certain,
            object,
            role_kind: text(role, "kind"),
            role: text(role, "name"),
            subject_kind: text(Some(subject), "kind"),
            subject: text(Some(subject), "name"),
        });
    }
}

pub(super) fn account(root: Value<'_>, (object, span): (RowId, Span), pen: &mut Pen<'_, '_>) {
    pen.facts.push(K8sServiceAccount {
        span,
        certainty: Certainty::Certain,
        object,
        name: root.at(&["metadata", "name"]).and_then(Value::text).unwrap_or_default().to_owned(),
        automounts_token: root.flag_at("automountServiceAccountToken"),
    });
}
