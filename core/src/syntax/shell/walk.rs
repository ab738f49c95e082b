//! From the syntax tree to commands, on an explicit stack: depth is the input's to choose.

use std::rc::Rc;

use tree_sitter::{Node, Tree};

use super::{Assignment, Command, Redirect, Script, Stage, word};

/// Deepest nesting of statements that is followed.
const MAX_DEPTH: usize = 200;
/// Most commands of one text.
const MAX_COMMANDS: usize = 20_000;

/// What holds for everything below a node.
#[derive(Clone, Default)]
struct Frame {
    depth: usize,
    function: Option<Rc<str>>,
    or_else: Option<Rc<str>>,
    background: bool,
    in_condition: bool,
    in_branch: bool,
    in_loop: bool,
    in_substitution: bool,
    after_failure: bool,
    pipeline: Option<Stage>,
    redirects: Rc<[Redirect]>,
}

/// The commands of a tree.
pub(super) fn commands(tree: &Tree, source: &str) -> Script {
    let root = tree.root_node();
    let mut walk =
        Walk { source, script: Script { incomplete: root.has_error(), ..Script::default() }, stack: Vec::new() };
    walk.stack.push((root, Frame::default()));
    while let Some((node, frame)) = walk.stack.pop() {
        if frame.depth > MAX_DEPTH || walk.script.commands.len() >= MAX_COMMANDS {
            walk.script.incomplete = true;
            continue;
        }
        walk.visit(node, frame);
    }
    walk.script
}

struct Walk<'s, 't> {
    source: &'s str,
    script: Script,
    stack: Vec<(Node<'t>, Frame)>,
}

impl<'t> Walk<'_, 't> {
    fn visit(&mut self, node: Node<'t>, mut frame: Frame) {
        frame.depth += 1;
        match node.kind() {
            "command" | "declaration_command" | "unset_command" | "test_command" | "variable_assignment" => {
                self.command(node, frame);
            }
            "redirected_statement" => self.redirected(node, frame),
            "pipeline" => self.pipeline(node, &frame),
            "list" => self.list(node, frame),
            "negated_command" => self.descend(node, &Frame { in_condition: true, ..frame }),
            "if_statement" | "elif_clause" | "while_statement" => self.conditional(node, &frame),
            "else_clause" | "case_item" => self.descend(node, &Frame { in_branch: true, ..frame }),
            "for_statement" | "c_style_for_statement" => self.descend(node, &Frame { in_loop: true, ..frame }),
            "function_definition" => {
                let name = node.child_by_field_name("name").and_then(|name| self.source.get(name.byte_range()));
                let calls = Frame { depth: frame.depth, function: name.map(Rc::from), ..Frame::default() };
                self.descend(node, &calls);
            }
            "command_substitution" | "process_substitution" => {
                let inner = Frame {
                    depth: frame.depth,
                    function: frame.function,
                    in_loop: frame.in_loop,
                    in_branch: frame.in_branch,
                    ..Frame::default()
                };
                self.descend(node, &Frame { in_substitution: true, ..inner });
            }
            _ => {
                self.compound_redirects(node, &mut frame);
                self.descend(node, &frame);
            }
        }
    }

    /// Visits the children in order; one that `&` follows runs in the background.
    fn descend(&mut self, node: Node<'t>, frame: &Frame) {
        let children = children(node);
        for (at, child) in children.iter().enumerate().rev() {
            if child.is_named() {
                let background = frame.background || children.get(at + 1).is_some_and(|next| next.kind() == "&");
                self.stack.push((*child, Frame { background, ..frame.clone() }));
            }
        }
    }

