//! What the names of a scope are bound to, found by one look over its statements before they are walked.

use hashbrown::HashMap;

use ruff_python_ast::{self as ast, Expr, Stmt};

/// What a name is bound to.
#[derive(Debug, Clone)]
pub(super) enum Binding<'a> {
    /// An import: the resolved dotted name.
    Import(String),
    /// A function or class defined in the scope.
    Definition,
    /// A value; `sole` where no other statement of the scope assigns the name.
    Value { value: &'a Expr, sole: bool },
    /// A parameter, with its annotation.
    Parameter(Option<&'a Expr>),
    /// Something that only exists at run time: a loop variable, an exception, an unpacked part.
    Opaque,
}

/// What kind of block a scope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Module,
    Class,
    Function,
}

/// An attribute that methods give to `self`, or a class body defines.
#[derive(Debug, Clone, Copy)]
pub(super) enum Attribute<'a> {
    /// A method.
    Method,
    /// A value, and the method in which it is assigned.
    Value(&'a Expr, Option<&'a ast::StmtFunctionDef>),
    /// Only an annotation.
    Annotated(&'a Expr),
}

/// The names of one block.
pub(super) struct Scope<'a> {
    pub(super) kind: ScopeKind,
    /// Canonical name of what the scope belongs to, for example `.app.main.Cache`.
    pub(super) prefix: String,
    pub(super) names: HashMap<&'a str, Binding<'a>>,
    /// For a class: its attributes.
    pub(super) attributes: HashMap<&'a str, Attribute<'a>>,
    /// For a method: the name of its first parameter.
    pub(super) receiver: Option<&'a str>,
    /// For a function: its parameters, in order.
    pub(super) parameters: Vec<&'a str>,
    /// What statements put into dictionaries that names hold: the key, and the value; no key where it is not literal.
    pub(super) entries: HashMap<&'a str, Vec<(Option<&'a str>, &'a Expr)>>,
}

/// Where a module stands in the tree: what relative imports start from.
pub(super) struct Place {
    /// Canonical name of the module, with a leading dot.
    pub(super) module: String,
    /// Canonical name of its package, with a leading dot; `.` at the root.
    pub(super) package: String,
}

impl Place {
    /// The place of the Python file at `path`.
    pub(super) fn of(path: &str) -> Self {
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let package = format!(".{}", folder.replace('/', "."));
        let module = match name {
            "__init__" => package.clone(),
            _ if folder.is_empty() => format!(".{name}"),
            _ => format!("{package}.{name}"),
        };
        Self { module, package }
    }

    /// What `from <dots><module> import …` names; `None` where the dots leave the root.
    pub(super) fn relative(&self, level: u32, module: Option<&str>) -> Option<String> {
        let mut base = self.package.as_str();
        for _ in 1..level {
            if base == "." {
                return None;
            }
            base = base.rsplit_once('.').map(|(up, _)| if up.is_empty() { "." } else { up })?;
        }
        Some(match module {
            Some(module) if base == "." => format!(".{module}"),
            Some(module) => format!("{base}.{module}"),
            None => base.to_owned(),
        })
    }
}

/// Joins a dotted name and a part; the root package `.` has no name of its own.
pub(super) fn join(base: &str, part: &str) -> String {
    let mut joined = String::with_capacity(base.len() + part.len() + 1);
    joined.push_str(base);
    if base != "." {
        joined.push('.');
    }
    joined.push_str(part);
    joined
}

impl<'a> Scope<'a> {
    /// The scope of a module.
    pub(super) fn module(body: &'a [Stmt], place: &Place) -> Self {
        let mut scope = Self::empty(ScopeKind::Module, place.module.clone());
        scope.bind_body(body, place);
        scope.bind_globals(body, 0);
        scope
    }

