//! Expressions.

use std::ops::Range;

use ruff_python_ast::{
    Arguments, BoolOp, Comprehension, DictItem, Expr, ExprAttribute, ExprCall, ExprCompare, ExprSlice, ExprSubscript,
    Keyword, Operator, UnaryOp,
};
use ruff_text_size::Ranged;

use super::{Lower, bytes};
use crate::syntax::python::pattern::Mark;
use crate::syntax::tree::{Kind, Role, Sym};

impl Lower<'_> {
    pub(super) fn expression(&mut self, expr: &Expr, role: Role) {
        let range = match expr {
            // The parentheses that it needs are none of its own.
            Expr::Yield(_) | Expr::YieldFrom(_) => bytes(expr.range()),
            _ => self.widened(expr, false),
        };
        self.place(expr, role, range);
    }

    /// An expression whose range with parentheses is known.
    fn place(&mut self, expr: &Expr, role: Role, range: Range<usize>) {
        match expr {
            Expr::Name(name) => {
                let id = self.ident(Kind::Name, role, name.range());
                let node = self.builder.node_mut(id);
                (node.start, node.end) = (range.start as u32, range.end as u32);
                if node.kind == Kind::Name {
                    let inner = bytes(name.range());
                    node.open = (inner.start - range.start).min(255) as u8;
                    node.close = (range.end - inner.end).min(255) as u8;
                }
            }
            Expr::StringLiteral(string) => self.string(string, role, range),
            Expr::BytesLiteral(string) => self.byte_string(string, role, range),
            Expr::FString(string) => self.format_string(string, role, range),
            Expr::NumberLiteral(number) => self.number(number, role, range),
            Expr::BooleanLiteral(literal) => {
                let word = if literal.value { "true" } else { "false" };
                self.builder.leaf(Kind::Bool, role, range, Sym::new(word));
            }
            Expr::NoneLiteral(_) => _ = self.open(Kind::Null, role, range),
            Expr::EllipsisLiteral(_) => _ = self.open(Kind::EllipsisLiteral, role, range),
            Expr::Attribute(attribute) => self.attribute(attribute, role, range),
            Expr::Call(call) => self.call(call, role, range),
            Expr::Subscript(subscript) => self.subscript(subscript, role, range),
            Expr::Compare(compare) => self.compare(compare, role, range),
            _ => self.compound(expr, role, range),
        }
    }

    /// Expressions that are a kind, an operator and parts.
    fn compound(&mut self, expr: &Expr, role: Role, range: Range<usize>) {
        let (kind, sym) = match expr {
            Expr::BoolOp(it) => (Kind::Binary, if it.op == BoolOp::And { "and" } else { "or" }),
            Expr::BinOp(it) => (Kind::Binary, operator(it.op)),
            Expr::UnaryOp(it) => (Kind::Unary, unary(it.op)),
            Expr::Named(_) => (Kind::Assign, ""),
            Expr::Lambda(_) => (Kind::Lambda, ""),
            Expr::If(_) => (Kind::Conditional, ""),
            // As in Semgrep, one with the entries of another in it is a set of entries.
            Expr::Dict(it) if it.items.iter().any(|item| self.is_spread(item)) => (Kind::Set, ""),
            Expr::Dict(_) => (Kind::Dict, ""),
            Expr::Set(_) => (Kind::Set, ""),
            Expr::ListComp(_) => (Kind::Comprehension, "list"),
            Expr::SetComp(_) | Expr::DictComp(_) => (Kind::Comprehension, "dict"),
            Expr::Generator(it) if !it.parenthesized => (Kind::Comprehension, "list"),
            Expr::Generator(_) => (Kind::Comprehension, "tuple"),
            Expr::Await(_) => (Kind::Await, ""),
            Expr::Yield(_) => (Kind::Yield, ""),
            Expr::YieldFrom(_) => (Kind::YieldFrom, ""),
            Expr::Starred(_) => (Kind::Starred, ""),
            Expr::List(_) => (Kind::List, ""),
            Expr::Tuple(_) => (Kind::Tuple, ""),
            Expr::Slice(_) => (Kind::Slice, ""),
            _ => (Kind::Other, "expression"),
        };
        let node = self.open(kind, role, range);
        if !sym.is_empty() {
            self.builder.say(node, Sym::new(sym));
        }
        self.parts(expr);
        self.builder.close(node);
    }

    fn parts(&mut self, expr: &Expr) {
        match expr {
            Expr::BoolOp(it) => it.values.iter().for_each(|value| self.expression(value, Role::Arg)),
            Expr::BinOp(it) => {
                self.expression(&it.left, Role::Arg);
                self.expression(&it.right, Role::Arg);
            }
            Expr::UnaryOp(it) => self.expression(&it.operand, Role::Arg),
            Expr::Named(it) => {
                self.expression(&it.target, Role::Target);
                self.expression(&it.value, Role::Value);
            }
            Expr::Lambda(it) => {
                self.parameters(it.parameters.as_deref());
                self.expression(&it.body, Role::Body);
            }
            Expr::If(it) => {
                self.expression(&it.test, Role::Test);
                self.expression(&it.body, Role::Value);
                self.expression(&it.orelse, Role::Else);
            }
            Expr::Dict(it) => it.items.iter().for_each(|item| self.entry(item)),
            Expr::Set(it) => self.elements(&it.elts),
            Expr::List(it) => self.elements(&it.elts),
            Expr::Tuple(it) => self.elements(&it.elts),
            Expr::ListComp(it) => self.comprehension(&it.elt, &it.generators),
            Expr::SetComp(it) => self.comprehension(&it.elt, &it.generators),
            Expr::Generator(it) => self.comprehension(&it.elt, &it.generators),
            Expr::DictComp(it) => {
                let start = it.key.as_ref().map_or(it.value.range(), |key| key.range()).start().to_usize();
                let pair = self.open(Kind::Pair, Role::Item, start..it.value.range().end().to_usize());
                if let Some(key) = &it.key {
                    self.expression(key, Role::Key);
                }
                self.expression(&it.value, Role::Value);
                self.builder.close(pair);
                self.generators(&it.generators);
            }
            Expr::Await(it) => self.expression(&it.value, Role::Value),
            Expr::Yield(it) => it.value.iter().for_each(|value| self.expression(value, Role::Value)),
            Expr::YieldFrom(it) => self.expression(&it.value, Role::Value),
            Expr::Starred(it) => self.expression(&it.value, Role::Arg),
            Expr::Slice(it) => self.bounds(it),
            _ => {}
        }
    }

    fn elements(&mut self, elements: &[Expr]) {
        for element in elements {
            self.expression(element, Role::Item);
        }
    }

    fn bounds(&mut self, slice: &ExprSlice) {
        let bounds = [(&slice.lower, Role::Lower), (&slice.upper, Role::Upper), (&slice.step, Role::Step)];
        for (bound, role) in bounds {
            if let Some(bound) = bound {
                self.expression(bound, role);
            }
        }
    }

    fn comprehension(&mut self, element: &Expr, generators: &[Comprehension]) {
        self.expression(element, Role::Item);
        self.generators(generators);
    }

    fn generators(&mut self, generators: &[Comprehension]) {
        for generator in generators {
            let start = generator.range().start().to_usize();
            let each = self.open(Kind::CompFor, Role::Item, start..generator.iter.range().end().to_usize());
            self.expression(&generator.target, Role::Target);
            self.expression(&generator.iter, Role::Value);
            self.builder.close(each);
            for test in &generator.ifs {
                let node = self.open(Kind::CompIf, Role::Item, bytes(test.range()));
                self.expression(test, Role::Test);
                self.builder.close(node);
            }
        }
    }

    /// Whether an item of a dictionary is `**other`.
    fn is_spread(&self, item: &DictItem) -> bool {
        item.key.is_none() && !self.is_dots(item)
    }

    /// Whether an item of a dictionary is `...` of a pattern.
    fn is_dots(&self, item: &DictItem) -> bool {
        matches!(self.mark(item.value.range().start() - ruff_text_size::TextSize::new(2)), Some(Mark::Ellipsis))
    }

    fn entry(&mut self, item: &DictItem) {
        let value = item.value.range();
        let Some(key) = &item.key else {
            if self.is_dots(item) {
                let end = value.end().to_usize();
                self.open(Kind::Ellipsis, Role::Item, end - 3..end);
                return;
            }
            let spread = self.open(Kind::Starred, Role::Item, bytes(value));
            self.expression(&item.value, Role::Arg);
            self.builder.close(spread);
            return;
        };
        let key_range = self.widened(key, false);
        let value_range = self.widened(&item.value, false);
        let pair = self.open(Kind::Pair, Role::Item, key_range.start..value_range.end);
        self.place(key, Role::Key, key_range);
        self.place(&item.value, Role::Value, value_range);
        self.builder.close(pair);
    }

    fn attribute(&mut self, attribute: &ExprAttribute, role: Role, range: Range<usize>) {
        let node = self.open(Kind::Attribute, role, range);
        self.expression(&attribute.value, Role::Value);
        self.identifier(Role::Name, &attribute.attr);
        self.builder.close(node);
    }

    fn call(&mut self, call: &ExprCall, role: Role, range: Range<usize>) {
        if let Expr::Name(name) = &*call.func
            && let Some(Mark::Deep) = self.mark(name.range().start())
        {
            let node = self.open(Kind::Deep, role, range);
            call.arguments.args.iter().for_each(|arg| self.expression(arg, Role::Item));
            self.builder.close(node);
            return;
        }
        let node = self.open(Kind::Call, role, range);
        self.expression(&call.func, Role::Callee);
        self.arguments(&call.arguments);
        self.builder.close(node);
    }

    /// Arguments of a call, or bases of a class, in the order written.
    pub(super) fn arguments(&mut self, arguments: &Arguments) {
        let alone = arguments.args.len() + arguments.keywords.len() == 1;
        let mut keywords = arguments.keywords.iter().peekable();
        for arg in &arguments.args {
            while let Some(keyword) = keywords.next_if(|keyword| keyword.range().start() < arg.range().start()) {
                self.keyword(keyword, alone);
            }
            let range = self.widened(arg, alone);
            self.place(arg, Role::Arg, range);
        }
        for keyword in keywords {
            self.keyword(keyword, alone);
        }
    }

    fn keyword(&mut self, keyword: &Keyword, alone: bool) {
        let value = self.widened(&keyword.value, alone);
        let start = keyword.range().start().to_usize();
        let kind = if keyword.arg.is_some() { Kind::KeywordArg } else { Kind::DoubleStarred };
        let node = self.open(kind, Role::Arg, start..value.end);
        if let Some(name) = &keyword.arg {
            self.identifier(Role::Name, name);
        }
        self.place(&keyword.value, Role::Value, value);
        self.builder.close(node);
    }

    fn subscript(&mut self, subscript: &ExprSubscript, role: Role, range: Range<usize>) {
        let node = self.open(Kind::Subscript, role, range);
        self.expression(&subscript.value, Role::Value);
        match &*subscript.slice {
            // Slices side by side are indexes of their own.
            Expr::Tuple(tuple) if !tuple.parenthesized && tuple.elts.iter().any(Expr::is_slice_expr) => {
                tuple.elts.iter().for_each(|index| self.expression(index, Role::Item));
            }
            index => self.expression(index, Role::Item),
        }
        self.builder.close(node);
    }

    fn compare(&mut self, compare: &ExprCompare, role: Role, range: Range<usize>) {
        if let ([ruff_python_ast::CmpOp::Lt], [kind]) = (&*compare.ops, &*compare.comparators)
            && let Some(Mark::Metavar(name)) = self.mark(compare.left.range().start())
            && let Some(Mark::Typed) = self.mark(compare.left.range().end())
        {
            let name = name.clone();
            let node = self.builder.pattern_leaf(Kind::TypedMetavar, role, range, &name);
            self.expression(kind, Role::Type);
            self.builder.close(node);
            return;
        }
        let said: Vec<&str> = compare.ops.iter().map(ruff_python_ast::CmpOp::as_str).collect();
        let said = Sym::new(&said.join(" "));
        if compare.ops.len() == 1 {
            let node = self.open(Kind::Binary, role, range);
            self.builder.say(node, said);
            self.expression(&compare.left, Role::Arg);
            self.expression(&compare.comparators[0], Role::Arg);
            return self.builder.close(node);
        }
        // As in Semgrep, what stands before the first operator is no part of a chain.
        let left = self.widened(&compare.left, false);
        let start = self.text.get(left.end..range.end).map_or(left.end, |rest| {
            left.end + rest.find(|char: char| !char.is_whitespace() && char != '\\').unwrap_or(0)
        });
        let node = self.open(Kind::Comparisons, role, start..range.end);
        self.builder.say(node, said);
        compare.comparators.iter().for_each(|operand| self.expression(operand, Role::Arg));
        self.builder.close(node);
    }
}

fn operator(op: Operator) -> &'static str {
    op.as_str()
}

fn unary(op: UnaryOp) -> &'static str {
    op.as_str()
}
