//! Collects applications, routers, routes and what guards them; whole paths are known when modules are linked.

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

use super::definitions::is_bounded;
use super::model::{Defined, DefinedKind, Include, Route, Router};
use super::names::MAX_STEPS;
use super::scope::{Binding, ScopeKind, join};
use super::values::Value;
use super::walk::{Walker, may_be_of_the_tree};
use crate::facts::schema::python::PythonParameter;
use crate::facts::{Certainty, RowId};

/// Methods of applications and routers that register a handler.
const VERBS: &[&str] = &[
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "head",
    "options",
    "trace",
    "route",
    "api_route",
    "websocket",
    "websocket_route",
];
/// FastAPI's parameter markers.
const MARKERS: &[&str] = &["Depends", "Security", "Query", "Body", "Path", "Header", "Cookie", "Form", "File"];

/// The name of a module's list of patterns in Django.
const PATTERNS: &str = "urlpatterns";
/// Patterns that packages bring, and the path that matters of each.
const FOREIGN_PATTERNS: &[(&str, &str)] = &[("django_prometheus.urls", "metrics"), ("health_check.urls", "")];

/// A framework's applications and routers: the constructor, the framework, whether it serves by itself.
const CONSTRUCTORS: &[(&str, &str, bool)] = &[
    ("fastapi.FastAPI", "fastapi", true),
    ("fastapi.applications.FastAPI", "fastapi", true),
    ("fastapi.APIRouter", "fastapi", false),
    ("fastapi.routing.APIRouter", "fastapi", false),
    ("starlette.applications.Starlette", "starlette", true),
    ("starlette.routing.Router", "starlette", false),
    ("flask.Flask", "flask", true),
    ("flask.Blueprint", "flask", false),
    ("flask_restx.Namespace", "flask", false),
    ("flask_restx.Api", "flask", false),
    ("quart.Quart", "quart", true),
    ("quart.Blueprint", "quart", false),
    ("sanic.Sanic", "sanic", true),
    ("sanic.Blueprint", "sanic", false),
    ("aiohttp.web.Application", "aiohttp", true),
    ("aiohttp.web.RouteTableDef", "aiohttp", true),
];

/// The framework of a constructor, and whether what it makes serves by itself.
pub(super) fn constructor(callee: &str) -> Option<(&'static str, bool)> {
    CONSTRUCTORS.iter().find(|(name, ..)| *name == callee).map(|(_, framework, serves)| (*framework, *serves))
}

