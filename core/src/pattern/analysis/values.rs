//! What value each name holds where it is used, by one forward pass over every function and over the module.
//!
//! As in Semgrep: a branch must agree for a value to survive it, a loop forgets what was known before it unless its
//! body sets the same again, a bare method call forgets its receiver, and a global that is assigned once is known in
//! every function below it.

use std::collections::HashMap;

use super::Code;
use super::assigned::{assigned_names, opaque};
use super::evaluate::{Evaluator, Value};
use super::names::{Declared, EntityId};
use crate::syntax::tree::{Kind, NodeId, Role, Sym, Tree};

/// Deepest nesting of loops whose bodies are passed twice.
const MAX_LOOPS: u32 = 3;
/// Largest expression that a name stands for symbolically.
const MAX_SYMBOLIC: u32 = 2_000;

/// The values of the names of a file.
#[derive(Debug, Default)]
pub(crate) struct Values {
    of: HashMap<NodeId, Value>,
}

impl Values {
    /// The value of the name at this node.
    pub(crate) fn of(&self, name: NodeId) -> Option<&Value> {
        self.of.get(&name)
    }

    /// What the variables of a Dockerfile hold: what the last `ENV` before them says, where that is a plain text. As in
    /// Semgrep, stages do not count, and neither do arguments nor what is written as an array.
    pub(super) fn of_environment(code: &Code<'_>) -> Self {
        let tree = code.tree;
        let mut known: HashMap<Sym, Value> = HashMap::new();
        let mut values = Self::default();
        let mut array_end = 0;
        for (at, node) in tree.nodes.iter().enumerate() {
            let id = NodeId(at as u32);
            match node.kind {
                Kind::List => array_end = array_end.max(id.0 + node.size),
                Kind::VarDef => {
                    let (Some(name), Some(value)) = (tree.child(id, Role::Target), tree.child(id, Role::Value)) else {
                        continue;
                    };
                    let name = tree.node(name).sym;
                    match tree.node(value).kind {
                        Kind::Str => known.insert(name, Value::Text(tree.content(code.text, value).into())),
                        _ => known.remove(&name),
                    };
                }
                Kind::Name if id.0 >= array_end => {
                    values.of.extend(known.get(&node.sym).map(|value| (id, value.clone())));
                }
                _ => {}
            }
        }
        values
    }

    /// Passes over the whole file.
    pub(super) fn propagate(code: &Code<'_>) -> Self {
        let mut flow = Flow {
            code,
            values: HashMap::new(),
            globals: HashMap::new(),
            opaque: opaque(code.tree),
            is_in_function: false,
            functions: Vec::new(),
            throws: Vec::new(),
            loops: 0,
            has_break: false,
        };
        flow.find_globals();
        let mut state = State::new();
        flow.children(NodeId::ROOT, &mut state);
        flow.is_in_function = true;
        while let Some((function, at)) = flow.functions.pop() {
            let _ = at;
            let mut state = State::new();
            flow.body(function, &mut state);
        }
        Self { of: flow.values }
    }
}

const FOR_ELSE: Sym = Sym::new("for else");
const WHILE_ELSE: Sym = Sym::new("while else");
const BREAK: Sym = Sym::new("break");

type State = HashMap<EntityId, Value>;

struct Flow<'f, 't> {
    code: &'f Code<'t>,
    values: HashMap<NodeId, Value>,
    /// Globals that are assigned once, with their value and the node from which on they are known.
    globals: HashMap<EntityId, (u32, Value)>,
    /// The names that are all that is assigned, or an index that is read, in order.
    opaque: Vec<NodeId>,
    is_in_function: bool,
    /// Functions still to be passed.
    functions: Vec<(NodeId, u32)>,
    /// For each `try` around, what is known wherever its body may raise; none where nothing in it does so far.
    throws: Vec<Option<State>>,
    loops: u32,
    /// Whether the last loop passed can be left by a `break`, past its `else`.
    has_break: bool,
}

