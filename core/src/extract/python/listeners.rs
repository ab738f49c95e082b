//! States the ports that code listens on.

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

use super::values::Value;
use super::walk::Walker;
use crate::facts::Certainty;
use crate::facts::schema::python::PythonListener;

/// How a server takes its address.
enum Address {
    /// Parameters: position of the host, position of the port, default port.
    Parameters(usize, usize, Option<i64>),
    /// A pair `(host, port)` at this position.
    Pair(usize),
    /// A text `host:port` at this position.
    Text(usize),
}

impl<'a> Walker<'a, '_> {
    /// `uvicorn.run(app, host="0.0.0.0", port=8000)`.
    pub(super) fn state_listener(&mut self, call: &'a ast::ExprCall, callee: &str) {
        let Some(address) = address_of(callee) else { return };
        let (host, port) = match address {
            Address::Parameters(host, port, default) => self.parameters(&call.arguments, host, port, default),
            Address::Pair(at) => self.pair(call.arguments.args.get(at)),
            Address::Text(at) => self.host_and_port(call.arguments.args.get(at)),
        };
        let number = port.as_ref().and_then(|port| port.as_literal()?.parse().ok());
        let metrics_only = callee.starts_with("prometheus_client.");
        self.facts.push(PythonListener {
            span: self.span(call.range()),
            certainty: match (&port, number) {
                (_, None) => Certainty::Unresolved,
                (Some(port), _) if port.kind == "setting" => Certainty::Likely,
                _ => Certainty::Certain,
            },
            module: self.model.row,
            function: self.function(),
            server: callee.to_owned(),
            host: host.and_then(|host| host.as_literal().map(str::to_owned)),
            port: number,
            port_variable: port.filter(|port| port.kind == "setting").and_then(|port| port.text),
            metrics_only,
        });
    }

    fn parameters(
        &self,
        arguments: &ast::Arguments,
        host: usize,
        port: usize,
        default: Option<i64>,
    ) -> (Option<Value>, Option<Value>) {
        let find = |names: &[&str], at: usize| {
            let expr = names.iter().find_map(|name| arguments.find_argument_value(name, at));
            expr.map(|expr| self.names.value(expr))
        };
        let spread = arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
        let default = default.filter(|_| !spread).map(Value::int);
        (find(&["host", "addr", "server_name"], host), find(&["port", "server_port"], port).or(default))
    }

    fn pair(&self, pair: Option<&Expr>) -> (Option<Value>, Option<Value>) {
        match pair {
            Some(Expr::Tuple(pair)) if pair.elts.len() == 2 => {
                (Some(self.names.value(&pair.elts[0])), Some(self.names.value(&pair.elts[1])))
            }
            _ => (None, None),
        }
    }

    fn host_and_port(&self, text: Option<&Expr>) -> (Option<Value>, Option<Value>) {
        let Some(value) = text.map(|text| self.names.value(text)) else { return (None, None) };
        let Some((host, port)) = value.as_text().and_then(|text| text.rsplit_once(':')) else { return (None, None) };
        (Some(Value::literal(host)), port.parse().ok().map(Value::int))
    }
}

fn address_of(callee: &str) -> Option<Address> {
    use Address::{Pair, Parameters, Text};
    const BY_NAME: usize = usize::MAX;
    Some(match callee {
        "uvicorn.run" | "uvicorn.Config" => Parameters(BY_NAME, BY_NAME, Some(8000)),
        "flask.Flask.run" | "quart.Quart.run" => Parameters(0, 1, Some(5000)),
        "sanic.Sanic.run" => Parameters(0, 1, Some(8000)),
        "flask_socketio.SocketIO.run" => Parameters(1, 2, Some(5000)),
        "aiohttp.web.run_app" => Parameters(BY_NAME, BY_NAME, Some(8080)),
        "aiohttp.web.TCPSite" => Parameters(1, 2, Some(8080)),
        "waitress.serve" => Parameters(BY_NAME, BY_NAME, Some(8080)),
        "wsgiref.simple_server.make_server" => Parameters(0, 1, None),
        "http.server.HTTPServer"
        | "http.server.ThreadingHTTPServer"
        | "socketserver.TCPServer"
        | "socketserver.ThreadingTCPServer" => Pair(0),
        "prometheus_client.start_http_server" | "prometheus_client.start_wsgi_server" => Parameters(1, 0, None),
        "asyncio.start_server" | "websockets.serve" => Parameters(1, 2, None),
        "grpc.server.add_insecure_port" | "grpc.aio.server.add_insecure_port" | "grpc.server.add_secure_port" => {
            Text(0)
        }
        _ => return None,
    })
}