    /// The scope of a class body, with the attributes that its methods assign.
    pub(super) fn class(class: &'a ast::StmtClassDef, prefix: String, place: &Place) -> Self {
        let mut scope = Self::empty(ScopeKind::Class, prefix);
        scope.bind_body(&class.body, place);
        for stmt in &class.body {
            match stmt {
                Stmt::AnnAssign(assign) => {
                    if let Expr::Name(name) = &*assign.target {
                        scope.attributes.insert(name.id.as_str(), Attribute::Annotated(&assign.annotation));
                    }
                }
                Stmt::Assign(assign) => {
                    if let [Expr::Name(name)] = assign.targets.as_slice() {
                        scope.attributes.insert(name.id.as_str(), Attribute::Value(&assign.value, None));
                    }
                }
                Stmt::FunctionDef(method) => {
                    scope.attributes.insert(method.name.as_str(), Attribute::Method);
                    scope.bind_receiver(method);
                }
                _ => {}
            }
        }
        scope
    }

    /// The scope of a function.
    pub(super) fn function(function: &'a ast::StmtFunctionDef, prefix: String, in_class: bool, place: &Place) -> Self {
        let mut scope = Self::empty(ScopeKind::Function, prefix);
        for parameter in function.parameters.iter() {
            let parameter = parameter.as_parameter();
            scope.names.insert(parameter.name.as_str(), Binding::Parameter(parameter.annotation.as_deref()));
        }
        scope.parameters = function.parameters.iter_non_variadic_params().map(|own| own.name().as_str()).collect();
        if in_class && !is_static(function) {
            scope.receiver = first_parameter(function);
        }
        scope.bind_body(&function.body, place);
        scope
    }

    /// The scope of a lambda or comprehension: names that hide those outside.
    pub(super) fn hiding(names: impl Iterator<Item = &'a str>) -> Self {
        let mut scope = Self::empty(ScopeKind::Function, String::new());
        scope.names.extend(names.map(|name| (name, Binding::Opaque)));
        scope
    }

    fn empty(kind: ScopeKind, prefix: String) -> Self {
        Self {
            kind,
            prefix,
            names: HashMap::new(),
            attributes: HashMap::new(),
            receiver: None,
            parameters: Vec::new(),
            entries: HashMap::new(),
        }
    }

    fn bind_body(&mut self, body: &'a [Stmt], place: &Place) {
        each_statement(body, &mut |stmt| self.bind_statement(stmt, place));
    }