    /// The condition's commands are those before `then` or `do`.
    fn conditional(&mut self, node: Node<'t>, frame: &Frame) {
        let is_loop = node.kind() == "while_statement";
        let children = children(node);
        let body =
            children.iter().position(|child| matches!(child.kind(), "then" | "do_group")).unwrap_or(children.len());
        for (at, child) in children.iter().enumerate().rev().filter(|(_, child)| child.is_named()) {
            let mut inner = Frame { in_loop: frame.in_loop || is_loop, ..frame.clone() };
            if at < body {
                inner.in_condition = true;
            } else {
                inner.in_branch |= !is_loop;
            }
            self.stack.push((*child, inner));
        }
    }

    fn list(&mut self, node: Node<'t>, frame: Frame) {
        let children = children(node);
        let (Some(left), Some(right)) = (children.first(), children.last()) else { return };
        let is_or = children.iter().any(|child| child.kind() == "||");
        let alternative = self.source.get(right.byte_range()).map(Rc::from);
        let last = Frame { in_branch: true, after_failure: is_or, ..frame.clone() };
        let first = Frame {
            in_condition: true,
            or_else: if is_or { alternative } else { frame.or_else },
            redirects: Rc::default(),
            ..frame
        };
        self.stack.push((*right, last));
        self.stack.push((*left, first));
    }

    fn pipeline(&mut self, node: Node<'t>, frame: &Frame) {
        let mut cursor = node.walk();
        let stages: Vec<Node<'t>> = node.named_children(&mut cursor).collect();
        let length = stages.len();
        for (position, stage) in stages.into_iter().enumerate().rev() {
            let place = Stage { pipeline: node.start_byte(), position, length };
            let redirects = if position + 1 == length { frame.redirects.clone() } else { Rc::default() };
            self.stack.push((stage, Frame { pipeline: Some(place), redirects, ..frame.clone() }));
        }
    }

    /// The grammar hangs redirections over the whole list or pipeline; they belong to its last command.
    fn redirected(&mut self, node: Node<'t>, mut frame: Frame) {
        let mut redirects = frame.redirects.to_vec();
        let mut after = Vec::new();
        for child in children(node).into_iter().filter(|child| child.kind().ends_with("_redirect")) {
            self.redirect(child, &mut redirects, &mut after);
            self.substitutions(child, &frame);
        }
        frame.redirects = redirects.into();
        self.stack.extend(
            after.into_iter().map(|statement| (statement, Frame { redirects: Rc::default(), ..frame.clone() })),
        );
        match node.child_by_field_name("body") {
            Some(body) => self.stack.push((body, frame)),
            None => self.compound_redirects(node, &mut frame),
        }
    }

    /// A compound statement's redirections stand on a command without words.
    fn compound_redirects(&mut self, node: Node<'t>, frame: &mut Frame) {
        if !frame.redirects.is_empty() {
            let mut command = self.framed(node, frame);
            command.redirects = std::mem::take(&mut frame.redirects).to_vec();
            self.script.commands.push(command);
        }
    }

    fn redirect(&self, node: Node<'t>, into: &mut Vec<Redirect>, after: &mut Vec<Node<'t>>) {
        let descriptor = node.child_by_field_name("descriptor");
        let descriptor = descriptor.and_then(|at| self.source.get(at.byte_range())).map(Box::from);
        let mut operator = None;
        let mut target = None;
        for child in children(node) {
            match child.kind() {
                "file_descriptor" | "heredoc_start" | "heredoc_end" => {}
                "file_redirect" => self.redirect(child, into, after),
                "heredoc_body" => target = Some(self.heredoc(child)),
                "pipeline" | "list" => after.push(child),
                _ if node.kind() == "heredoc_redirect" && child.is_named() => {
                    if child.kind() == "command" {
                        after.push(child);
                    }
                }
                kind if !child.is_named() => operator = operator.or(Some(kind)),
                _ => target = target.or_else(|| Some(word::read(child, self.source))),
            }
        }
        let operator = operator.unwrap_or(if node.kind() == "herestring_redirect" { "<<<" } else { ">" });
        let target =
            target.unwrap_or_else(|| super::Word { range: node.byte_range(), literal: true, ..Default::default() });
        into.push(Redirect { operator: operator.into(), descriptor, target });
    }

