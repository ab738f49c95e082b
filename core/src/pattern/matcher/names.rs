//! Names: plain, dotted, imported under any spelling, and typed metavariables.

use super::{Bound, Flow, GO_ON, Matcher, Next, sym_of};
use crate::pattern::analysis::Declared;
use crate::syntax::tree::{Kind, NodeId, Role, Sym};

/// Deepest expression whose type is told.
const MAX_LITERAL_DEPTH: u32 = 20;

impl<'m> Matcher<'m> {
    /// A name of a definition, attribute or keyword: the same word, or a metavariable.
    pub(super) fn ident(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let node = self.pat(p);
        match node.kind {
            Kind::Metavar => self.bind(self.metavariable(p), Bound::Node(n), next),
            Kind::Ellipsis => next(self),
            Kind::Ident | Kind::Name if node.sym == self.file(n).sym => next(self),
            Kind::Ident | Kind::Name => self.ident_string(p, n, next),
            _ => GO_ON,
        }
    }

    fn ident_string(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        if self.pattern.string(p).is_some() { self.string_content(p, n, next) } else { GO_ON }
    }

    /// The symbol of a metavariable's name.
    pub(super) fn metavariable(&self, p: NodeId) -> Sym {
        self.pat(p).sym
    }

    /// A pattern against a name that was imported: against the path that it stands for.
    pub(super) fn imported(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let dotted = self.pat(p).kind == Kind::Attribute && self.code.imports().has_wildcard();
        if !dotted && !self.may_be_imported(p, n) {
            return GO_ON;
        }
        let path = self.code.path(n);
        if !path.is_empty() {
            return self.path(p, n, path, next);
        }
        let names = self.code.names();
        let is_known = |id| matches!(names.entity(id).declared, Declared::Global | Declared::Imported);
        if !dotted || names.of(n).is_some_and(is_known) {
            return GO_ON;
        }
        self.wildcard(p, n, next)
    }

    /// Whether an import that brings the name at `n` ends in the last word of the pattern, as far as that is one: told
    /// before what names mean.
    fn may_be_imported(&self, p: NodeId, n: NodeId) -> bool {
        let imports = self.code.imports();
        let name = match self.pat(p).kind {
            Kind::Name => Some(p),
            Kind::Attribute => self.pattern_child(p, Role::Name),
            _ => None,
        };
        name.is_some_and(|name| match self.pat(name).kind {
            Kind::Name | Kind::Ident => imports.may_stand_for(self.file(n).sym, self.pat(name).sym),
            _ => imports.is_local(self.file(n).sym),
        })
    }

    /// A dotted pattern without metavariables against a name that `from m import *` may have brought.
    fn wildcard(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let names = self.code.names();
        for module in names.wildcards() {
            if self.is_dotted(p, module, self.file(n).sym) {
                return next(self);
            }
        }
        GO_ON
    }

    /// Whether the pattern is `module.name`, word for word.
    fn is_dotted(&self, p: NodeId, module: &[Sym], name: Sym) -> bool {
        let mut at = p;
        let mut wanted = module.iter().copied().chain([name]).rev();
        loop {
            let node = self.pat(at);
            let Some(word) = wanted.next() else { return false };
            match node.kind {
                Kind::Attribute => {
                    let Some(attribute) = self.pattern_child(at, Role::Name) else { return false };
                    let attribute = self.pat(attribute);
                    if attribute.kind != Kind::Ident || attribute.sym != word {
                        return false;
                    }
                    at = NodeId(at.0 + 1);
                }
                Kind::Name => return node.sym == word && wanted.next().is_none(),
                _ => return false,
            }
        }
    }

