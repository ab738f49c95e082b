//! From an expression to what it names: imports followed, instances named by what made them.

use std::cell::Cell;

use ruff_python_ast::{self as ast, Expr};

use super::chain::{Chain, is_dotted, push_part, push_parts};
use super::scope::{Attribute, Binding, Place, Scope, ScopeKind, dict_entries, join};

/// How many assignments are followed from a name to what it stands for.
pub(super) const MAX_STEPS: usize = 8;

/// What a name is bound to, and the scope that binds it.
type Bound<'n, 'a> = (&'n Binding<'a>, usize);

/// The scopes around the place that is being walked, innermost last.
pub(super) struct Names<'a> {
    pub(super) place: Place,
    pub(super) scopes: Vec<Scope<'a>>,
    /// Work left for the value that is being found (`values.rs`).
    pub(super) budget: Cell<u32>,
    /// Room for a name that is only looked at.
    scratch: Cell<String>,
}

impl<'a> Names<'a> {
    /// The names of a module.
    pub(super) fn new(place: Place, module: Scope<'a>) -> Self {
        Self { place, scopes: vec![module], budget: Cell::new(0), scratch: Cell::default() }
    }

    /// What `name` is bound to, and the scope that binds it.
    pub(super) fn lookup(&self, name: &str) -> Option<Bound<'_, 'a>> {
        let innermost = self.scopes.len().wrapping_sub(1);
        self.scopes.iter().enumerate().rev().find_map(|(at, scope)| {
            let visible = scope.kind != ScopeKind::Class || at == innermost;
            let binding = scope.names.get(name).filter(|_| visible)?;
            Some((binding, at))
        })
    }

    /// What an expression names by its type: `requests.get`, or `httpx.AsyncClient.get` for a method of an instance.
    pub(super) fn resolve(&self, expr: &Expr) -> Option<String> {
        self.owned(|name| self.write_resolved(expr, MAX_STEPS, name))
    }

    /// Whether an expression names something that `is_it`.
    pub(super) fn resolves_to(&self, expr: &Expr, is_it: impl FnOnce(&str) -> bool) -> bool {
        self.with_scratch(|name| self.write_resolved(expr, MAX_STEPS, name).is_some_and(|()| is_it(name)))
    }

    /// As [`Self::resolve`], but a module-level variable stands for itself.
    pub(super) fn identify(&self, expr: &Expr) -> Option<String> {
        self.owned(|name| self.write_identity(expr, name))
    }

    /// What `make` makes of the identity of an expression.
    pub(super) fn with_identity<T>(&self, expr: &Expr, make: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        self.with_scratch(|name| {
            self.write_identity(expr, name)?;
            make(name)
        })
    }

    /// As [`Self::with_identity`], where it is known what the expression resolves to.
    pub(super) fn with_identity_of<T>(
        &self,
        (expr, resolved): (&Expr, Option<&str>),
        make: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let chain = Chain::of(expr).filter(|_| is_dotted(expr));
        self.with_scratch(|name| {
            let is_own = chain.is_some_and(|chain| self.write_own_identity(&chain, self.lookup(chain.name), name));
            make(if is_own { name } else { resolved? })
        })
    }

    /// As [`Self::identify`], of a plain name.
    pub(super) fn identify_name(&self, name: &str) -> Option<String> {
        if self.is_module_variable(name) {
            return Some(join(&self.place.module, name));
        }
        self.owned(|out| self.write_name(name, self.lookup(name), MAX_STEPS, out))
    }

    fn write_identity(&self, expr: &Expr, out: &mut String) -> Option<()> {
        if !is_dotted(expr) {
            return self.write_resolved(expr, MAX_STEPS, out);
        }
        let chain = Chain::of(expr)?;
        let bound = self.lookup(chain.name);
        if self.write_own_identity(&chain, bound, out) {
            return Some(());
        }
        self.write_chain(&chain, bound, MAX_STEPS.checked_sub(1)?, out)
    }

