//! Words, quotes and expansions.

use std::ops::Range;

use tree_sitter::Node;

use super::super::tree::{Kind, Role, Sym};
use super::holes::{Hole, Piece};
use super::{MAX_DEPTH, Writer, named_children};

impl<'t> Writer<'t, '_> {
    /// A word, or a command that is an expression.
    pub(super) fn expression(&mut self, node: Node<'_>, role: Role, depth: usize) {
        if depth > MAX_DEPTH {
            return self.too_deep(node, role);
        }
        match node.kind() {
            "command" => self.command(node, role, depth),
            "variable_assignment" => self.assignment(node, role, depth),
            "declaration_command" => {
                match named_children(node).iter().find(|child| child.kind() == "variable_assignment") {
                    Some(assignment) => self.assignment(*assignment, role, depth),
                    None => self.opaque(node, role),
                }
            }
            "pipeline" | "list" => {
                let operands = self.operands(node);
                self.chain(&operands, role, depth);
            }
            "negated_command" => {
                let negated = self.builder.open(Kind::Unary, role, self.range(node));
                self.builder.say(negated, Sym::new("!"));
                self.inner(node, Role::Item, depth);
                self.builder.close(negated);
            }
            "subshell" => {
                let call = self.call("!sh_subshell!", role, self.range(node));
                let block = self.builder.open(Kind::Block, Role::Arg, self.range(node));
                for unit in self.units(node) {
                    self.statement(unit, Role::Item, depth + 1);
                }
                self.builder.close(block);
                self.builder.close(call);
            }
            "redirected_statement" => self.inner(node, role, depth),
            "concatenation" => {
                let call = self.call("!sh_concat!", role, self.range(node));
                for part in named_children(node) {
                    self.part(part, depth);
                }
                self.builder.close(call);
            }
            "string" => self.quoted(node, role, depth),
            "raw_string" => {
                let said = self.said(node);
                let content = said.get(1..said.len().saturating_sub(1)).unwrap_or_default();
                self.text_leaf(content, role, self.range(node), (1, 1));
            }
            "simple_expansion" | "expansion" => self.expansion(node, role),
            "command_substitution" => self.substitution("!sh_cmd_subst!", node, role, depth),
            "process_substitution" => self.substitution("!sh_proc_subst!", node, role, depth),
            "array" => {
                let list = self.builder.open(Kind::List, role, self.range(node));
                for item in named_children(node) {
                    self.expression(item, Role::Item, depth + 1);
                }
                self.builder.close(list);
            }
            "test_command" | "arithmetic_expansion" | "ERROR" => self.opaque(node, role),
            _ => self.word(node, role, depth),
        }
    }

    /// The body of a negation or redirection.
    fn inner(&mut self, node: Node<'_>, role: Role, depth: usize) {
        let body = node.child_by_field_name("body").or_else(|| node.named_child(0));
        match body {
            Some(body) => {
                let unit = super::Unit { node: body, is_background: false, is_ended: false };
                self.unit_expression(unit, role, depth + 1);
            }
            None => self.opaque(node, role),
        }
    }

    fn substitution(&mut self, name: &str, node: Node<'_>, role: Role, depth: usize) {
        let call = self.call(name, role, self.range(node));
        let units = self.units(node);
        self.folded_expression(&units, node, Role::Arg, depth);
        self.builder.close(call);
    }

    fn expansion(&mut self, node: Node<'_>, role: Role) {
        let name = named_children(node)
            .into_iter()
            .find(|child| matches!(child.kind(), "variable_name" | "special_variable_name"));
        let Some(name) = name else { return self.opaque(node, role) };
        let call = self.call("!sh_expand!", role, self.range(node));
        self.name(name, Role::Arg);
        self.builder.close(call);
    }

    /// `"…"`: the text itself where nothing in it is expanded.
    fn quoted(&mut self, node: Node<'_>, role: Role, depth: usize) {
        let mut parts: Vec<Node<'_>> = named_children(node);
        parts.retain(|part| part.kind() != "string_content");
        let inner = node.start_byte() + 1..node.end_byte().saturating_sub(1).min(self.text.len());
        let content = self.text.get(inner.clone()).unwrap_or_default();
        let is_text = parts.is_empty() && !content.is_empty();
        if is_text
            && self.holes.is_none_or(|holes| matches!(holes.pieces(content)[..], [Piece::Text(text)] if text != "..."))
        {
            return self.text_leaf(content, role, self.range(node), (1, 1));
        }
        let call = self.call("!sh_quoted_concat!", role, self.range(node));
        let mut at = inner.start;
        for part in parts {
            self.fragment(at..part.start_byte(), depth);
            self.expression(part, Role::Arg, depth + 1);
            at = part.end_byte();
        }
        self.fragment(at..inner.end, depth);
        self.builder.close(call);
    }

    /// The text between two expansions in quotes.
    fn fragment(&mut self, range: Range<usize>, depth: usize) {
        if let Some(text) = self.text.get(range.clone()).filter(|text| !text.is_empty()) {
            self.pieces(text, range.start, Role::Arg, depth);
        }
    }

    /// A part of a concatenation: what its word is made of stands beside its neighbours.
    fn part(&mut self, node: Node<'_>, depth: usize) {
        match (node.kind(), self.holes) {
            ("word" | "number", Some(_)) => self.pieces(self.said(node), node.start_byte(), Role::Arg, depth),
            _ => self.expression(node, Role::Arg, depth + 1),
        }
    }

    pub(super) fn word(&mut self, node: Node<'_>, role: Role, depth: usize) {
        let said = self.said(node);
        let count = self.holes.map_or(1, |holes| holes.pieces(said).len());
        if count < 2 {
            return self.pieces(said, node.start_byte(), role, depth);
        }
        let call = self.call("!sh_concat!", role, self.range(node));
        self.pieces(said, node.start_byte(), Role::Arg, depth);
        self.builder.close(call);
    }

    /// Texts and holes, one leaf each.
    fn pieces(&mut self, text: &str, at: usize, role: Role, depth: usize) {
        let range = self.base + at..self.base + at + text.len();
        let Some(holes) = self.holes else { return self.text_leaf(text, role, range, (0, 0)) };
        for piece in holes.pieces(text) {
            match piece {
                Piece::Text("...") => {
                    self.builder.leaf(Kind::Ellipsis, role, range.clone(), Sym::NONE);
                }
                Piece::Text(text) => self.text_leaf(text, role, range.clone(), (0, 0)),
                Piece::Hole(hole) => self.hole(hole, role, range.clone(), depth),
            }
        }
    }

    fn hole(&mut self, hole: &Hole, role: Role, range: Range<usize>, depth: usize) {
        match hole {
            Hole::Metavariable(name) => self.builder.pattern_leaf(Kind::Metavar, role, range, name),
            Hole::Rest(name) => self.builder.pattern_leaf(Kind::MetavarRest, role, range, name),
            Hole::Deep(text) => {
                let deep = self.builder.open(Kind::Deep, role, range);
                self.deep(text, depth);
                self.builder.close(deep);
                deep
            }
        };
    }

    /// The expression of `<... e ...>`, which may have holes of its own.
    fn deep(&mut self, text: &str, depth: usize) {
        let holes = super::Holes::cut(text);
        let Some(tree) = super::bash_tree(&holes.text) else { return };
        let mut writer = Writer { text: &holes.text, base: 0, builder: self.builder, holes: Some(&holes) };
        if let [unit] = writer.units(tree.root_node())[..] {
            match writer.lone_word(unit) {
                Some(word) => writer.expression(word, Role::Item, depth + 1),
                None => writer.unit_expression(unit, Role::Item, depth + 1),
            }
        }
    }

    pub(super) fn is_ellipsis_word(&self, node: Node<'_>) -> bool {
        let Some(holes) = self.holes else { return false };
        let said = self.said(node);
        said == "..." || matches!(holes.pieces(said)[..], [Piece::Hole(Hole::Rest(_))])
    }

    /// A text. In patterns its content is kept beside the tree, for holes have moved it.
    pub(super) fn text_leaf(&mut self, content: &str, role: Role, range: Range<usize>, quotes: (usize, usize)) {
        let id = self.builder.string(role, range, quotes, content);
        if self.holes.is_some() {
            self.builder.value(id, content);
        }
    }

    /// A variable, where it is used or assigned.
    pub(super) fn name(&mut self, node: Node<'_>, role: Role) {
        self.named(node, Kind::Name, role);
    }

    /// The name of a function.
    pub(super) fn ident(&mut self, node: Node<'_>, role: Role) {
        self.named(node, Kind::Ident, role);
    }

    fn named(&mut self, node: Node<'_>, kind: Kind, role: Role) {
        let (said, range) = (self.said(node), self.range(node));
        match self.holes.map(|holes| holes.pieces(said)).as_deref() {
            Some([Piece::Hole(Hole::Metavariable(name))]) => {
                self.builder.pattern_leaf(Kind::Metavar, role, range, name);
            }
            Some(_) => {
                let id = self.builder.leaf(kind, role, range, Sym::new(said));
                self.builder.value(id, said);
            }
            None => {
                self.builder.leaf(kind, role, range, Sym::new(said));
            }
        }
    }
}
