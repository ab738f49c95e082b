//! The matches of single patterns: which nodes a pattern can match at, and the matches of one pattern in a scope.

use super::{Hit, Leaf, LeafMatcher, Scope};
use crate::pattern::code_pattern::CodePattern;
use crate::pattern::generic::{self, GenericPattern, Settings};
use crate::pattern::language::Language;
use crate::pattern::matcher::{Binding, Bound, Matcher};
use crate::pattern::regex::Regex;
use crate::syntax::tree::{Kind, NodeId, Role, Shape, Sym};

/// Most ways in which one pattern matches at one node that are kept; a file with more counts as not searched whole.
const MAX_WAYS: usize = 20_000;

/// Every match of a leaf in a scope; the flag tells that a bound was met.
pub(super) fn gather(leaf: &Leaf, scope: &Scope<'_>) -> (Vec<Hit>, bool) {
    match &leaf.matcher {
        LeafMatcher::Regex(regex) => regex_hits(regex, scope),
        LeafMatcher::Generic(pattern) => generic_hits(pattern, scope),
        LeafMatcher::Code(pattern) => {
            let nodes = scope.nodes.clone().map(NodeId).filter(|&node| is_open(pattern, node, scope));
            gather_at(pattern, leaf.inside, nodes, scope)
        }
    }
}

/// Whether a pattern can match at a node of a scope, by its kind.
pub(super) fn is_open(pattern: &CodePattern, node: NodeId, scope: &Scope<'_>) -> bool {
    let at = scope.code.tree.node(node);
    is_lone_word(node, scope) || is_candidate(pattern, at.kind, at.role)
}

/// Whether a node is all of a scope, and a word that is no expression.
fn is_lone_word(node: NodeId, scope: &Scope<'_>) -> bool {
    scope.given.is_some() && node.0 == scope.nodes.start && scope.code.tree.node(node).kind == Kind::Ident
}

/// Every match of a pattern at some nodes of kinds at which it can match; the flag tells that a bound was met.
pub(super) fn gather_at(
    pattern: &CodePattern,
    inside: bool,
    nodes: impl Iterator<Item = NodeId>,
    scope: &Scope<'_>,
) -> (Vec<Hit>, bool) {
    let mut hits = Vec::new();
    // One for all nodes: most bind something before they fail, and each would need room of its own for that.
    let mut matcher = Matcher::new(pattern, scope.code, scope.options).inside(inside).plain(scope.is_plain);
    if let Some(given) = scope.given {
        matcher = matcher.given(given);
    }
    let mut is_cut = false;
    for node in nodes {
        is_cut |= try_at(&mut matcher, node, scope, &mut hits);
    }
    let is_cut = is_cut || matcher.is_exhausted();
    drop(matcher);
    (hits, is_cut)
}

/// The matches of a regular expression in the text of a scope, groups bound by number and name.
pub(super) fn regex_hits(regex: &Regex, scope: &Scope<'_>) -> (Vec<Hit>, bool) {
    let base = scope.bytes.start;
    let text = scope.code.text.get(base as usize..scope.bytes.end as usize).unwrap_or_default();
    let Ok(found) = regex.find_all(text) else { return (Vec::new(), true) };
    let hits = found.into_iter().map(|found| {
        let place = |range: &std::ops::Range<usize>| base + range.start as u32..base + range.end as u32;
        let bindings = found
            .groups
            .iter()
            .map(|(name, range)| Binding { name: Sym::new(name), bound: Bound::Bytes(place(range)) });
        Hit { range: place(&found.range), bindings: bindings.collect() }
    });
    (hits.collect(), false)
}

/// The matches of words in the text of a scope.
fn generic_hits(pattern: &GenericPattern, scope: &Scope<'_>) -> (Vec<Hit>, bool) {
    let settings = Settings {
        max_span: scope.options.generic_ellipsis_max_span.unwrap_or(generic::MAX_SPAN),
        is_caseless: scope.options.generic_caseless,
    };
    let comments = scope.options.generic_comment_style.as_deref();
    let Some(found) = scope.code.search_words(pattern, comments, settings) else { return (Vec::new(), true) };
    let place = |range: &std::ops::Range<usize>| range.start as u32..range.end as u32;
    let hits = found.into_iter().map(|found| {
        let bindings = found
            .captures
            .iter()
            .map(|(name, range)| Binding { name: Sym::new(name), bound: Bound::Bytes(place(range)) });
        Hit { range: place(&found.range), bindings: bindings.collect() }
    });
    (hits.collect(), false)
}

