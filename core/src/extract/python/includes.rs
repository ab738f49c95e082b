//! Collects which routers are taken into which applications: by a call for each, or by one call in a loop over them.

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

use super::model::{Given, Handed, HandedArgument, Include, Wrapper};
use super::scope::{Binding, join};
use super::values::Value;
use super::walk::{Walker, may_be_of_the_tree};
use crate::source::Span;

/// The name of a router that the source does not tell.
pub(super) const ONLY_A_RUN_KNOWS: &str = ".?";
/// Most arguments of a call that are kept.
const MAX_ARGUMENTS: usize = 16;
/// Most turns of a loop that are followed.
const MAX_TURNS: usize = 64;

/// What the names of a loop stand for in one turn.
type Turn<'a> = Vec<(&'a str, &'a Expr)>;

impl<'a> Walker<'a, '_> {
    /// `app.include_router(users.router, prefix="/users")`, and its like in other frameworks.
    pub(super) fn collect_include(&mut self, call: &'a ast::ExprCall, method: &'a ast::ExprAttribute) {
        let router = match method.attr.as_str() {
            "mount" => call.arguments.find_argument_value("app", 1),
            _ => ["router", "blueprint", "ns"].iter().find_map(|name| call.arguments.find_argument_value(name, 0)),
        };
        let into = self.object(&method.value).or_else(|| self.parameter(&method.value));
        let (Some(into), Some(router)) = (into, router) else { return };
        if self.is_wrapper(call, method, (&into, router)) {
            return;
        }
        let turns = self.turns(router);
        if turns.is_empty() {
            self.push_include(call, method, (&into, router), &Turn::new());
        }
        for turn in &turns {
            self.push_include(call, method, (&into, router), turn);
        }
    }

    /// Whether the include takes a parameter of the function around it: then the calls of that function tell the routers.
    fn is_wrapper(
        &mut self,
        call: &'a ast::ExprCall,
        method: &'a ast::ExprAttribute,
        (into, router): (&str, &Expr),
    ) -> bool {
        let Some((function, router)) = self.parameter_of(router) else { return false };
        let prefix = call.arguments.find_keyword("prefix").or_else(|| call.arguments.find_keyword("url_prefix"));
        let (prefix, own_prefix) = match prefix.map(|prefix| &prefix.value) {
            Some(prefix) => (self.parameter_of(prefix).map(|(_, prefix)| prefix), self.names.value(prefix)),
            None => (None, Value::literal("")),
        };
        let include = Include {
            into: into.into(),
            router: ONLY_A_RUN_KNOWS.into(),
            prefix: own_prefix,
            guards: self.dependencies(call),
            in_development: self.in_development > 0,
            takes_router: matches!(method.attr.as_str(), "include_router" | "register_blueprint"),
            mounts: None,
        };
        self.model.wrappers.push(Wrapper { function, router, prefix, include, is_used: false });
        true
    }

    /// The function and the place of a parameter that `expr` names.
    fn parameter_of(&self, expr: &Expr) -> Option<(String, Given)> {
        let name = expr.as_name_expr()?.id.as_str();
        let (Binding::Parameter(_), at) = self.names.lookup(name)? else { return None };
        let scope = &self.names.scopes[at];
        let position = scope.parameters.iter().position(|own| *own == name)?;
        let position = position.checked_sub(usize::from(scope.receiver.is_some()))?;
        Some((scope.prefix.clone(), Given { name: name.into(), position }))
    }

    /// `include_safely(users.router, prefix="/users")`, where that function of the module includes what it is given.
    pub(super) fn collect_wrapped_include(&mut self, call: &'a ast::ExprCall, callee: &str) {
        let Some(at) = self.model.wrappers.iter().position(|wrapper| wrapper.function == callee) else {
            return self.collect_handed(call, callee);
        };
        let argument = |given: &Given| call.arguments.find_argument_value(&given.name, given.position);
        let wrapper = &self.model.wrappers[at];
        let Some(router) = argument(&wrapper.router) else { return };
        let prefix = wrapper.prefix.as_ref().and_then(argument);
        let mut turns = self.turns(router);
        if turns.is_empty() {
            turns.push(Turn::new());
        }
        for turn in &turns {
            let Some(router) = self.object_in(router, turn) else { continue };
            let wrapper = &self.model.wrappers[at];
            let prefix = match (prefix, &wrapper.prefix) {
                (Some(prefix), _) => self.names.value(in_turn(prefix, turn)),
                (None, Some(_)) => Value::literal(""),
                (None, None) => wrapper.include.prefix.clone(),
            };
            self.model.includes.push(Include { router: router.into(), prefix, ..wrapper.include.clone() });
        }
        self.model.wrappers[at].is_used = true;
    }

    /// A call of a function of the tree that is given something called a router: that function may include it.
    fn collect_handed(&mut self, call: &'a ast::ExprCall, callee: &str) {
        let positional = call.arguments.args.iter().map(|value| (None, value));
        let named = call.arguments.keywords.iter();
        let named = named.filter_map(|keyword| Some((Some(keyword.arg.as_ref()?), &keyword.value)));
        let arguments = positional.chain(named).take(MAX_ARGUMENTS);
        if !arguments.clone().any(|(_, value)| is_called_router(value)) || !may_be_of_the_tree(callee) {
            return;
        }
        let arguments = arguments.map(|(name, value)| HandedArgument {
            name: name.map(|name| name.as_str().into()),
            object: self.object(value).map(Into::into),
            value: self.names.value(value),
        });
        let arguments = arguments.collect();
        self.model.handed.push(Handed { callee: callee.into(), arguments });
    }

    fn push_include(
        &mut self,
        call: &'a ast::ExprCall,
        method: &'a ast::ExprAttribute,
        (into, router): (&str, &'a Expr),
        turn: &Turn<'a>,
    ) {
        let mounts = if method.attr.as_str() == "mount" { self.mounted(call, in_turn(router, turn)) } else { None };
        let router = self.object_in(router, turn).unwrap_or_else(|| ONLY_A_RUN_KNOWS.to_owned());
        let (named, position) = match method.attr.as_str() {
            "mount" => (None, Some(0)),
            "add_namespace" => (None, Some(1)),
            _ => (["prefix", "url_prefix"].into_iter().find(|name| call.arguments.find_keyword(name).is_some()), None),
        };
        let prefix = match (named, position) {
            (Some(name), _) => call.arguments.find_keyword(name).map(|keyword| &keyword.value),
            (None, Some(position)) => call.arguments.find_argument_value("path", position),
            _ => None,
        };
        let prefix = prefix.map_or(Value::literal(""), |prefix| self.names.value(in_turn(prefix, turn)));
        let guards = self.dependencies(call);
        let in_development = self.in_development > 0;
        let takes_router = matches!(method.attr.as_str(), "include_router" | "register_blueprint");
        let (into, router) = (into.into(), router.into());
        self.model.includes.push(Include { into, router, prefix, guards, in_development, takes_router, mounts });
    }

    /// What made the thing that is mounted, where that is a package's.
    fn mounted(&self, call: &ast::ExprCall, what: &Expr) -> Option<(Span, Box<str>)> {
        let made = match what {
            Expr::Call(made) => self.names.resolve(&made.func),
            other => self.names.resolve(other),
        };
        let made = made.filter(|made| made.contains('.') && !may_be_of_the_tree(made))?;
        Some((self.span(call.range()), made.into()))
    }

    /// Identity of a router in one turn of a loop: `module.router` for each module of a list.
    fn object_in(&self, expr: &'a Expr, turn: &Turn<'a>) -> Option<String> {
        let stands_for = in_turn(expr, turn);
        match stands_for {
            Expr::Attribute(attribute) if !turn.is_empty() => {
                Some(join(&self.object_in(&attribute.value, turn)?, attribute.attr.as_str()))
            }
            _ => self.object(stands_for),
        }
    }

    /// What the names of the loop around stand for in each turn, where `expr` starts from one of them and the loop goes
    /// over something that stands in the source.
    fn turns(&self, expr: &Expr) -> Vec<Turn<'a>> {
        let mut root = expr;
        let name = loop {
            root = match root {
                Expr::Name(name) => break name.id.as_str(),
                Expr::Attribute(attribute) => &attribute.value,
                Expr::Subscript(subscript) => &subscript.value,
                _ => return Vec::new(),
            };
        };
        let around = self.iterations.iter().rev().find(|(target, _)| binds(target, name));
        around.map_or_else(Vec::new, |(target, over)| self.elements(over, target))
    }

    fn elements(&self, over: &'a Expr, target: &'a Expr) -> Vec<Turn<'a>> {
        let (over, part) = match over {
            Expr::Call(call) => match (&*call.func, call.arguments.args.first()) {
                (Expr::Name(name), Some(inner)) if name.id.as_str() == "enumerate" => (inner, Some("enumerate")),
                (Expr::Attribute(method), None) => (&*method.value, Some(method.attr.as_str())),
                _ => return Vec::new(),
            },
            over => (over, None),
        };
        let mut turns: Vec<Turn<'a>> = Vec::new();
        match (self.names.constant(over), part, target) {
            (Expr::Dict(dict), Some("items"), Expr::Tuple(names)) => {
                turns.extend(dict.items.iter().take(MAX_TURNS).map(|item| match names.elts.as_slice() {
                    [key, value] => {
                        item.key.iter().flat_map(|own| bind(key, own)).chain(bind(value, &item.value)).collect()
                    }
                    _ => Turn::new(),
                }));
            }
            (Expr::Dict(dict), Some("values"), _) => {
                turns.extend(dict.items.iter().take(MAX_TURNS).map(|item| bind(target, &item.value)));
            }
            (
                Expr::List(ast::ExprList { elts, .. })
                | Expr::Tuple(ast::ExprTuple { elts, .. })
                | Expr::Set(ast::ExprSet { elts, .. }),
                part,
                target,
            ) => {
                let target = match (part, target) {
                    (None, target) => Some(target),
                    (Some("enumerate"), Expr::Tuple(names)) => names.elts.get(1),
                    _ => None,
                };
                turns.extend(elts.iter().take(MAX_TURNS).filter_map(|element| Some(bind(target?, element))));
            }
            _ => {}
        }
        turns
    }
}

