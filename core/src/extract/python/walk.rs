//! One walk over a module's tree: states what stands there, and collects what the link step needs.

use ruff_python_ast::visitor::source_order::{
    SourceOrderVisitor, walk_comprehension, walk_expr, walk_keyword, walk_stmt,
};
use ruff_python_ast::{self as ast, Expr, ExprContext, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::calls::CallContext;
use super::model::{Defined, DefinedKind, Mention, ModuleModel};
use super::names::Names;
use super::packages::{first_part, is_known_package};
use super::scope::{Scope, ScopeKind, join};
use super::shape::{does_work, is_headers, is_main_guard, root_name, unawaited};
use crate::facts::schema::python::{PythonAssignment, PythonExpectedStatus, PythonMetric, PythonModule, PythonUse};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{SourceFile, Span};

/// Deepest nesting of expressions that is walked: each level costs stack.
const MAX_DEPTH: usize = 160;

/// The attribute that stands for an entry which is set, in `python_use`.
const ENTRY: &str = "[]=";

/// The function or class around the place that is being walked.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) row: RowId,
    pub(super) is_function: bool,
    pub(super) is_async: bool,
    pub(super) name: String,
    /// Loops and comprehensions around, within this function.
    pub(super) loops: usize,
    /// `try` blocks with handlers around, within this function.
    pub(super) tries: usize,
}

/// The walk of one module.
pub(super) struct Walker<'a, 'f> {
    pub(super) file: &'a SourceFile<'a>,
    pub(super) facts: &'f mut FactSet,
    pub(super) names: Names<'a>,
    pub(super) model: ModuleModel,
    pub(super) frames: Vec<Frame>,
    pub(super) context: CallContext<'a>,
    pub(super) is_test: bool,
    /// Log calls already stated, by function: one of each level is enough.
    pub(super) logged: std::collections::HashSet<(Option<RowId>, String)>,
    wants_uses: bool,
    depth: usize,
    pub(super) in_type_checking: usize,
    pub(super) in_handlers: usize,
    pub(super) in_conditions: usize,
    /// Conditions around that hold only where the program is developed or tested.
    pub(super) in_development: usize,
    pub(super) module_tries: usize,
    module_loops: usize,
    /// Loops around: what they bind, and what they go over.
    pub(super) iterations: Vec<(&'a Expr, &'a Expr)>,
    /// Lists of Django's patterns that are included where they stand.
    pub(super) pattern_lists: Vec<TextRange>,
    /// Operands around that have an `or` with a literal behind them, and the literal.
    pub(super) fallbacks: Vec<(TextRange, String)>,
}

impl<'a, 'f> Walker<'a, 'f> {
    /// A walk of `file` that has not begun; states the module.
    pub(super) fn new(file: &'a SourceFile<'a>, body: &'a [Stmt], has_errors: bool, facts: &'f mut FactSet) -> Self {
        let place = super::scope::Place::of(file.path);
        let is_package = file.path.ends_with("__init__.py");
        let row = facts.push(PythonModule {
            span: Span::file_start(file.id),
            certainty: Certainty::Certain,
            name: place.module.trim_start_matches('.').to_owned(),
            is_package,
            has_main: body.iter().any(is_main_guard),
            does_work: body.iter().any(does_work),
            has_errors,
        });
        let scope = Scope::module(body, &place);
        let model = ModuleModel::new(row, place.module.clone(), is_package);
        // Metrics are matched with what mentions them.
        let wants_uses = facts.wants::<PythonUse>() || facts.wants::<PythonMetric>();
        Self {
            file,
            facts,
            names: Names::new(place, scope),
            model,
            frames: Vec::new(),
            context: CallContext::default(),
            is_test: is_test_path(file.path),
            logged: std::collections::HashSet::new(),
            wants_uses,
            depth: 0,
            in_type_checking: 0,
            in_handlers: 0,
            in_conditions: 0,
            in_development: 0,
            module_tries: 0,
            module_loops: 0,
            iterations: Vec::new(),
            pattern_lists: Vec::new(),
            fallbacks: Vec::new(),
        }
    }

    /// Walks the whole module and gives what the link step needs.
    pub(super) fn walk(mut self, body: &'a [Stmt]) -> ModuleModel {
        self.visit_body(body);
        self.model
    }

