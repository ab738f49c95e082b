//! Conditions on metavariables.

use super::super::{Analyzer, Condition};
use super::Reader;
use crate::pattern::language::Language;
use crate::pattern::regex::Use;
use crate::syntax::tree::{PatternTree, Shape};
use crate::syntax::yaml::NodeId;

impl Reader<'_> {
    pub(super) fn condition(&mut self, key: &str, node: NodeId) -> Option<Condition> {
        match key {
            "metavariable-regex" => {
                let metavariable = self.required(node, "metavariable")?.into();
                let text = self.required(node, "regex")?;
                let place = self.document.get(node, "regex").unwrap_or(node);
                let regex = self.regex(place, &text, Use::AtStart)?;
                let constants = self.flag(node, "constant-propagation").unwrap_or(false);
                Some(Condition::Regex { metavariable, regex, constants })
            }
            "metavariable-pattern" => {
                let metavariable = self.required(node, "metavariable")?.into();
                let language = self.language(node)?;
                let formula = self.in_language(language, |reader| reader.root(node))?;
                Some(Condition::Pattern { metavariable, language, formula: Box::new(formula) })
            }
            "metavariable-comparison" => {
                let text = self.required(node, "comparison")?;
                let place = self.document.get(node, "comparison").unwrap_or(node);
                let strip = self.flag(node, "strip").unwrap_or(false);
                self.comparison(place, &text, strip)
            }
            "metavariable-type" => self.types(node),
            _ => self.analysis(node),
        }
    }

    /// The `language` of a nested formula; the outer `None` is an error.
    pub(super) fn language(&mut self, node: NodeId) -> Option<Option<Language>> {
        let Some(value) = self.document.get(node, "language") else { return Some(None) };
        let name = self.string(value, "language")?;
        let language = Language::named(&name);
        if language.is_none() {
            self.refuse(value, format!("language `{name}` is not supported"));
            return None;
        }
        Some(language)
    }

    pub(super) fn in_language<T>(
        &mut self,
        language: Option<Language>,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let outer = language.map(|language| std::mem::replace(&mut self.languages, vec![language]));
        let nested = std::mem::replace(&mut self.nested, true);
        let value = read(self);
        self.nested = nested;
        if let Some(outer) = outer {
            self.languages = outer;
        }
        value
    }

    pub(super) fn comparison(&mut self, place: NodeId, text: &str, strip: bool) -> Option<Condition> {
        let text = if strip { with_int(text) } else { text.to_owned() };
        let tree = self.pattern(place, Language::Python, &text)?;
        if tree.shape != Shape::Expression {
            self.refuse(place, "a comparison is an expression, for example `$X > 10`".to_owned());
            return None;
        }
        Some(Condition::Comparison(Box::new(tree)))
    }

    pub(super) fn types(&mut self, node: NodeId) -> Option<Condition> {
        let metavariable = self.required(node, "metavariable")?.into();
        let mut values: Vec<NodeId> = self.document.get(node, "type").into_iter().collect();
        if let Some(list) = self.document.get(node, "types") {
            values.extend(self.list(list, "types")?);
        }
        let language = self.language(node)?.or(self.languages.first().copied())?;
        let mut types: Vec<PatternTree> = Vec::new();
        for value in values {
            let text = self.string(value, "type")?;
            types.push(self.pattern(value, language, &text)?);
        }
        if types.is_empty() {
            self.refuse(node, "`type` is missing".to_owned());
        }
        Some(Condition::Type { metavariable, types })
    }

    pub(super) fn analysis(&mut self, node: NodeId) -> Option<Condition> {
        let metavariable = self.required(node, "metavariable")?.into();
        let name = self.required(node, "analyzer")?;
        let analyzer = match name.as_str() {
            "entropy" => Analyzer::Entropy,
            "redos" => Analyzer::Redos,
            _ => {
                self.refuse(node, format!("analyzer `{name}` is not supported; `entropy` and `redos` are"));
                return None;
            }
        };
        Some(Condition::Analysis { metavariable, analyzer })
    }
}

/// `$X` → `int($X)`, everywhere.
fn with_int(comparison: &str) -> String {
    let mut out = String::with_capacity(comparison.len() + 8);
    let mut rest = comparison;
    while let Some(at) = rest.find('$') {
        let name = rest[at + 1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        out.push_str(&rest[..at]);
        out.push_str("int(");
        out.push_str(&rest[at..=at + name]);
        out.push(')');
        rest = &rest[at + 1 + name..];
    }
    out.push_str(rest);
    out
}
