//! Statements.

use std::ops::Range;

use ruff_python_ast::{
    Alias, ElifElseClause, ExceptHandler, Expr, MatchCase, Pattern, Stmt, StmtAnnAssign, StmtAssign, StmtFor, StmtIf,
    StmtImportFrom, StmtRaise, StmtTry, StmtWhile, StmtWith, WithItem,
};
use ruff_text_size::{Ranged, TextRange};

use super::{Lower, bytes};
use crate::syntax::python::pattern::Mark;
use crate::syntax::tree::{Kind, Role, Sym};

impl Lower<'_> {
    pub(super) fn statement(&mut self, statement: &Stmt, role: Role) {
        let range = bytes(statement.range());
        match statement {
            Stmt::Expr(it) => self.wrapped(Kind::ExprStmt, role, range, &it.value),
            Stmt::Assign(it) => self.assign(it, role),
            Stmt::AnnAssign(it) => self.annotated(it, role),
            Stmt::FunctionDef(it) => self.function(it, role),
            Stmt::ClassDef(it) => self.class(it, role),
            Stmt::If(it) => self.conditional(it, role),
            Stmt::For(it) => self.for_loop(it, role),
            Stmt::While(it) => self.while_loop(it, role),
            Stmt::With(it) => self.with(it, role),
            Stmt::Try(it) => self.try_block(it, role),
            Stmt::Import(it) => it.names.iter().for_each(|name| self.import(name, range.start, role)),
            Stmt::ImportFrom(it) => self.import_from(it, role),
            Stmt::Raise(it) => self.raise(it, role),
            Stmt::Global(it) => self.outer("global", &it.names, role, range.start),
            Stmt::Nonlocal(it) => self.outer("nonlocal", &it.names, role, range.start),
            _ => self.simple(statement, role, range),
        }
    }

    fn simple(&mut self, statement: &Stmt, role: Role, range: Range<usize>) {
        let (kind, sym) = match statement {
            Stmt::Return(_) => (Kind::Return, ""),
            Stmt::Assert(_) => (Kind::Assert, ""),
            Stmt::Delete(_) => (Kind::Delete, ""),
            Stmt::Match(_) => (Kind::Match, ""),
            Stmt::Pass(_) => (Kind::Word, "pass"),
            Stmt::Break(_) => (Kind::Word, "break"),
            Stmt::Continue(_) => (Kind::Word, "continue"),
            Stmt::AugAssign(_) => return self.augmented(statement, role, range),
            _ => (Kind::OtherStmt, "statement"),
        };
        let node = self.open(kind, role, range);
        if !sym.is_empty() {
            self.builder.say(node, Sym::new(sym));
        }
        match statement {
            Stmt::Return(it) => it.value.iter().for_each(|value| self.expression(value, Role::Value)),
            Stmt::Assert(it) => {
                self.expression(&it.test, Role::Arg);
                it.msg.iter().for_each(|message| self.expression(message, Role::Arg));
            }
            Stmt::Delete(it) => it.targets.iter().for_each(|target| self.expression(target, Role::Target)),
            Stmt::Match(it) => {
                self.expression(&it.subject, Role::Test);
                it.cases.iter().for_each(|case| self.case(case));
            }
            Stmt::TypeAlias(it) => self.expression(&it.value, Role::Value),
            _ => {}
        }
        self.builder.close(node);
    }

    fn wrapped(&mut self, kind: Kind, role: Role, range: Range<usize>, value: &Expr) {
        let inner = self.widened(value, false);
        let node = self.open(kind, role, range.start.min(inner.start)..range.end.max(inner.end));
        self.expression(value, Role::Value);
        self.builder.close(node);
    }

    fn augmented(&mut self, statement: &Stmt, role: Role, range: Range<usize>) {
        let Stmt::AugAssign(it) = statement else { return };
        let outer = self.open(Kind::ExprStmt, role, range.clone());
        let node = self.open(Kind::AugAssign, Role::Value, range);
        self.builder.say(node, Sym::new(it.op.as_str()));
        self.expression(&it.target, Role::Target);
        self.expression(&it.value, Role::Value);
        self.builder.close(node);
        self.builder.close(outer);
    }

    fn assign(&mut self, assign: &StmtAssign, role: Role) {
        let range = bytes(assign.range());
        if self.in_class
            && let [Expr::Name(_)] = &*assign.targets
        {
            let node = self.open(Kind::VarDef, role, range);
            self.expression(&assign.targets[0], Role::Target);
            self.expression(&assign.value, Role::Value);
            self.builder.close(node);
            return;
        }
        let outer = self.open(Kind::ExprStmt, role, range.clone());
        let node = self.open(Kind::Assign, Role::Value, range);
        match &*assign.targets {
            [target] => self.expression(target, Role::Target),
            targets => {
                let end = targets.last().map_or(0, |target| target.range().end().to_usize());
                let tuple = self.open(Kind::Tuple, Role::Target, assign.range().start().to_usize()..end);
                targets.iter().for_each(|target| self.expression(target, Role::Item));
                self.builder.close(tuple);
            }
        }
        self.expression(&assign.value, Role::Value);
        self.builder.close(node);
        self.builder.close(outer);
    }

    fn annotated(&mut self, assign: &StmtAnnAssign, role: Role) {
        let range = bytes(assign.range());
        if matches!(*assign.target, Expr::Name(_)) {
            let node = self.open(Kind::VarDef, role, range);
            self.expression(&assign.target, Role::Target);
            self.expression(&assign.annotation, Role::Type);
            assign.value.iter().for_each(|value| self.expression(value, Role::Value));
            self.builder.close(node);
            return;
        }
        let outer = self.open(Kind::ExprStmt, role, range.clone());
        let node = assign.value.is_some().then(|| self.open(Kind::Assign, Role::Value, range.clone()));
        let cast_role = if node.is_some() { Role::Target } else { Role::Value };
        let cast = self.open(Kind::Cast, cast_role, range.start..assign.annotation.range().end().to_usize());
        self.expression(&assign.target, Role::Item);
        self.expression(&assign.annotation, Role::Type);
        self.builder.close(cast);
        assign.value.iter().for_each(|value| self.expression(value, Role::Value));
        node.into_iter().for_each(|node| self.builder.close(node));
        self.builder.close(outer);
    }

    /// An `if` with its elifs, each an `if` in the else of the one before; built without recursion.
    fn conditional(&mut self, it: &StmtIf, role: Role) {
        let end = it.range().end().to_usize();
        let node = self.open(Kind::If, role, it.range().start().to_usize()..end);
        let mut open = vec![node];
        self.expression(&it.test, Role::Test);
        self.block(&it.body, Role::Body);
        for ElifElseClause { range, test, body, .. } in &it.elif_else_clauses {
            match test {
                Some(test) => {
                    open.push(self.open(Kind::If, Role::Else, range.start().to_usize()..end));
                    self.expression(test, Role::Test);
                    self.block(body, Role::Body);
                }
                None => self.block(body, Role::Else),
            }
        }
        while let Some(node) = open.pop() {
            self.builder.close(node);
        }
    }

    fn for_loop(&mut self, it: &StmtFor, role: Role) {
        let range = bytes(it.range());
        let wrap = self.wrap_loop(it.is_async, !it.orelse.is_empty(), role, &range);
        let role = if wrap.is_empty() { role } else { Role::Item };
        let node = self.open(Kind::For, role, self.loop_range(&range, &it.body));
        self.expression(&it.target, Role::Target);
        self.expression(&it.iter, Role::Value);
        self.block(&it.body, Role::Body);
        self.builder.close(node);
        self.loop_else("for else", &it.orelse);
        wrap.into_iter().rev().for_each(|node| self.builder.close(node));
    }

    fn while_loop(&mut self, it: &StmtWhile, role: Role) {
        let range = bytes(it.range());
        let wrap = self.wrap_loop(false, !it.orelse.is_empty(), role, &range);
        let role = if wrap.is_empty() { role } else { Role::Item };
        let node = self.open(Kind::While, role, self.loop_range(&range, &it.body));
        self.expression(&it.test, Role::Test);
        self.block(&it.body, Role::Body);
        self.builder.close(node);
        self.loop_else("while else", &it.orelse);
        wrap.into_iter().rev().for_each(|node| self.builder.close(node));
    }

    fn loop_range(&self, range: &Range<usize>, body: &[Stmt]) -> Range<usize> {
        range.start..body.last().map_or(range.end, |last| last.range().end().to_usize())
    }

    /// The nodes around an async loop, or a loop with an else: the loop and its else are a block.
    fn wrap_loop(
        &mut self,
        is_async: bool,
        has_else: bool,
        role: Role,
        range: &Range<usize>,
    ) -> Vec<crate::syntax::tree::NodeId> {
        let mut open = Vec::new();
        if is_async {
            let node = self.open(Kind::OtherStmt, role, range.clone());
            self.builder.say(node, Sym::new("async"));
            open.push(node);
        }
        if has_else {
            let role = if is_async { Role::Item } else { role };
            open.push(self.open(Kind::Block, role, range.clone()));
        }
        open
    }

    fn loop_else(&mut self, name: &str, body: &[Stmt]) {
        if let (Some(first), Some(last)) = (body.first(), body.last()) {
            let range = first.range().start().to_usize()..last.range().end().to_usize();
            let node = self.open(Kind::OtherStmt, Role::Item, range);
            self.builder.say(node, Sym::new(name));
            self.statements(body);
            self.builder.close(node);
        }
    }

    /// Each item of a `with` is a `with` of its own around the next.
    fn with(&mut self, it: &StmtWith, role: Role) {
        let range = bytes(it.range());
        let mut role = role;
        let mut open = Vec::new();
        if it.is_async {
            let node = self.open(Kind::OtherStmt, role, range.clone());
            self.builder.say(node, Sym::new("async"));
            open.push(node);
            role = Role::Item;
        }
        for (index, item) in it.items.iter().enumerate() {
            // The word before them belongs to no item.
            let start = self.widened(&item.context_expr, false).start;
            if index > 0 {
                open.push(self.open(Kind::Block, Role::Body, start..range.end));
                role = Role::Item;
            }
            open.push(self.open(Kind::With, role, start..range.end));
            self.with_item(item);
        }
        self.block(&it.body, Role::Body);
        open.into_iter().rev().for_each(|node| self.builder.close(node));
    }

    fn with_item(&mut self, item: &WithItem) {
        let node = self.open(Kind::WithItem, Role::Item, bytes(item.range()));
        self.expression(&item.context_expr, Role::Value);
        if let Some(target) = &item.optional_vars {
            self.expression(target, Role::Target);
        }
        self.builder.close(node);
    }

    fn try_block(&mut self, it: &StmtTry, role: Role) {
        let node = self.open(Kind::Try, role, bytes(it.range()));
        self.block(&it.body, Role::Body);
        for ExceptHandler::ExceptHandler(handler) in &it.handlers {
            let each = self.open(Kind::Handler, Role::Item, bytes(handler.range()));
            if let Some(kind) = &handler.type_ {
                self.expression(kind, Role::Type);
            }
            if let Some(name) = &handler.name {
                self.identifier(Role::Name, name);
            }
            self.block(&handler.body, Role::Body);
            self.builder.close(each);
        }
        if !it.orelse.is_empty() {
            self.block(&it.orelse, Role::Else);
        }
        if !it.finalbody.is_empty() {
            self.block(&it.finalbody, Role::Finally);
        }
        self.builder.close(node);
    }

    fn raise(&mut self, it: &StmtRaise, role: Role) {
        let range = bytes(it.range());
        let outer = it.cause.as_ref().map(|cause| {
            let node = self.open(Kind::OtherStmt, role, range.clone());
            self.builder.say(node, Sym::new("raise from"));
            self.expression(cause, Role::Item);
            node
        });
        let role = if outer.is_some() { Role::Item } else { role };
        let end = it.exc.as_ref().map_or(range.end, |exc| self.widened(exc, false).end);
        let node = self.open(Kind::Raise, role, range.start..end);
        it.exc.iter().for_each(|exc| self.expression(exc, Role::Value));
        self.builder.close(node);
        outer.into_iter().for_each(|node| self.builder.close(node));
    }

    fn outer(&mut self, word: &str, names: &[ruff_python_ast::Identifier], role: Role, start: usize) {
        for name in names {
            let node = self.open(Kind::OuterName, role, start..name.range().end().to_usize());
            self.builder.say(node, Sym::new(word));
            self.identifier(Role::Name, name);
            self.builder.close(node);
        }
    }

    fn import(&mut self, name: &Alias, start: usize, role: Role) {
        let node = self.open(Kind::Import, role, start..name.range().end().to_usize());
        self.path(0, Some(name.name.range()), name.range());
        if let Some(alias) = &name.asname {
            self.identifier(Role::Alias, alias);
        }
        self.builder.close(node);
    }

    fn import_from(&mut self, it: &StmtImportFrom, role: Role) {
        let star = it.names.iter().any(|name| name.name.as_str() == "*");
        let kind = if star { Kind::ImportAll } else { Kind::ImportFrom };
        // As in Semgrep, the closing parenthesis does not belong to it.
        let end = it.names.last().map_or(it.range().end(), |name| name.range().end());
        let node = self.open(kind, role, it.range().start().to_usize()..end.to_usize());
        self.path(it.level, it.module.as_ref().map(Ranged::range), it.range());
        for name in it.names.iter().filter(|_| !star) {
            let each = self.open(Kind::ImportName, Role::Item, bytes(name.range()));
            self.identifier(Role::Name, &name.name);
            if let Some(alias) = &name.asname {
                self.identifier(Role::Alias, alias);
            }
            self.builder.close(each);
        }
        self.builder.close(node);
    }

    /// A dotted path, leading dots first: `.` for one, `..` for each level above.
    fn path(&mut self, level: u32, module: Option<TextRange>, fallback: TextRange) {
        let place = module.unwrap_or(fallback);
        let path = self.open(Kind::Path, Role::Module, bytes(place));
        let (dots, count) = if level == 1 { (".", 1) } else { ("..", level.saturating_sub(1)) };
        for _ in 0..count {
            let at = place.start().to_usize();
            self.builder.leaf(Kind::Ident, Role::Item, at..at, Sym::new(dots));
        }
        let mut at = place.start();
        let segments = module.map_or("", |module| self.slice(bytes(module))).split('.').filter(|part| !part.is_empty());
        for segment in segments {
            let end = at + ruff_text_size::TextSize::of(segment);
            self.ident(Kind::Ident, Role::Item, TextRange::new(at, end));
            at = end + ruff_text_size::TextSize::new(1);
        }
        self.builder.close(path);
    }

    /// A case. As in Semgrep, what it compares with is no expression, and its guard does not count.
    fn case(&mut self, case: &MatchCase) {
        if let Some(Mark::Ellipsis) = self.mark(case.pattern.range().start()) {
            self.open(Kind::Ellipsis, Role::Item, bytes(case.range()));
            return;
        }
        let node = self.open(Kind::Case, Role::Item, bytes(case.range()));
        let place = bytes(case.pattern.range());
        match self.mark(case.pattern.range().start()) {
            Some(Mark::Metavar(name)) => {
                let name = name.clone();
                self.builder.pattern_leaf(Kind::Metavar, Role::Test, place, &name);
            }
            _ => {
                let sym = match &case.pattern {
                    Pattern::MatchValue(value) => match &*value.value {
                        Expr::StringLiteral(string) => Sym::new(&format!("\"{}", string.value.to_str())),
                        _ => Sym::new(self.slice(place.clone())),
                    },
                    _ => Sym::new(self.slice(place.clone())),
                };
                self.builder.leaf(Kind::Other, Role::Test, place, sym);
            }
        }
        self.block(&case.body, Role::Body);
        self.builder.close(node);
    }
}