    /// The span of a node.
    pub(super) fn span(&self, range: TextRange) -> Span {
        self.file.span(range.to_std_range())
    }

    /// The function around, not the class.
    pub(super) fn function(&self) -> Option<RowId> {
        self.frames.iter().rev().find(|frame| frame.is_function).map(|frame| frame.row)
    }

    /// The class whose body is being walked, directly.
    pub(super) fn class_body(&self) -> Option<RowId> {
        self.frames.last().filter(|frame| !frame.is_function).map(|frame| frame.row)
    }

    /// The source text of a node without white space.
    pub(super) fn squeezed(&self, range: TextRange) -> String {
        let text = self.file.text.get(range.to_std_range()).unwrap_or_default();
        text.chars().filter(|c| !c.is_whitespace()).take(200).collect()
    }

    pub(super) fn loops(&self) -> usize {
        self.frames.iter().rev().find(|frame| frame.is_function).map_or(self.module_loops, |frame| frame.loops)
    }

    pub(super) fn tries(&self) -> usize {
        self.frames.iter().rev().find(|frame| frame.is_function).map_or(self.module_tries, |frame| frame.tries)
    }

    fn add_loops(&mut self, by: isize) {
        let loops = match self.frames.iter_mut().rev().find(|frame| frame.is_function) {
            Some(frame) => &mut frame.loops,
            None => &mut self.module_loops,
        };
        *loops = loops.saturating_add_signed(by);
    }

    fn add_tries(&mut self, by: isize) {
        let tries = match self.frames.iter_mut().rev().find(|frame| frame.is_function) {
            Some(frame) => &mut frame.tries,
            None => &mut self.module_tries,
        };
        *tries = tries.saturating_add_signed(by);
    }

    /// Records that code mentions what `expr` names, where the tree may define it.
    fn mention(&mut self, expr: &'a Expr) {
        let name = self.names.with_identity(expr, name_of_the_tree);
        self.push_mention(expr, name, false);
    }

    fn push_mention(&mut self, expr: &'a Expr, name: Option<Box<str>>, is_call: bool) {
        let Some(name) = name else { return };
        let (span, function) = (self.span(expr.range()), self.function());
        self.model.mentions.push(Mention { span, function, name, is_call });
    }

    /// Records that code sets an entry of what `expr` names: `sessions[key] = …`.
    fn mention_entry(&mut self, expr: &'a Expr) {
        if matches!(root_name(expr), Some(name) if self.is_function_local(name)) {
            return;
        }
        let of_the_tree = |name: &str| name.starts_with('.').then(|| join(name, ENTRY).into());
        let name = self.names.with_identity(expr, of_the_tree);
        self.push_mention(expr, name, false);
    }

    fn is_function_local(&self, name: &str) -> bool {
        self.names.lookup(name).is_some_and(|(_, at)| self.names.scopes[at].kind == ScopeKind::Function)
    }

    fn walk_function(&mut self, function: &'a ast::StmtFunctionDef) {
        for decorator in &function.decorator_list {
            self.visit_decorator(decorator);
        }
        for parameter in &*function.parameters {
            if let Some(annotation) = parameter.annotation() {
                self.visit_expr(annotation);
            }
            if let Some(default) = parameter.default() {
                self.visit_expr(default);
            }
        }
        let row = self.state_function(function);
        let in_class = self.class_body().is_some();
        let prefix = self.inner_prefix(function.name.as_str());
        let scope = Scope::function(function, prefix, in_class, &self.names.place);
        self.names.scopes.push(scope);
        self.push_frame(row, true, function.is_async, function.name.as_str());
        self.visit_body(&function.body);
        self.frames.pop();
        self.names.scopes.pop();
    }

    fn walk_class(&mut self, class: &'a ast::StmtClassDef) {
        for decorator in &class.decorator_list {
            self.visit_decorator(decorator);
        }
        if let Some(arguments) = &class.arguments {
            self.visit_arguments(arguments);
        }
        let prefix = self.inner_prefix(class.name.as_str());
        let scope = Scope::class(class, prefix, &self.names.place);
        let row = self.state_class(class);
        self.names.scopes.push(scope);
        self.push_frame(row, false, false, class.name.as_str());
        self.define_attributes();
        self.state_class_body(class, row);
        self.visit_body(&class.body);
        self.frames.pop();
        self.names.scopes.pop();
    }

