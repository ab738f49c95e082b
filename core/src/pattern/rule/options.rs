//! The `options` of a rule.

use super::super::Issue;
use crate::syntax::yaml::{Document, NodeId};

/// Options that change how patterns match; the defaults are Semgrep's.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) constant_propagation: bool,
    pub(crate) symbolic_propagation: bool,
    pub(crate) implicit_deep_exprstmt: bool,
    pub(crate) implicit_ellipsis: bool,
    pub(crate) go_deeper_expr: bool,
    pub(crate) go_deeper_stmt: bool,
    pub(crate) vardef_assign: bool,
    pub(crate) attr_expr: bool,
    pub(crate) ac_matching: bool,
    pub(crate) commutative_boolop: bool,
    pub(crate) symmetric_eq: bool,
    pub(crate) decorators_order_matters: bool,
    pub(crate) unify_ids_strictly: bool,
    pub(crate) generic_multiline: bool,
    pub(crate) generic_caseless: bool,
    pub(crate) generic_comment_style: Option<Box<str>>,
    pub(crate) generic_ellipsis_max_span: Option<u32>,
    pub(crate) generic_engine: Option<Box<str>>,
    pub(crate) taint_assume_safe_functions: bool,
    pub(crate) taint_assume_safe_indexes: bool,
    pub(crate) taint_assume_safe_comparisons: bool,
    pub(crate) taint_assume_safe_booleans: bool,
    pub(crate) taint_assume_safe_numbers: bool,
    pub(crate) taint_only_propagate_through_assignments: bool,
    pub(crate) taint_unify_mvars: bool,
    /// Whether a finding stands at the source rather than at the sink.
    pub(crate) taint_focus_on_source: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            constant_propagation: true,
            symbolic_propagation: false,
            implicit_deep_exprstmt: true,
            implicit_ellipsis: true,
            go_deeper_expr: true,
            go_deeper_stmt: true,
            vardef_assign: true,
            attr_expr: true,
            ac_matching: true,
            commutative_boolop: false,
            symmetric_eq: false,
            decorators_order_matters: false,
            unify_ids_strictly: true,
            generic_multiline: true,
            generic_caseless: false,
            generic_comment_style: None,
            generic_ellipsis_max_span: None,
            generic_engine: None,
            taint_assume_safe_functions: false,
            taint_assume_safe_indexes: false,
            taint_assume_safe_comparisons: false,
            taint_assume_safe_booleans: false,
            taint_assume_safe_numbers: false,
            taint_only_propagate_through_assignments: false,
            taint_unify_mvars: false,
            taint_focus_on_source: false,
        }
    }
}

/// Options that concern other languages or other editions and change nothing here.
const WITHOUT_EFFECT: &[&str] = &[
    "arrow_is_function",
    "let_is_var",
    "flddef_assign",
    "implicit_return",
    "interfile",
    "taint_intrafile",
    "taint_match_on",
    "xml_singleton_loose_matching",
    "xml_attrs_implicit_ellipsis",
    "xml_children_ordered",
    "cpp_parsing_pref",
];

/// Reads the `options` of a rule.
pub(super) fn read(document: &Document, rule: NodeId, issues: &mut Vec<Issue>) -> Options {
    let mut options = Options::default();
    let Some(node) = document.get(rule, "options") else { return options };
    for entry in document.entries(node) {
        let key = document.text(entry.key).unwrap_or_default();
        let place = document.range(entry.key).start;
        let text = document.text(entry.value).map(Box::from);
        if let Some(flag) = options.flag(key) {
            match document.boolean(entry.value) {
                Some(value) => *flag = value,
                None => issues.push(Issue { offset: place, message: format!("option `{key}` must be true or false") }),
            }
            continue;
        }
        match key {
            "generic_comment_style" => options.generic_comment_style = text,
            "taint_focus_on" => options.taint_focus_on_source = text.as_deref() == Some("source"),
            "generic_engine" => options.generic_engine = text,
            "generic_ellipsis_max_span" => {
                options.generic_ellipsis_max_span = text.and_then(|text: Box<str>| text.parse().ok());
            }
            _ if WITHOUT_EFFECT.contains(&key) => {}
            _ => issues.push(Issue { offset: place, message: format!("option `{key}` is not supported; remove it") }),
        }
    }
    options
}

impl Options {
    fn flag(&mut self, key: &str) -> Option<&mut bool> {
        Some(match key {
            "constant_propagation" => &mut self.constant_propagation,
            "symbolic_propagation" => &mut self.symbolic_propagation,
            "implicit_deep_exprstmt" => &mut self.implicit_deep_exprstmt,
            "implicit_ellipsis" => &mut self.implicit_ellipsis,
            "go_deeper_expr" => &mut self.go_deeper_expr,
            "go_deeper_stmt" => &mut self.go_deeper_stmt,
            "vardef_assign" => &mut self.vardef_assign,
            "attr_expr" => &mut self.attr_expr,
            "ac_matching" => &mut self.ac_matching,
            "commutative_boolop" => &mut self.commutative_boolop,
            "symmetric_eq" | "commutative_compop" => &mut self.symmetric_eq,
            "decorators_order_matters" => &mut self.decorators_order_matters,
            "unify_ids_strictly" => &mut self.unify_ids_strictly,
            "generic_multiline" => &mut self.generic_multiline,
            "generic_caseless" => &mut self.generic_caseless,
            "taint_assume_safe_functions" => &mut self.taint_assume_safe_functions,
            "taint_assume_safe_indexes" => &mut self.taint_assume_safe_indexes,
            "taint_assume_safe_comparisons" => &mut self.taint_assume_safe_comparisons,
            "taint_assume_safe_booleans" => &mut self.taint_assume_safe_booleans,
            "taint_assume_safe_numbers" => &mut self.taint_assume_safe_numbers,
            "taint_only_propagate_through_assignments" => &mut self.taint_only_propagate_through_assignments,
            "taint_unify_mvars" => &mut self.taint_unify_mvars,
            _ => return None,
        })
    }
}