    /// What starts from a variable of the module, or from `self`, has a name of its own.
    fn write_own_identity(&self, chain: &Chain<'_>, bound: Option<Bound<'_, 'a>>, out: &mut String) -> bool {
        let start = out.len();
        if self.is_bound_in_module(bound) {
            out.push_str(&self.place.module);
            push_part(out, start, chain.name);
        } else if let Some(class) = self.class_of(chain.name, bound).filter(|_| !chain.parts().is_empty()) {
            out.push_str(class);
        } else {
            return false;
        }
        push_parts(out, start, chain.parts());
        true
    }

    /// What `write` writes.
    fn owned(&self, write: impl FnOnce(&mut String) -> Option<()>) -> Option<String> {
        self.with_scratch(|name| write(name).map(|()| name.as_str().to_owned()))
    }

    /// Gives `f` an empty text that need not be made each time.
    fn with_scratch<T>(&self, f: impl FnOnce(&mut String) -> T) -> T {
        let mut scratch = self.scratch.take();
        scratch.clear();
        let value = f(&mut scratch);
        self.scratch.set(scratch);
        value
    }

    /// The expression that a name assigned once stands for; any other expression stands for itself.
    pub(super) fn behind<'e>(&self, expr: &'e Expr) -> &'e Expr
    where
        'a: 'e,
    {
        match expr {
            Expr::Name(name) => match self.lookup(name.id.as_str()) {
                Some((Binding::Value { value, .. }, _)) => value,
                _ => expr,
            },
            _ => expr,
        }
    }

    /// As [`Self::behind`], for what lives as long as the module's tree.
    pub(super) fn constant(&self, expr: &'a Expr) -> &'a Expr {
        match expr {
            Expr::Name(name) => match self.lookup(name.id.as_str()) {
                Some((Binding::Value { value, sole: true }, _)) => value,
                _ => expr,
            },
            _ => expr,
        }
    }

    /// The entries of a dictionary that stands in the source, with those that statements put into it later; `None` where
    /// some of it is not known.
    pub(super) fn dictionary(&self, expr: &'a Expr) -> Option<Vec<(&'a str, &'a Expr)>> {
        let (value, later): (&'a Expr, &[_]) = match expr {
            Expr::Name(name) => match self.lookup(name.id.as_str())? {
                (Binding::Value { value, .. }, at) => {
                    let later = self.scopes[at].entries.get(name.id.as_str());
                    (*value, later.map_or(&[][..], Vec::as_slice))
                }
                _ => return None,
            },
            Expr::Attribute(attribute) => (self.own_value(attribute)?, &[][..]),
            _ => (expr, &[][..]),
        };
        let mut entries: Vec<(Option<&'a str>, &'a Expr)> = match value {
            Expr::Dict(dict) => dict_entries(dict).collect(),
            Expr::Call(call) if call.func.as_name_expr().is_some_and(|name| name.id.as_str() == "dict") => {
                let keywords = call.arguments.keywords.iter();
                let keywords = keywords.map(|entry| (entry.arg.as_ref().map(ast::Identifier::as_str), &entry.value));
                call.arguments.args.iter().map(|argument| (None, argument)).chain(keywords).collect()
            }
            _ => return None,
        };
        entries.extend(later.iter().copied());
        entries.into_iter().map(|(key, value)| Some((key?, value))).collect()
    }

    /// The value that methods assign to `self.attribute`.
    pub(super) fn own_value(&self, attribute: &ast::ExprAttribute) -> Option<&'a Expr> {
        let receiver = attribute.value.as_name_expr()?.id.as_str();
        let (Binding::Parameter(_), at) = self.lookup(receiver)? else { return None };
        self.class_of_receiver(receiver)?;
        let class = self.scopes[..at].iter().rev().find(|scope| scope.kind == ScopeKind::Class)?;
        match class.attributes.get(attribute.attr.as_str())? {
            Attribute::Value(value, _) => Some(*value),
            _ => None,
        }
    }

    /// Canonical name of the class whose instance `name` is in the method that is being walked.
    pub(super) fn class_of_receiver(&self, name: &str) -> Option<&str> {
        self.class_of(name, self.lookup(name))
    }

    fn class_of(&self, name: &str, bound: Option<Bound<'_, 'a>>) -> Option<&str> {
        let (_, at) = bound?;
        if self.scopes[at].receiver != Some(name) {
            return None;
        }
        let class = self.scopes[..at].iter().rev().find(|scope| scope.kind == ScopeKind::Class)?;
        Some(&class.prefix)
    }

    /// What made an attribute that methods assign to `self`, or what its annotation names.
    pub(super) fn attribute_type(&self, attribute: &Attribute<'a>) -> Option<String> {
        self.owned(|out| self.write_attribute(attribute, MAX_STEPS, out))
    }

    /// Whether a name is a variable of the module: neither an import nor a definition.
    pub(super) fn is_module_variable(&self, name: &str) -> bool {
        self.is_bound_in_module(self.lookup(name))
    }

    fn is_bound_in_module(&self, bound: Option<Bound<'_, 'a>>) -> bool {
        bound.is_some_and(|(binding, at)| {
            self.scopes[at].kind == ScopeKind::Module && !matches!(binding, Binding::Import(_) | Binding::Definition)
        })
    }

    /// The class that an annotation names: through `Optional[…]`, `Annotated[…]`, `X | None` and quotes.
    pub(super) fn resolve_annotation(&self, annotation: &Expr, steps: usize) -> Option<String> {
        self.owned(|out| self.write_annotation(annotation, steps, out))
    }
}