impl Flow<'_, '_> {
    /// Finds the globals that are assigned exactly once, by a plain assignment.
    fn find_globals(&mut self) {
        let tree = self.code.tree;
        let names = self.code.names();
        let mut counts: HashMap<EntityId, (u32, Option<NodeId>)> = HashMap::new();
        for at in 0..tree.nodes.len() as u32 {
            let id = NodeId(at);
            let kind = tree.node(id).kind;
            if !matches!(kind, Kind::Assign | Kind::AugAssign | Kind::VarDef | Kind::For) {
                continue;
            }
            let Some(target) = tree.child(id, Role::Target) else { continue };
            let plain = tree.node(target).kind == Kind::Name;
            for name in assigned_names(tree, target) {
                let Some(entity) = names.of(name) else { continue };
                let entry = counts.entry(entity).or_insert((0, None));
                entry.0 += 1;
                entry.1 = (plain && kind == Kind::Assign).then_some(id);
            }
        }
        let mut once: Vec<_> = counts
            .into_iter()
            .filter(|(entity, count)| count.0 == 1 && names.entity(*entity).declared == Declared::Global)
            .filter_map(|(entity, count)| Some((count.1?, entity)))
            .collect();
        once.sort_unstable();
        for (assign, entity) in once {
            let Some(value) = tree.child(assign, Role::Value) else { continue };
            let known = self.evaluate(value, None, false).or_else(|| self.symbolic(value));
            if let Some(known) = known {
                self.globals.insert(entity, (assign.0 + tree.node(assign).size, known));
            }
        }
    }

    fn evaluate(&self, value: NodeId, state: Option<&State>, assigned: bool) -> Option<Value> {
        let mut look_up = |name: NodeId| self.known(name, state);
        Evaluator { code: self.code, look_up: &mut look_up, assigned }.expression(value, 0).filter(Value::is_constant)
    }

    /// What is known of a name where it is used.
    fn known(&self, name: NodeId, state: Option<&State>) -> Option<Value> {
        let entity = self.code.names().of(name)?;
        if let Some(value) = state.and_then(|state| state.get(&entity)) {
            return Some(value.clone());
        }
        // As in Semgrep, functions do not know a global where it is all that is assigned, or an index.
        if self.is_in_function && self.opaque.binary_search(&name).is_ok() {
            return None;
        }
        self.globals.get(&entity).filter(|global| global.0 <= name.0).map(|global| global.1.clone())
    }

    /// The expression itself, where it may stand for its value.
    fn symbolic(&self, value: NodeId) -> Option<Value> {
        let tree = self.code.tree;
        if tree.node(value).size > MAX_SYMBOLIC {
            return None;
        }
        let may = tree.subtree(value).all(|id| {
            matches!(
                tree.node(id).kind,
                Kind::Name
                    | Kind::Ident
                    | Kind::Attribute
                    | Kind::Subscript
                    | Kind::Call
                    | Kind::KeywordArg
                    | Kind::OptionalArg
                    | Kind::Str
                    | Kind::PrefixedStr
                    | Kind::Int
                    | Kind::Float
                    | Kind::Bool
                    | Kind::Null
                    | Kind::Unary
                    | Kind::Binary
                    | Kind::Concat
                    | Kind::Interpolated
                    | Kind::Starred
                    | Kind::DoubleStarred
            )
        });
        may.then_some(Value::Symbolic(value))
    }

    /// Passes over the statements below a node.
    fn children(&mut self, id: NodeId, state: &mut State) {
        let tree = self.code.tree;
        for child in tree.children(id) {
            self.node(child, state);
        }
    }

    fn body(&mut self, function: NodeId, state: &mut State) {
        let tree = self.code.tree;
        for child in tree.children(function).filter(|&child| tree.node(child).role == Role::Body) {
            self.node(child, state);
        }
    }

