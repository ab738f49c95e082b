//! States calls with their arguments, and hands them to what reads more out of them.

use ruff_python_ast::visitor::source_order::SourceOrderVisitor;
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextRange};

use super::model::PendingCall;
use super::packages::{Interest, interest};
use super::values::is_environment_reader;
use super::walk::Walker;
use crate::facts::schema::python::{PythonArgument, PythonCall, PythonTestRequest};
use crate::facts::{Certainty, RowId};

/// Positional arguments that are stated.
const MAX_POSITIONAL: usize = 4;
/// Methods of test clients that make a request.
const REQUESTS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "options", "websocket_connect"];

/// What the walk knows about the expression that it is about to meet.
#[derive(Debug, Default)]
pub(super) struct CallContext {
    /// The call whose arguments are being walked, where it has a row.
    pub(super) argument_of: Option<RowId>,
    /// What that call calls.
    pub(super) passed_to: Option<String>,
    /// The expression under `await`.
    pub(super) awaited: Option<TextRange>,
    /// The context expression of a `with`.
    pub(super) entered: Option<TextRange>,
    /// The value of an assignment, and its target.
    pub(super) assigned: Option<(TextRange, String)>,
    /// The last call that got a row: for decorators.
    pub(super) last_call: Option<(TextRange, RowId)>,
}

