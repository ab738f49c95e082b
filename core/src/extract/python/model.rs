//! What is kept of a module for the link step, when its text and tree are gone.

use hashbrown::HashMap;

use super::values::Value;
use crate::facts::RowId;
use crate::facts::schema::python::{PythonArgument, PythonCall, PythonDecorator, PythonMetric};
use crate::source::Span;

/// A module.
pub(super) struct ModuleModel {
    pub(super) row: RowId,
    /// Canonical name, with a leading dot.
    pub(super) name: String,
    pub(super) is_package: bool,
    pub(super) imports: Vec<Imported>,
    /// Names that the module defines or imports, and `Class.attribute` for what classes define.
    pub(super) names: HashMap<Box<str>, Defined>,
    pub(super) mentions: Vec<Mention>,
    pub(super) pending: Vec<PendingCall>,
    pub(super) decorators: Vec<PythonDecorator>,
    pub(super) routers: Vec<Router>,
    pub(super) routes: Vec<Route>,
    pub(super) includes: Vec<Include>,
    pub(super) wrappers: Vec<Wrapper>,
    pub(super) handed: Vec<Handed>,
    pub(super) metrics: Vec<Metric>,
    /// Requests that a test makes: method and path.
    pub(super) requests: Vec<(String, String)>,
    /// Dependencies that functions declare in their parameters.
    pub(super) dependencies: Vec<(RowId, Box<str>)>,
}

impl ModuleModel {
    /// A module of which nothing is known yet.
    pub(super) fn new(row: RowId, name: String, is_package: bool) -> Self {
        Self {
            row,
            name,
            is_package,
            imports: Vec::new(),
            names: HashMap::new(),
            mentions: Vec::new(),
            pending: Vec::new(),
            decorators: Vec::new(),
            routers: Vec::new(),
            routes: Vec::new(),
            includes: Vec::new(),
            wrappers: Vec::new(),
            handed: Vec::new(),
            metrics: Vec::new(),
            requests: Vec::new(),
            dependencies: Vec::new(),
        }
    }
}

/// An imported name.
pub(super) struct Imported {
    pub(super) row: RowId,
    pub(super) span: Span,
    /// The name as in `python_import`.
    pub(super) name: Box<str>,
    /// The module part of a `from` import; the whole name of a plain one.
    pub(super) base: Box<str>,
}

/// What a name of a module stands for.
#[derive(Debug, Clone)]
pub(super) struct Defined {
    /// Its row, where it has one.
    pub(super) row: Option<RowId>,
    /// What it stands for: an import's name, what made a variable, a function's result.
    pub(super) stands_for: Option<Box<str>>,
    pub(super) kind: DefinedKind,
    /// A literal value.
    pub(super) literal: Option<Box<str>>,
    /// The bases of a class, resolved.
    pub(super) bases: Vec<Box<str>>,
}

impl Defined {
    /// A name without a row of its own.
    pub(super) fn standing_for(kind: DefinedKind, name: Option<String>) -> Self {
        Self { row: None, stands_for: name.map(Into::into), kind, literal: None, bases: Vec::new() }
    }
}

/// What kind of thing a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DefinedKind {
    Import,
    StarImport,
    Function,
    Class,
    Variable,
}

/// A place where code mentions something that the tree may define.
pub(super) struct Mention {
    pub(super) span: Span,
    pub(super) function: Option<RowId>,
    pub(super) name: Box<str>,
    pub(super) is_call: bool,
}

/// A call whose receiver another module defines.
pub(super) struct PendingCall {
    pub(super) call: PythonCall,
    pub(super) arguments: Vec<PythonArgument>,
}

/// An application or router.
pub(super) struct Router {
    /// Canonical name.
    pub(super) name: Box<str>,
    pub(super) framework: &'static str,
    /// Whether it serves by itself.
    pub(super) is_application: bool,
    pub(super) prefix: Value,
    /// Dependencies of all its routes.
    pub(super) guards: Vec<Box<str>>,
}

/// A route as registered.
pub(super) struct Route {
    pub(super) span: Span,
    pub(super) function: Option<RowId>,
    /// Handler's name, where it is registered by a call.
    pub(super) handler: Option<Box<str>>,
    /// What it is registered on, canonical or as imported.
    pub(super) on: Box<str>,
    /// The method of the decorator or call, for example `get` or `route`.
    pub(super) verb: Box<str>,
    pub(super) methods: Vec<String>,
    pub(super) path: Value,
    pub(super) guards: Vec<(Box<str>, &'static str)>,
    pub(super) response_model: Option<String>,
}

/// One router taken into another.
#[derive(Clone)]
pub(super) struct Include {
    pub(super) into: Box<str>,
    pub(super) router: Box<str>,
    pub(super) prefix: Value,
    pub(super) guards: Vec<Box<str>>,
    /// Whether only developers get it.
    pub(super) in_development: bool,
    /// Whether what it takes must be a router: anything may be mounted.
    pub(super) takes_router: bool,
    /// Where and by whose name something is mounted that no router of the tree may be: what made it.
    pub(super) mounts: Option<(Span, Box<str>)>,
}

/// A function that includes a router that it is given.
pub(super) struct Wrapper {
    /// Its canonical name.
    pub(super) function: String,
    pub(super) router: Given,
    pub(super) prefix: Option<Given>,
    /// The include in it, without what it is given.
    pub(super) include: Include,
    /// Whether a call in its own module is known already.
    pub(super) is_used: bool,
}

/// A parameter.
pub(super) struct Given {
    pub(super) name: String,
    pub(super) position: usize,
}

impl Given {
    /// What a call hands over under this parameter.
    pub(super) fn of<'c>(&self, call: &'c Handed) -> Option<&'c HandedArgument> {
        let named = call.arguments.iter().find(|argument| argument.name.as_deref() == Some(self.name.as_str()));
        named.or_else(|| call.arguments.get(self.position).filter(|argument| argument.name.is_none()))
    }
}

/// A call of a function of the tree that is given a router.
pub(super) struct Handed {
    /// What is called, as resolved in its module.
    pub(super) callee: Box<str>,
    pub(super) arguments: Vec<HandedArgument>,
}

/// An argument of such a call.
pub(super) struct HandedArgument {
    pub(super) name: Option<Box<str>>,
    /// The object that it names.
    pub(super) object: Option<Box<str>>,
    pub(super) value: Value,
}

/// A registered metric.
pub(super) struct Metric {
    pub(super) fact: PythonMetric,
    /// The variable that holds it, canonical; `None` where it is held in some other way.
    pub(super) variable: Option<Box<str>>,
}