    fn node(&mut self, id: NodeId, state: &mut State) {
        self.statement(id, state);
        if !self.throws.is_empty() && may_raise(self.code.tree, id) {
            self.raised(state);
        }
    }

    fn statement(&mut self, id: NodeId, state: &mut State) {
        let tree = self.code.tree;
        let node = tree.node(id);
        match node.kind {
            Kind::FuncDef => {
                self.functions.push((id, id.0));
                for child in tree.children(id).filter(|&child| tree.node(child).role != Role::Body) {
                    self.uses(child, state);
                }
            }
            Kind::ClassDef => {
                for child in tree.children(id) {
                    match tree.node(child).role {
                        Role::Body => self.class_body(child, state),
                        _ => self.uses(child, state),
                    }
                }
            }
            Kind::If => self.branches(id, state),
            Kind::For | Kind::While => self.repeated(id, state),
            Kind::Try => self.attempt(id, state),
            Kind::Match => self.cases(id, state),
            Kind::ExprStmt => self.expression_statement(id, state),
            Kind::VarDef => self.assignment(id, state),
            Kind::OtherStmt if [FOR_ELSE, WHILE_ELSE].contains(&tree.node(id).sym) => self.loop_else(id, state),
            Kind::Module | Kind::Block | Kind::OtherStmt | Kind::With => self.children(id, state),
            Kind::Return | Kind::Raise => self.uses(id, state),
            _ => self.uses(id, state),
        }
    }

    /// Members of a class are no variables; its methods are passed on their own.
    fn class_body(&mut self, body: NodeId, state: &mut State) {
        let tree = self.code.tree;
        for child in tree.children(body) {
            match tree.node(child).kind {
                Kind::FuncDef | Kind::ClassDef => self.node(child, state),
                _ => self.uses(child, state),
            }
        }
    }

    fn expression_statement(&mut self, id: NodeId, state: &mut State) {
        let tree = self.code.tree;
        let inner = NodeId(id.0 + 1);
        match tree.node(inner).kind {
            Kind::Assign | Kind::AugAssign => self.assignment(inner, state),
            Kind::Call => {
                self.uses(id, state);
                let callee = NodeId(inner.0 + 1);
                if tree.node(callee).kind == Kind::Attribute
                    && let Some(entity) = self.root_name(callee)
                {
                    state.remove(&entity);
                }
            }
            _ => self.uses(id, state),
        }
    }

    /// The variable at the start of a chain of attributes and subscripts.
    fn root_name(&self, id: NodeId) -> Option<EntityId> {
        let tree = self.code.tree;
        let mut at = id;
        while matches!(tree.node(at).kind, Kind::Attribute | Kind::Subscript) {
            at = NodeId(at.0 + 1);
        }
        if tree.node(at).kind == Kind::Name { self.code.names().of(at) } else { None }
    }

    fn assignment(&mut self, id: NodeId, state: &mut State) {
        let tree = self.code.tree;
        let (Some(target), value) = (tree.child(id, Role::Target), tree.child(id, Role::Value)) else { return };
        if let Some(value) = value {
            self.uses(value, state);
        }
        if tree.node(target).kind != Kind::Name {
            self.forget(target, state);
            return;
        }
        let Some(entity) = self.code.names().of(target) else { return };
        let Some(value) = value else { return };
        let known = match tree.node(id).kind {
            Kind::AugAssign => self.augmented(id, entity, value, state),
            _ => self.evaluate(value, Some(state), true).or_else(|| self.symbolic(value)),
        };
        match known {
            Some(known) => _ = state.insert(entity, known),
            None => _ = state.remove(&entity),
        }
    }