impl<'a> Walker<'a, '_> {
    /// Walks a call: its callee, its row, its arguments.
    pub(super) fn walk_call(&mut self, expr: &'a Expr, call: &'a ast::ExprCall) {
        self.walk_callee(&call.func);
        let callee = self.names.resolve(&call.func);
        let row = self.state_call(call, callee.as_deref());
        if let Some(callee) = &callee {
            if is_environment_reader(callee) {
                self.state_environment_read(expr);
            }
            self.state_metric(call, callee);
            self.state_listener(call, callee);
        }
        self.collect_routing(call, callee.as_deref());
        self.state_test_request(call);
        self.state_asserted_status(call);
        let passed_to = callee.or_else(|| method_of(&call.func).map(|method| format!("?.{method}")));
        let outer = std::mem::replace(&mut self.context.argument_of, row);
        let outer_name = std::mem::replace(&mut self.context.passed_to, passed_to);
        self.visit_arguments(&call.arguments);
        self.context.argument_of = outer;
        self.context.passed_to = outer_name;
        if let Some(row) = row {
            self.context.last_call = Some((call.range(), row));
        }
    }

    /// `self.assertEqual(answer.status_code, 403)`, `self.assertContains(answer, "…", status_code=401)`.
    fn state_asserted_status(&mut self, call: &'a ast::ExprCall) {
        let Some(method) = method_of(&call.func).filter(|method| method.starts_with("assert")) else { return };
        let keyword = call.arguments.keywords.iter().find(|keyword| {
            keyword
                .arg
                .as_ref()
                .is_some_and(|name| matches!(name.as_str(), "status_code" | "status" | "expected_status"))
        });
        let sides = match (&*call.arguments.args, keyword) {
            (_, Some(keyword)) => vec![&keyword.value],
            ([one, two, ..], None) if method.starts_with("assertEqual") => vec![one, two],
            _ => return,
        };
        self.state_expected_status(call.range(), &sides, keyword.is_some());
    }

    /// `client.get("/items")` in a test: what it asks of the application.
    fn state_test_request(&mut self, call: &'a ast::ExprCall) {
        let Expr::Attribute(attribute) = &*call.func else { return };
        let method = attribute.attr.as_str();
        if !self.is_test || !REQUESTS.contains(&method) {
            return;
        }
        let Some(path) = call.arguments.find_argument_value("url", 0) else { return };
        let value = self.names.value(path);
        let path = match value.text.filter(|_| matches!(value.kind, "text" | "template")) {
            Some(path) => path_of_address(&path).to_owned(),
            // A path that is made at run time, of something that is named as a client.
            None if is_client(&attribute.value) => "{}".to_owned(),
            None => return,
        };
        if !path.starts_with(['/', '{']) {
            return;
        }
        let certainty =
            if path.starts_with("{}") && !path.contains('/') { Certainty::Unresolved } else { Certainty::Certain };
        let method = method.strip_suffix("_connect").unwrap_or(method).to_ascii_uppercase();
        self.model.requests.push((method.clone(), path.clone()));
        let (span, function) = (self.span(call.range()), self.function());
        self.facts.push(PythonTestRequest { span, certainty, function, method, path });
    }

    fn state_call(&mut self, call: &'a ast::ExprCall, callee: Option<&str>) -> Option<RowId> {
        if !self.facts.wants::<PythonCall>() && !self.facts.wants::<PythonArgument>() {
            return None;
        }
        let callee = match callee {
            Some(callee) => callee.to_owned(),
            None => format!("?.{}", method_of(&call.func)?),
        };
        let interest = match interest(&callee) {
            Interest::Perhaps if self.names.resolve(&call.func).is_none() => Interest::None,
            interest => interest,
        };
        if interest == Interest::None || self.is_declaration(&callee) || self.is_logged_already(&callee) {
            return None;
        }
        let fact = self.call_fact(call, callee);
        if interest == Interest::Known {
            let row = self.facts.push(fact);
            for argument in self.arguments(call, row) {
                self.facts.push(argument);
            }
            return Some(row);
        }
        let arguments = self.arguments(call, self.model.row);
        self.model.pending.push(PendingCall { call: fact, arguments });
        None
    }

    fn call_fact(&self, call: &'a ast::ExprCall, callee: String) -> PythonCall {
        let range = call.range();
        let assigned = self.context.assigned.as_ref().filter(|(value, _)| *value == range);
        let spread = call.arguments.args.iter().any(Expr::is_starred_expr);
        PythonCall {
            span: self.span(range),
            certainty: Certainty::Certain,
            module: self.model.row,
            function: self.function(),
            package: callee.split('.').next().unwrap_or_default().to_owned(),
            callee,
            assigned_to: assigned.map(|(_, target)| target.clone()),
            argument_of: self.context.argument_of,
            passed_to: self.context.passed_to.clone(),
            awaited: self.context.awaited == Some(range),
            in_with: self.context.entered == Some(range),
            in_loop: self.loops() > 0,
            in_try: self.tries() > 0,
            open_ended: spread
                || call
                    .arguments
                    .keywords
                    .iter()
                    .any(|keyword| keyword.arg.is_none() && self.names.dictionary(&keyword.value).is_none()),
            in_async: self.frames.iter().rev().find(|frame| frame.is_function).is_some_and(|frame| frame.is_async),
        }
    }

    fn arguments(&self, call: &'a ast::ExprCall, row: RowId) -> Vec<PythonArgument> {
        let positional = call.arguments.args.iter().take(MAX_POSITIONAL).enumerate();
        let positional = positional.map(|(at, value)| (Some(at as i64), None, value));
        let named = call.arguments.keywords.iter().flat_map(|keyword| match &keyword.arg {
            Some(name) => vec![(None, Some(name.to_string()), &keyword.value)],
            // `**options` of a dictionary that stands in the source.
            None => {
                let entries = self.names.dictionary(&keyword.value).unwrap_or_default();
                entries.into_iter().map(|(name, value)| (None, Some(name.to_owned()), value)).collect()
            }
        });
        positional
            .chain(named)
            .map(|(position, name, expr)| {
                let value = self.names.value(expr);
                let span = self.span(expr.range());
                let certainty = Certainty::Certain;
                PythonArgument { span, certainty, call: row, position, name, kind: value.kind, value: value.text }
            })
            .collect()
    }

    /// Columns and fields of a class body have tables of their own.
    fn is_declaration(&self, callee: &str) -> bool {
        let package = callee.split('.').next().unwrap_or(callee);
        self.class_body().is_some() && matches!(package, "sqlalchemy" | "sqlmodel")
            || self.class_body().is_some() && callee.starts_with("django.db.models")
    }

    /// One log call of each level is enough to know that a function logs.
    fn is_logged_already(&mut self, callee: &str) -> bool {
        let logs = callee.starts_with("logging.getLogger.")
            || callee.starts_with("structlog.get_logger.")
            || callee.starts_with("loguru.logger.")
            || callee.starts_with("logging.Logger.");
        // A sink is no message.
        let logs = logs && callee != "loguru.logger.add";
        logs && !self.logged.insert((self.function(), callee.to_owned()))
    }
}

/// Whether a receiver is named as a client of the application.
fn is_client(receiver: &Expr) -> bool {
    let name = match receiver {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return false,
    };
    name.contains("client")
}

/// The path of an address; of a path, itself.
fn path_of_address(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]))
}

/// The method's name of a callee such as `x[0].method`.
fn method_of(callee: &Expr) -> Option<&str> {
    match callee {
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}
