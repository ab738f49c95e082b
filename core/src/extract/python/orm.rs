//! States database models: SQLAlchemy and SQLModel by their table name, Django by its base, `Table(…)` by its call.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::walk::Walker;
use crate::facts::schema::python::{PythonColumn, PythonIndex, PythonModel, PythonRelationship};
use crate::facts::{Certainty, RowId};

impl<'a> Walker<'a, '_> {
    /// States the model that a class is, with its columns.
    pub(super) fn state_model(&mut self, class: &'a ast::StmtClassDef, row: RowId) {
        let Some(orm) = self.orm_of(class) else { return };
        let table_name = class.body.iter().find_map(|stmt| match assigned(stmt)? {
            ("__tablename__", value) => self.names.value(value).as_text().map(str::to_owned),
            _ => None,
        });
        let model = self.facts.push(PythonModel {
            span: self.span(class.name.range()),
            certainty: Certainty::Certain,
            class: row,
            name: class.name.to_string(),
            table_name,
            orm,
        });
        for stmt in &class.body {
            match stmt {
                Stmt::ClassDef(meta) if meta.name.as_str() == "Meta" => self.state_meta(meta, model),
                _ => {
                    if let Some((name, value)) = assigned(stmt) {
                        self.state_attribute(name, value, stmt, model);
                    }
                }
            }
        }
    }

    /// States the model that `users = Table("users", metadata, Column(…), …)` is. `row` is that of the variable.
    pub(super) fn state_table(&mut self, call: &'a ast::ExprCall, row: RowId) {
        let is_table = self.names.resolve(&call.func).is_some_and(|callee| {
            matches!(&*callee, "sqlalchemy.Table" | "sqlalchemy.schema.Table" | "sqlalchemy.sql.schema.Table")
        });
        let Some(name) = call.arguments.args.first().filter(|_| is_table).and_then(|name| self.text(name)) else {
            return;
        };
        let model = self.facts.push(PythonModel {
            span: self.span(call.range()),
            certainty: Certainty::Certain,
            class: row,
            name: name.clone(),
            table_name: Some(name),
            orm: "sqlalchemy",
        });
        for part in call.arguments.args.iter().skip(1) {
            let Expr::Call(inner) = part else { continue };
            let Some(callee) = self.names.resolve(&inner.func) else { continue };
            match (callee.rsplit('.').next(), inner.arguments.args.first().and_then(|name| self.text(name))) {
                (Some("Column"), Some(column)) => self.state_column(&column, inner, (part.range(), None), model),
                _ => self.state_table_args(part, model),
            }
        }
    }

    fn orm_of(&self, class: &'a ast::StmtClassDef) -> Option<&'static str> {
        let bases: Vec<String> = class.bases().iter().filter_map(|base| self.names.resolve(base)).collect();
        if bases.iter().any(|base| base.starts_with("django.") && base.ends_with("models.Model")) {
            return Some("django");
        }
        let arguments = class.arguments.as_deref()?;
        let is_table = arguments
            .find_keyword("table")
            .is_some_and(|keyword| matches!(&keyword.value, Expr::BooleanLiteral(literal) if literal.value));
        if is_table {
            return Some("sqlmodel");
        }
        let named = class.body.iter().any(|stmt| matches!(assigned(stmt), Some(("__tablename__" | "__table__", _))));
        named.then_some("sqlalchemy")
    }

    fn state_attribute(&mut self, name: &str, value: &'a Expr, stmt: &'a Stmt, model: RowId) {
        if name == "__table_args__" {
            return self.state_table_args(value, model);
        }
        let Expr::Call(call) = value else { return };
        let Some(callee) = self.names.resolve(&call.func) else { return };
        match callee.rsplit('.').next() {
            Some("Column" | "mapped_column" | "Field") => {
                let annotation = match stmt {
                    Stmt::AnnAssign(assign) => Some(assign.annotation.range()),
                    _ => None,
                };
                self.state_column(name, call, (stmt.range(), annotation), model);
            }
            Some("relationship" | "Relationship") => self.state_relationship(name, call, stmt, model),
            Some(field) if callee.contains("models.") && field.chars().next().is_some_and(char::is_uppercase) => {
                self.state_django_field(name, call, field.to_owned(), model);
            }
            _ => {}
        }
    }

    /// A column: where it stands, and the annotation that names its type where the call does not.
    fn state_column(
        &mut self,
        name: &str,
        call: &'a ast::ExprCall,
        (range, annotation): (TextRange, Option<TextRange>),
        model: RowId,
    ) {
        let flag = |flag: &str| {
            call.arguments
                .find_keyword(flag)
                .is_some_and(|keyword| matches!(&keyword.value, Expr::BooleanLiteral(literal) if literal.value))
        };
        let (primary_key, is_unique, is_indexed) = (flag("primary_key"), flag("unique"), flag("index"));
        let mut type_name = None;
        let mut foreign_key = call.arguments.find_keyword("foreign_key").and_then(|keyword| self.text(&keyword.value));
        let typed = call.arguments.find_keyword("sa_column").or_else(|| call.arguments.find_keyword("type_"));
        for part in call.arguments.args.iter().chain(typed.map(|keyword| &keyword.value)) {
            match self.names.resolve(part) {
                Some(part_name) if part_name.ends_with("ForeignKey") => {
                    foreign_key = match part {
                        Expr::Call(key) => key.arguments.args.first().map(|target| self.key_target(target)),
                        _ => None,
                    };
                }
                Some(part_name) if !part.is_literal_expr() => {
                    type_name = type_name.or_else(|| part_name.rsplit('.').next().map(str::to_owned));
                }
                _ => {}
            }
        }
        let type_name = type_name.or_else(|| annotation.map(|annotation| self.squeezed(annotation)));
        self.facts.push(PythonColumn {
            span: self.span(range),
            certainty: Certainty::Certain,
            model,
            name: name.to_owned(),
            type_name,
            primary_key,
            is_unique,
            is_indexed,
            foreign_key,
        });
    }

    /// `"users.id"` or `User.id`.
    fn key_target(&self, target: &Expr) -> String {
        self.text(target).or_else(|| self.names.resolve(target)).unwrap_or_default()
    }

    fn text(&self, expr: &Expr) -> Option<String> {
        self.names.value(expr).as_text().map(str::to_owned)
    }

    fn state_relationship(&mut self, name: &str, call: &'a ast::ExprCall, stmt: &'a Stmt, model: RowId) {
        let other =
            call.arguments.args.first().and_then(|other| self.text(other).or_else(|| self.names.resolve(other)));
        let annotated = || match stmt {
            Stmt::AnnAssign(assign) => Some(self.squeezed(assign.annotation.range())),
            _ => None,
        };
        let lazy = call.arguments.find_keyword("lazy").and_then(|lazy| self.text(&lazy.value));
        let other = other.or_else(annotated);
        let span = self.span(stmt.range());
        let certainty = Certainty::Certain;
        self.facts.push(PythonRelationship { span, certainty, model, name: name.to_owned(), other, lazy });
    }

    /// Django indexes foreign keys and slugs by itself.
    fn state_django_field(&mut self, name: &str, call: &'a ast::ExprCall, field: String, model: RowId) {
        let flag = |flag: &str| {
            call.arguments
                .find_keyword(flag)
                .map(|keyword| matches!(&keyword.value, Expr::BooleanLiteral(literal) if literal.value))
        };
        let relation = matches!(field.as_str(), "ForeignKey" | "OneToOneField");
        let target = call.arguments.args.first().map(|target| self.key_target(target));
        let indexed = flag("db_index").unwrap_or(relation || field == "SlugField");
        self.facts.push(PythonColumn {
            span: self.span(call.range()),
            certainty: Certainty::Certain,
            model,
            name: name.to_owned(),
            primary_key: flag("primary_key").unwrap_or(false),
            is_unique: flag("unique").unwrap_or(field == "OneToOneField"),
            is_indexed: indexed,
            foreign_key: target.filter(|_| relation),
            type_name: Some(field),
        });
    }

    /// `__table_args__ = (Index("ix", "a", "b"), UniqueConstraint("a", "b"), {…})`.
    fn state_table_args(&mut self, value: &'a Expr, model: RowId) {
        let entries: &[Expr] = match value {
            Expr::Tuple(tuple) => &tuple.elts,
            Expr::List(list) => &list.elts,
            single => std::slice::from_ref(single),
        };
        for entry in entries {
            let Expr::Call(call) = entry else { continue };
            let callee = self.names.resolve(&call.func).unwrap_or_default();
            let (skip, is_unique) = match callee.rsplit('.').next() {
                Some("Index") => (1, false),
                Some("UniqueConstraint" | "PrimaryKeyConstraint") => (0, true),
                _ => continue,
            };
            let columns: Vec<String> =
                call.arguments.args.iter().skip(skip).filter_map(|column| self.column_name(column)).collect();
            self.push_index(entry, model, columns, is_unique);
        }
    }

    /// Django's `class Meta: indexes = [models.Index(fields=["a", "b"])]; unique_together = [("a", "b")]`.
    fn state_meta(&mut self, meta: &'a ast::StmtClassDef, model: RowId) {
        for stmt in &meta.body {
            let Some((name @ ("indexes" | "constraints"), Expr::List(list))) = assigned(stmt) else { continue };
            for entry in &list.elts {
                let Expr::Call(call) = entry else { continue };
                let Some(Expr::List(fields)) = call.arguments.find_keyword("fields").map(|fields| &fields.value) else {
                    continue;
                };
                let columns = fields.elts.iter().filter_map(|field| self.column_name(field)).collect();
                self.push_index(entry, model, columns, name == "constraints");
            }
        }
    }

    /// `"name"`, `"-name"`, `Model.name`, `name.desc()`.
    fn column_name(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Name(name) => Some(name.id.to_string()),
            Expr::Attribute(attribute) => Some(attribute.attr.to_string()),
            Expr::Call(call) => match &*call.func {
                Expr::Attribute(attribute) => self.column_name(&attribute.value),
                _ => None,
            },
            _ => self.text(expr).map(|text| text.trim_start_matches('-').to_owned()),
        }
    }

    fn push_index(&mut self, entry: &'a Expr, model: RowId, columns: Vec<String>, is_unique: bool) {
        let Some(leading_column) = columns.first().cloned() else { return };
        self.facts.push(PythonIndex {
            span: self.span(entry.range()),
            certainty: Certainty::Certain,
            model,
            leading_column,
            columns: serde_json::Value::from(columns).to_string(),
            is_unique,
        });
    }
}

/// The name and value of a plain assignment.
fn assigned(stmt: &Stmt) -> Option<(&str, &Expr)> {
    let (target, value) = match stmt {
        Stmt::Assign(assign) => (assign.targets.first()?, &*assign.value),
        Stmt::AnnAssign(assign) => (&*assign.target, assign.value.as_deref()?),
        _ => return None,
    };
    match target {
        Expr::Name(name) => Some((name.id.as_str(), value)),
        _ => None,
    }
}