    /// A pattern against the first segments of the path of the name at `n`.
    fn path(&mut self, p: NodeId, n: NodeId, path: &'m [Sym], next: Next<'_, 'm>) -> Flow {
        let Some((&last, before)) = path.split_last() else { return GO_ON };
        let node = self.pat(p);
        match node.kind {
            Kind::Metavar => {
                let bound = Bound::Path { name: n };
                self.bind(self.metavariable(p), bound, next)
            }
            Kind::Name if before.is_empty() && node.sym == last => next(self),
            Kind::Ellipsis => next(self),
            Kind::Attribute if !before.is_empty() => {
                let Some(name) = self.pattern_child(p, Role::Name) else { return GO_ON };
                let object = NodeId(p.0 + 1);
                let attribute = self.pat(name);
                match attribute.kind {
                    Kind::Ident if attribute.sym == last => self.path(object, n, before, next),
                    Kind::Metavar => {
                        let bound = Bound::Path { name: n };
                        self.bind(attribute.sym, bound, &mut |m| m.path(object, n, before, next))
                    }
                    Kind::Ellipsis => self.path(object, n, before, next),
                    _ => GO_ON,
                }
            }
            _ => GO_ON,
        }
    }

    /// `$X: T`: an expression whose type is known to be `T`.
    pub(super) fn typed(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let Some(kind) = self.pattern_child(p, Role::Type) else { return GO_ON };
        self.of_type(kind, n, &mut |m| m.bind(m.metavariable(p), Bound::Node(n), next))
    }

    /// Whether the expression at `n` has the type that the pattern is.
    pub(in super::super) fn has_type(&mut self, n: NodeId) -> bool {
        let root = self.pattern.pattern.root;
        self.exists(|m, found| m.of_type(root, n, found))
    }

    /// Whether the expression at `n` has the type that the pattern at `p` names.
    pub(in super::super) fn of_type(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let node = self.file(n);
        if node.kind == Kind::Name
            && let Some(entity) = self.code.names().of(n)
        {
            let entity = self.code.names().entity(entity);
            let Some(declared) = entity.kind else { return GO_ON };
            if self.file(declared).role == Role::Type {
                return self.expression(p, declared, next);
            }
            if entity.declared == Declared::Parameter || self.file(declared).kind == Kind::Call {
                return GO_ON;
            }
            return self.literal_type(p, declared, next);
        }
        self.literal_type(p, n, next)
    }

    /// The kind of literal that an expression gives. As in Semgrep, of the operators on numbers only those that it does
    /// not compute tell a type.
    fn literal_kind(&self, n: NodeId, depth: u32) -> Option<Kind> {
        let node = self.file(n);
        let is_same = |one: NodeId, two: NodeId| {
            let kind = self.literal_kind(one, depth + 1)?;
            (self.literal_kind(two, depth + 1)? == kind).then_some(kind)
        };
        match node.kind {
            _ if depth > MAX_LITERAL_DEPTH => None,
            Kind::Name => {
                let entity = self.code.names().entity(self.code.names().of(n)?);
                let declared = entity.kind.filter(|&kind| self.file(kind).role != Role::Type)?;
                (entity.declared != Declared::Parameter).then(|| self.literal_kind(declared, depth + 1))?
            }
            Kind::Binary if ["**", "//", "%"].iter().any(|operator| sym_of(operator) == node.sym) => {
                let mut operands = self.tree().children(n);
                let kind = is_same(operands.next()?, operands.next()?)?;
                (kind == Kind::Int && operands.next().is_none()).then_some(Kind::Int)
            }
            Kind::Conditional => is_same(self.child(n, Role::Value)?, self.child(n, Role::Else)?),
            kind => Some(kind),
        }
    }

    fn literal_type(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let names: &[&str] = match self.literal_kind(n, 0) {
            Some(Kind::Str | Kind::PrefixedStr | Kind::Concat | Kind::Interpolated) => &["str", "string"],
            Some(Kind::Int) => &["int"],
            Some(Kind::Float) => &["float"],
            Some(Kind::Bool) => &["bool"],
            Some(Kind::Null) => &["null"],
            _ => return GO_ON,
        };
        let node = self.pat(p);
        match node.kind {
            Kind::Name if names.iter().any(|name| sym_of(name) == node.sym) => next(self),
            Kind::Metavar => next(self),
            _ => GO_ON,
        }
    }
}