    /// `x += e` where both are known.
    fn augmented(&self, id: NodeId, entity: EntityId, value: NodeId, state: &State) -> Option<Value> {
        let left = state.get(&entity)?;
        let right = self.evaluate(value, Some(state), true)?;
        let plus = self.code.tree.node(id).sym == crate::syntax::tree::Sym::new("+");
        match (left, &right) {
            (Value::Int(left), Value::Int(right)) if plus => left.checked_add(*right).map(Value::Int),
            (Value::Text(left), Value::Text(right)) if plus => Some(Value::Text(format!("{left}{right}").into())),
            (Value::Text(_) | Value::SomeText, Value::Text(_) | Value::SomeText) => Some(Value::SomeText),
            _ => None,
        }
    }

    /// Forgets the variables that a target of any shape sets.
    fn forget(&mut self, target: NodeId, state: &mut State) {
        let tree = self.code.tree;
        match tree.node(target).kind {
            Kind::Tuple | Kind::List | Kind::Starred => {
                for child in tree.children(target) {
                    self.forget(child, state);
                }
            }
            _ => {
                self.uses(target, state);
                if let Some(entity) = self.root_name(target) {
                    state.remove(&entity);
                }
            }
        }
    }

    fn branches(&mut self, id: NodeId, state: &mut State) {
        // An elif is an `if` in an else; a chain of them is followed without recursion.
        let tree = self.code.tree;
        let mut ends: Vec<State> = Vec::new();
        let mut at = id;
        loop {
            let mut next = None;
            for child in tree.children(at) {
                match tree.node(child).role {
                    Role::Test => self.uses(child, state),
                    Role::Body => {
                        let mut taken = state.clone();
                        self.node(child, &mut taken);
                        if !self.leaves(child) {
                            ends.push(taken);
                        }
                    }
                    _ => next = Some(child),
                }
            }
            match next {
                Some(other) if tree.node(other).kind == Kind::If => at = other,
                Some(other) => {
                    self.node(other, state);
                    if self.leaves(other) {
                        *state = ends.pop().unwrap_or_default();
                    }
                    break;
                }
                None => break,
            }
        }
        for end in ends {
            merge(state, &end);
        }
    }

    /// Whether a block ends by leaving: what it knows does not count after it.
    fn leaves(&self, block: NodeId) -> bool {
        let tree = self.code.tree;
        let last = tree.children(block).last();
        last.is_some_and(|last| match tree.node(last).kind {
            Kind::Return | Kind::Raise => true,
            Kind::Word => tree.node(last).sym != crate::syntax::tree::Sym::new("pass"),
            _ => false,
        })
    }

    fn repeated(&mut self, id: NodeId, state: &mut State) {
        let tree = self.code.tree;
        let mut body = None;
        for child in tree.children(id) {
            match tree.node(child).role {
                Role::Body => body = Some(child),
                Role::Target => {}
                // The test of a `while` is passed again after the body: nothing of before the loop counts there.
                Role::Test if tree.node(id).kind == Kind::While => self.uses(child, &mut State::new()),
                _ => self.uses(child, state),
            }
        }
        let Some(body) = body else { return };
        let entry = std::mem::take(state);
        self.loops += 1;
        let mut end = State::new();
        self.node(body, &mut end);
        let mut head = entry;
        merge(&mut head, &end);
        if !head.is_empty() && self.loops <= MAX_LOOPS {
            let mut again = head.clone();
            self.node(body, &mut again);
        }
        self.loops -= 1;
        self.has_break = tree.subtree(body).any(|id| tree.node(id).kind == Kind::Word && tree.node(id).sym == BREAK);
        *state = head;
    }

    fn loop_else(&mut self, id: NodeId, state: &mut State) {
        let broken = self.has_break.then(|| state.clone());
        self.children(id, state);
        if let Some(broken) = broken {
            merge(state, &broken);
        }
    }

