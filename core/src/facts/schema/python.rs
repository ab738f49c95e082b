//! Facts about Python code. Names are resolved through the imports of their file: `requests.get` however it was
//! imported, `httpx.AsyncClient.get` for a method of what `httpx.AsyncClient(…)` gave. A name that begins with a
//! dot is defined in the tree; what follows is the module's path from the root and the name in it.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// A Python file as a module. `span` is its first byte.
    pub struct PythonModule in "python_module" {
        /// The path from the root with dots, for example `backend.app.main`; a package by its folder's name.
        #[indexed] name: String,
        /// Whether it is a package's `__init__.py`.
        is_package: bool,
        /// Whether it has an `if __name__ == "__main__":` block.
        has_main: bool,
        /// Whether importing or running it does more than define: a call or loop stands at the top level.
        does_work: bool,
        /// Whether the parser met a syntax error: what is absent here may only have been missed.
        has_errors: bool,
    }

    /// One imported name.
    pub struct PythonImport in "python_import" {
        /// The importing module.
        module: RowId,
        /// What is imported, for example `sqlalchemy.orm.Session`; a relative import begins with a dot.
        #[indexed] name: String,
        /// First part of the name, for example `sqlalchemy`; empty for a relative import.
        #[indexed] package: String,
        /// Whether the package belongs to the standard library.
        standard: bool,
        /// The name that it has here.
        alias: String,
        /// Whether its absence is provided for: inside `try` with a handler or in the handler, or `contextlib.suppress`.
        optional: bool,
        /// Whether only type checkers see it.
        typing_only: bool,
        /// Whether it stands inside a function or an `if`, so that it only happens at times.
        deferred: bool,
    }

    /// A module of the tree that another one imports. Likely where only the end of the path agrees.
    pub struct PythonImportEdge in "python_import_edge" {
        /// The import.
        import: RowId,
        /// The importing module.
        source: RowId,
        /// The imported module: the longest that the name begins with; NULL where only a folder has the name.
        target: Option<RowId>,
    }

    /// A function or method.
    pub struct PythonFunction in "python_function" {
        /// Its module.
        module: RowId,
        /// Its class, for a method.
        class: Option<RowId>,
        /// The function that it stands in.
        parent: Option<RowId>,
        /// Its name.
        #[indexed] name: String,
        /// Name with the classes and functions around it, for example `Cache.get`.
        qualified_name: String,
        /// Whether it is `async def`.
        is_async: bool,
        /// Whether it yields.
        is_generator: bool,
        /// Whether the body is only a docstring, `pass`, `…` or `raise NotImplementedError`.
        is_stub: bool,
        /// The annotated result, resolved.
        returns: Option<String>,
        /// The literal that every `return` gives, where they all give the same one; `None` where there is no `return`.
        constant_result: Option<String>,
        /// Lines that it spans.
        lines: i64,
    }

    /// A class.
    pub struct PythonClass in "python_class" {
        /// Its module.
        module: RowId,
        /// Its name.
        #[indexed] name: String,
    }

    /// A base of a class.
    pub struct PythonBase in "python_base" {
        /// The class.
        class: RowId,
        /// The base, resolved.
        #[indexed] name: String,
    }

    /// A decorator.
    pub struct PythonDecorator in "python_decorator" {
        /// The function or class that it decorates.
        target: RowId,
        /// What it resolves to.
        #[indexed] name: String,
        /// The call, where it has arguments and is a call of a package that treeward knows.
        call: Option<RowId>,
    }

    /// An annotated attribute of a class that has bases: a field of a pydantic model, settings or schema.
    pub struct PythonField in "python_field" {
        /// The class.
        class: RowId,
        /// Its name.
        #[indexed] name: String,
        /// The annotation as written, without white space.
        annotation: String,
        /// Kind of the default, that of `Field(…)` included, as in `python_argument`; NULL where there is none.
        default_kind: Option<&'static str>,
        /// Value of the default, as in `python_argument`.
        default_value: Option<String>,
        /// Whether a length, size or value bound is stated.
        bounded: bool,
    }

    /// A call of a function, class or method of a package that treeward knows something about, or of a builtin or
    /// method whose name says that it matters (`?.execute`: the receiver's type is not known).
    pub struct PythonCall in "python_call" {
        /// Its module.
        module: RowId,
        /// The function that it stands in; NULL at the top level or in a class body.
        function: Option<RowId>,
        /// What is called, resolved.
        #[indexed] callee: String,
        /// First part of `callee`.
        #[indexed] package: String,
        /// The name that the result is assigned to, for example `engine` or `self.pool`.
        assigned_to: Option<String>,
        /// The call that it is an argument of.
        argument_of: Option<RowId>,
        /// What that call calls, resolved, also where it has no row of its own.
        passed_to: Option<String>,
        /// Whether it is awaited.
        awaited: bool,
        /// Whether it is a context expression of a `with`.
        in_with: bool,
        /// Whether it stands in a loop or comprehension of its function.
        in_loop: bool,
        /// Whether it stands in a `try` with handlers.
        in_try: bool,
        /// Whether `*args` or `**kwargs` may bring arguments that are not written.
        open_ended: bool,
        /// Whether the function around it is `async def`.
        in_async: bool,
    }

    /// An argument of a stated call: the first four by position, and all by name.
    pub struct PythonArgument in "python_argument" {
        /// The call.
        call: RowId,
        /// Position from 0; NULL for one given by name.
        position: Option<i64>,
        /// Its name, where given by name.
        name: Option<String>,
        /// `text`, `int`, `float`, `bool`, `none`, `list`, `dict`, `name`, `call`, `setting` (an environment variable), `template` (text with parts that are not constant), `path` (joined parts, `{}` for those that are not constant), `function` (a lambda) or `expression`.
        kind: &'static str,
        /// The literal; JSON for lists and dictionaries (null for what is not literal); the resolved name or callee; the variable; the template's text with `{}` for its parts.
        value: Option<String>,
    }

    /// An assignment at the top level of a module or class, or to an attribute or text key of something resolved.
    pub struct PythonAssignment in "python_assignment" {
        /// Its module.
        module: RowId,
        /// The function that it stands in.
        function: Option<RowId>,
        /// The class whose body it stands in.
        class: Option<RowId>,
        /// The target as resolved: `DEBUG`, `flask.Flask.config.SECRET_KEY`; `?.headers.X-Frame-Options` for a header of something unknown.
        #[indexed] target: String,
        /// Kind of the value, as in `python_argument`.
        kind: &'static str,
        /// The value, as in `python_argument`.
        value: Option<String>,
    }

    /// A `raise`, or a call that ends in one (`abort`).
    pub struct PythonRaise in "python_raise" {
        /// The function that it stands in.
        function: Option<RowId>,
        /// The exception, resolved; NULL where it is raised again.
        #[indexed] exception: Option<String>,
        /// HTTP status, where it is a literal or a named constant.
        status: Option<i64>,
    }

    /// A parameter of a route or of a function with FastAPI markers.
    pub struct PythonParameter in "python_parameter" {
        /// The function.
        function: RowId,
        /// Its name.
        #[indexed] name: String,
        /// The annotation, as written, without white space.
        annotation: Option<String>,
        /// The annotated type, resolved.
        type_name: Option<String>,
        /// The FastAPI marker: `Depends`, `Security`, `Query`, `Body`, `Path`, `Header`, `Cookie`, `Form`, `File`.
        marker: Option<String>,
        /// What it depends on, resolved.
        #[indexed] dependency: Option<String>,
        /// Kind of the default, as in `python_argument`; NULL where there is none.
        default_kind: Option<&'static str>,
        /// Value of the default, as in `python_argument`.
        default_value: Option<String>,
        /// Whether an upper bound (`le`, `lt`, `max_length` …) is stated.
        bounded: bool,
    }

    /// Something defined at the top level of a module (or a method) that code mentions, in its own module or another.
    pub struct PythonUse in "python_use" {
        /// The row of the function, class or assignment that is used.
        target: RowId,
        /// The using module.
        module: RowId,
        /// The using function; NULL at the top level.
        function: Option<RowId>,
        /// Whether it is called there.
        is_call: bool,
        /// The attribute that is read of it, for example `get`; `[]=` where an entry of it is set.
        attribute: Option<String>,
    }

    /// A route of a web application, with its whole path. A route that is included twice has two rows.
    pub struct PythonRoute in "python_route" {
        /// The handler.
        function: Option<RowId>,
        /// `fastapi`, `flask`, `django`, `starlette`, `aiohttp` …
        #[indexed] framework: String,
        /// HTTP method in capitals; `WEBSOCKET`; NULL where all or unknown.
        method: Option<String>,
        /// Path with all prefixes; parameters as `{name}`.
        #[indexed] path: String,
        /// The application or router that it is registered on, resolved.
        registered_on: String,
        /// Whether the router is included in an application: an APIRouter that nothing includes serves nothing.
        mounted: bool,
        /// Name of the response model.
        response_model: Option<String>,
        /// How many requests in tests fit its method and path.
        test_requests: i64,
    }

    /// Something of a package that an application serves under a path: static files, an exporter of metrics.
    pub struct PythonMount in "python_mount" {
        /// Path with all prefixes.
        #[indexed] path: String,
        /// What makes it, resolved, for example `prometheus_client.make_asgi_app`.
        #[indexed] target: String,
        /// Whether an application serves it.
        mounted: bool,
    }

    /// Something that runs before a route's handler: a dependency of the route, its routers or application, or a
    /// decorator. Dependencies of dependencies have rows too.
    pub struct PythonRouteGuard in "python_route_guard" {
        /// The route.
        route: RowId,
        /// The dependency or decorator, resolved.
        #[indexed] name: String,
        /// Its function or class, where it is defined in the tree.
        definition: Option<RowId>,
        /// `parameter`, `route`, `router`, `include`, `application`, `decorator` or `dependency`.
        via: &'static str,
    }

    /// A read of an environment variable, or a field of a settings class that reads one.
    pub struct PythonSetting in "python_setting" {
        /// Its module.
        module: RowId,
        /// The function that reads it.
        function: Option<RowId>,
        /// The environment variable.
        #[indexed] variable: String,
        /// The literal default; NULL where there is none or it is not literal.
        default_value: Option<String>,
        /// Whether the program cannot start without it.
        required: bool,
        /// `getenv`, `environ`, `settings_class` or `config`.
        via: &'static str,
        /// The settings class.
        class: Option<RowId>,
    }

    /// A metric that code registers with prometheus_client.
    pub struct PythonMetric in "python_metric" {
        /// Its module.
        module: RowId,
        /// Name with namespace and subsystem, without suffixes.
        #[indexed] name: String,
        /// `counter`, `gauge`, `histogram`, `summary`, `info` or `enum`.
        kind: &'static str,
        /// Label names, as JSON; NULL where they are not literal.
        labels: Option<String>,
        /// Whether code sets, increments or observes it; NULL where that is not known.
        updated: Option<bool>,
    }

    /// A port that code listens on.
    pub struct PythonListener in "python_listener" {
        /// Its module.
        module: RowId,
        /// The function that starts it.
        function: Option<RowId>,
        /// What listens, resolved: `uvicorn.run`, `http.server.HTTPServer` …
        #[indexed] server: String,
        /// Address, where literal.
        host: Option<String>,
        /// Port, where literal or the default of a variable.
        port: Option<i64>,
        /// The variable that overrides the port.
        port_variable: Option<String>,
        /// Whether it serves only metrics.
        metrics_only: bool,
    }

    /// A database model: SQLAlchemy, SQLModel or Django.
    pub struct PythonModel in "python_model" {
        /// Its class, or the variable that holds its table.
        class: RowId,
        /// Class name; for a table of its own the table's.
        #[indexed] name: String,
        /// Table name, where stated.
        #[indexed] table_name: Option<String>,
        /// `sqlalchemy`, `sqlmodel` or `django`.
        orm: &'static str,
    }

    /// A column of a model.
    pub struct PythonColumn in "python_column" {
        /// The model.
        model: RowId,
        /// Attribute name.
        #[indexed] name: String,
        /// Type's last name, for example `String`, `JSONB`, `ForeignKey`.
        type_name: Option<String>,
        /// Whether it is (part of) the primary key.
        primary_key: bool,
        /// Whether it is unique.
        is_unique: bool,
        /// Whether it has an index of its own.
        is_indexed: bool,
        /// Target of a foreign key, for example `users.id`.
        foreign_key: Option<String>,
    }

    /// An index or unique constraint over several columns, or declared apart from them.
    pub struct PythonIndex in "python_index" {
        /// The model.
        model: RowId,
        /// First column.
        leading_column: String,
        /// All columns, as JSON.
        columns: String,
        /// Whether it is a unique or primary-key constraint.
        is_unique: bool,
    }

    /// A relationship of a SQLAlchemy model.
    pub struct PythonRelationship in "python_relationship" {
        /// The model.
        model: RowId,
        /// Attribute name.
        #[indexed] name: String,
        /// The other model.
        other: Option<String>,
        /// Loading strategy, where stated: `selectin`, `joined` …
        lazy: Option<String>,
    }

    /// A request that a test makes of its application.
    pub struct PythonTestRequest in "python_test_request" {
        /// The function that it stands in.
        function: Option<RowId>,
        /// HTTP method in capitals.
        method: String,
        /// Path, with `{}` for parts that are not constant; where all of it is not, `certainty` is `unresolved`.
        #[indexed] path: String,
    }

    /// A status code that a test expects.
    pub struct PythonExpectedStatus in "python_expected_status" {
        /// The function that it stands in.
        function: Option<RowId>,
        /// The status.
        #[indexed] status: i64,
    }

    /// A word by which clients of models call the tokens that a call took: an attribute, key, text or argument such as
    /// `usage` or `total_tokens`.
    pub struct PythonTokenCount in "python_token_count" {
        /// Its module.
        module: RowId,
        /// The function that it stands in.
        function: Option<RowId>,
        /// The word.
        name: String,
    }
}