    fn heredoc(&self, body: Node<'t>) -> super::Word {
        let text = self.source.get(body.byte_range()).unwrap_or_default();
        let literal = children(body).iter().all(|child| child.kind() == "heredoc_content");
        super::Word { text: text.into(), range: body.byte_range(), literal, unquoted_expansion: false }
    }

    fn command(&mut self, node: Node<'t>, frame: Frame) {
        let mut command = self.framed(node, &frame);
        command.redirects = frame.redirects.to_vec();
        match node.kind() {
            "test_command" => command.words = self.test_words(node),
            "variable_assignment" => command.assignments.extend(self.assignment(node)),
            _ => self.fill(node, &mut command),
        }
        self.script.commands.push(command);
        self.substitutions(node, &Frame { redirects: Rc::default(), ..frame });
    }

    fn fill(&self, node: Node<'t>, command: &mut Command) {
        let keyword = matches!(node.kind(), "declaration_command" | "unset_command");
        let mut after = Vec::new();
        for child in children(node) {
            match child.kind() {
                "variable_assignment" => command.assignments.extend(self.assignment(child)),
                "file_redirect" | "herestring_redirect" | "heredoc_redirect" => {
                    self.redirect(child, &mut command.redirects, &mut after);
                }
                "ERROR" => {}
                "subshell" => {}
                _ if child.is_named() || keyword => command.words.push(word::read(child, self.source)),
                _ => {}
            }
        }
    }

    fn assignment(&self, node: Node<'t>) -> Option<Assignment> {
        let name = node.child_by_field_name("name")?;
        let value = match node.child_by_field_name("value") {
            Some(value) => word::read(value, self.source),
            None => super::Word { range: node.end_byte()..node.end_byte(), literal: true, ..Default::default() },
        };
        Some(Assignment { name: self.source.get(name.byte_range())?.into(), value })
    }

    fn test_words(&self, node: Node<'t>) -> Vec<super::Word> {
        let text = self.source.get(node.byte_range()).unwrap_or_default();
        let base = text.as_ptr() as usize;
        text.split_whitespace()
            .map(|part| word::literal(part, node.start_byte() + part.as_ptr() as usize - base))
            .collect()
    }

    /// Pushes the substitutions below `node`, wherever its words and strings hold them.
    fn substitutions(&mut self, node: Node<'t>, frame: &Frame) {
        // Most commands have none.
        if !self.source.get(node.byte_range()).is_none_or(|text| text.contains(['(', '`'])) {
            return;
        }
        let mut found = Vec::new();
        let mut pending = vec![(node, 0)];
        while let Some((node, depth)) = pending.pop() {
            for child in children(node).into_iter().filter(Node::is_named) {
                match child.kind() {
                    "command_substitution" | "process_substitution" => found.push(child),
                    _ if depth < MAX_DEPTH => pending.push((child, depth + 1)),
                    _ => self.script.incomplete = true,
                }
            }
        }
        found.sort_by_key(|node| std::cmp::Reverse(node.start_byte()));
        self.stack.extend(found.into_iter().map(|node| (node, frame.clone())));
    }

    fn framed(&self, node: Node<'_>, frame: &Frame) -> Command {
        Command {
            range: node.byte_range(),
            line: node.start_position().row as u32 + 1,
            background: frame.background,
            in_function: frame.function.as_deref().map(Box::from),
            in_condition: frame.in_condition,
            in_branch: frame.in_branch,
            in_loop: frame.in_loop,
            in_substitution: frame.in_substitution,
            or_else: frame.or_else.as_deref().map(Box::from),
            after_failure: frame.after_failure,
            pipeline: frame.pipeline,
            ..Command::default()
        }
    }
}

fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.children(&mut cursor).collect()
}
