//! The classic spelling: `pattern`, `patterns`, `pattern-either` and the rest.

use super::super::{Formula, FormulaKind};
use super::Reader;
use crate::syntax::yaml::NodeId;

/// The operators that a formula may begin with.
const ROOTS: [&str; 4] = ["pattern", "patterns", "pattern-either", "pattern-regex"];
/// Conditions: only within `patterns`.
const CONDITIONS: [&str; 5] = [
    "metavariable-regex",
    "metavariable-pattern",
    "metavariable-comparison",
    "metavariable-type",
    "metavariable-analysis",
];

impl Reader<'_> {
    /// The formula of a mapping that holds one of the roots among other keys.
    pub(super) fn root(&mut self, node: NodeId) -> Option<Formula> {
        let mut found = ROOTS.iter().filter_map(|key| Some((*key, self.document.get(node, key)?)));
        let (first, second) = (found.next(), found.next());
        drop(found);
        match (first, second) {
            (Some((key, value)), None) => self.operator(key, value, value),
            (Some(_), Some((_, value))) => {
                self.refuse(value, format!("only one of {ROOTS:?} may stand here; put both under `patterns`"));
                None
            }
            (None, _) => {
                self.refuse(node, format!("the rule has none of {ROOTS:?}"));
                None
            }
        }
    }

    fn operator(&mut self, key: &str, value: NodeId, at: NodeId) -> Option<Formula> {
        let kind = match key {
            "pattern" => self.leaf(value)?,
            "pattern-regex" => {
                let text = self.string(value, key)?;
                self.regex_leaf(value, &text)?
            }
            "pattern-not-regex" => {
                let text = self.string(value, key)?;
                let kind = self.regex_leaf(value, &text)?;
                FormulaKind::Not(Box::new(Formula::of(kind)))
            }
            "pattern-not" => FormulaKind::Not(Box::new(self.text_or_formula(value)?)),
            "pattern-inside" => FormulaKind::Inside(Box::new(self.text_or_formula(value)?)),
            "pattern-not-inside" => {
                let inside = FormulaKind::Inside(Box::new(self.text_or_formula(value)?));
                FormulaKind::Not(Box::new(Formula::of(inside)))
            }
            "pattern-either" => {
                let items = self.list(value, key)?;
                FormulaKind::Or(items.into_iter().filter_map(|item| self.entry(item)).collect())
            }
            "patterns" => return self.conjunction(value),
            _ if CONDITIONS.contains(&key) || key == "focus-metavariable" => {
                self.refuse(at, format!("`{key}` may stand only directly under `patterns`"));
                return None;
            }
            _ => {
                self.refuse(at, format!("operator `{key}` is not supported"));
                return None;
            }
        };
        Some(Formula::of(kind))
    }

    fn text_or_formula(&mut self, value: NodeId) -> Option<Formula> {
        if self.document.is_mapping(value) { self.entry(value) } else { self.leaf(value).map(Formula::of) }
    }

    pub(super) fn list(&mut self, value: NodeId, key: &str) -> Option<Vec<NodeId>> {
        if !self.document.is_sequence(value) {
            self.refuse(value, format!("`{key}` must be a list"));
            return None;
        }
        Some(self.document.items(value).to_vec())
    }

    /// A mapping with one operator.
    fn entry(&mut self, node: NodeId) -> Option<Formula> {
        let entries = self.document.entries(node);
        let [entry] = entries[..] else {
            let hint = if entries.is_empty() { "write `pattern: …`" } else { "begin each with a hyphen" };
            self.refuse(node, format!("one operator must stand here; {hint}"));
            return None;
        };
        let key = self.document.text(entry.key).unwrap_or_default().to_owned();
        self.operator(&key, entry.value, entry.key)
    }

    fn conjunction(&mut self, value: NodeId) -> Option<Formula> {
        let items = self.list(value, "patterns")?;
        let mut formula = Formula::of(FormulaKind::And(Vec::new()));
        let mut members = Vec::new();
        for item in items {
            let entries = self.document.entries(item);
            let key = entries.first().and_then(|entry| self.document.text(entry.key)).unwrap_or_default().to_owned();
            if key == "focus-metavariable" {
                let names = self.names(entries[0].value);
                formula.focus.push(names);
            } else if CONDITIONS.contains(&key.as_str()) {
                formula.conditions.extend(self.condition(&key, entries[0].value));
            } else {
                members.extend(self.entry(item));
            }
        }
        if !self.nested && !members.iter().any(|member| !member.is_negative()) && self.issues.is_empty() {
            self.refuse(value, "`patterns` needs at least one pattern that is not negative".to_owned());
        }
        formula.kind = FormulaKind::And(members);
        Some(formula)
    }

    /// One name, or a list of names.
    pub(super) fn names(&mut self, value: NodeId) -> Vec<Box<str>> {
        let items = if self.document.is_sequence(value) { self.document.items(value).to_vec() } else { vec![value] };
        items.into_iter().filter_map(|item| self.string(item, "focus-metavariable")).map(Into::into).collect()
    }
}