impl<'a> Walker<'a, '_> {
    /// Applications, routers, includes and routes that are made by calls.
    pub(super) fn collect_routing(&mut self, call: &'a ast::ExprCall, callee: Option<&str>) {
        if let Some((framework, is_application)) = callee.and_then(constructor) {
            return self.collect_router(call, callee.unwrap_or_default(), (framework, is_application));
        }
        if let Some(callee) = callee {
            self.collect_path_call(call, callee);
            self.collect_wrapped_include(call, callee);
        }
        let Expr::Attribute(method) = &*call.func else { return };
        match method.attr.as_str() {
            "include_router" | "register_blueprint" | "mount" | "include" | "add_namespace" => {
                self.collect_include(call, method);
            }
            "add_api_route" | "add_url_rule" | "add_route" | "add_api_websocket_route" => {
                self.collect_added_route(call, method);
            }
            "add_get" | "add_post" | "add_put" | "add_delete" | "add_patch" => self.collect_added_route(call, method),
            _ => {}
        }
    }

    fn collect_router(
        &mut self,
        call: &'a ast::ExprCall,
        callee: &str,
        (framework, is_application): (&'static str, bool),
    ) {
        let Some(name) = self.assigned_object() else { return };
        let prefix = match framework {
            _ if callee == "flask_restx.Namespace" => "path",
            "fastapi" => "prefix",
            _ => "url_prefix",
        };
        let router = Router {
            name: name.as_str().into(),
            framework,
            is_application,
            prefix: self.keyword_value(call, prefix),
            guards: self.dependencies(call),
        };
        self.model.routers.push(router);
        // An API of Flask-RESTX serves where the application or blueprint does that it is made for.
        let parent = call.arguments.find_argument_value("app", 0).filter(|_| callee == "flask_restx.Api");
        if let Some(into) = parent.and_then(|parent| self.object(parent).or_else(|| self.parameter(parent))) {
            let prefix = self.keyword_value(call, "prefix");
            let in_development = self.in_development > 0;
            let (into, router, guards) = (into.into(), name.into(), Vec::new());
            let (takes_router, mounts) = (false, None);
            self.model.includes.push(Include { into, router, prefix, guards, in_development, takes_router, mounts });
        }
    }

    fn collect_added_route(&mut self, call: &'a ast::ExprCall, method: &'a ast::ExprAttribute) {
        let path = ["path", "rule"].iter().find_map(|name| call.arguments.find_argument_value(name, 0));
        let handler = ["endpoint", "view_func", "handler", "route"].iter().find_map(|name| {
            let keyword = call.arguments.find_keyword(name).map(|keyword| &keyword.value);
            keyword.filter(|value| !value.is_string_literal_expr())
        });
        let handler = handler.or_else(|| call.arguments.args.get(1).filter(|value| !value.is_string_literal_expr()));
        let handler = handler.or_else(|| call.arguments.args.get(2));
        let (Some(path), Some(on)) = (path, self.object(&method.value)) else { return };
        let verb = method.attr.as_str();
        let verb = match verb.strip_prefix("add_") {
            Some(rest @ ("get" | "post" | "put" | "patch" | "delete")) => rest,
            _ if verb.contains("websocket") => "websocket",
            _ => "route",
        };
        let handler = handler.and_then(|handler| self.names.identify(handler));
        let route = self.route(call, on, verb, path);
        self.model.routes.push(Route { handler: handler.map(Into::into), ..route });
    }

    /// Django's `path("x/", view)` and Starlette's `Route("/x", view)`.
    fn collect_path_call(&mut self, call: &'a ast::ExprCall, callee: &str) {
        let on = match callee {
            "django.urls.path" | "django.urls.re_path" | "django.conf.urls.url" => self.pattern_list(call),
            "starlette.routing.Route" | "starlette.routing.WebSocketRoute" => {
                "starlette.applications.Starlette".to_owned()
            }
            _ => return,
        };
        let [path, handler, ..] = &*call.arguments.args else { return };
        if let Expr::Call(include) = handler
            && self.names.resolve(&include.func).is_some_and(|name| name.ends_with("urls.include"))
        {
            return self.collect_patterns(call, (on, path), include);
        }
        let handler = match handler {
            Expr::Call(view) => {
                self.names.identify(&view.func).map(|name| name.trim_end_matches(".as_view").to_owned())
            }
            other => self.names.identify(other),
        };
        let route = self.route(call, on, "route", path);
        self.model.routes.push(Route { handler: handler.map(Into::into), ..route });
    }

    /// The list of patterns that a `path(…)` stands in: one that is included where it stands, one with a name, or the
    /// module's own.
    fn pattern_list(&self, call: &ast::ExprCall) -> String {
        let included = self.pattern_lists.iter().rev().find(|range| range.contains_range(call.range()));
        if let Some(range) = included {
            return format!("{}.include_{}.{PATTERNS}", self.names.place.module, range.start().to_u32());
        }
        let named = self.context.assigned.filter(|(value, _)| value.contains_range(call.range()));
        let named = named.and_then(|_| self.assigned_object()).filter(|name| !name.ends_with(PATTERNS));
        let list = named.filter(|_| self.function().is_none());
        list.map_or_else(|| join(&self.names.place.module, PATTERNS), |name| join(&name, PATTERNS))
    }

    /// `path("x/", include(…))`: a module by its name, a module, a list with a name, or a list where it stands.
    fn collect_patterns(
        &mut self,
        call: &'a ast::ExprCall,
        (into, path): (String, &'a Expr),
        include: &'a ast::ExprCall,
    ) {
        let Some(what) = include.arguments.find_argument_value("arg", 0) else { return };
        // With a namespace beside it.
        let what = match what {
            Expr::Tuple(pair) => pair.elts.first().unwrap_or(what),
            other => other,
        };
        let prefix = self.names.value(path);
        let router = match what {
            Expr::List(list) => {
                self.pattern_lists.push(list.range());
                format!("{}.include_{}", self.names.place.module, list.range().start().to_u32())
            }
            Expr::Name(_) | Expr::Attribute(_) => match self.names.identify(what) {
                Some(name) => name,
                None => return,
            },
            text => match self.names.value(text).as_text() {
                Some(module) => module.to_owned(),
                None => return,
            },
        };
        if let Some((_, own)) = FOREIGN_PATTERNS.iter().find(|(module, _)| *module == router) {
            let mut route = self.route(call, into, "route", path);
            route.path.text = prefix.text.map(|prefix| prefix + own);
            self.model.routes.push(route);
            return;
        }
        let in_development = self.in_development > 0;
        self.model.includes.push(Include {
            into: into.into(),
            router: join(&router, PATTERNS).into(),
            prefix,
            guards: Vec::new(),
            in_development,
            takes_router: false,
            mounts: None,
        });
    }

    /// `@router.get("/path")` over a function.
    pub(super) fn state_route_decorators(&mut self, function: &'a ast::StmtFunctionDef, row: RowId) {
        for decorator in &function.decorator_list {
            let Expr::Call(call) = &decorator.expression else { continue };
            let Expr::Attribute(method) = &*call.func else { continue };
            let verb = method.attr.as_str();
            let path = ["path", "rule"].iter().find_map(|name| call.arguments.find_argument_value(name, 0));
            let (true, Some(path)) = (VERBS.contains(&verb), path) else { continue };
            let Some(on) = self.object(&method.value) else { continue };
            let mut route = self.route(call, on, verb, path);
            route.function = Some(row);
            for other in &function.decorator_list {
                if other.range() != decorator.range()
                    && let Some(name) = self.names.resolve(&other.expression)
                {
                    route.guards.push((name.into(), "decorator"));
                }
            }
            self.model.routes.push(route);
        }
    }

    /// `@namespace.route("/path")` over a class whose methods are named after those of HTTP.
    pub(super) fn collect_class_routes(&mut self, class: &'a ast::StmtClassDef) {
        for decorator in &class.decorator_list {
            let Expr::Call(call) = &decorator.expression else { continue };
            let Expr::Attribute(method) = &*call.func else { continue };
            let path = call.arguments.args.first().filter(|_| method.attr.as_str() == "route");
            let (Some(path), Some(on)) = (path, self.object(&method.value)) else { continue };
            let name = join(&self.names.place.module, class.name.as_str());
            for handler in class.body.iter().filter_map(ast::Stmt::as_function_def_stmt) {
                let (verb, method_name) = (handler.name.as_str(), handler.name.range());
                if !matches!(verb, "get" | "post" | "put" | "patch" | "delete") {
                    continue;
                }
                let guards = handler.decorator_list.iter().filter_map(|guard| match &guard.expression {
                    Expr::Call(made) => self.names.resolve(&made.func),
                    named => self.names.resolve(named),
                });
                let guards = guards.map(|guard| (guard.into(), "decorator")).collect();
                let handler = Some(join(&name, verb).into());
                let (span, route) = (self.span(method_name), self.route(call, on.clone(), verb, path));
                self.model.routes.push(Route { span, handler, guards, ..route });
            }
        }
    }

    fn route(&self, call: &'a ast::ExprCall, on: String, verb: &str, path: &'a Expr) -> Route {
        let methods = call.arguments.find_keyword("methods").map(|keyword| &keyword.value);
        let methods = match methods {
            Some(Expr::List(ast::ExprList { elts, .. }) | Expr::Tuple(ast::ExprTuple { elts, .. })) => elts
                .iter()
                .filter_map(|method| self.names.value(method).as_text().map(str::to_ascii_uppercase))
                .collect(),
            _ => Vec::new(),
        };
        let response_model = call.arguments.find_keyword("response_model");
        Route {
            span: self.span(call.range()),
            function: None,
            handler: None,
            on: on.into(),
            verb: verb.into(),
            methods,
            path: self.names.value(path),
            guards: self.dependencies(call).into_iter().map(|name| (name, "route")).collect(),
            response_model: response_model.map(|model| self.squeezed(model.value.range())),
        }
    }

    /// `dependencies=[Depends(x), Security(y)]`.
    pub(super) fn dependencies(&self, call: &'a ast::ExprCall) -> Vec<Box<str>> {
        let Some(Expr::List(list)) = call.arguments.find_keyword("dependencies").map(|keyword| &keyword.value) else {
            return Vec::new();
        };
        list.elts.iter().filter_map(|entry| self.dependency(entry)).map(|(_, name)| name.into()).collect()
    }

    /// The marker and target of `Depends(x)`; a plain name may be one kept in a variable.
    fn dependency(&self, expr: &Expr) -> Option<(String, String)> {
        let Expr::Call(call) = self.names.behind(expr) else { return None };
        let marker = self.names.resolve(&call.func)?;
        let marker = marker.rsplit('.').next()?;
        if !matches!(marker, "Depends" | "Security") {
            return None;
        }
        let target = call.arguments.find_argument_value("dependency", 0)?;
        Some((marker.to_owned(), self.names.resolve(target)?))
    }

    fn keyword_value(&self, call: &'a ast::ExprCall, name: &str) -> Value {
        call.arguments.find_keyword(name).map_or(Value::literal(""), |keyword| self.names.value(&keyword.value))
    }

    /// Identity of an application or router: a variable of a function has the function in its name.
    pub(super) fn object(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Name(name) => match self.names.lookup(name.id.as_str()) {
                Some((Binding::Value { value, .. }, at)) if self.names.scopes[at].kind == ScopeKind::Function => {
                    let made_by = self.function_of_the_tree(value);
                    made_by.or_else(|| Some(join(&self.names.scopes[at].prefix, name.id.as_str())))
                }
                None if self.imports_by_star() => Some(join(&self.names.place.module, name.id.as_str())),
                _ => self.names.identify(expr),
            },
            _ => self.names.identify(expr),
        }
    }

    /// Whether a name that nothing in the module binds may come from a module of which all names were imported.
    fn imports_by_star(&self) -> bool {
        self.model.names.values().any(|defined| defined.kind == DefinedKind::StarImport)
    }

    /// The function of the tree whose result a value is.
    fn function_of_the_tree(&self, value: &Expr) -> Option<String> {
        let Expr::Call(call) = value else { return None };
        let callee = self.names.resolve(&call.func)?;
        (constructor(&callee).is_none() && may_be_of_the_tree(&callee)).then_some(callee)
    }

    /// Identity of what a function is given: `def register(app): app.include_router(users)` serves the router, by
    /// whichever application it is called with.
    pub(super) fn parameter(&self, expr: &Expr) -> Option<String> {
        let Expr::Name(name) = expr else { return None };
        match self.names.lookup(name.id.as_str())? {
            (Binding::Parameter(_), at) => Some(join(&self.names.scopes[at].prefix, name.id.as_str())),
            _ => None,
        }
    }

    /// Parameters of routes, and of functions with FastAPI markers.
    pub(super) fn state_parameters(&mut self, function: &'a ast::StmtFunctionDef, row: RowId) {
        let is_route = function.decorator_list.iter().any(|decorator| match &decorator.expression {
            Expr::Call(call) => matches!(&*call.func, Expr::Attribute(method) if VERBS.contains(&method.attr.as_str())),
            _ => false,
        });
        for parameter in function.parameters.iter_non_variadic_params() {
            let marked = self.marker(parameter);
            if let Some(target) = marked.as_ref().and_then(|marked| marked.target.clone()) {
                self.model.dependencies.push((row, target.into()));
            }
            if is_route || marked.is_some() {
                self.push_parameter(parameter, marked, row);
            }
        }
    }

    fn push_parameter(&mut self, parameter: &'a ast::ParameterWithDefault, marked: Option<Marked<'a>>, row: RowId) {
        let annotation = parameter.annotation();
        let marker_call = marked.as_ref().and_then(|marked| marked.call);
        let default = match (marker_call, parameter.default()) {
            (Some(call), Some(Expr::Call(own))) if call.range() == own.range() => {
                call.arguments.find_argument_value("default", 0).filter(|default| !default.is_ellipsis_literal_expr())
            }
            (_, default) => default,
        };
        let default = default.map(|default| self.names.value(default));
        let type_name = annotation.and_then(|annotation| self.names.resolve_annotation(annotation, MAX_STEPS));
        if let Some(name) = &type_name {
            // An alias of another module may be `Annotated[T, Depends(x)]`.
            self.model.dependencies.push((row, join(name, ALIAS_DEPENDENCY).into()));
        }
        let squeezed = annotation.map(|annotation| self.squeezed(annotation.range()));
        let constrained = squeezed.as_ref().is_some_and(|annotation| {
            ["conint", "constr", "conlist", "Literal"].iter().any(|word| annotation.contains(word))
        });
        self.facts.push(PythonParameter {
            span: self.span(parameter.range()),
            certainty: Certainty::Certain,
            function: row,
            name: parameter.name().to_string(),
            annotation: squeezed,
            type_name,
            bounded: constrained
                || parameter.default().is_some_and(is_bounded)
                || annotation.is_some_and(|annotation| is_bounded(self.names.behind(annotation))),
            marker: marked.as_ref().map(|marked| marked.name.clone()),
            dependency: marked.and_then(|marked| marked.target),
            default_kind: default.as_ref().map(|default| default.kind),
            default_value: default.and_then(|default| default.text),
        });
    }

    /// The marker of a parameter: in its default, or in `Annotated[…]`.
    fn marker(&self, parameter: &'a ast::ParameterWithDefault) -> Option<Marked<'a>> {
        if let Some(default) = parameter.default()
            && let Some(marked) = self.marked(default)
        {
            return Some(marked);
        }
        let Expr::Subscript(annotated) = self.names.behind(parameter.annotation()?) else { return None };
        let Expr::Tuple(parts) = &*annotated.slice else { return None };
        parts.elts.iter().skip(1).find_map(|part| self.marked(part))
    }

    fn marked(&self, expr: &'a Expr) -> Option<Marked<'a>> {
        let Expr::Call(call) = expr else { return None };
        let name = self.names.resolve(&call.func)?;
        let name = name.rsplit('.').next().filter(|name| MARKERS.contains(name))?.to_owned();
        let target = self.dependency(expr).map(|(_, target)| target);
        Some(Marked { name, target, call: Some(call) })
    }

    /// `X = Annotated[T, Depends(y)]` at the top level: other modules use the alias as an annotation.
    pub(super) fn collect_alias(&mut self, name: &str, value: &'a Expr) {
        let Expr::Subscript(annotated) = value else { return };
        let Expr::Tuple(parts) = &*annotated.slice else { return };
        if let Some((_, target)) = parts.elts.iter().skip(1).find_map(|part| self.dependency(part)) {
            let alias = join(name, ALIAS_DEPENDENCY);
            self.define(&alias, Defined::standing_for(DefinedKind::Variable, Some(target)));
        }
    }
}

/// Under an alias's name: what the alias depends on.
const ALIAS_DEPENDENCY: &str = "__depends__";

/// A FastAPI marker.
struct Marked<'a> {
    name: String,
    target: Option<String>,
    call: Option<&'a ast::ExprCall>,
}
