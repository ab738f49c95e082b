//! Constant expressions: literals, what joins them, and names whose value is known.

use std::rc::Rc;

use super::Code;
use crate::syntax::tree::{Kind, NodeId, Role, Sym};

/// Deepest expression that is evaluated.
const MAX_DEPTH: u32 = 100;
/// What is called where a Dockerfile has a variable.
const EXPAND: Sym = Sym::new("!dockerfile_expand!");
/// Longest text that is computed.
const MAX_TEXT: usize = 64 << 10;

/// What is known of a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A text.
    Text(Rc<str>),
    /// An integer.
    Int(i64),
    /// Any other literal, by its node.
    Literal(NodeId),
    /// A boolean.
    Bool(bool),
    /// A text that is constant but not known.
    SomeText,
    /// Something else that is constant but not known.
    Some,
    /// What an expression gives, as it was assigned.
    Symbolic(NodeId),
}

impl Value {
    /// Whether the value itself is known or known to be constant.
    pub(crate) fn is_constant(&self) -> bool {
        !matches!(self, Self::Symbolic(_))
    }

    /// The value of a variable that has one value on one way and another on another.
    pub(super) fn union(&self, other: &Self) -> Option<Self> {
        if self == other {
            return Some(self.clone());
        }
        match (self, other) {
            (Self::Symbolic(_), _) | (_, Self::Symbolic(_)) => None,
            (Self::Text(_) | Self::SomeText, Self::Text(_) | Self::SomeText) => Some(Self::SomeText),
            _ => Some(Self::Some),
        }
    }
}

/// The value of an expression, with the values that the names in it are known to hold.
pub(super) fn expression(code: &Code<'_>, node: NodeId) -> Option<Value> {
    Evaluator { code, look_up: &mut |name| code.values().of(name).cloned(), assigned: false }.expression(node, 0)
}

/// An evaluator over what `look_up` tells of names.
pub(super) struct Evaluator<'e, 't> {
    pub(super) code: &'e Code<'t>,
    pub(super) look_up: &'e mut dyn FnMut(NodeId) -> Option<Value>,
    /// Whether the value is one that is assigned: then more operators count.
    pub(super) assigned: bool,
}

impl Evaluator<'_, '_> {
    pub(super) fn expression(&mut self, id: NodeId, depth: u32) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        let tree = self.code.tree;
        let node = tree.node(id);
        match node.kind {
            Kind::Str | Kind::PrefixedStr => Some(Value::Text(tree.content(self.code.text, id).into())),
            Kind::Int => Some(self.integer(id).map_or(Value::Literal(id), Value::Int)),
            Kind::Bool => Some(Value::Bool(node.sym == Sym::new("true"))),
            Kind::Float | Kind::Null => Some(Value::Literal(id)),
            Kind::Name => (self.look_up)(id),
            Kind::Concat | Kind::Interpolated => self.joined(id, depth),
            // Only the variables of a Dockerfile.
            Kind::Call => {
                let is_variable = tree.children(id).next().is_some_and(|callee| tree.node(callee).sym == EXPAND);
                tree.child(id, Role::Arg).filter(|_| is_variable).and_then(&mut *self.look_up)
            }
            Kind::Unary => self.unary(id, depth),
            Kind::Binary => self.binary(id, depth),
            Kind::Conditional => {
                let value = self.expression(tree.child(id, Role::Value)?, depth + 1)?;
                let other = self.expression(tree.child(id, Role::Else)?, depth + 1)?;
                value.union(&other)
            }
            _ => None,
        }
    }

    fn integer(&self, id: NodeId) -> Option<i64> {
        let written = self.code.tree.content(self.code.text, id).replace('_', "").to_ascii_lowercase();
        let written = written.trim_matches(['(', ')', ' ']);
        let radix = |prefix: &str, radix| Some(i64::from_str_radix(written.strip_prefix(prefix)?, radix).ok());
        radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| radix("0b", 2)).unwrap_or_else(|| written.parse().ok())
    }

    fn joined(&mut self, id: NodeId, depth: u32) -> Option<Value> {
        let mut whole = String::new();
        let mut known = true;
        for part in self.code.tree.children(id) {
            match self.expression(part, depth + 1)? {
                Value::Text(text) if known && whole.len() + text.len() < MAX_TEXT => whole.push_str(&text),
                Value::Text(_) | Value::SomeText => known = false,
                _ => return None,
            }
        }
        Some(if known { Value::Text(whole.into()) } else { Value::SomeText })
    }

    fn unary(&mut self, id: NodeId, depth: u32) -> Option<Value> {
        let operand = self.expression(NodeId(id.0 + 1), depth + 1)?;
        let sym = self.code.tree.node(id).sym;
        match operand {
            Value::Bool(value) if sym == Sym::new("not") => Some(Value::Bool(!value)),
            Value::Int(value) if sym == Sym::new("-") && self.assigned => value.checked_neg().map(Value::Int),
            Value::Int(value) if sym == Sym::new("+") => Some(Value::Int(value)),
            _ => None,
        }
    }

    fn binary(&mut self, id: NodeId, depth: u32) -> Option<Value> {
        let tree = self.code.tree;
        let sym = tree.node(id).sym;
        let mut operands = tree.children(id);
        let first = self.expression(operands.next()?, depth + 1);
        if sym == Sym::new("*") && matches!(first, Some(Value::Text(_) | Value::SomeText)) {
            return Some(Value::SomeText);
        }
        let mut value = first?;
        for operand in operands {
            let other = self.expression(operand, depth + 1)?;
            value = self.operate(sym, &value, &other)?;
        }
        Some(value)
    }

    fn operate(&self, sym: Sym, left: &Value, right: &Value) -> Option<Value> {
        let is = |operator: &str| sym == Sym::new(operator);
        match (left, right) {
            (Value::Text(left), Value::Text(right)) if is("+") && left.len() + right.len() < MAX_TEXT => {
                Some(Value::Text(format!("{left}{right}").into()))
            }
            (Value::Text(_) | Value::SomeText, Value::Text(_) | Value::SomeText) if is("+") || self.assigned => {
                Some(Value::SomeText)
            }
            (Value::Int(left), Value::Int(right)) => {
                let result = if is("+") {
                    left.checked_add(*right)
                } else if is("*") {
                    left.checked_mul(*right)
                } else if is("-") && self.assigned {
                    left.checked_sub(*right)
                } else if is("/") && self.assigned {
                    left.checked_div(*right)
                } else {
                    None
                };
                result.map(Value::Int).or_else(|| self.assigned.then_some(Value::Some))
            }
            (Value::Bool(left), Value::Bool(right)) if is("and") => Some(Value::Bool(*left && *right)),
            (Value::Bool(left), Value::Bool(right)) if is("or") => Some(Value::Bool(*left || *right)),
            (Value::Bool(true), other) if is("and") && self.assigned => Some(other.clone()),
            (Value::Bool(false), other) if is("or") && self.assigned => Some(other.clone()),
            _ => None,
        }
    }
}