    fn bind_statement(&mut self, stmt: &'a Stmt, place: &Place) {
        match stmt {
            Stmt::FunctionDef(def) => {
                self.names.insert(def.name.as_str(), Binding::Definition);
            }
            Stmt::ClassDef(def) => {
                self.names.insert(def.name.as_str(), Binding::Definition);
            }
            Stmt::Import(import) => self.bind_import(import),
            Stmt::ImportFrom(import) => self.bind_import_from(import, place),
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    self.bind_target(target, &assign.value);
                    self.bind_entry(target, &assign.value);
                }
            }
            Stmt::Expr(stmt) => self.bind_update(&stmt.value),
            Stmt::AnnAssign(assign) => self.bind_annotated(assign),
            Stmt::AugAssign(assign) => self.bind_opaque(&assign.target),
            Stmt::For(stmt) => self.bind_opaque(&stmt.target),
            Stmt::With(stmt) => {
                for item in &stmt.items {
                    if let Some(target) = &item.optional_vars {
                        self.bind_target(target, &item.context_expr);
                    }
                }
            }
            _ => {}
        }
    }

    /// `options["pool_size"] = 20`
    fn bind_entry(&mut self, target: &'a Expr, value: &'a Expr) {
        let Expr::Subscript(subscript) = target else { return };
        let Expr::Name(name) = &*subscript.value else { return };
        let key = subscript.slice.as_string_literal_expr().map(|key| key.value.to_str());
        self.entries.entry(name.id.as_str()).or_default().push((key, value));
    }

    /// `options.update(pool_size=20)`
    fn bind_update(&mut self, expr: &'a Expr) {
        let Expr::Call(call) = expr else { return };
        let Expr::Attribute(method) = &*call.func else { return };
        let (Expr::Name(name), "update") = (&*method.value, method.attr.as_str()) else { return };
        let entries = self.entries.entry(name.id.as_str()).or_default();
        for keyword in &call.arguments.keywords {
            entries.push((keyword.arg.as_ref().map(ast::Identifier::as_str), &keyword.value));
        }
        for argument in &call.arguments.args {
            match argument {
                Expr::Dict(dict) => entries.extend(dict_entries(dict)),
                other => entries.push((None, other)),
            }
        }
    }

    fn bind_import(&mut self, import: &'a ast::StmtImport) {
        for alias in &import.names {
            let name = alias.name.as_str();
            match &alias.asname {
                Some(asname) => self.names.insert(asname.as_str(), Binding::Import(name.to_owned())),
                None => {
                    let top = name.split('.').next().unwrap_or(name);
                    self.names.insert(top, Binding::Import(top.to_owned()))
                }
            };
        }
    }

    fn bind_import_from(&mut self, import: &'a ast::StmtImportFrom, place: &Place) {
        let Some(base) = import_base(import, place) else { return };
        for alias in &import.names {
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            self.names.insert(name.as_str(), Binding::Import(join(&base, alias.name.as_str())));
        }
    }

    fn bind_annotated(&mut self, assign: &'a ast::StmtAnnAssign) {
        let Expr::Name(name) = &*assign.target else { return };
        match assign.value.as_deref() {
            Some(value) if !value.is_none_literal_expr() => self.bind_target(&assign.target, value),
            _ => {
                self.names.insert(name.id.as_str(), Binding::Parameter(Some(&assign.annotation)));
            }
        }
    }

    fn bind_target(&mut self, target: &'a Expr, value: &'a Expr) {
        let Expr::Name(name) = target else {
            return self.bind_opaque(target);
        };
        let binding = match self.names.get(name.id.as_str()) {
            None => Binding::Value { value, sole: true },
            Some(Binding::Value { value: first, .. }) if first.is_none_literal_expr() => {
                Binding::Value { value, sole: false }
            }
            Some(Binding::Value { value: first, .. }) => Binding::Value { value: first, sole: false },
            Some(kept @ (Binding::Import(_) | Binding::Parameter(Some(_)) | Binding::Definition)) => kept.clone(),
            Some(_) => Binding::Opaque,
        };
        self.names.insert(name.id.as_str(), binding);
    }

    fn bind_opaque(&mut self, target: &'a Expr) {
        match target {
            Expr::Name(name) => {
                self.names.insert(name.id.as_str(), Binding::Opaque);
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|part| self.bind_opaque(part)),
            Expr::List(list) => list.elts.iter().for_each(|part| self.bind_opaque(part)),
            Expr::Starred(starred) => self.bind_opaque(&starred.value),
            _ => {}
        }
    }

    /// What functions assign to names that they declare `global`.
    fn bind_globals(&mut self, body: &'a [Stmt], depth: usize) {
        for stmt in body {
            match stmt {
                Stmt::FunctionDef(function) => self.bind_global_names(&function.body),
                Stmt::ClassDef(class) if depth < 4 => self.bind_globals(&class.body, depth + 1),
                _ => {}
            }
        }
    }

    fn bind_global_names(&mut self, body: &'a [Stmt]) {
        let mut names = Vec::new();
        each_statement(body, &mut |stmt| {
            if let Stmt::Global(global) = stmt {
                names.extend(global.names.iter().map(ast::Identifier::as_str));
            }
        });
        if names.is_empty() {
            return;
        }
        each_statement(body, &mut |stmt| {
            let (target, value) = match stmt {
                Stmt::Assign(assign) => (assign.targets.first(), Some(&*assign.value)),
                Stmt::AnnAssign(assign) => (Some(&*assign.target), assign.value.as_deref()),
                _ => (None, None),
            };
            if let (Some(target @ Expr::Name(name)), Some(value)) = (target, value)
                && names.contains(&name.id.as_str())
                && !value.is_none_literal_expr()
            {
                self.bind_target(target, value);
            }
        });
    }

    /// `self.x = value` in a method. The first value that is not `None` counts.
    fn bind_receiver(&mut self, method: &'a ast::StmtFunctionDef) {
        let Some(receiver) = first_parameter(method) else { return };
        each_statement(&method.body, &mut |stmt| {
            let (target, value, annotation) = match stmt {
                Stmt::Assign(assign) => (assign.targets.first(), Some(&*assign.value), None),
                Stmt::AnnAssign(assign) => (Some(&*assign.target), assign.value.as_deref(), Some(&*assign.annotation)),
                _ => (None, None, None),
            };
            let Some(Expr::Attribute(attribute)) = target else { return };
            if !matches!(&*attribute.value, Expr::Name(name) if name.id.as_str() == receiver) {
                return;
            }
            let found = match value {
                Some(value) if !value.is_none_literal_expr() => Some(Attribute::Value(value, Some(method))),
                _ => annotation.map(Attribute::Annotated),
            };
            if let Some(found) = found {
                self.attributes.entry(attribute.attr.as_str()).or_insert(found);
            }
        });
    }
}