    /// What methods assign to `self` can be reached through an instance from other modules.
    fn define_attributes(&mut self) {
        let Some(scope) = self.names.scopes.last() else { return };
        let mut made: Vec<(&'a str, String)> = Vec::new();
        for (name, attribute) in &scope.attributes {
            if let Some(of) = self.names.attribute_type(attribute) {
                made.push((name, of));
            }
        }
        for (name, of) in made {
            self.define(name, Defined::standing_for(DefinedKind::Variable, Some(of)));
        }
    }

    fn inner_prefix(&self, name: &str) -> String {
        join(self.names.scopes.last().map_or(".", |scope| &scope.prefix), name)
    }

    fn push_frame(&mut self, row: RowId, is_function: bool, is_async: bool, name: &str) {
        self.frames.push(Frame { row, is_function, is_async, name: name.to_owned(), loops: 0, tries: 0 });
    }

    fn walk_try(&mut self, stmt: &'a ast::StmtTry) {
        let handled = isize::from(!stmt.handlers.is_empty());
        self.add_tries(handled);
        self.visit_body(&stmt.body);
        self.add_tries(-handled);
        // What a handler imports is the other way of an import that may fail.
        self.in_handlers += 1;
        for handler in &stmt.handlers {
            self.visit_except_handler(handler);
        }
        self.in_handlers -= 1;
        self.visit_body(&stmt.orelse);
        self.visit_body(&stmt.finalbody);
    }

    fn walk_if(&mut self, stmt: &'a ast::StmtIf) {
        let typing = self.names.resolves_to(&stmt.test, |test| test == "typing.TYPE_CHECKING");
        self.visit_expr(&stmt.test);
        let development = names_development(&self.file.text[stmt.test.range()]);
        self.in_type_checking += usize::from(typing);
        self.in_conditions += 1;
        self.in_development += usize::from(development);
        self.visit_body(&stmt.body);
        self.in_development -= usize::from(development);
        self.in_type_checking -= usize::from(typing);
        for clause in &stmt.elif_else_clauses {
            self.visit_elif_else_clause(clause);
        }
        self.in_conditions -= 1;
    }

    fn walk_loop(&mut self, stmt: &'a Stmt) {
        let (before, body, orelse) = match stmt {
            Stmt::For(stmt) => (&*stmt.iter, &stmt.body, &stmt.orelse),
            Stmt::While(stmt) => (&*stmt.test, &stmt.body, &stmt.orelse),
            _ => return,
        };
        self.visit_expr(before);
        self.add_loops(1);
        let bound = stmt.as_for_stmt().map(|stmt| (&*stmt.target, &*stmt.iter));
        self.iterations.extend(bound);
        self.visit_body(body);
        self.iterations.truncate(self.iterations.len() - usize::from(bound.is_some()));
        self.add_loops(-1);
        self.visit_body(orelse);
    }

    fn walk_assignment(&mut self, targets: &'a [Expr], value: &'a Expr, stmt: TextRange) {
        if let [target] = targets {
            self.context.assigned = Some((unawaited(value).range(), target.range()));
            self.state_assignment(target, value, stmt);
        }
        for target in targets {
            if !target.is_name_expr() {
                self.visit_expr(target);
            }
        }
        self.visit_expr(value);
        self.context.assigned = None;
    }

    fn state_assignment(&mut self, target: &'a Expr, value: &'a Expr, stmt: TextRange) {
        let at_module = self.frames.is_empty();
        let name = match target {
            Expr::Name(name) if at_module || self.class_body().is_some() => name.id.to_string(),
            Expr::Attribute(_) => match self.names.resolve(target) {
                Some(name) if is_foreign(&name) => name,
                _ => return,
            },
            Expr::Subscript(subscript) => {
                let Expr::StringLiteral(key) = &*subscript.slice else { return };
                match self.names.resolve(&subscript.value) {
                    Some(base) if is_foreign(&base) => join(&base, key.value.to_str()),
                    // A response that a framework hands in: who made it is not known, what is set on it is.
                    _ if is_headers(&subscript.value) => join("?.headers", key.value.to_str()),
                    _ => return,
                }
            }
            _ => return,
        };
        let value_of = self.names.value(value);
        let made = match unawaited(value) {
            Expr::Call(call) => self.names.resolve(&call.func),
            Expr::Name(_) | Expr::Attribute(_) => self.names.identify(value),
            _ => None,
        };
        let row = self.facts.push(PythonAssignment {
            span: self.span(stmt),
            certainty: Certainty::Certain,
            module: self.model.row,
            function: self.function(),
            class: self.class_body(),
            target: name.clone(),
            kind: value_of.kind,
            value: value_of.text.clone(),
        });
        if let Expr::Name(_) = target {
            let literal = value_of.as_literal().map(Into::into);
            let defined = Defined { row: Some(row), literal, ..Defined::standing_for(DefinedKind::Variable, made) };
            self.define(&name, defined);
            self.collect_alias(&name, value);
            if let Expr::Call(call) = value
                && at_module
            {
                self.state_table(call, row);
            }
        }
    }

    /// Keeps a name of the module, or `Class.name` for one of a class.
    pub(super) fn define(&mut self, name: &str, defined: Defined) {
        if self.frames.iter().any(|frame| frame.is_function) {
            return;
        }
        let holder: String = self.frames.iter().flat_map(|frame| [frame.name.as_str(), "."]).collect();
        self.model.names.insert([&holder, name].concat().into(), defined);
    }

    fn walk_with(&mut self, stmt: &'a ast::StmtWith) {
        let suppresses = stmt
            .items
            .iter()
            .any(|item| self.names.resolves_to(&item.context_expr, |name| name == "contextlib.suppress"));
        for item in &stmt.items {
            self.context.entered = Some(unawaited(&item.context_expr).range());
            self.visit_expr(&item.context_expr);
            self.context.entered = None;
        }
        self.add_tries(isize::from(suppresses));
        self.visit_body(&stmt.body);
        self.add_tries(-isize::from(suppresses));
    }

    fn walk_compare(&mut self, compare: &'a ast::ExprCompare) {
        let sides: Vec<&Expr> = [&*compare.left].into_iter().chain(&compare.comparators).collect();
        self.state_expected_status(compare.range(), &sides, false);
    }

    /// The statuses among the sides of a comparison in a test, where another side, or the name of the keyword, says
    /// that it is about one.
    pub(super) fn state_expected_status(&mut self, range: TextRange, sides: &[&'a Expr], is_named: bool) {
        if !self.is_test {
            return;
        }
        let is_status = |side: &Expr| match side {
            Expr::Attribute(attribute) => matches!(attribute.attr.as_str(), "status_code" | "status"),
            _ => false,
        };
        if !is_named && !sides.iter().any(|side| is_status(side)) {
            return;
        }
        for side in sides {
            if let Some(status) = super::statuses::status_of(&self.names, side) {
                let span = self.span(range);
                let function = self.function();
                self.facts.push(PythonExpectedStatus { span, certainty: Certainty::Certain, function, status });
            }
        }
    }
}

impl<'a> SourceOrderVisitor<'a> for Walker<'a, '_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => self.walk_function(function),
            Stmt::ClassDef(class) => self.walk_class(class),
            Stmt::Import(import) => self.state_import(import),
            Stmt::ImportFrom(import) => self.state_import_from(import),
            Stmt::Try(stmt) => self.walk_try(stmt),
            Stmt::If(stmt) => self.walk_if(stmt),
            Stmt::For(_) | Stmt::While(_) => self.walk_loop(stmt),
            Stmt::With(stmt) => self.walk_with(stmt),
            Stmt::Assign(assign) => self.walk_assignment(&assign.targets, &assign.value, assign.range),
            Stmt::AnnAssign(assign) => {
                self.visit_expr(&assign.annotation);
                if let Some(value) = &assign.value {
                    self.walk_assignment(std::slice::from_ref(&assign.target), value, assign.range);
                }
            }
            Stmt::Raise(raise) => {
                self.state_raise(raise);
                walk_stmt(self, stmt);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        self.depth += 1;
        match expr {
            Expr::Call(call) => self.walk_call(expr, call),
            Expr::Name(name) if name.ctx == ExprContext::Load && self.wants_uses => self.mention(expr),
            Expr::Attribute(_) => self.walk_attribute(expr),
            Expr::Await(awaited) => {
                self.context.awaited = Some(awaited.value.range());
                self.visit_expr(&awaited.value);
            }
            Expr::Subscript(subscript) => {
                self.state_environment_read(expr);
                if subscript.ctx == ExprContext::Store && self.wants_uses {
                    self.mention_entry(&subscript.value);
                }
                walk_expr(self, expr);
            }
            Expr::StringLiteral(text) => self.state_token_count(text.value.to_str(), text.range()),
            Expr::Compare(compare) => {
                self.walk_compare(compare);
                walk_expr(self, expr);
            }
            Expr::If(_) => {
                self.in_conditions += 1;
                walk_expr(self, expr);
                self.in_conditions -= 1;
            }
            Expr::BoolOp(or) if or.op == ast::BoolOp::Or => {
                let before = self.fallbacks.len();
                if let Some((last, operands)) = or.values.split_last()
                    && let Some(text) = self.names.value(last).as_literal()
                {
                    self.fallbacks.extend(operands.iter().map(|operand| (operand.range(), text.to_owned())));
                }
                walk_expr(self, expr);
                self.fallbacks.truncate(before);
            }
            Expr::Lambda(lambda) => {
                let parameters = lambda.parameters.iter().flat_map(|parameters| parameters.iter());
                self.names.scopes.push(Scope::hiding(parameters.map(|parameter| parameter.name().as_str())));
                walk_expr(self, expr);
                self.names.scopes.pop();
            }
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.add_loops(1);
                walk_expr(self, expr);
                self.add_loops(-1);
            }
            _ => walk_expr(self, expr),
        }
        self.depth -= 1;
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        walk_comprehension(self, comprehension);
    }

