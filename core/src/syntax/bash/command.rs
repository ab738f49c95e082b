//! Commands, lists and compound statements.

use tree_sitter::Node;

use super::super::tree::{Kind, Role, Sym};
use super::{MAX_DEPTH, Unit, Writer, named_children};

impl<'t> Writer<'t, '_> {
    /// The statements that stand directly in `node`, without those of its other parts (a condition, say).
    pub(super) fn units<'n>(&self, node: Node<'n>) -> Vec<Unit<'n>> {
        let mut units: Vec<Unit<'n>> = Vec::new();
        let mut cursor = node.walk();
        for child in node.children(&mut cursor) {
            match child.kind() {
                "&" | ";" | ";;" => {
                    if let Some(last) = units.last_mut() {
                        last.is_background |= child.kind() == "&";
                        last.is_ended = true;
                    }
                }
                "comment" | "elif_clause" | "else_clause" => {}
                "ERROR" => units.extend(self.units(child)),
                _ if child.is_named() && !child.is_missing() => {
                    units.push(Unit { node: child, is_background: false, is_ended: false });
                }
                _ => {}
            }
        }
        units
    }

    /// The word of a pattern that is nothing else: it stands for any word, not for a command.
    pub(super) fn lone_word<'n>(&self, unit: Unit<'n>) -> Option<Node<'n>> {
        if unit.is_background || unit.is_ended || unit.node.kind() != "command" {
            return None;
        }
        match named_children(unit.node)[..] {
            [name] if name.kind() == "command_name" => name.named_child(0),
            _ => None,
        }
    }

    /// Whether a unit is a statement rather than an expression.
    pub(super) fn is_statement(&self, unit: Unit<'_>) -> bool {
        let node = self.bare(unit.node);
        !unit.is_background
            && match node.kind() {
                "if_statement"
                | "while_statement"
                | "for_statement"
                | "c_style_for_statement"
                | "case_statement"
                | "function_definition"
                | "compound_statement"
                | "variable_assignments"
                | "unset_command"
                | "do_group" => true,
                "declaration_command" => self.assignments(node).len() != 1,
                _ => false,
            }
    }

    /// The command under its redirections.
    fn bare<'n>(&self, node: Node<'n>) -> Node<'n> {
        let mut node = node;
        while node.kind() == "redirected_statement" {
            let Some(body) = node.child_by_field_name("body") else { break };
            node = body;
        }
        node
    }

    /// A unit as a statement.
    pub(super) fn statement(&mut self, unit: Unit<'_>, role: Role, depth: usize) {
        if depth > MAX_DEPTH {
            return self.too_deep(unit.node, role);
        }
        if !self.is_statement(unit) {
            let range = self.range(self.bare(unit.node));
            let statement = self.builder.open(Kind::ExprStmt, role, range);
            self.unit_expression(unit, Role::Item, depth + 1);
            self.builder.close(statement);
            return;
        }
        let node = self.bare(unit.node);
        match node.kind() {
            "if_statement" => self.conditional(node, node, role, depth),
            "while_statement" => self.repeated(node, role, depth),
            "for_statement" => self.iterated(node, role, depth),
            "case_statement" => self.cases(node, role, depth),
            "function_definition" => self.function(node, role, depth),
            "variable_assignments" | "declaration_command" | "unset_command" => {
                let block = self.open(Kind::Block, role, node);
                for assignment in self.assignments(node) {
                    self.statement(plain(assignment), Role::Item, depth + 1);
                }
                self.builder.close(block);
            }
            "c_style_for_statement" => match node.child_by_field_name("body") {
                Some(body) => self.block(body, role, depth),
                None => self.opaque(node, role),
            },
            _ => self.block(node, role, depth),
        }
    }

    /// A unit as an expression.
    pub(super) fn unit_expression(&mut self, unit: Unit<'_>, role: Role, depth: usize) {
        if unit.is_background {
            let node = self.open(Kind::Unary, role, unit.node);
            self.builder.say(node, Sym::new("&"));
            self.unit_expression(Unit { is_background: false, ..unit }, Role::Item, depth + 1);
            self.builder.close(node);
        } else if self.is_statement(unit) {
            self.statement(unit, role, depth + 1);
        } else {
            self.expression(self.bare(unit.node), role, depth + 1);
        }
    }

    fn open(&mut self, kind: Kind, role: Role, node: Node<'_>) -> super::NodeId {
        let range = self.range(node);
        self.builder.open(kind, role, range)
    }

    /// The statements of `node` as a block, whatever their number.
    fn block(&mut self, node: Node<'_>, role: Role, depth: usize) {
        let block = self.open(Kind::Block, role, node);
        for unit in self.units(node) {
            self.statement(unit, Role::Item, depth + 1);
        }
        self.builder.close(block);
    }

    /// Units as one statement: themselves where there is one, else a block.
    fn folded(&mut self, units: &[Unit<'_>], whole: Node<'_>, role: Role, depth: usize) {
        if let [unit] = units {
            return self.statement(*unit, role, depth + 1);
        }
        let range = match units {
            [first, .., last] => self.range(first.node).start..self.range(last.node).end,
            _ => self.range(whole),
        };
        let block = self.builder.open(Kind::Block, role, range);
        for unit in units {
            self.statement(*unit, Role::Item, depth + 1);
        }
        self.builder.close(block);
    }

    /// Units as one expression.
    pub(super) fn folded_expression(&mut self, units: &[Unit<'_>], whole: Node<'_>, role: Role, depth: usize) {
        match units {
            [unit] => self.unit_expression(*unit, role, depth + 1),
            _ => self.folded(units, whole, role, depth),
        }
    }

    /// `if`, or an `elif` of `whole`: what follows the clause belongs to its else.
    fn conditional(&mut self, clause: Node<'_>, whole: Node<'_>, role: Role, depth: usize) {
        if depth > MAX_DEPTH {
            return self.too_deep(clause, role);
        }
        let node = self.builder.open(Kind::If, role, self.range(clause).start..self.range(whole).end);
        let units = self.units(clause);
        let then = clause
            .children(&mut clause.walk())
            .find(|child| child.kind() == "then")
            .map_or(0, |then| then.start_byte());
        let split = units.partition_point(|unit| unit.node.start_byte() < then);
        let (test, body) = units.split_at(split);
        self.folded_expression(test, clause, Role::Test, depth);
        self.folded(body, clause, Role::Body, depth);
        let next = whole.children(&mut whole.walk()).find(|child| {
            child.start_byte() > clause.start_byte() && matches!(child.kind(), "elif_clause" | "else_clause")
        });
        match next {
            Some(next) if next.kind() == "elif_clause" => self.conditional(next, whole, Role::Else, depth + 1),
            Some(next) => {
                let units = self.units(next);
                self.folded(&units, next, Role::Else, depth);
            }
            None => {}
        }
        self.builder.close(node);
    }

    fn repeated(&mut self, node: Node<'_>, role: Role, depth: usize) {
        let is_until = node.child(0).is_some_and(|first| first.kind() == "until");
        let body = node.child_by_field_name("body");
        let repeated = self.open(Kind::While, role, node);
        let negated = is_until.then(|| {
            let negated = self.open(Kind::Unary, Role::Test, node);
            self.builder.say(negated, Sym::new("!"));
            negated
        });
        let test = if is_until { Role::Item } else { Role::Test };
        let end = body.map_or(node.end_byte(), |body| body.start_byte());
        let units: Vec<_> = self.units(node).into_iter().filter(|unit| unit.node.start_byte() < end).collect();
        let block = self.open(Kind::Block, test, node);
        for unit in units {
            self.statement(unit, Role::Item, depth + 1);
        }
        self.builder.close(block);
        if let Some(negated) = negated {
            self.builder.close(negated);
        }
        if let Some(body) = body {
            self.block(body, Role::Body, depth + 1);
        }
        self.builder.close(repeated);
    }

    fn iterated(&mut self, node: Node<'_>, role: Role, depth: usize) {
        let (variable, body) = (node.child_by_field_name("variable"), node.child_by_field_name("body"));
        if node.child(0).is_some_and(|first| first.kind() == "select") {
            return match body {
                Some(body) => self.block(body, role, depth + 1),
                None => self.opaque(node, role),
            };
        }
        let iterated = self.open(Kind::For, role, node);
        if let Some(variable) = variable {
            self.name(variable, Role::Target);
        }
        let values: Vec<Node<'_>> = node.children_by_field_name("value", &mut node.walk()).collect();
        let list = self.open(Kind::List, Role::Value, node);
        for value in values {
            self.expression(value, Role::Item, depth + 1);
        }
        self.builder.close(list);
        if let Some(body) = body {
            self.block(body, Role::Body, depth + 1);
        }
        self.builder.close(iterated);
    }

    fn cases(&mut self, node: Node<'_>, role: Role, depth: usize) {
        let cases = self.open(Kind::Match, role, node);
        if let Some(subject) = node.child_by_field_name("value") {
            self.expression(subject, Role::Value, depth + 1);
        }
        for item in named_children(node).into_iter().filter(|child| child.kind() == "case_item") {
            let case = self.open(Kind::Case, Role::Item, item);
            let values: Vec<Node<'_>> = item.children_by_field_name("value", &mut item.walk()).collect();
            for value in &values {
                self.expression(*value, Role::Test, depth + 1);
            }
            let units: Vec<_> = self.units(item).into_iter().filter(|unit| !values.contains(&unit.node)).collect();
            self.folded(&units, item, Role::Body, depth);
            self.builder.close(case);
        }
        self.builder.close(cases);
    }

    fn function(&mut self, node: Node<'_>, role: Role, depth: usize) {
        let function = self.open(Kind::FuncDef, role, node);
        if let Some(name) = node.child_by_field_name("name") {
            self.ident(name, Role::Name);
        }
        let at = self.range(node).start;
        let parameters = self.builder.open(Kind::Params, Role::Item, at..at);
        self.builder.close(parameters);
        if let Some(body) = node.child_by_field_name("body") {
            self.statement(plain(body), Role::Body, depth + 1);
        }
        self.builder.close(function);
    }

    fn assignments<'n>(&self, node: Node<'n>) -> Vec<Node<'n>> {
        named_children(node).into_iter().filter(|child| child.kind() == "variable_assignment").collect()
    }

    pub(super) fn assignment(&mut self, node: Node<'_>, role: Role, depth: usize) {
        let is_added = node.children(&mut node.walk()).any(|child| child.kind() == "+=");
        let assignment = self.open(if is_added { Kind::AugAssign } else { Kind::Assign }, role, node);
        if is_added {
            self.builder.say(assignment, Sym::new("+"));
        }
        if let Some(name) = node.child_by_field_name("name") {
            self.name(name, Role::Target);
        }
        match node.child_by_field_name("value") {
            Some(value) => self.expression(value, Role::Value, depth + 1),
            None => {
                let end = self.range(node).end;
                self.text_leaf("", Role::Value, end..end, (0, 0));
            }
        }
        self.builder.close(assignment);
    }

    /// A simple command: its assignments where it is nothing else, else a call with its words.
    pub(super) fn command(&mut self, node: Node<'_>, role: Role, depth: usize) {
        let words: Vec<Node<'_>> = named_children(node)
            .into_iter()
            .filter(|child| {
                !matches!(
                    child.kind(),
                    "variable_assignment" | "file_redirect" | "herestring_redirect" | "heredoc_redirect"
                )
            })
            .map(|child| if child.kind() == "command_name" { child.named_child(0).unwrap_or(child) } else { child })
            .collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return match self.assignments(node)[..] {
                [assignment] => self.assignment(assignment, role, depth),
                _ => self.opaque(node, role),
            };
        };
        if let ([word], true) = (&words[..], self.is_ellipsis_word(*first)) {
            return self.expression(*word, role, depth + 1);
        }
        let call = self.call("!sh_cmd!", role, self.range(*first).start..self.range(*last).end);
        for word in words {
            self.expression(word, Role::Arg, depth + 1);
        }
        self.builder.close(call);
    }

    /// `a | b | c` and `a && b || c`, nested to the left.
    pub(super) fn chain(&mut self, operands: &[(Node<'_>, &str)], role: Role, depth: usize) {
        let Some(((last, operator), rest)) = operands.split_last() else { return };
        if rest.is_empty() {
            return self.unit_expression(plain(*last), role, depth + 1);
        }
        if depth > MAX_DEPTH {
            return self.too_deep(*last, role);
        }
        let range = self.range(operands[0].0).start..self.range(*last).end;
        let chain = self.builder.open(Kind::Binary, role, range);
        self.builder.say(chain, Sym::new(operator));
        self.chain(rest, Role::Item, depth + 1);
        self.unit_expression(plain(*last), Role::Item, depth + 1);
        self.builder.close(chain);
    }

    /// The operands of a pipeline or list, each with the operator before it.
    pub(super) fn operands<'n>(&self, node: Node<'n>) -> Vec<(Node<'n>, &'static str)> {
        let mut operands = Vec::new();
        let mut operator = "";
        for child in node.children(&mut node.walk()) {
            match child.kind() {
                // A pipe is no bitwise or: its order counts.
                "|" | "|&" => operator = "pipe",
                "&&" => operator = "and",
                "||" => operator = "or",
                _ if child.is_named() && child.kind() != "comment" => operands.push((child, operator)),
                _ => {}
            }
        }
        operands
    }
}

/// A unit without a sign after it.
fn plain(node: Node<'_>) -> Unit<'_> {
    Unit { node, is_background: false, is_ended: false }
}