/// Names are written behind what a text holds. Where nothing is named, what was added means nothing. `steps` bounds the
/// assignments that are followed.
impl<'a> Names<'a> {
    /// Follows a chain such as `a.b(…).c` down to its name, then names it from there.
    fn write_resolved(&self, expr: &Expr, steps: usize, out: &mut String) -> Option<()> {
        let steps = steps.checked_sub(1)?;
        let chain = Chain::of(expr)?;
        self.write_chain(&chain, self.lookup(chain.name), steps, out)
    }

    fn write_chain(
        &self,
        chain: &Chain<'_>,
        bound: Option<Bound<'_, 'a>>,
        steps: usize,
        out: &mut String,
    ) -> Option<()> {
        let start = out.len();
        let mut parts = chain.parts();
        match parts.split_last() {
            Some((attribute, rest)) if self.write_own(chain.name, bound, (attribute, steps), out).is_some() => {
                parts = rest;
            }
            _ => {
                out.truncate(start);
                self.write_name(chain.name, bound, steps, out)?;
            }
        }
        push_parts(out, start, parts);
        Some(())
    }

    fn write_name(&self, name: &str, bound: Option<Bound<'_, 'a>>, steps: usize, out: &mut String) -> Option<()> {
        let start = out.len();
        let Some((binding, at)) = bound else {
            out.push_str(name);
            return Some(());
        };
        let scope = &self.scopes[at];
        let in_module = scope.kind == ScopeKind::Module;
        match binding {
            Binding::Import(dotted) => out.push_str(dotted),
            Binding::Parameter(_) if scope.receiver == Some(name) => {
                let class = self.scopes[..at].iter().rev().find(|scope| scope.kind == ScopeKind::Class)?;
                out.push_str(&class.prefix);
            }
            Binding::Parameter(annotation) => return self.write_annotation((*annotation)?, steps, out),
            Binding::Value { value, .. } if self.write_made(value, steps, out).is_some() => {}
            Binding::Value { .. } | Binding::Opaque if !in_module => return None,
            Binding::Definition | Binding::Value { .. } | Binding::Opaque => {
                out.truncate(start);
                out.push_str(&scope.prefix);
                push_part(out, start, name);
            }
        }
        Some(())
    }