    fn visit_keyword(&mut self, keyword: &'a ast::Keyword) {
        if let Some(name) = &keyword.arg {
            self.state_token_count(name.as_str(), name.range());
        }
        walk_keyword(self, keyword);
    }
}

impl<'a> Walker<'a, '_> {
    /// A chain of attributes is one mention; what stands under it is walked where it is more than names.
    fn walk_attribute(&mut self, expr: &'a Expr) {
        let mut base = expr;
        while let Expr::Attribute(attribute) = base {
            self.state_token_count(attribute.attr.as_str(), attribute.attr.range());
            base = &attribute.value;
        }
        if self.wants_uses && matches!(base, Expr::Name(_) | Expr::Call(_)) {
            self.mention(expr);
        }
        if !base.is_name_expr() {
            self.visit_expr(base);
        }
    }

    /// Mentions the callee, which is `resolved`, and walks what stands under its chain of attributes.
    pub(super) fn walk_callee(&mut self, callee: &'a Expr, resolved: Option<&str>) {
        let mut base = callee;
        while let Expr::Attribute(attribute) = base {
            base = &attribute.value;
        }
        if self.wants_uses {
            let name = self.names.with_identity_of((callee, resolved), name_of_the_tree);
            self.push_mention(callee, name, true);
        }
        if !base.is_name_expr() {
            self.visit_expr(base);
        }
    }
}

