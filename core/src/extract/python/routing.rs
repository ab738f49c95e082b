//! States routes with their whole paths and everything that guards them, once all modules are known.

use hashbrown::{HashMap, HashSet};
use std::borrow::Cow;
use std::cell::RefCell;

use super::includes::ONLY_A_RUN_KNOWS;
use super::link::{Found, Program};
use super::model::{Include, Route, Router, Wrapper};
use super::requests::{Requests, parts};
use super::routes::constructor;
use super::values::Value;
use crate::facts::schema::python::{PythonMount, PythonRoute, PythonRouteGuard};
use crate::facts::{Certainty, FactSet, RowId};

/// Most places that one router is taken to: includes that multiply are cut.
const MAX_PLACES: usize = 16;
/// How deep dependencies of dependencies are followed.
const MAX_DEPENDENCIES: usize = 6;

/// How many results of functions are followed to the router that one makes.
const MAX_RESULTS: usize = 3;

/// A dependency as written, how it comes to the route, and the module that names it.
type Guard = (String, &'static str, usize);

/// A place at which a router's routes are served.
#[derive(Clone)]
struct Place {
    prefix: String,
    certainty: Certainty,
    mounted: bool,
    guards: Vec<Guard>,
}

/// Routers, and how they are taken into each other.
struct Routing<'p, 'm> {
    program: &'p Program<'m>,
    routers: HashMap<String, (usize, &'m Router)>,
    includes: HashMap<String, Vec<(usize, Cow<'m, Include>)>>,
    dependencies: HashMap<RowId, Vec<(usize, &'m str)>>,
    known_places: RefCell<HashMap<String, Vec<Place>>>,
    requests: Requests<'m>,
    /// The first include of each program that takes routers which only a run knows.
    open_includes: HashMap<&'m str, (usize, Cow<'m, Include>)>,
    /// The routers that a function makes, by its name.
    made_in: HashMap<&'m str, Vec<&'m str>>,
}

/// States the routes of the program.
pub(super) fn state_routes(program: &Program<'_>, facts: &mut FactSet) {
    let routing = Routing::new(program);
    for (module, (_, model)) in program.modules.iter().enumerate() {
        for route in &model.routes {
            routing.state(module, route, facts);
        }
        for include in &model.includes {
            routing.state_mount(module, include, facts);
        }
    }
}

impl<'p, 'm> Routing<'p, 'm> {
    fn new(program: &'p Program<'m>) -> Self {
        let mut routing = Self {
            program,
            routers: HashMap::new(),
            includes: HashMap::new(),
            dependencies: HashMap::new(),
            known_places: RefCell::default(),
            requests: Requests::of(program.modules.iter().flat_map(|(_, model)| &model.requests)),
            open_includes: HashMap::new(),
            made_in: HashMap::new(),
        };
        for (module, (_, model)) in program.modules.iter().enumerate() {
            for router in &model.routers {
                routing.routers.insert(router.name.to_string(), (module, router));
                if let Some((maker, _)) = router.name.rsplit_once('.').filter(|(maker, _)| *maker != model.name) {
                    routing.made_in.entry(maker).or_default().push(&router.name);
                }
            }
        }
        for (module, (_, model)) in program.modules.iter().enumerate() {
            for include in &model.includes {
                routing.add_include(module, Cow::Borrowed(include));
            }
            for (function, name) in &model.dependencies {
                routing.dependencies.entry(*function).or_default().push((module, name));
            }
        }
        routing.add_wrapped_includes();
        routing
    }

    /// Includes by functions of other modules that take what they are given. One that nothing calls may take any router.
    fn add_wrapped_includes(&mut self) {
        let program = self.program;
        let wrappers = program.modules.iter().enumerate().flat_map(|(module, (_, model))| {
            model.wrappers.iter().map(move |wrapper| (wrapper.function.as_str(), (module, wrapper)))
        });
        let wrappers: HashMap<&str, (usize, &Wrapper)> = wrappers.collect();
        let mut used: HashSet<&str> = HashSet::new();
        for (module, (_, model)) in program.modules.iter().enumerate().filter(|_| !wrappers.is_empty()) {
            for call in &model.handed {
                let callee = self.identity(module, &call.callee);
                let Some((name, (_, wrapper))) = wrappers.get_key_value(callee.as_str()) else { continue };
                let Some(router) = wrapper.router.of(call).and_then(|argument| argument.object.clone()) else {
                    continue;
                };
                let prefix = wrapper.prefix.as_ref().and_then(|prefix| prefix.of(call));
                let prefix = prefix.map_or(wrapper.include.prefix.clone(), |argument| argument.value.clone());
                used.insert(*name);
                self.add_include(module, Cow::Owned(Include { router, prefix, ..wrapper.include.clone() }));
            }
        }
        for (module, (_, model)) in program.modules.iter().enumerate() {
            for wrapper in &model.wrappers {
                if !wrapper.is_used && !used.contains(wrapper.function.as_str()) {
                    self.add_include(module, Cow::Borrowed(&wrapper.include));
                }
            }
        }
    }

    /// One include, under each router that it may take. What it takes may be a function's result: then it is what that
    /// function makes. What only a run knows may be any router of the same program that nothing else takes.
    fn add_include(&mut self, module: usize, include: Cow<'m, Include>) {
        let router = self.maker(module, &include.router);
        if let Some(made) = self.made_in.get(router.as_str()) {
            for router in made {
                self.includes.entry((*router).to_owned()).or_default().push((module, include.clone()));
            }
            return;
        }
        let own = self.program.model(module).name.as_str();
        // A name of the module that nothing defines is what a loop binds.
        let is_bound_by_a_loop = router.strip_prefix(own).is_some_and(|rest| rest.starts_with('.'))
            && self.program.find(own, &router).is_none_or(|found| matches!(found, Found::Module(_)));
        let is_open =
            router == ONLY_A_RUN_KNOWS || is_bound_by_a_loop || router.starts_with("importlib.") || router == "getattr";
        if include.takes_router && is_open && !self.routers.contains_key(&router) {
            let program = program_of(&self.program.model(module).name);
            self.open_includes.entry(program).or_insert((module, include.clone()));
        }
        self.includes.entry(router).or_default().push((module, include));
    }

    /// The router that a name means, or the function that makes it; else as [`Self::identity`].
    fn maker(&self, module: usize, name: &str) -> String {
        let own = self.identity(module, name);
        let mut found = own.clone();
        for _ in 0..MAX_RESULTS {
            if self.routers.contains_key(&found) || self.made_in.contains_key(found.as_str()) {
                return found;
            }
            match self.program.stands_for(&self.program.model(module).name, &found) {
                Some(next) if next != found => found = next,
                _ => break,
            }
        }
        own
    }

    /// As [`Self::maker`], and of what a function makes the application, else the first router.
    fn router(&self, module: usize, name: &str) -> String {
        let maker = self.maker(module, name);
        let Some(made) = self.made_in.get(maker.as_str()) else { return maker };
        let serves = |name: &&&str| self.routers.get(**name).is_some_and(|(_, router)| router.is_application);
        made.iter().find(serves).or(made.first()).map_or(maker.clone(), |name| (*name).to_owned())
    }

    fn identity(&self, module: usize, name: &str) -> String {
        // What a function makes and annotates stays what it is, also where its result names a framework's class.
        if self.routers.contains_key(name) {
            return name.to_owned();
        }
        let from = &self.program.model(module).name;
        let found = self.program.identity(from, name);
        found.unwrap_or_else(|| name.to_owned())
    }

    fn state(&self, module: usize, route: &'m Route, facts: &mut FactSet) {
        let on = self.router(module, &route.on);
        let Some(framework) = self.framework(module, route, &on) else { return };
        let function = route.function.or_else(|| self.handler(module, route));
        let (own, certainty) = self.text(module, &route.path);
        let mut paths = HashSet::new();
        for place in self.places(&on) {
            let path = join_paths(&place.prefix, &own, framework);
            // Two factories that include one router give one route.
            if !paths.insert(path.clone()) {
                continue;
            }
            let own_parts = parts(&path);
            for method in methods(route) {
                let test_requests = self.requests.count(method.as_deref(), &own_parts) as i64;
                let row = facts.push(PythonRoute {
                    span: route.span,
                    certainty: weaker(certainty, place.certainty),
                    function,
                    framework: framework.to_owned(),
                    method,
                    path: path.clone(),
                    registered_on: on.clone(),
                    mounted: place.mounted,
                    response_model: route.response_model.clone(),
                    test_requests,
                });
                let guards = self.guards(module, route, function, &place);
                self.state_guards(row, route, guards, facts);
            }
        }
    }

    /// What a package serves under a path of an application.
    fn state_mount(&self, module: usize, include: &Include, facts: &mut FactSet) {
        let Some((span, target)) = &include.mounts else { return };
        let (own, certainty) = self.text(module, &include.prefix);
        for place in self.places(&self.router(module, &include.into)) {
            facts.push(PythonMount {
                span: *span,
                certainty: weaker(certainty, place.certainty),
                path: join_paths(&place.prefix, &own, "starlette"),
                target: target.to_string(),
                mounted: place.mounted,
            });
        }
    }

    fn handler(&self, module: usize, route: &Route) -> Option<RowId> {
        self.program.row(&self.program.model(module).name, route.handler.as_deref()?)
    }

    /// The framework of what a route is registered on; `None` where that is no application or router.
    fn framework(&self, module: usize, route: &Route, on: &str) -> Option<&'static str> {
        if let Some((_, router)) = self.routers.get(on) {
            return Some(router.framework);
        }
        if on.ends_with(".urlpatterns") {
            return Some("django");
        }
        if let Some((framework, _)) = constructor(on) {
            return Some(framework);
        }
        // A variable that a function made: its result says what it is.
        let from = &self.program.model(module).name;
        let made = self.program.foreign(from, &format!("{}.{}", route.on, route.verb))?;
        constructor(made.rsplit_once('.')?.0).map(|(framework, _)| framework)
    }

    /// Everywhere that a router's routes are served, with the prefixes and guards on the way. Each router is looked at
    /// once; one that is taken into itself is served nowhere through that.
    fn places(&self, router: &str) -> Vec<Place> {
        if let Some(known) = self.known_places.borrow().get(router) {
            return known.clone();
        }
        self.known_places.borrow_mut().insert(router.to_owned(), Vec::new());
        let places = self.find_places(router);
        self.known_places.borrow_mut().insert(router.to_owned(), places.clone());
        places
    }

    fn find_places(&self, router: &str) -> Vec<Place> {
        let own = self.routers.get(router);
        let (prefix, certainty) =
            own.map_or((String::new(), Certainty::Certain), |(module, router)| self.text(*module, &router.prefix));
        let mounted = own.is_none_or(|(_, router)| router.is_application);
        let via = if mounted { "application" } else { "router" };
        let guards: Vec<_> = own
            .iter()
            .flat_map(|(module, router)| router.guards.iter().map(move |guard| (guard.to_string(), via, *module)))
            .collect();
        let inner = Place { prefix, certainty, mounted, guards };
        let includes = self.includes.get(router).map_or(&[][..], Vec::as_slice);
        let mut places = Vec::new();
        if includes.is_empty() && !mounted {
            places.extend(self.open_place(router, &inner));
        }
        for (module, include) in includes.iter().take(MAX_PLACES) {
            let outer = self.places(&self.router(*module, &include.into));
            let room = MAX_PLACES.saturating_sub(places.len());
            places.extend(outer.iter().take(room).map(|outer| self.inner_place(outer, (*module, include), &inner)));
        }
        if places.is_empty() { vec![inner] } else { places }
    }

    /// Where a router that nothing names is served: by the program's include of routers that only a run knows.
    fn open_place(&self, router: &str, inner: &Place) -> Option<Place> {
        let own = program_of(router.rsplit_once('.')?.0);
        let (module, include) = self.open_includes.get(own).or_else(|| self.open_includes.get(""))?;
        let outer = self.places(&self.router(*module, &include.into)).into_iter().find(|outer| outer.mounted)?;
        let place = self.inner_place(&outer, (*module, include), inner);
        Some(Place { certainty: Certainty::Unresolved, ..place })
    }

    fn inner_place(&self, outer: &Place, (module, include): (usize, &Include), inner: &Place) -> Place {
        let Place { prefix: own, certainty, guards, .. } = inner;
        let (prefix, stated) = self.text(module, &include.prefix);
        let mut all = outer.guards.clone();
        all.extend(include.guards.iter().map(|guard| (guard.to_string(), "include", module)));
        all.extend(guards.iter().cloned());
        let prefix = match prefix.is_empty() {
            // A blueprint's own prefix counts only where the registration states none.
            true => format!("{}{own}", outer.prefix),
            false if self.is_blueprint(module, include) => format!("{}{prefix}", outer.prefix),
            false => format!("{}{prefix}{own}", outer.prefix),
        };
        // Whether a condition holds is known when the program runs.
        let served = if include.in_development { Certainty::Unresolved } else { Certainty::Certain };
        Place {
            prefix,
            certainty: weaker(served, weaker(outer.certainty, weaker(stated, *certainty))),
            mounted: outer.mounted,
            guards: all,
        }
    }

    fn is_blueprint(&self, module: usize, include: &Include) -> bool {
        let router = self.router(module, &include.router);
        self.routers.get(&router).is_some_and(|(_, router)| matches!(router.framework, "flask" | "quart"))
    }

    /// A path or prefix as text: a setting's default and a constant of another module are likely, all else is not known.
    fn text(&self, module: usize, value: &Value) -> (String, Certainty) {
        match (value.kind, value.text.as_deref()) {
            ("text", Some(text)) => (text.to_owned(), Certainty::Certain),
            ("setting", _) => match &value.default {
                Some(default) => (default.clone(), Certainty::Likely),
                None => ("{}".to_owned(), Certainty::Unresolved),
            },
            ("name", Some(name)) => match self.program.literal(&self.program.model(module).name, name) {
                Some(text) => (text.to_owned(), Certainty::Likely),
                None => ("{}".to_owned(), Certainty::Unresolved),
            },
            ("template", Some(text)) => (text.to_owned(), Certainty::Likely),
            ("none", _) => (String::new(), Certainty::Certain),
            _ => ("{}".to_owned(), Certainty::Unresolved),
        }
    }

    /// What runs before the handler itself, outermost first.
    fn guards(&self, module: usize, route: &Route, function: Option<RowId>, place: &Place) -> Vec<Guard> {
        let mut guards = place.guards.clone();
        guards.extend(route.guards.iter().map(|(name, via)| (name.to_string(), *via, module)));
        guards.extend(self.dependencies_of(function, "parameter"));
        guards
    }

    fn state_guards(&self, row: RowId, route: &Route, mut guards: Vec<Guard>, facts: &mut FactSet) {
        let mut seen = HashSet::new();
        let mut depth = 0;
        while !guards.is_empty() && depth < MAX_DEPENDENCIES {
            let mut deeper = Vec::new();
            for (name, via, module) in guards {
                let definition = self.program.row(&self.program.model(module).name, &name);
                let Some(name) = self.guard_name(module, &name) else { continue };
                if !seen.insert((name.clone(), definition)) {
                    continue;
                }
                deeper.extend(self.dependencies_of(definition, "dependency"));
                let (span, certainty) = (route.span, Certainty::Certain);
                facts.push(PythonRouteGuard { span, certainty, route: row, name, definition, via });
            }
            guards = deeper;
            depth += 1;
        }
    }

    /// The name of a dependency; an alias of another module that names none is no guard.
    fn guard_name(&self, module: usize, name: &str) -> Option<String> {
        if name.ends_with(".__depends__") {
            let from = &self.program.model(module).name;
            return match self.program.find(from, name)? {
                Found::Defined { module, defined, name: found, rest } if rest.is_empty() => {
                    let target = defined.stands_for.as_deref().filter(|_| found.ends_with("__depends__"))?;
                    Some(self.identity(module, target))
                }
                _ => None,
            };
        }
        Some(self.identity(module, name))
    }

    fn dependencies_of(&self, function: Option<RowId>, via: &'static str) -> Vec<Guard> {
        let found = function.and_then(|function| self.dependencies.get(&function));
        found.map_or_else(Vec::new, |found| {
            found.iter().map(|(module, name)| ((*name).to_owned(), via, *module)).collect()
        })
    }
}

/// The top folder of a module, which its program mostly shares; empty for one at the root.
fn program_of(module: &str) -> &str {
    module.trim_start_matches('.').split_once('.').map_or("", |(top, _)| top)
}

/// The HTTP methods of a route: those stated, or the one that the decorator names.
fn methods(route: &Route) -> Vec<Option<String>> {
    match &*route.verb {
        _ if !route.methods.is_empty() => route.methods.iter().cloned().map(Some).collect(),
        "route" | "api_route" => vec![None],
        "websocket" | "websocket_route" => vec![Some("WEBSOCKET".to_owned())],
        verb => vec![Some(verb.to_ascii_uppercase())],
    }
}

fn join_paths(prefix: &str, own: &str, framework: &str) -> String {
    let is_django = framework == "django";
    let prefix = if is_django { prefix } else { prefix.trim_end_matches('/') };
    let mut path = format!("{prefix}{own}");
    if is_django {
        path = without_expressions(&path);
    }
    if !path.starts_with('/') {
        path.insert(0, '/');
    }
    path.replace('<', "{").replace('>', "}")
}

/// A path of Django without what its parts may be written in of regular expressions: anchors, and groups, which are
/// parameters.
fn without_expressions(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find(['^', '$', '(']) {
        plain.push_str(&rest[..at]);
        let group = &rest[at..];
        if !group.starts_with('(') {
            rest = &group[1..];
            continue;
        }
        let name = group.strip_prefix("(?P<").and_then(|named| named.split_once('>')).map_or("", |(name, _)| name);
        plain.extend(["{", name, "}"]);
        rest = &group[group_end(group)..];
    }
    plain + rest
}

/// Where the group that begins a text ends.
fn group_end(text: &str) -> usize {
    let mut depth = 0_usize;
    let end = text.bytes().position(|byte| {
        depth = match byte {
            b'(' => depth + 1,
            b')' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0
    });
    end.map_or(text.len(), |end| end + 1)
}

fn weaker(left: Certainty, right: Certainty) -> Certainty {
    match (left, right) {
        (Certainty::Unresolved, _) | (_, Certainty::Unresolved) => Certainty::Unresolved,
        (Certainty::Likely, _) | (_, Certainty::Likely) => Certainty::Likely,
        _ => Certainty::Certain,
    }
}
