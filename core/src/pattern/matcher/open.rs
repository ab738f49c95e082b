//! Whether kinds of nodes leave a match open: told at a glance, before anything is bound.
//!
//! May say yes of what does not match, never no of what does.

use super::{Bound, Matcher, Run};
use crate::pattern::code_pattern::StringPattern;
use crate::pattern::language::Language;
use crate::syntax::tree::{Kind, NodeId, Role, Sym};

impl Matcher<'_> {
    /// Whether an expression of the pattern may match one of the file.
    pub(super) fn is_open(&self, p: NodeId, n: NodeId) -> bool {
        let (pattern, node) = (self.pat(p).kind, self.file(n).kind);
        if self.is_plain || node == Kind::Cast || node == Kind::Name && self.options.symbolic_propagation {
            return true;
        }
        match pattern {
            Kind::Metavar => self.may_be(self.pat(p).sym, n),
            Kind::Attribute if node == Kind::Attribute => self.is_name_open(p, n),
            Kind::Str if node == Kind::Str => self.is_content_open(p, n),
            _ if pattern == node => true,
            Kind::Ellipsis | Kind::Deep | Kind::TypedMetavar | Kind::MetavarRest => true,
            Kind::Str | Kind::PrefixedStr | Kind::Int | Kind::Float | Kind::Bool | Kind::Null => {
                self.options.constant_propagation && self.may_have_value(node)
            }
            Kind::Name => false,
            Kind::Attribute => matches!(node, Kind::Call | Kind::Name),
            Kind::Concat => node == Kind::Interpolated,
            Kind::Set | Kind::Dict => matches!(node, Kind::Set | Kind::Dict | Kind::Comprehension),
            Kind::List => node == Kind::Comprehension,
            Kind::Tuple => matches!(node, Kind::Comprehension | Kind::Pair),
            Kind::Assign => node == Kind::VarDef,
            _ => false,
        }
    }

    /// Whether expressions of the pattern may match ones of the file. What a metavariable must be is asked last: it costs
    /// more than a look at kinds.
    pub(super) fn are_open<const N: usize>(&self, pairs: [(NodeId, NodeId); N]) -> bool {
        let is_bare = |pair: &&(NodeId, NodeId)| self.pat(pair.0).kind == Kind::Metavar;
        pairs.iter().filter(|pair| !is_bare(pair)).all(|&(p, n)| self.is_open(p, n))
            && pairs.iter().filter(is_bare).all(|&(p, n)| self.is_open(p, n))
    }

    /// Whether an expression of a kind may have a value that is known and that is no literal of another kind.
    fn may_have_value(&self, kind: Kind) -> bool {
        use Kind::{Binary, Call, Concat, Conditional, Interpolated, Name, PrefixedStr, Unary};
        match kind {
            // Of a variable.
            Call => self.code.language == Language::Dockerfile,
            _ => matches!(kind, Name | Concat | Interpolated | Unary | Binary | Conditional | PrefixedStr),
        }
    }

    /// Whether the last name of an attribute may match that of another.
    fn is_name_open(&self, p: NodeId, n: NodeId) -> bool {
        let (Some(name), Some(ident)) = (self.pattern_child(p, Role::Name), self.child(n, Role::Name)) else {
            return true;
        };
        self.is_ident_open(name, ident)
    }

    /// Whether a string literal of the pattern may match that of another.
    fn is_content_open(&self, p: NodeId, n: NodeId) -> bool {
        match self.pattern.string(p) {
            None => self.pat(p).sym == self.file(n).sym,
            Some(StringPattern::Metavar(name)) => self.may_hold(*name, &Bound::Content(n)),
            Some(_) => true,
        }
    }

    fn may_be(&self, name: Sym, n: NodeId) -> bool {
        self.may_hold(name, &Bound::Node(n))
    }

    /// Whether a metavariable may hold this. One that the pattern has twice may hold the same in another spelling.
    fn may_hold(&self, name: Sym, bound: &Bound) -> bool {
        let mut demands = self.pattern.demands.iter();
        demands.all(|demand| demand.metavariable != name || !demand.is_single)
            || self.bindings.iter().any(|binding| binding.name == name)
            || self.may_count(name, bound)
    }

    /// Whether a name of a definition in the pattern may match another.
    pub(super) fn is_ident_open(&self, p: NodeId, n: NodeId) -> bool {
        match self.pat(p).kind {
            Kind::Metavar => self.is_plain || self.may_be(self.pat(p).sym, n),
            _ => true,
        }
    }

    /// Whether the arguments of a pattern may match those of a call: there is one for each.
    pub(super) fn are_arguments_open(&self, p: Run, n: Run) -> bool {
        let mut run = p;
        while let Some((argument, rest)) = self.pattern_head(run) {
            run = rest;
            let is_there = match self.pat(argument).kind {
                Kind::Ellipsis | Kind::MetavarRest => true,
                _ if self.is_plain => true,
                Kind::KeywordArg | Kind::OptionalArg => self.any(n, |given| self.is_keyword_open(argument, given)),
                _ => self.any(n, |given| !is_keyword(self.file(given).kind) && self.is_open(argument, given)),
            };
            if !is_there {
                return false;
            }
        }
        true
    }

    fn is_keyword_open(&self, p: NodeId, n: NodeId) -> bool {
        let (name, ident) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
        let is_fixed = self.pat(name).kind == Kind::Ident;
        let value = NodeId(name.0 + self.pat(name).size);
        if !is_keyword(self.file(n).kind) || is_fixed && self.pat(name).sym != self.file(ident).sym {
            return false;
        }
        let given = NodeId(ident.0 + self.file(ident).size);
        match self.pat(name).kind {
            Kind::Metavar => self.are_open([(name, ident), (value, given)]),
            _ => self.is_open(value, given),
        }
    }

    /// Whether the parameters of a pattern may match those of a function: there is one with a like default for each that
    /// has one.
    pub(super) fn are_parameters_open(&self, p: NodeId, n: NodeId) -> bool {
        let mut run = self.children_of_pattern(p);
        while let Some((parameter, rest)) = self.pattern_head(run) {
            run = rest;
            let Some(default) = self.pattern_child(parameter, Role::Default) else { continue };
            let has_like = |given: NodeId| {
                self.file(given).kind == self.pat(parameter).kind
                    && self.child(given, Role::Default).is_some_and(|other| self.is_open(default, other))
            };
            if !self.is_plain && self.pat(parameter).kind == Kind::Param && !self.any(self.children_of(n), has_like) {
                return false;
            }
        }
        true
    }

    fn any(&self, run: Run, mut holds: impl FnMut(NodeId) -> bool) -> bool {
        let mut run = run;
        while let Some((node, rest)) = self.head(run) {
            if holds(node) {
                return true;
            }
            run = rest;
        }
        false
    }
}

/// Whether an argument is given by its name.
pub(super) fn is_keyword(kind: Kind) -> bool {
    matches!(kind, Kind::KeywordArg | Kind::OptionalArg)
}