/// Whether a pattern can match at a node of this kind, before anything is compared.
pub(in super::super) fn is_candidate(pattern: &CodePattern, kind: Kind, role: Role) -> bool {
    let tree = pattern.tree();
    let root = tree.node(pattern.pattern.root);
    match pattern.pattern.shape {
        // An entry of JSON holds what its value holds; one of Python is a tuple.
        Shape::Expression if kind == Kind::Pair => match pattern.language {
            Language::Json => root.kind == Kind::Deep,
            Language::Python => root.kind == Kind::Tuple,
            _ => false,
        },
        Shape::Expression => expression_candidate(root.kind, kind),
        Shape::Statement => kind.is_statement() || (kind == Kind::Lambda && root.kind == Kind::Return),
        Shape::Statements => kind.is_statement() && role != Role::Else,
        Shape::Decorator => matches!(kind, Kind::Decorator | Kind::Word),
        Shape::Entry => kind == Kind::Pair,
    }
}

fn expression_candidate(pattern: Kind, kind: Kind) -> bool {
    if kind.is_statement() {
        return pattern == Kind::Assign && kind == Kind::VarDef;
    }
    if !is_expression(kind) {
        return false;
    }
    match pattern {
        Kind::Metavar | Kind::Ellipsis | Kind::Deep | Kind::TypedMetavar => true,
        Kind::Str | Kind::Int | Kind::Float | Kind::Bool | Kind::Null => matches!(
            kind,
            Kind::Str
                | Kind::PrefixedStr
                | Kind::Int
                | Kind::Float
                | Kind::Bool
                | Kind::Null
                | Kind::Name
                | Kind::Binary
                | Kind::Unary
                | Kind::Concat
                | Kind::Interpolated
                | Kind::Conditional
        ),
        Kind::Attribute => matches!(kind, Kind::Attribute | Kind::Name | Kind::Call),
        Kind::Concat => matches!(kind, Kind::Concat | Kind::Interpolated),
        Kind::List | Kind::Tuple | Kind::Set | Kind::Dict => {
            matches!(kind, Kind::List | Kind::Tuple | Kind::Set | Kind::Dict | Kind::Comprehension)
        }
        _ => pattern == kind,
    }
}

fn is_expression(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Module
            | Kind::Ident
            | Kind::KeywordArg
            | Kind::OptionalArg
            | Kind::Pair
            | Kind::CompFor
            | Kind::CompIf
            | Kind::WithItem
            | Kind::Handler
            | Kind::Case
            | Kind::Params
            | Kind::Param
            | Kind::RestParam
            | Kind::KeywordRestParam
            | Kind::ParamMark
            | Kind::Decorator
            | Kind::Path
            | Kind::ImportName
            | Kind::Slice
    )
}

/// Tries the pattern of a matcher at one node; whether ways to match were left out.
fn try_at<'m>(matcher: &mut Matcher<'m>, node: NodeId, scope: &Scope<'m>, hits: &mut Vec<Hit>) -> bool {
    let pattern = matcher.pattern();
    if pattern.pattern.shape == Shape::Expression && scope.code.is_declared(node) {
        return false;
    }
    let most = hits.len() + MAX_WAYS;
    let mut is_cut = false;
    let mut keep = |range: std::ops::Range<u32>, bindings: &[Binding]| {
        is_cut |= hits.len() >= most;
        if !is_cut {
            hits.push(Hit { range, bindings: bindings.to_vec() });
        }
    };
    if pattern.pattern.shape == Shape::Statements {
        if let Some(end) = sequence_end(node, scope) {
            matcher.at_statements(node, end, &mut keep);
        }
    } else {
        matcher.at(node, &mut keep);
    }
    is_cut
}

/// Where the list of statements ends that `node` begins or continues; none where it stands in no list.
fn sequence_end(node: NodeId, scope: &Scope<'_>) -> Option<u32> {
    scope.code.sequence_end(node)
}