/// Whether a resolved name may be something that the tree defines: a leading dot says so, an unlisted package may.
pub(super) fn may_be_of_the_tree(name: &str) -> bool {
    let package = first_part(name);
    match package.len() {
        0 => !name.is_empty(),
        length if length == name.len() => false,
        _ => !is_known_package(package) && !super::standard::is_standard(package),
    }
}

fn name_of_the_tree(name: &str) -> Option<Box<str>> {
    may_be_of_the_tree(name).then(|| name.into())
}

/// Whether a resolved name belongs to a package: its attributes configure something outside the tree.
fn is_foreign(name: &str) -> bool {
    let package = first_part(name);
    package.len() < name.len() && is_known_package(package)
}

/// Whether a path is one of tests, by the conventions of pytest and unittest.
fn is_test_path(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    name.starts_with("test_")
        || name.ends_with("_test.py")
        || matches!(name, "conftest.py" | "tests.py")
        || folders.split('/').any(|folder| matches!(folder, "test" | "tests" | "e2e" | "integration_tests"))
}

/// Whether a condition asks for a machine of developers or a test: `settings.DEBUG`, `ENV == "development"`.
fn names_development(condition: &str) -> bool {
    let text = condition.to_ascii_lowercase();
    let asks = ["\"dev", "'dev", "\"local\"", "'local'", "debug", "testing", "is_dev", "is_local"];
    asks.iter().any(|word| text.contains(word)) && !text.contains("not ") && !text.contains("!=")
}
