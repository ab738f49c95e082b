//! States imports, functions, classes, their fields and what functions raise.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

use super::model::{Defined, DefinedKind, Imported};
use super::names::MAX_STEPS;
use super::scope::{each_statement, import_base, join};
use super::statuses::status_of;
use super::walk::Walker;
use crate::facts::schema::python::{
    PythonBase, PythonClass, PythonDecorator, PythonField, PythonFunction, PythonImport, PythonRaise,
};
use crate::facts::{Certainty, RowId};

/// Keywords that bound a field or parameter from above.
const BOUNDS: &[&str] = &["le", "lt", "max_length", "max_items", "max_digits", "regex", "pattern"];

impl<'a> Walker<'a, '_> {
    pub(super) fn state_import(&mut self, import: &'a ast::StmtImport) {
        for alias in &import.names {
            let name = alias.name.as_str();
            let top = name.split('.').next().unwrap_or(name);
            let bound = alias.asname.as_ref().map_or(top, ast::Identifier::as_str);
            self.push_import(alias, name.to_owned(), name.to_owned(), bound);
            let stands_for = if alias.asname.is_some() { name } else { top };
            self.define(bound, Defined::standing_for(DefinedKind::Import, Some(stands_for.to_owned())));
        }
    }

    pub(super) fn state_import_from(&mut self, import: &'a ast::StmtImportFrom) {
        let base = import_base(import, &self.names.place);
        for alias in &import.names {
            let Some(base) = base.clone() else { continue };
            let bound = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            let star = alias.name.as_str() == "*";
            let name = if star { base.clone() } else { join(&base, alias.name.as_str()) };
            self.push_import(alias, name.clone(), base.clone(), bound);
            if star {
                self.define(&format!("*{base}"), Defined::standing_for(DefinedKind::StarImport, Some(base)));
            } else {
                self.define(bound, Defined::standing_for(DefinedKind::Import, Some(name)));
            }
        }
    }

    fn push_import(&mut self, alias: &ast::Alias, name: String, base: String, bound: &str) {
        let span = self.span(alias.range());
        let package = name.split('.').next().unwrap_or_default().to_owned();
        let row = self.facts.push(PythonImport {
            span,
            certainty: Certainty::Certain,
            module: self.model.row,
            standard: super::standard::is_standard(&package),
            package,
            name: name.clone(),
            alias: bound.to_owned(),
            optional: self.tries() > 0 || self.module_tries > 0 || self.in_handlers > 0,
            typing_only: self.in_type_checking > 0,
            deferred: self.function().is_some() || self.in_conditions > 0,
        });
        self.model.imports.push(Imported { row, span, name: name.into(), base: base.into() });
    }

    pub(super) fn state_function(&mut self, function: &'a ast::StmtFunctionDef) -> RowId {
        let results = Results::of(&function.body);
        let returns = function.returns.as_deref();
        let made = results.made.filter(|_| results.returns == 1);
        let returns = match returns {
            Some(annotation) => self.names.resolve_annotation(annotation, MAX_STEPS),
            None => made.and_then(|call| self.names.resolve(&call.func)),
        };
        let path: Vec<&str> =
            self.frames.iter().map(|frame| frame.name.as_str()).chain([function.name.as_str()]).collect();
        let lines = self.file.lines();
        let row = self.facts.push(PythonFunction {
            span: self.span(function.name.range()),
            certainty: Certainty::Certain,
            module: self.model.row,
            class: self.class_body(),
            parent: self.function(),
            name: function.name.to_string(),
            qualified_name: path.join("."),
            is_async: function.is_async,
            is_generator: results.yields,
            is_stub: is_stub(&function.body),
            returns: returns.clone(),
            constant_result: results.constant(),
            lines: i64::from(lines.line(function.end().to_usize()) - lines.line(function.start().to_usize()) + 1),
        });
        let defined = Defined { row: Some(row), ..Defined::standing_for(DefinedKind::Function, returns) };
        self.define(function.name.as_str(), defined);
        for decorator in &function.decorator_list {
            self.state_decorator(decorator, row);
        }
        self.state_parameters(function, row);
        self.state_route_decorators(function, row);
        row
    }

    pub(super) fn state_class(&mut self, class: &'a ast::StmtClassDef) -> RowId {
        let row = self.facts.push(PythonClass {
            span: self.span(class.name.range()),
            certainty: Certainty::Certain,
            module: self.model.row,
            name: class.name.to_string(),
        });
        let mut bases = Vec::new();
        for base in class.bases() {
            let base_name = match base {
                Expr::Subscript(subscript) => self.names.resolve(&subscript.value),
                _ => self.names.resolve(base),
            };
            if let Some(name) = base_name {
                bases.push(name.clone().into_boxed_str());
                let span = self.span(base.range());
                self.facts.push(PythonBase { span, certainty: Certainty::Certain, class: row, name });
            }
        }
        let defined = Defined { row: Some(row), bases, ..Defined::standing_for(DefinedKind::Class, None) };
        self.define(class.name.as_str(), defined);
        for decorator in &class.decorator_list {
            self.state_decorator(decorator, row);
        }
        self.collect_class_routes(class);
        row
    }

    /// Fields, settings and columns that a class body declares.
    pub(super) fn state_class_body(&mut self, class: &'a ast::StmtClassDef, row: RowId) {
        if class.bases().is_empty() {
            return;
        }
        for stmt in &class.body {
            if let Stmt::AnnAssign(assign) = stmt
                && let Expr::Name(name) = &*assign.target
            {
                self.state_field(assign, name.id.as_str(), row);
            }
        }
        self.state_settings_class(class, row);
        self.state_model(class, row);
    }

    fn state_field(&mut self, assign: &'a ast::StmtAnnAssign, name: &str, row: RowId) {
        let annotation = self.squeezed(assign.annotation.range());
        let default = assign.value.as_deref().and_then(field_default).map(|value| self.names.value(value));
        let bounded = assign.value.as_deref().is_some_and(is_bounded)
            || is_bounded(&assign.annotation)
            || ["conint", "constr", "conlist", "Literal", "Enum"].iter().any(|word| annotation.contains(word));
        self.facts.push(PythonField {
            span: self.span(assign.range()),
            certainty: Certainty::Certain,
            class: row,
            name: name.to_owned(),
            annotation,
            default_kind: default.as_ref().map(|value| value.kind),
            default_value: default.and_then(|value| value.text),
            bounded,
        });
    }

    fn state_decorator(&mut self, decorator: &'a ast::Decorator, target: RowId) {
        let Some(name) = self.names.resolve(&decorator.expression) else { return };
        let call = self.context.last_call.filter(|(range, _)| *range == decorator.expression.range());
        let row = PythonDecorator {
            span: self.span(decorator.range()),
            certainty: Certainty::Certain,
            target,
            name,
            call: call.map(|(_, row)| row),
        };
        self.model.decorators.push(row);
    }

    pub(super) fn state_raise(&mut self, raise: &'a ast::StmtRaise) {
        let exception = raise.exc.as_deref();
        let status = match exception {
            Some(Expr::Call(call)) => {
                let argument = call.arguments.find_argument_value("status_code", 0);
                argument.and_then(|argument| status_of(&self.names, argument))
            }
            _ => None,
        };
        self.facts.push(PythonRaise {
            span: self.span(raise.range()),
            certainty: Certainty::Certain,
            function: self.function(),
            exception: exception.and_then(|exception| self.names.resolve(exception)),
            status,
        });
    }
}