    /// `self.attr`: what the class's methods assign to it.
    fn write_own(
        &self,
        base: &str,
        bound: Option<Bound<'_, 'a>>,
        (attr, steps): (&str, usize),
        out: &mut String,
    ) -> Option<()> {
        let (Binding::Parameter(_), at) = bound? else { return None };
        if self.scopes[at].receiver != Some(base) {
            return None;
        }
        let class = self.scopes[..at].iter().rev().find(|scope| scope.kind == ScopeKind::Class)?;
        self.write_attribute(class.attributes.get(attr)?, steps, out)
    }

    fn write_attribute(&self, attribute: &Attribute<'a>, steps: usize, out: &mut String) -> Option<()> {
        match attribute {
            Attribute::Method => None,
            Attribute::Annotated(annotation) => self.write_annotation(annotation, steps, out),
            // A plain name may be a parameter of the method that assigns it.
            Attribute::Value(value @ Expr::Name(name), Some(method)) => {
                match method.parameters.find(name.id.as_str()) {
                    Some(parameter) => self.write_annotation(parameter.parameter.annotation.as_deref()?, steps, out),
                    None => self.write_made(value, steps, out),
                }
            }
            Attribute::Value(value, _) => self.write_made(value, steps, out),
        }
    }

    /// What made a value: the callee of a call, through `await`, `or` and conditional expressions.
    fn write_made(&self, value: &Expr, steps: usize, out: &mut String) -> Option<()> {
        let steps = steps.checked_sub(1)?;
        match value {
            Expr::Call(call) => self.write_resolved(&call.func, steps, out),
            Expr::Await(awaited) => self.write_made(&awaited.value, steps, out),
            Expr::Name(_) | Expr::Attribute(_) => self.write_resolved(value, steps, out),
            Expr::BoolOp(operation) => {
                self.write_made(operation.values.iter().find(|value| value.is_call_expr())?, steps, out)
            }
            Expr::If(conditional) => match &*conditional.body {
                Expr::NoneLiteral(_) => self.write_made(&conditional.orelse, steps, out),
                body => self.write_made(body, steps, out),
            },
            _ => None,
        }
    }

    fn write_annotation(&self, annotation: &Expr, steps: usize, out: &mut String) -> Option<()> {
        let steps = steps.checked_sub(1)?;
        let start = out.len();
        match annotation {
            Expr::Name(_) | Expr::Attribute(_) => self.write_type(annotation, steps, out),
            Expr::StringLiteral(text) => {
                let text = text.value.to_str().trim();
                let simple = text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.');
                let (first, rest) = text.split_once('.').unwrap_or((text, ""));
                self.write_name(first, self.lookup(first), steps, out).filter(|()| simple)?;
                if !rest.is_empty() {
                    push_part(out, start, rest);
                }
                Some(())
            }
            Expr::BinOp(union) => match &*union.left {
                Expr::NoneLiteral(_) => self.write_annotation(&union.right, steps, out),
                left => self.write_annotation(left, steps, out),
            },
            Expr::Subscript(subscript) => {
                self.write_resolved(&subscript.value, steps, out)?;
                match out[start..].rsplit('.').next()? {
                    "Optional" | "Annotated" | "Final" | "ClassVar" | "Union" => {
                        let inner = match &*subscript.slice {
                            Expr::Tuple(tuple) => tuple.elts.first()?,
                            inner => inner,
                        };
                        out.truncate(start);
                        self.write_annotation(inner, steps, out)
                    }
                    _ => Some(()),
                }
            }
            _ => None,
        }
    }

    /// An alias such as `SessionDep = Annotated[Session, Depends(get_db)]` stands for its type.
    fn write_type(&self, annotation: &Expr, steps: usize, out: &mut String) -> Option<()> {
        if let Expr::Name(name) = annotation
            && let Some((Binding::Value { value, .. }, _)) = self.lookup(name.id.as_str())
            && let Expr::Subscript(_) = value
        {
            return self.write_annotation(value, steps, out);
        }
        self.write_resolved(annotation, steps, out)
    }
}
