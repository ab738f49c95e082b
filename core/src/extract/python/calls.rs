//! States calls with their arguments, and hands them to what reads more out of them.

use ruff_python_ast::visitor::source_order::SourceOrderVisitor;
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextRange};

use super::model::PendingCall;
use super::packages::{Interest, first_part, interest, interest_anywhere};
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
pub(super) struct CallContext<'a> {
    /// The call whose arguments are being walked, where it has a row.
    pub(super) argument_of: Option<RowId>,
    /// What that call calls.
    passed_to: Option<Passed<'a>>,
    /// The expression under `await`.
    pub(super) awaited: Option<TextRange>,
    /// The context expression of a `with`.
    pub(super) entered: Option<TextRange>,
    /// The value of an assignment, and its target.
    pub(super) assigned: Option<(TextRange, TextRange)>,
    /// The last call that got a row: for decorators.
    pub(super) last_call: Option<(TextRange, RowId)>,
}

/// What takes an argument.
#[derive(Debug)]
enum Passed<'a> {
    /// What has this name.
    To(String),
    /// The method of something that has none.
    ToMethod(&'a str),
}

impl Passed<'_> {
    fn name(&self) -> String {
        match self {
            Self::To(name) => name.clone(),
            Self::ToMethod(method) => format!("?.{method}"),
        }
    }
}

impl<'a> Walker<'a, '_> {
    /// Walks a call: its callee, its row, its arguments.
    pub(super) fn walk_call(&mut self, expr: &'a Expr, call: &'a ast::ExprCall) {
        let callee = self.names.resolve(&call.func);
        self.walk_callee(&call.func, callee.as_deref());
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
        let passed_to = callee.map(Passed::To).or_else(|| method_of(&call.func).map(Passed::ToMethod));
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
        let interest = match callee {
            Some(callee) => interest(callee),
            None => interest_anywhere(method_of(&call.func)?),
        };
        if interest == Interest::None {
            return None;
        }
        let callee = match callee {
            Some(callee) => callee.to_owned(),
            None => format!("?.{}", method_of(&call.func)?),
        };
        if self.is_declaration(&callee) || self.is_logged_already(&callee) {
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
        let assigned = self.context.assigned.filter(|(value, _)| *value == range);
        let spread = call.arguments.args.iter().any(Expr::is_starred_expr);
        PythonCall {
            span: self.span(range),
            certainty: Certainty::Certain,
            module: self.model.row,
            function: self.function(),
            package: first_part(&callee).to_owned(),
            callee,
            assigned_to: assigned.map(|(_, target)| self.squeezed(target)),
            argument_of: self.context.argument_of,
            passed_to: self.context.passed_to.as_ref().map(Passed::name),
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
        let (positional, named) = (&call.arguments.args, &call.arguments.keywords);
        let mut arguments = Vec::with_capacity(positional.len().min(MAX_POSITIONAL) + named.len());
        for (at, value) in positional.iter().take(MAX_POSITIONAL).enumerate() {
            arguments.push(self.argument((Some(at as i64), None), value, row));
        }
        for keyword in named {
            if let Some(name) = &keyword.arg {
                arguments.push(self.argument((None, Some(name)), &keyword.value, row));
                continue;
            }
            // `**options` of a dictionary that stands in the source.
            for (name, value) in self.names.dictionary(&keyword.value).unwrap_or_default() {
                arguments.push(self.argument((None, Some(name)), value, row));
            }
        }
        arguments
    }

    fn argument(&self, (position, name): (Option<i64>, Option<&str>), expr: &Expr, row: RowId) -> PythonArgument {
        let value = self.names.value(expr);
        PythonArgument {
            span: self.span(expr.range()),
            certainty: Certainty::Certain,
            call: row,
            position,
            name: name.map(str::to_owned),
            kind: value.kind,
            value: value.text,
        }
    }

    /// Columns and fields of a class body have tables of their own.
    fn is_declaration(&self, callee: &str) -> bool {
        let declares =
            || matches!(first_part(callee), "sqlalchemy" | "sqlmodel") || callee.starts_with("django.db.models");
        self.class_body().is_some() && declares()
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
