//! The parts of a taint rule.

use super::super::{SideEffect, Taint, TaintPart};
use super::Reader;
use crate::pattern::language::Language;
use crate::syntax::yaml::NodeId;

/// Keys of a part besides its formula.
const KEYS: [&str; 12] = [
    "by-side-effect",
    "exact",
    "control",
    "at-exit",
    "not_conflicting",
    "not-conflicting",
    "label",
    "requires",
    "replace-labels",
    "from",
    "to",
    "focus",
];

impl Reader<'_> {
    pub(super) fn taint(&mut self, node: NodeId) -> Option<Taint> {
        let modern = self.document.get(node, "taint");
        let at = modern.unwrap_or(node);
        let key = |name: &'static str, old: &'static str| if modern.is_some() { name } else { old };
        let sources = self.parts(at, key("sources", "pattern-sources"), modern.is_some());
        let sinks = self.parts(at, key("sinks", "pattern-sinks"), modern.is_some());
        let sanitizers = self.parts(at, key("sanitizers", "pattern-sanitizers"), modern.is_some());
        let propagators = self.parts(at, key("propagators", "pattern-propagators"), modern.is_some());
        for (what, parts) in [("sources", &sources), ("sinks", &sinks)] {
            if parts.is_empty() && self.issues.is_empty() {
                self.refuse(node, format!("a taint rule needs {what}"));
            }
        }
        Some(Taint { sources, sinks, sanitizers, propagators })
    }

    fn parts(&mut self, node: NodeId, key: &str, modern: bool) -> Vec<TaintPart> {
        let Some(value) = self.document.get(node, key) else { return Vec::new() };
        let items = self.list(value, key).unwrap_or_default();
        items.into_iter().filter_map(|item| self.part(item, modern)).collect()
    }

    fn part(&mut self, node: NodeId, modern: bool) -> Option<TaintPart> {
        let formula = match (modern, self.document.is_mapping(node)) {
            (true, true) => self.modern_in(node, &KEYS)?,
            (true, false) => self.modern(node)?,
            (false, _) => self.root(node)?,
        };
        let not_conflicting = self.flag(node, "not_conflicting").or_else(|| self.flag(node, "not-conflicting"));
        Some(TaintPart {
            formula,
            side_effect: self.side_effect(node),
            exact: self.flag(node, "exact"),
            control: self.flag(node, "control").unwrap_or(false),
            at_exit: self.flag(node, "at-exit").unwrap_or(false),
            not_conflicting: not_conflicting.unwrap_or(false),
            label: self.optional(node, "label"),
            requires: self.requires(node),
            replace_labels: self.document.get(node, "replace-labels").map(|it| self.names(it)).unwrap_or_default(),
            from: self.optional(node, "from"),
            to: self.optional(node, "to"),
        })
    }

    fn optional(&mut self, node: NodeId, key: &str) -> Option<Box<str>> {
        let value = self.document.get(node, key)?;
        self.string(value, key).map(Into::into)
    }

    fn requires(&mut self, node: NodeId) -> Option<Box<crate::syntax::tree::PatternTree>> {
        let value = self.document.get(node, "requires")?;
        let text = self.string(value, "requires")?;
        self.pattern(value, Language::Python, &text).map(Box::new)
    }

    fn side_effect(&mut self, node: NodeId) -> SideEffect {
        let Some(value) = self.document.get(node, "by-side-effect") else { return SideEffect::Default };
        match (self.document.boolean(value), self.document.text(value)) {
            (Some(true), _) => SideEffect::Yes,
            (Some(false), _) => SideEffect::No,
            (None, Some("only")) => SideEffect::Only,
            _ => {
                self.refuse(value, "`by-side-effect` must be true, false or only".to_owned());
                SideEffect::Default
            }
        }
    }
}