/// The default that a field is given: `5` of `5`, `Field(5)` and `Field(default=5)`; none for `Field(…)` without one.
fn field_default(value: &Expr) -> Option<&Expr> {
    let Expr::Call(call) = value else { return Some(value) };
    let is_field = match &*call.func {
        Expr::Name(name) => name.id.as_str() == "Field",
        Expr::Attribute(attribute) => attribute.attr.as_str() == "Field",
        _ => false,
    };
    if !is_field || call.arguments.find_keyword("default_factory").is_some() {
        return Some(value);
    }
    call.arguments.find_argument_value("default", 0).filter(|default| !default.is_ellipsis_literal_expr())
}

/// Whether a call such as `Field(…)`, or an `Annotated[…]`, states an upper bound.
pub(super) fn is_bounded(expr: &Expr) -> bool {
    let bounds = |call: &ast::ExprCall| {
        call.arguments
            .keywords
            .iter()
            .any(|keyword| keyword.arg.as_ref().is_some_and(|name| BOUNDS.contains(&name.as_str())))
    };
    match expr {
        Expr::Call(call) => bounds(call),
        Expr::Subscript(subscript) => match &*subscript.slice {
            Expr::Tuple(tuple) => tuple.elts.iter().any(|part| matches!(part, Expr::Call(call) if bounds(call))),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a body does nothing: a docstring, `pass`, `…`, `raise NotImplementedError`.
fn is_stub(body: &[Stmt]) -> bool {
    body.iter().all(|stmt| match stmt {
        Stmt::Pass(_) => true,
        Stmt::Expr(stmt) => stmt.value.is_literal_expr(),
        Stmt::Raise(raise) => raise.exc.as_deref().is_some_and(|exception| match exception {
            Expr::Name(name) => name.id.as_str() == "NotImplementedError",
            Expr::Call(call) => matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "NotImplementedError"),
            _ => false,
        }),
        _ => false,
    })
}

/// What a function's `return` statements give.
#[derive(Default)]
struct Results<'a> {
    returns: usize,
    literals: Vec<&'static str>,
    made: Option<&'a ast::ExprCall>,
    yields: bool,
}

impl<'a> Results<'a> {
    fn of(body: &'a [Stmt]) -> Self {
        let mut results = Self::default();
        each_statement(body, &mut |stmt| match stmt {
            Stmt::Return(stmt) => results.add(stmt.value.as_deref()),
            Stmt::Expr(stmt) => results.yields |= stmt.value.is_yield_expr() || stmt.value.is_yield_from_expr(),
            Stmt::Assign(stmt) => results.yields |= stmt.value.is_yield_expr(),
            _ => {}
        });
        results
    }

    fn add(&mut self, value: Option<&'a Expr>) {
        self.returns += 1;
        match value {
            None | Some(Expr::NoneLiteral(_)) => self.literals.push("None"),
            Some(Expr::BooleanLiteral(literal)) => self.literals.push(if literal.value { "True" } else { "False" }),
            Some(Expr::Dict(dict)) if is_constant_dict(dict) => {
                self.literals.push("dict");
            }
            Some(Expr::StringLiteral(_)) => self.literals.push("text"),
            Some(Expr::Call(call)) => self.made = Some(call),
            Some(_) => {}
        }
    }

    /// The one literal that every `return` gives.
    fn constant(&self) -> Option<String> {
        match self.literals.as_slice() {
            [] if self.returns == 0 && !self.yields => Some("None".to_owned()),
            [first, rest @ ..] if self.literals.len() == self.returns && rest.iter().all(|other| other == first) => {
                Some((*first).to_owned())
            }
            _ => None,
        }
    }
}

/// A dictionary of literals only.
fn is_constant_dict(dict: &ast::ExprDict) -> bool {
    dict.items.iter().all(|item| item.key.as_ref().is_some_and(Expr::is_literal_expr) && item.value.is_literal_expr())
}
