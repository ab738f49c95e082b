//! Functions, classes, parameters and decorators.

use ruff_python_ast::{Decorator, Expr, Parameter, ParameterWithDefault, Parameters, StmtClassDef, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::{Lower, bytes};
use crate::syntax::python::pattern::Mark;
use crate::syntax::tree::{Kind, Role, Sym};

/// One parameter of any sort.
enum Each<'a> {
    Plain(&'a ParameterWithDefault),
    Rest(&'a Parameter),
    Keywords(&'a Parameter),
}

impl Lower<'_> {
    pub(super) fn function(&mut self, it: &StmtFunctionDef, role: Role) {
        let node = self.open(Kind::FuncDef, role, bytes(it.range()));
        self.decorators(&it.decorator_list);
        if it.is_async {
            let at = it.range().start().to_usize();
            self.builder.leaf(Kind::Word, Role::Decorator, at..at, Sym::new("async"));
        }
        self.identifier(Role::Name, &it.name);
        self.parameters(Some(&it.parameters));
        if let Some(returns) = &it.returns {
            self.expression(returns, Role::Type);
        }
        let in_class = std::mem::replace(&mut self.in_class, false);
        self.block(&it.body, Role::Body);
        self.in_class = in_class;
        self.builder.close(node);
    }

    pub(super) fn class(&mut self, it: &StmtClassDef, role: Role) {
        let node = self.open(Kind::ClassDef, role, bytes(it.range()));
        self.decorators(&it.decorator_list);
        self.identifier(Role::Name, &it.name);
        if let Some(arguments) = &it.arguments {
            self.arguments(arguments);
        }
        let in_class = std::mem::replace(&mut self.in_class, true);
        let range = match (it.body.first(), it.body.last()) {
            (Some(first), Some(last)) => first.range().start().to_usize()..last.range().end().to_usize(),
            _ => 0..0,
        };
        let block = self.open(Kind::Block, Role::Body, range);
        self.statements(&it.body);
        self.builder.close(block);
        self.in_class = in_class;
        self.builder.close(node);
    }

    /// A decorator is a call, with or without parentheses.
    fn decorators(&mut self, decorators: &[Decorator]) {
        for decorator in decorators {
            let called = match &decorator.expression {
                Expr::Call(call) if call.arguments.is_empty() => &*call.func,
                other => other,
            };
            // As in Semgrep, a word of the language as `async` is.
            if called.as_name_expr().is_some_and(|name| name.id == "staticmethod") {
                let place = bytes(decorator.expression.range());
                self.builder.leaf(Kind::Word, Role::Decorator, place, Sym::new("static"));
                continue;
            }
            let node = self.open(Kind::Decorator, Role::Decorator, bytes(decorator.range()));
            match &decorator.expression {
                Expr::Name(_) | Expr::Attribute(_) => {
                    let call = self.open(Kind::Call, Role::Item, bytes(decorator.expression.range()));
                    self.expression(&decorator.expression, Role::Callee);
                    self.builder.close(call);
                }
                other => self.expression(other, Role::Item),
            }
            self.builder.close(node);
        }
    }

    pub(super) fn parameters(&mut self, parameters: Option<&Parameters>) {
        let range = parameters.map_or(0..0, |it| bytes(it.range()));
        let node = self.open(Kind::Params, Role::Item, range);
        if let Some(it) = parameters {
            let plain = it.posonlyargs.iter().chain(&it.args).chain(&it.kwonlyargs).map(Each::Plain);
            let rest = it.vararg.iter().map(|it| Each::Rest(it));
            let keywords = it.kwarg.iter().map(|it| Each::Keywords(it));
            let mut all: Vec<_> = plain.chain(rest).chain(keywords).collect();
            all.sort_by_key(Each::start);
            let slash = it.posonlyargs.last().map(|last| last.range().start());
            let star = if it.vararg.is_none() { it.kwonlyargs.first().map(|it| it.range().start()) } else { None };
            for each in &all {
                if star == Some(each.start()) {
                    self.param_mark("*", each);
                }
                self.parameter(each);
                if slash == Some(each.start()) {
                    self.param_mark("/", each);
                }
            }
        }
        self.builder.close(node);
    }

    fn param_mark(&mut self, sign: &str, near: &Each<'_>) {
        let at = near.start().to_usize();
        self.builder.leaf(Kind::ParamMark, Role::Item, at..at, Sym::new(sign));
    }

    fn parameter(&mut self, each: &Each<'_>) {
        let (kind, it, default) = match each {
            Each::Plain(it) => (Kind::Param, &it.parameter, it.default.as_deref()),
            Each::Rest(it) => (Kind::RestParam, *it, None),
            Each::Keywords(it) => (Kind::KeywordRestParam, *it, None),
        };
        if kind == Kind::Param
            && let Some(mark @ (Mark::Ellipsis | Mark::Rest(_))) = self.mark(it.name.range().start())
        {
            let place = bytes(it.name.range());
            match mark {
                Mark::Rest(name) => _ = self.builder.pattern_leaf(Kind::MetavarRest, Role::Item, place, name),
                _ => _ = self.open(Kind::Ellipsis, Role::Item, place),
            }
            return;
        }
        let end = default.map_or(it.range().end(), |default| default.range().end());
        let node = self.open(kind, Role::Item, it.range().start().to_usize()..end.to_usize());
        self.identifier(Role::Name, &it.name);
        if let Some(annotation) = &it.annotation {
            self.expression(annotation, Role::Type);
        }
        if let Some(default) = default {
            self.expression(default, Role::Default);
        }
        self.builder.close(node);
    }
}

impl Each<'_> {
    fn start(&self) -> ruff_text_size::TextSize {
        match self {
            Self::Plain(it) => it.range().start(),
            Self::Rest(it) | Self::Keywords(it) => it.range().start(),
        }
    }
}
