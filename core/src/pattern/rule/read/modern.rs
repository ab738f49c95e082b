//! The spelling of `match:`: `all`, `any`, `not`, `inside`, `regex`, `where`.

use super::super::{Condition, Formula, FormulaKind};
use super::Reader;
use crate::pattern::regex::Use;
use crate::syntax::yaml::NodeId;

impl Reader<'_> {
    /// A formula: a pattern as a text, or a mapping with one operator and perhaps `where`, `as`.
    pub(super) fn modern(&mut self, node: NodeId) -> Option<Formula> {
        if !self.document.is_mapping(node) {
            return self.leaf(node).map(Formula::of);
        }
        self.modern_in(node, &[])
    }

    /// As [`Self::modern`], where the mapping holds keys of its own besides.
    pub(super) fn modern_in(&mut self, node: NodeId, others: &[&str]) -> Option<Formula> {
        let mut operator = None;
        for entry in self.document.entries(node) {
            let key = self.document.text(entry.key).unwrap_or_default().to_owned();
            if matches!(key.as_str(), "where" | "as" | "fix") || others.contains(&key.as_str()) {
                continue;
            }
            if operator.replace((key, entry)).is_some() {
                self.refuse(entry.key, "only one operator may stand here; put both under `all`".to_owned());
                return None;
            }
        }
        let Some((key, entry)) = operator else {
            self.refuse(node, "one of `pattern`, `all`, `any`, `regex`, `not`, `inside` must stand here".to_owned());
            return None;
        };
        let mut formula = self.modern_operator(&key, entry.value, entry.key)?;
        if let Some(value) = self.document.get(node, "where") {
            for item in self.list(value, "where")? {
                self.constraint(item, &mut formula);
            }
        }
        if let Some(fix) = self.document.get(node, "fix") {
            self.refuse(fix, "`fix` within `match` is not supported; put it beside `match`".to_owned());
        }
        if let Some(name) = self.document.get(node, "as") {
            formula.name = self.string(name, "as").map(Into::into);
        }
        Some(formula)
    }

    fn modern_operator(&mut self, key: &str, value: NodeId, at: NodeId) -> Option<Formula> {
        let kind = match key {
            "pattern" => self.leaf(value)?,
            "regex" => {
                let text = self.string(value, key)?;
                self.regex_leaf(value, &text)?
            }
            "not" => FormulaKind::Not(Box::new(self.modern(value)?)),
            "inside" => FormulaKind::Inside(Box::new(self.modern(value)?)),
            "anywhere" => FormulaKind::Anywhere(Box::new(self.modern(value)?)),
            "any" => {
                let items = self.list(value, key)?;
                FormulaKind::Or(items.into_iter().filter_map(|item| self.modern(item)).collect())
            }
            "all" => {
                let items = self.list(value, key)?;
                let members: Vec<_> = items.into_iter().filter_map(|item| self.modern(item)).collect();
                if !self.nested && members.iter().all(Formula::is_negative) && self.issues.is_empty() {
                    self.refuse(value, "`all` needs at least one member that is not negative".to_owned());
                }
                FormulaKind::And(members)
            }
            _ => {
                self.refuse(at, format!("operator `{key}` is not supported"));
                return None;
            }
        };
        Some(Formula::of(kind))
    }

    fn constraint(&mut self, node: NodeId, formula: &mut Formula) {
        let has = |key: &str| self.document.get(node, key).is_some();
        let condition = if has("comparison") {
            let place = self.document.get(node, "comparison").unwrap_or(node);
            let strip = self.flag(node, "strip").unwrap_or(false);
            self.required(node, "comparison").and_then(|text| self.comparison(place, &text, strip))
        } else if let Some(value) = self.document.get(node, "focus") {
            let names = self.names(value);
            formula.focus.push(names);
            None
        } else if has("analyzer") {
            self.analysis(node)
        } else if has("type") || has("types") {
            self.types(node)
        } else {
            self.nested_constraint(node)
        };
        formula.conditions.extend(condition);
    }

    fn nested_constraint(&mut self, node: NodeId) -> Option<Condition> {
        let metavariable = self.required(node, "metavariable")?.into();
        if let Some(value) = self.document.get(node, "regex") {
            let text = self.string(value, "regex")?;
            let regex = self.regex(value, &text, Use::AtStart)?;
            return Some(Condition::Regex { metavariable, regex, constants: true });
        }
        let language = self.language(node)?;
        let formula = self.in_language(language, |reader| reader.modern_in(node, &["metavariable", "language"]))?;
        Some(Condition::Pattern { metavariable, language, formula: Box::new(formula) })
    }
}
