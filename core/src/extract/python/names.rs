//! From an expression to what it names: imports followed, instances named by what made them.

use std::cell::Cell;

use ruff_python_ast::{self as ast, Expr};

use super::scope::{Attribute, Binding, Place, Scope, ScopeKind, dict_entries, join, with_parts};

/// How many assignments are followed from a name to what it stands for.
pub(super) const MAX_STEPS: usize = 8;
/// Longest chain of attributes that is named.
const MAX_CHAIN: usize = 64;

/// The scopes around the place that is being walked, innermost last.
pub(super) struct Names<'a> {
    pub(super) place: Place,
    pub(super) scopes: Vec<Scope<'a>>,
    /// Work left for the value that is being found (`values.rs`).
    pub(super) budget: Cell<u32>,
}

impl<'a> Names<'a> {
    /// What `name` is bound to, and the scope that binds it.
    pub(super) fn lookup(&self, name: &str) -> Option<(&Binding<'a>, usize)> {
        let innermost = self.scopes.len().wrapping_sub(1);
        self.scopes.iter().enumerate().rev().find_map(|(at, scope)| {
            let visible = scope.kind != ScopeKind::Class || at == innermost;
            let binding = scope.names.get(name).filter(|_| visible)?;
            Some((binding, at))
        })
    }

    /// What an expression names by its type: `requests.get`, or `httpx.AsyncClient.get` for a method of an instance.
    pub(super) fn resolve(&self, expr: &Expr) -> Option<String> {
        self.resolve_within(expr, MAX_STEPS)
    }

    /// As [`Self::resolve`], but a module-level variable stands for itself.
    pub(super) fn identify(&self, expr: &Expr) -> Option<String> {
        let mut parts: Vec<&str> = Vec::new();
        let mut root = expr;
        while let Expr::Attribute(attribute) = root {
            parts.push(attribute.attr.as_str());
            root = &attribute.value;
        }
        match root {
            Expr::Name(name) if self.is_module_variable(name.id.as_str()) => {
                let base = join(&self.place.module, name.id.as_str());
                Some(with_parts(base, &parts))
            }
            Expr::Name(name) if !parts.is_empty() && self.class_of_receiver(name.id.as_str()).is_some() => {
                let base = self.class_of_receiver(name.id.as_str())?.to_owned();
                Some(with_parts(base, &parts))
            }
            _ => self.resolve(expr),
        }
    }

    /// As [`Self::identify`], of a plain name.
    pub(super) fn identify_name(&self, name: &str) -> Option<String> {
        if self.is_module_variable(name) {
            return Some(join(&self.place.module, name));
        }
        self.resolve_name(name, MAX_STEPS)
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
        let (_, at) = self.lookup(name)?;
        if self.scopes[at].receiver != Some(name) {
            return None;
        }
        let class = self.scopes[..at].iter().rev().find(|scope| scope.kind == ScopeKind::Class)?;
        Some(&class.prefix)
    }

    /// What made an attribute that methods assign to `self`, or what its annotation names.
    pub(super) fn attribute_type(&self, attribute: &Attribute<'a>) -> Option<String> {
        match attribute {
            Attribute::Method => None,
            Attribute::Annotated(annotation) => self.resolve_annotation(annotation, MAX_STEPS),
            Attribute::Value(value, method) => self.made_in_method(value, *method, MAX_STEPS),
        }
    }

    /// Whether a name is a variable of the module: neither an import nor a definition.
    pub(super) fn is_module_variable(&self, name: &str) -> bool {
        self.lookup(name).is_some_and(|(binding, at)| {
            self.scopes[at].kind == ScopeKind::Module && !matches!(binding, Binding::Import(_) | Binding::Definition)
        })
    }

    /// Follows a chain such as `a.b(…).c` down to its name, then names it from there. `steps` bounds the assignments
    /// that are followed.
    fn resolve_within(&self, expr: &Expr, steps: usize) -> Option<String> {
        let steps = steps.checked_sub(1)?;
        let mut parts: Vec<&str> = Vec::new();
        let mut expr = expr;
        let name = loop {
            expr = match expr {
                Expr::Name(name) => break name.id.as_str(),
                Expr::Attribute(attribute) if parts.len() < MAX_CHAIN => {
                    parts.push(attribute.attr.as_str());
                    &attribute.value
                }
                Expr::Call(call) => &call.func,
                Expr::Await(awaited) => &awaited.value,
                _ => return None,
            };
        };
        let own = parts.last().and_then(|attr| self.resolve_own(name, attr, steps));
        let base = match own {
            Some(own) => {
                parts.pop();
                own
            }
            None => self.resolve_name(name, steps)?,
        };
        Some(with_parts(base, &parts))
    }