    /// A handler begins with what is known wherever the body may raise; where nothing may, it is not run. An `else` is run
    /// after a body that does not leave.
    fn attempt(&mut self, id: NodeId, state: &mut State) {
        let tree = self.code.tree;
        let mut ends: Vec<State> = Vec::new();
        let mut thrown = None;
        let mut is_left = false;
        for child in tree.children(id) {
            let node = tree.node(child);
            match (node.kind, node.role) {
                (Kind::Handler, _) => {
                    let is_run = thrown.is_some();
                    let mut handled = thrown.clone().unwrap_or_default();
                    self.children(child, &mut handled);
                    let body = tree.child(child, Role::Body);
                    if is_run && !body.is_some_and(|body| self.leaves(body)) {
                        ends.push(handled);
                    }
                }
                (_, Role::Finally) => {
                    self.meet(state, std::mem::take(&mut ends), is_left);
                    is_left = false;
                    self.node(child, state);
                }
                (_, Role::Body) => {
                    self.throws.push(None);
                    self.node(child, state);
                    thrown = self.throws.pop().flatten();
                    is_left = self.leaves(child);
                }
                _ => {
                    self.node(child, state);
                    is_left |= self.leaves(child);
                }
            }
        }
        self.meet(state, ends, is_left);
        // What no handler takes is raised further.
        let is_handled = tree.children(id).any(|child| tree.node(child).kind == Kind::Handler);
        if let Some(thrown) = thrown.filter(|_| !is_handled) {
            self.raised(&thrown);
        }
    }

    /// Tells the `try` around what is known where something may be raised.
    fn raised(&mut self, state: &State) {
        match self.throws.last_mut() {
            Some(Some(thrown)) => merge(thrown, state),
            Some(thrown) => *thrown = Some(state.clone()),
            None => {}
        }
    }

    /// What is known where paths meet, of which the first may have left.
    fn meet(&self, state: &mut State, ends: Vec<State>, is_left: bool) {
        let mut ends = ends.into_iter();
        if is_left && let Some(first) = ends.next() {
            *state = first;
        }
        for end in ends {
            merge(state, &end);
        }
    }

    fn cases(&mut self, id: NodeId, state: &mut State) {
        let tree = self.code.tree;
        let mut ends: Vec<State> = Vec::new();
        for child in tree.children(id) {
            if tree.node(child).kind == Kind::Case {
                let mut taken = state.clone();
                self.children(child, &mut taken);
                ends.push(taken);
            } else {
                self.uses(child, state);
            }
        }
        for end in ends {
            merge(state, &end);
        }
    }

    /// Notes what is known of each name used below a node.
    fn uses(&mut self, id: NodeId, state: &mut State) {
        let tree = self.code.tree;
        let mut at = id.0;
        let end = at + tree.node(id).size;
        while at < end {
            let node = tree.node(NodeId(at));
            match node.kind {
                Kind::Name => {
                    if let Some(value) = self.known(NodeId(at), Some(state)) {
                        self.values.insert(NodeId(at), value);
                    }
                }
                Kind::Assign => {
                    self.assignment(NodeId(at), state);
                    at += node.size;
                    continue;
                }
                Kind::Comprehension => {
                    self.globals_only(NodeId(at));
                    at += node.size;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Within a comprehension only globals are known.
    fn globals_only(&mut self, id: NodeId) {
        for name in self.code.tree.subtree(id) {
            if self.code.tree.node(name).kind == Kind::Name
                && let Some(value) = self.known(name, None)
            {
                self.values.insert(name, value);
            }
        }
    }
}

/// Whether a simple statement may raise: it has a call, or is a `raise`.
fn may_raise(tree: &Tree, id: NodeId) -> bool {
    match tree.node(id).kind {
        Kind::Raise => true,
        Kind::ExprStmt | Kind::VarDef | Kind::Return | Kind::Assert | Kind::Delete => {
            tree.subtree(id).any(|id| tree.node(id).kind == Kind::Call)
        }
        _ => false,
    }
}

/// Keeps what both know.
fn merge(state: &mut State, other: &State) {
    state.retain(|entity, value| match other.get(entity).and_then(|other| value.union(other)) {
        Some(union) => {
            *value = union;
            true
        }
        None => false,
    });
}
