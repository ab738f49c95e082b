//! Conditions on what metavariables hold.

use std::ops::Range;

use super::comparison::{self, Value};
use super::ranges::Found;
use super::{Scope, Search, Test, entropy, evaluate, redos};
use crate::pattern::analysis::{Code, Value as Known};
use crate::pattern::code_pattern::CodePattern;
use crate::pattern::language::Language;
use crate::pattern::matcher::{Binding, Bound, Matcher};
use crate::pattern::regex::Regex;
use crate::syntax::tree::{Kind, NodeId, Sym};

/// Deepest nesting of `metavariable-pattern`s that is followed.
const MAX_DEPTH: u32 = 8;

pub(super) struct Tester<'t> {
    pub(super) scope: &'t Scope<'t>,
    pub(super) incomplete: bool,
}

impl Tester<'_> {
    /// Whether a match meets a condition: if so, the bindings that the condition adds, in each way.
    pub(super) fn test(&mut self, test: &Test, found: &Found) -> Option<Vec<Vec<Binding>>> {
        let held = |name: &Sym| found.bindings.iter().find(|binding| binding.name == *name).map(|it| &it.bound);
        let pass = |passes: bool| passes.then(Vec::new);
        match test {
            Test::Regex { metavariable, regex, constants } => self.regex(held(metavariable)?, regex, *constants),
            Test::Pattern { metavariable, language, search } => {
                self.pattern(held(metavariable)?, *language, search, found)
            }
            Test::Comparison(comparison) => {
                let look_up = |name: Sym| held(&name).map(|bound| self.value(bound));
                pass(comparison.holds(&look_up))
            }
            Test::Type { metavariable, types } => {
                let node = held(metavariable)?.node()?;
                pass(types.iter().any(|kind| self.has_type(kind, node)))
            }
            Test::Entropy { metavariable } => pass(entropy::looks_random(&self.content(held(metavariable)?))),
            Test::Redos { metavariable } => pass(redos::is_vulnerable(&self.content(held(metavariable)?))),
        }
    }

    fn regex(&mut self, bound: &Bound, regex: &Regex, constants: bool) -> Option<Vec<Vec<Binding>>> {
        let known = if constants { self.known(bound) } else { None };
        let text = known.map_or_else(|| bound.text(self.scope.code), Into::into);
        match regex.find(&text) {
            Ok(Some(found)) => {
                let base = bound.bytes(self.scope.code);
                let bindings = found.groups.into_iter().map(|(name, range)| {
                    let text = text.get(range).unwrap_or_default().into();
                    Binding { name: Sym::new(&name), bound: Bound::Computed { text, bytes: base.clone() } }
                });
                Some(vec![bindings.collect()])
            }
            Ok(None) => None,
            Err(_) => {
                self.incomplete = true;
                None
            }
        }
    }

    /// The constant that a metavariable is known to hold, as a text.
    fn known(&self, bound: &Bound) -> Option<String> {
        match self.scope.code.value(bound.node()?)? {
            Known::Text(text) => Some(text.to_string()),
            Known::Int(int) => Some(int.to_string()),
            Known::Bool(bool) => Some(bool.to_string()),
            _ => None,
        }
    }

    /// A text without its quotes, for analysers of strings.
    fn content(&self, bound: &Bound) -> String {
        match bound.node() {
            Some(node) if self.scope.code.tree.node(node).kind == Kind::Str => {
                self.scope.code.tree.content(self.scope.code.text, node).to_owned()
            }
            _ => bound.text(self.scope.code).into_owned(),
        }
    }

    /// What a metavariable counts for in a comparison.
    fn value(&self, bound: &Bound) -> Value {
        let code = self.scope.code;
        let text = || bound.text(code).into_owned();
        match bound {
            Bound::Content(_) | Bound::Computed { .. } | Bound::Bytes(_) => Value::Text(text()),
            Bound::Node(node) => match code.value(*node) {
                Some(Known::Text(text)) => Value::Text(text.to_string()),
                Some(Known::Int(int)) => Value::Int(int),
                Some(Known::Bool(bool)) => Value::Bool(bool),
                _ => comparison::literal(code, *node).unwrap_or_else(|| Value::Code(text())),
            },
            _ => Value::Code(text()),
        }
    }

    fn has_type(&self, kind: &CodePattern, node: NodeId) -> bool {
        Matcher::new(kind, self.scope.code, self.scope.options).has_type(node)
    }

    fn pattern(
        &mut self,
        bound: &Bound,
        language: Option<Language>,
        search: &Search,
        found: &Found,
    ) -> Option<Vec<Vec<Binding>>> {
        if self.scope.depth >= MAX_DEPTH {
            self.incomplete = true;
            return None;
        }
        match language {
            Some(language) => self.pattern_in_text(bound, language, search, found),
            None => self.pattern_in_code(bound, search, found),
        }
    }

    fn pattern_in_code(&mut self, bound: &Bound, search: &Search, found: &Found) -> Option<Vec<Vec<Binding>>> {
        let code = self.scope.code;
        let subtree = |id: NodeId| id.0..id.0 + code.tree.node(id).size;
        let nodes: Range<u32> = match bound {
            Bound::Node(id) | Bound::Content(id) | Bound::Path { name: id, .. } => subtree(*id),
            Bound::Nodes { nodes, .. } => nodes.clone(),
            Bound::Computed { .. } | Bound::Bytes(_) => 0..0,
        };
        let scope = Scope {
            code,
            options: self.scope.options,
            nodes,
            bytes: bound.bytes(code),
            given: Some(&found.bindings),
            depth: self.scope.depth + 1,
            is_plain: self.scope.is_plain,
        };
        let evaluated = evaluate(search, &scope, None);
        self.incomplete |= evaluated.incomplete;
        if evaluated.found.is_empty() {
            return None;
        }
        Some(evaluated.found.into_iter().map(|each| only_new(each.bindings, found)).collect())
    }

    /// The content of a string, parsed as another language.
    fn pattern_in_text(
        &mut self,
        bound: &Bound,
        language: Language,
        search: &Search,
        found: &Found,
    ) -> Option<Vec<Vec<Binding>>> {
        let outer = self.scope.code;
        let text = match bound {
            Bound::Content(_) | Bound::Computed { .. } => bound.text(outer).into_owned(),
            Bound::Node(node) if matches!(outer.tree.node(*node).kind, Kind::Str) => {
                outer.tree.content(outer.text, *node).to_owned()
            }
            _ if language.is_text() => bound.text(outer).into_owned(),
            _ => return None,
        };
        let tree = language.text_tree(&text)?;
        let code = Code::new(language, &text, &tree);
        let bytes = bound.bytes(outer);
        let given = found.bindings.iter().map(|binding| Binding {
            name: binding.name,
            bound: Bound::Computed { text: binding.bound.text(outer).into(), bytes: 0..0 },
        });
        let given = given.collect();
        let scope = Scope {
            code: &code,
            options: self.scope.options,
            nodes: 0..tree.nodes.len() as u32,
            bytes: 0..text.len() as u32,
            given: Some(&given),
            depth: self.scope.depth + 1,
            is_plain: self.scope.is_plain,
        };
        let evaluated = evaluate(search, &scope, None);
        self.incomplete |= evaluated.incomplete;
        if evaluated.found.is_empty() {
            return None;
        }
        let outward = |binding: Binding| {
            let inner = binding.bound.bytes(&code);
            let place = bytes.start + inner.start..(bytes.start + inner.end).min(bytes.end);
            Binding {
                name: binding.name,
                bound: Bound::Computed { text: binding.bound.text(&code).into(), bytes: place },
            }
        };
        let all =
            evaluated.found.into_iter().map(|each| only_new(each.bindings, found).into_iter().map(outward).collect());
        Some(all.collect())
    }
}

fn only_new(bindings: Vec<Binding>, found: &Found) -> Vec<Binding> {
    bindings.into_iter().filter(|binding| !found.bindings.iter().any(|own| own.name == binding.name)).collect()
}