    fn resolve_name(&self, name: &str, steps: usize) -> Option<String> {
        let Some((binding, at)) = self.lookup(name) else {
            return Some(name.to_owned());
        };
        let scope = &self.scopes[at];
        match binding {
            Binding::Import(dotted) => Some(dotted.clone()),
            Binding::Definition => Some(join(&scope.prefix, name)),
            Binding::Parameter(_) if scope.receiver == Some(name) => {
                let class = self.scopes[..at].iter().rev().find(|scope| scope.kind == ScopeKind::Class)?;
                Some(class.prefix.clone())
            }
            Binding::Parameter(annotation) => self.resolve_annotation((*annotation)?, steps),
            Binding::Value { value, .. } => match self.made_by(value, steps) {
                None if scope.kind == ScopeKind::Module => Some(join(&scope.prefix, name)),
                made => made,
            },
            Binding::Opaque if scope.kind == ScopeKind::Module => Some(join(&scope.prefix, name)),
            Binding::Opaque => None,
        }
    }

    /// `self.attr`: what the class's methods assign to it.
    fn resolve_own(&self, base: &str, attr: &str, steps: usize) -> Option<String> {
        let (Binding::Parameter(_), at) = self.lookup(base)? else { return None };
        if self.scopes[at].receiver != Some(base) {
            return None;
        }
        let class = self.scopes[..at].iter().rev().find(|scope| scope.kind == ScopeKind::Class)?;
        match class.attributes.get(attr)? {
            Attribute::Method => None,
            Attribute::Annotated(annotation) => self.resolve_annotation(annotation, steps),
            Attribute::Value(value, method) => self.made_in_method(value, *method, steps),
        }
    }

    /// As [`Self::made_by`], where a plain name may be a parameter of the method that assigns it.
    fn made_in_method(&self, value: &Expr, method: Option<&ast::StmtFunctionDef>, steps: usize) -> Option<String> {
        if let (Expr::Name(name), Some(method)) = (value, method) {
            let parameter = method.parameters.find(name.id.as_str());
            if let Some(parameter) = parameter {
                return self.resolve_annotation(parameter.parameter.annotation.as_deref()?, steps);
            }
        }
        self.made_by(value, steps)
    }

    /// What made a value: the callee of a call, through `await`, `or` and conditional expressions.
    fn made_by(&self, value: &Expr, steps: usize) -> Option<String> {
        let steps = steps.checked_sub(1)?;
        match value {
            Expr::Call(call) => self.resolve_within(&call.func, steps),
            Expr::Await(awaited) => self.made_by(&awaited.value, steps),
            Expr::Name(_) | Expr::Attribute(_) => self.resolve_within(value, steps),
            Expr::BoolOp(operation) => self.made_by(operation.values.iter().find(|value| value.is_call_expr())?, steps),
            Expr::If(conditional) => match &*conditional.body {
                Expr::NoneLiteral(_) => self.made_by(&conditional.orelse, steps),
                body => self.made_by(body, steps),
            },
            _ => None,
        }
    }

    /// The class that an annotation names: through `Optional[…]`, `Annotated[…]`, `X | None` and quotes.
    pub(super) fn resolve_annotation(&self, annotation: &Expr, steps: usize) -> Option<String> {
        let steps = steps.checked_sub(1)?;
        match annotation {
            Expr::Name(_) | Expr::Attribute(_) => self.resolve_type(annotation, steps),
            Expr::StringLiteral(text) => {
                let text = text.value.to_str().trim();
                let simple = text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.');
                let (first, rest) = text.split_once('.').unwrap_or((text, ""));
                let base = self.resolve_name(first, steps).filter(|_| simple)?;
                Some(if rest.is_empty() { base } else { join(&base, rest) })
            }
            Expr::BinOp(union) => match &*union.left {
                Expr::NoneLiteral(_) => self.resolve_annotation(&union.right, steps),
                left => self.resolve_annotation(left, steps),
            },
            Expr::Subscript(subscript) => {
                let outer = self.resolve_within(&subscript.value, steps)?;
                match outer.rsplit('.').next()? {
                    "Optional" | "Annotated" | "Final" | "ClassVar" | "Union" => {
                        let inner = match &*subscript.slice {
                            Expr::Tuple(tuple) => tuple.elts.first()?,
                            inner => inner,
                        };
                        self.resolve_annotation(inner, steps)
                    }
                    _ => Some(outer),
                }
            }
            _ => None,
        }
    }

    /// An alias such as `SessionDep = Annotated[Session, Depends(get_db)]` stands for its type.
    fn resolve_type(&self, annotation: &Expr, steps: usize) -> Option<String> {
        if let Expr::Name(name) = annotation
            && let Some((Binding::Value { value, .. }, _)) = self.lookup(name.id.as_str())
            && let Expr::Subscript(_) = value
        {
            return self.resolve_annotation(value, steps);
        }
        self.resolve_within(annotation, steps)
    }
}