/// The entries of a dictionary; no key where it is not a literal text.
pub(super) fn dict_entries(dict: &ast::ExprDict) -> impl Iterator<Item = (Option<&str>, &Expr)> {
    dict.items.iter().map(|item| {
        let key = item.key.as_ref().and_then(Expr::as_string_literal_expr);
        (key.map(|key| key.value.to_str()), &item.value)
    })
}

/// The dotted name that `from … import` starts from; `None` where its dots leave the root.
pub(super) fn import_base(import: &ast::StmtImportFrom, place: &Place) -> Option<String> {
    let module = import.module.as_ref().map(ast::Identifier::as_str);
    if import.level == 0 { module.map(str::to_owned) } else { place.relative(import.level, module) }
}

fn first_parameter(function: &ast::StmtFunctionDef) -> Option<&str> {
    let parameters = &function.parameters;
    let first = parameters.posonlyargs.first().or_else(|| parameters.args.first())?;
    Some(first.parameter.name.as_str())
}

fn is_static(function: &ast::StmtFunctionDef) -> bool {
    function
        .decorator_list
        .iter()
        .any(|decorator| matches!(&decorator.expression, Expr::Name(name) if name.id.as_str() == "staticmethod"))
}

/// Every statement of a block, also inside `if`, `for`, `while`, `with`, `try` and `match`, but not inside functions
/// and classes. Blocks nest no deeper than the parser's bound.
pub(super) fn each_statement<'a>(body: &'a [Stmt], visit: &mut dyn FnMut(&'a Stmt)) {
    for stmt in body {
        visit(stmt);
        match stmt {
            Stmt::If(stmt) => {
                each_statement(&stmt.body, visit);
                stmt.elif_else_clauses.iter().for_each(|clause| each_statement(&clause.body, visit));
            }
            Stmt::For(stmt) => {
                each_statement(&stmt.body, visit);
                each_statement(&stmt.orelse, visit);
            }
            Stmt::While(stmt) => {
                each_statement(&stmt.body, visit);
                each_statement(&stmt.orelse, visit);
            }
            Stmt::With(stmt) => each_statement(&stmt.body, visit),
            Stmt::Try(stmt) => {
                each_statement(&stmt.body, visit);
                for ast::ExceptHandler::ExceptHandler(handler) in &stmt.handlers {
                    each_statement(&handler.body, visit);
                }
                each_statement(&stmt.orelse, visit);
                each_statement(&stmt.finalbody, visit);
            }
            Stmt::Match(stmt) => stmt.cases.iter().for_each(|case| each_statement(&case.body, visit)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_imports_start_from_the_package() {
        let place = Place::of("backend/app/main.py");
        assert_eq!(place.module, ".backend.app.main");
        assert_eq!(place.relative(1, Some("db")).as_deref(), Some(".backend.app.db"));
        assert_eq!(place.relative(2, None).as_deref(), Some(".backend"));
        assert_eq!(place.relative(3, Some("x")).as_deref(), Some(".x"));
        assert_eq!(place.relative(4, Some("x")), None);
        assert_eq!(Place::of("main.py").module, ".main");
        assert_eq!(Place::of("app/__init__.py").module, ".app");
    }
}