/// The parts of `element` under the names of `target`.
fn bind<'a>(target: &'a Expr, element: &'a Expr) -> Turn<'a> {
    match (target, element) {
        (Expr::Name(name), _) => vec![(name.id.as_str(), element)],
        (
            Expr::Tuple(ast::ExprTuple { elts: names, .. }) | Expr::List(ast::ExprList { elts: names, .. }),
            Expr::Tuple(ast::ExprTuple { elts: parts, .. }) | Expr::List(ast::ExprList { elts: parts, .. }),
        ) => {
            names.iter().zip(parts).filter_map(|(name, part)| Some((name.as_name_expr()?.id.as_str(), part))).collect()
        }
        _ => Turn::new(),
    }
}

/// What an expression stands for in a turn: a name of the loop, or a part of what such a name stands for.
fn in_turn<'a>(expr: &'a Expr, turn: &Turn<'a>) -> &'a Expr {
    let bound = |name: &ast::ExprName| turn.iter().find(|(own, _)| *own == name.id.as_str()).map(|(_, stands)| *stands);
    let found = match expr {
        Expr::Name(name) => bound(name),
        Expr::Subscript(subscript) => match (subscript.value.as_name_expr().and_then(bound), &*subscript.slice) {
            (Some(Expr::Dict(dict)), Expr::StringLiteral(wanted)) => dict.items.iter().find_map(|item| {
                let key = item.key.as_ref()?.as_string_literal_expr()?;
                (key.value.to_str() == wanted.value.to_str()).then_some(&item.value)
            }),
            (Some(Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. })), at) => {
                let at = at.as_number_literal_expr().and_then(|number| number.value.as_int()?.as_usize());
                at.and_then(|at| elts.get(at))
            }
            _ => None,
        },
        _ => None,
    };
    found.unwrap_or(expr)
}

fn is_called_router(expr: &Expr) -> bool {
    let name = match expr {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return false,
    };
    name.ends_with("router") || name.ends_with("blueprint") || name.ends_with("bp")
}

fn binds(target: &Expr, name: &str) -> bool {
    match target {
        Expr::Name(own) => own.id.as_str() == name,
        Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
            elts.iter().any(|part| part.as_name_expr().is_some_and(|own| own.id.as_str() == name))
        }
        _ => false,
    }
}
