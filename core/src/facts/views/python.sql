-- Functions that work for requests and tasks: handlers of served routes, what guards them, tasks of a queue, and what
-- they mention, as far as the tree defines it.
CREATE TABLE request_function(function, by_route) AS
WITH RECURSIVE reached(function, by_route) AS (
  SELECT r.function, 1 FROM python_route r JOIN production_module m ON m.file = r.file
  WHERE r.mounted AND r.function IS NOT NULL
  UNION
  SELECT g.definition, 1 FROM python_route_guard g JOIN python_route r ON r.id = g.route
  WHERE r.mounted AND g.definition IS NOT NULL
  UNION
  SELECT function, 0 FROM queue_task
  UNION
  SELECT u.target, reached.by_route FROM reached JOIN python_use u ON u.function = reached.function WHERE u.target IS NOT NULL
)
SELECT function, max(by_route) AS by_route FROM reached GROUP BY function;

-- Functions that a queue runs: Celery, RQ, Dramatiq, Huey, arq.
CREATE TABLE queue_task(function, span, file, component, name) AS
SELECT d.target AS function, d.span, d.file, d.component, d.name
FROM python_decorator d JOIN production_module m ON m.file = d.file
WHERE d.name IN ('celery.shared_task', 'celery.Celery.task', 'celery.app.task', 'dramatiq.actor', 'huey.RedisHuey.task', 'rq.decorators.job')
   OR d.name GLOB '*celery*.task' OR d.name GLOB '*.shared_task' OR d.name GLOB '*.periodic_task';

-- How tasks are retried and bounded: arguments of the decorators that make them. Where the queue is made in another module
-- the decorator does not know its call, which stands in the same line.
CREATE TABLE queue_task_option(function, name) AS
WITH told AS MATERIALIZED (
  SELECT c.file, c.callee, line_of(c.span) AS line, a.name FROM python_argument a CROSS JOIN python_call c ON c.id = a.call
  WHERE a.name IN ('autoretry_for', 'retry_backoff', 'retry_kwargs', 'max_retries', 'retry', 'time_limit', 'soft_time_limit')
    AND c.callee IN (SELECT name FROM queue_task)
)
SELECT DISTINCT q.function, t.name
FROM (SELECT function, file, name, line_of(span) AS line FROM queue_task) q JOIN told t ON t.file = q.file AND t.callee = q.name AND t.line = q.line;

-- Handlers of routes that are served in production, each once, with its first route.
CREATE TABLE route_handler(
    id, span, file, component, module, name, is_async, constant_result, lines, path, method,
    framework
) AS
SELECT f.id, f.span, f.file, f.component, f.module, f.name, f.is_async, f.constant_result, f.lines,
       min(r.path) AS path, min(r.method) AS method, min(r.framework) AS framework
FROM python_route r JOIN production_module m ON m.file = r.file JOIN python_function f ON f.id = r.function
WHERE r.mounted GROUP BY f.id;

-- Modules of production that are no migrations of a database.
CREATE TABLE application_module(
    id, span, file, component, certainty, name, is_package, has_main, does_work, has_errors, path,
    folder
) AS
SELECT m.* FROM production_module m
WHERE m.id NOT IN (SELECT i.module FROM python_import i WHERE i.package = 'alembic' AND i.name GLOB 'alembic.[oc]*')
  AND m.path NOT GLOB '*/migrations/*';

-- Modules of the tree that another module of production imports, with the number of such imports.
CREATE TABLE imported_module(module, imports) AS
SELECT e.target AS module, count(*) AS imports FROM python_import_edge e
WHERE e.target IS NOT NULL AND e.target <> e.source AND e.source IN (SELECT id FROM production_module) GROUP BY e.target;

-- What is called, each name once: a pattern is tried on names, not on every call.
CREATE TABLE called_name(callee) AS
SELECT DISTINCT callee FROM python_call;

-- Calls of known packages in the application's code.
CREATE VIEW production_call AS
SELECT c.*, m.path FROM python_call c JOIN application_module m ON m.id = c.module;

-- Addresses that deployments and files of variables give to settings, by variable: one of a server before one of a file.
CREATE TABLE provided_address(name, server, file, span) AS
SELECT name, min(CASE WHEN value NOT LIKE 'sqlite%' THEN value END) AS server, min(CASE WHEN value LIKE 'sqlite%' THEN value END) AS file,
       min(span) AS span
FROM (
  SELECT e.name, e.value, e.span FROM compose_environment e WHERE e.value LIKE '%://%' AND e.role = 'production'
  UNION ALL
  SELECT e.name, e.value, e.span FROM env_entry e JOIN env_file f ON f.id = e.env_file
  WHERE e.value LIKE '%://%' AND f.kind = 'real' AND f.role = 'production'
)
GROUP BY name;

-- Engines of SQLAlchemy, with what they say of their pool. `url` is the literal address, or what the deployment gives the
-- setting that holds it, or that setting's default; `provided` is where a deployment gives it.
CREATE TABLE database_engine(
    id, span, file, component, certainty, module, function, callee, path, open_ended, assigned_to,
    literal, variable, pool_size, max_overflow, pool_timeout, pool_recycle, pool_pre_ping,
    poolclass, connect_args, url, provided
) AS
WITH stated AS (
  SELECT c.id, c.span, c.file, c.component, c.certainty, c.module, c.function, c.callee, c.path, c.open_ended, c.assigned_to,
         CASE WHEN u.kind IN ('text', 'template') THEN u.value END AS literal,
         CASE u.kind WHEN 'setting' THEN u.value WHEN 'name' THEN upper(file_name(replace(u.value, '.', '/'))) END AS variable,
         max(CASE WHEN a.name = 'pool_size' THEN coalesce(a.value, '?') END) AS pool_size,
         max(CASE WHEN a.name = 'max_overflow' THEN coalesce(a.value, '?') END) AS max_overflow,
         max(CASE WHEN a.name = 'pool_timeout' THEN coalesce(a.value, '?') END) AS pool_timeout,
         max(CASE WHEN a.name = 'pool_recycle' THEN coalesce(a.value, '?') END) AS pool_recycle,
         max(CASE WHEN a.name = 'pool_pre_ping' THEN coalesce(a.value, '?') END) AS pool_pre_ping,
         max(CASE WHEN a.name = 'poolclass' THEN file_name(replace(a.value, '.', '/')) END) AS poolclass,
         max(CASE WHEN a.name = 'connect_args' THEN coalesce(a.value, '?') END) AS connect_args
  FROM production_call c
  LEFT JOIN python_argument u ON u.call = c.id AND (u.position = 0 OR u.name = 'url')
  LEFT JOIN python_argument a ON a.call = c.id AND a.name IS NOT NULL
  WHERE c.callee IN ('sqlalchemy.create_engine', 'sqlalchemy.engine.create_engine', 'sqlmodel.create_engine',
                     'sqlalchemy.ext.asyncio.create_async_engine', 'sqlmodel.ext.asyncio.create_async_engine')
  GROUP BY c.id
)
SELECT e.*, coalesce(e.literal, p.server, p.file, d.value) AS url,
       CASE WHEN e.literal IS NULL THEN p.span END AS provided
FROM stated e LEFT JOIN provided_address p ON p.name = e.variable
LEFT JOIN (SELECT variable, min(default_value) AS value FROM python_setting GROUP BY variable) d ON d.variable = e.variable;

-- Engines of production code that are meant for a database server: neither SQLite nor one-off scripts.
CREATE VIEW server_engine AS
SELECT * FROM database_engine
WHERE coalesce(url, '') NOT LIKE 'sqlite%' AND path NOT GLOB 'scripts/*' AND path NOT GLOB '*/scripts/*'
  -- Programs that only wait for the database, or ask whether it is there, open one connection and end.
  AND path NOT REGEXP '(?i)(^|[/_])(wait|ping|health_?check|pre_start|check_db|db_check|check_database)(_[^/]*)?\.py$';

-- Pools of connections that drivers make by themselves, with their bounds.
CREATE VIEW driver_pool AS
SELECT c.*, max(CASE WHEN a.position = 0 OR a.name IN ('minconn', 'min_size', 'minsize') THEN a.value END) AS smallest,
       max(CASE WHEN a.position = 1 OR a.name IN ('maxconn', 'max_size', 'maxsize') THEN a.value END) AS largest
FROM production_call c LEFT JOIN python_argument a ON a.call = c.id
WHERE c.callee IN ('psycopg2.pool.ThreadedConnectionPool', 'psycopg2.pool.SimpleConnectionPool', 'asyncpg.create_pool',
                   'psycopg_pool.ConnectionPool', 'psycopg_pool.AsyncConnectionPool', 'aiomysql.create_pool',
                   'mysql.connector.pooling.MySQLConnectionPool')
  AND c.path NOT GLOB 'scripts/*' AND c.path NOT GLOB '*/scripts/*' AND c.path NOT REGEXP '(?i)(^|[/_])(wait|ping|health_?check|pre_start|check_db|db_check|check_database)(_[^/]*)?\.py$'
GROUP BY c.id;

-- Connections and pools that drivers of SQL servers make, with what they say of the server: its address as text or by the
-- variable that holds it, or its host, and TLS.
CREATE VIEW driver_connection AS
SELECT c.id, c.span, c.path, c.component, c.callee, c.open_ended, c.assigned_to,
       max(CASE WHEN a.name = 'host' THEN CASE a.kind WHEN 'text' THEN a.value WHEN 'setting' THEN coalesce(
             (SELECT min(e.value) FROM compose_environment e WHERE e.name = a.value AND e.role = 'production'),
             (SELECT min(e.value) FROM env_entry e JOIN env_file f ON f.id = e.env_file WHERE e.name = a.value AND f.kind = 'real'),
             (SELECT min(s.default_value) FROM python_setting s WHERE s.variable = a.value), '{}') ELSE '{}' END END) AS host,
       max(CASE WHEN a.name IN ('sslmode', 'ssl') THEN coalesce(a.value, a.kind) END) AS tls,
       max(CASE WHEN a.name = 'host' THEN a.kind = 'text' OR EXISTS (SELECT 1 FROM compose_environment e WHERE e.name = a.value) OR EXISTS (SELECT 1 FROM env_entry e JOIN env_file f ON f.id = e.env_file WHERE e.name = a.value AND f.kind = 'real') END) AS host_is_stated,
       max(CASE WHEN (a.position = iif(c.callee GLOB 'psycopg2.pool.*', 2, 0) OR a.name IN ('dsn', 'conninfo')) AND a.kind IN ('text', 'template') THEN a.value END) AS address,
       max(CASE WHEN a.position = iif(c.callee GLOB 'psycopg2.pool.*', 2, 0) OR a.name IN ('dsn', 'conninfo') THEN CASE a.kind WHEN 'setting' THEN a.value WHEN 'name' THEN upper(file_name(replace(a.value, '.', '/'))) END END) AS variable
FROM production_call c LEFT JOIN python_argument a ON a.call = c.id
WHERE c.callee IN ('psycopg2.connect', 'psycopg.connect', 'psycopg.AsyncConnection.connect', 'asyncpg.connect', 'asyncpg.create_pool', 'psycopg2.pool.ThreadedConnectionPool',
                   'psycopg2.pool.SimpleConnectionPool', 'psycopg_pool.ConnectionPool', 'psycopg_pool.AsyncConnectionPool', 'pymysql.connect', 'aiomysql.create_pool')
  AND c.path NOT GLOB 'scripts/*' AND c.path NOT GLOB '*/scripts/*'
GROUP BY c.id;

-- Limiters, breakers, headers and middleware that production code uses: another module does, or their own, which serves,
-- runs or is imported itself.
CREATE TABLE class_in_use(class) AS
WITH watched AS MATERIALIZED (
  SELECT id, module, file FROM python_class WHERE name REGEXP '(?i)(limit|throttl|bucket|breaker|header)'
  UNION SELECT k.id, k.module, k.file FROM python_base b JOIN python_class k ON k.id = b.class WHERE b.name GLOB '*Middleware*'
)
SELECT u.target AS class FROM watched k CROSS JOIN python_use u ON u.target = k.id JOIN production_module m ON m.id = u.module
WHERE u.module <> k.module
   OR (u.function IS NULL OR u.function NOT IN (SELECT f.id FROM python_function f WHERE f.class = k.id))
      AND (k.file IN (SELECT file FROM python_route) OR k.module IN (SELECT id FROM python_module WHERE has_main)
           OR k.module IN (SELECT e.target FROM python_import_edge e JOIN production_module o ON o.id = e.source WHERE e.target IS NOT NULL AND e.source <> e.target))
GROUP BY u.target;

-- Functions that can refuse a request: they, or what they make, raise or answer 401 or 403. Classes of callable objects too.
CREATE TABLE refusing_function(function) AS
WITH refusing AS MATERIALIZED (
SELECT function FROM python_raise WHERE status IN (401, 403) AND function IS NOT NULL
UNION
SELECT c.function FROM python_call c JOIN python_argument a ON a.call = c.id
WHERE c.function IS NOT NULL
  AND c.callee IN (SELECT callee FROM called_name WHERE callee GLOB '*HTTPException' OR callee GLOB '*Response' OR callee GLOB '*abort')
  AND (a.value IN ('401', '403') OR a.value GLOB '*HTTP_401*' OR a.value GLOB '*HTTP_403*' OR a.value GLOB '*UNAUTHORIZED' OR a.value GLOB '*FORBIDDEN')
UNION
SELECT function FROM python_raise
WHERE function IS NOT NULL AND (exception GLOB '*Unauthorized*' OR exception GLOB '*Forbidden*' OR exception GLOB '*Permission*Denied*'
  OR exception GLOB '*AuthenticationFailed*' OR exception GLOB '*AuthenticationError*' OR exception GLOB '*CredentialsException*')
)
SELECT function FROM refusing
UNION
-- What makes the function that refuses: `require_role("admin")`.
SELECT f.parent FROM refusing r JOIN python_function f ON f.id = r.function WHERE f.parent IS NOT NULL
UNION
-- A class whose instances are called: `RoleChecker(["admin"])`.
SELECT f.class FROM refusing r JOIN python_function f ON f.id = r.function WHERE f.class IS NOT NULL AND f.name = '__call__'
UNION
-- Such an instance under a name: `get_case = CaseAccess(require_user=True)`.
SELECT a.id FROM refusing r JOIN python_function f ON f.id = r.function AND f.name = '__call__'
JOIN python_class k ON k.id = f.class JOIN python_module m ON m.id = k.module
CROSS JOIN python_assignment a ON a.value = '.' || m.name || '.' || k.name AND a.kind = 'call' AND a.function IS NULL;

-- Handlers that ask who calls by themselves: they answer 401, or 403 for the sake of the caller and not of what is asked for.
CREATE TABLE self_checking_function(function) AS
SELECT function FROM python_raise WHERE status = 401 AND function IS NOT NULL
UNION
SELECT c.function FROM python_call c JOIN python_argument a ON a.call = c.id
WHERE c.function IS NOT NULL
  AND c.callee IN (SELECT callee FROM called_name WHERE callee GLOB '*HTTPException' OR callee GLOB '*Response' OR callee GLOB '*abort')
  AND (a.value = '401' OR a.value GLOB '*HTTP_401*' OR a.value GLOB '*UNAUTHORIZED')
UNION
SELECT function FROM python_raise
WHERE function IS NOT NULL AND (exception GLOB '*Unauthorized*' OR exception GLOB '*AuthenticationFailed*' OR exception GLOB '*AuthenticationError*' OR exception GLOB '*CredentialsException*')
UNION
SELECT x.function FROM refusing_function x
WHERE EXISTS (SELECT 1 FROM python_parameter p WHERE p.function = x.function
              AND (p.marker IN ('Header', 'Cookie', 'Security') OR p.name REGEXP '(?i)(^|_)(token|api_?key|authorization|secret|user|credentials?|session_id)$'))
   OR EXISTS (SELECT 1 FROM python_call c WHERE c.function = x.function AND (c.callee GLOB '*.headers.get' OR c.callee GLOB '*.cookies.get' OR c.callee GLOB '*.session.get' OR c.callee IN ('hmac.compare_digest', 'secrets.compare_digest')))
   OR EXISTS (SELECT 1 FROM python_raise e WHERE e.function = x.function AND e.status IN (401, 403) AND text_of(e.span) REGEXP '(?i)(authenticat|authoriz|credential|api.?key|token|logged|login|admin|permission|owner|role|signature|secret)');

-- What checks the caller of a route, by route: a dependency or decorator that can refuse, or that is known or named for it.
CREATE TABLE route_authentication(route, mechanism, span) AS
SELECT r.id AS route, g.name AS mechanism, g.span
FROM python_route r JOIN python_route_guard g ON g.route = r.id
LEFT JOIN refusing_function x ON x.function = g.definition
LEFT JOIN (SELECT DISTINCT u.function FROM python_use u JOIN refusing_function r ON r.function = u.target WHERE u.is_call) y ON y.function = g.definition
WHERE x.function IS NOT NULL OR y.function IS NOT NULL OR g.name GLOB 'fastapi.security.*'
   OR g.name REGEXP '(?i)(login_required|jwt_required|token_required|auth_required|permission_required|requires?_auth|require_(\w+_)?(user|login|roles?|admin|api_?key|token|auth|permissions?|scopes?|owner|access|session)|current_(active_)?(user|superuser|admin|account|principal|tenant)|get_user|verify_(\w+_)?(token|api_?key|key|auth|user|jwt|credentials|session)|check_(\w+_)?(auth|token|api_?key|permissions?)|authenticate|authorize|api_?key_(auth|header|required)|(^|[._])auth(orized|enticated)?$|is_authenticated|admin_required|role_required|user_passes_test|staff_member_required|httpbasic|oauth2)'
UNION
SELECT r.id, 'the handler itself', f.span
FROM python_route r JOIN self_checking_function x ON x.function = r.function JOIN python_function f ON f.id = r.function
WHERE r.path NOT REGEXP '(?i)(log-?in|sign-?(in|up)|/token|register|password|oauth)'
UNION
-- Whoever sends an event signs it, and the handler looks.
SELECT r.id, 'the signature of the event', c.span
FROM python_route r JOIN python_call c ON c.function = r.function
WHERE c.callee IN (SELECT callee FROM called_name WHERE callee GLOB '*Webhook.construct_event' OR callee GLOB '*WebhookSignature.verify_header' OR callee GLOB '*svix*verify' OR callee = 'hmac.compare_digest'
                   OR callee REGEXP '(?i)(^|[._])(verify|validate|check)_(\w+_)?(signature|webhook|hmac)$|(^|[._])(signature|webhook)_(is_)?valid$');

-- Middleware that checks callers: by its name, or because its code can refuse a request.
CREATE TABLE authentication_middleware(span, file, component, name) AS
SELECT c.span, c.file, c.component, file_name(replace(a.value, '.', '/')) AS name
FROM production_call c CROSS JOIN python_argument a ON a.call = c.id AND a.position = 0
WHERE (c.callee GLOB '*.add_middleware' OR c.callee GLOB '*middleware.Middleware')
  AND file_name(replace(a.value, '.', '/')) REGEXP '(?i)(auth|jwt|token|api_?key|oidc|identity)'
UNION ALL
SELECT d.span, d.file, d.component, f.name
FROM python_decorator d JOIN python_function f ON f.id = d.target JOIN refusing_function x ON x.function = f.id
WHERE (d.name GLOB '*.middleware' OR d.name GLOB '*.before_request' OR d.name GLOB '*.before_app_request')
  AND f.name NOT REGEXP '(?i)(csrf|rate|throttl|limit|cors|host|header|maintenance|block|ip_filter|firewall)'
UNION ALL
SELECT b.span, b.file, b.component, k.name
FROM python_base b JOIN python_class k ON k.id = b.class JOIN python_function f ON f.class = k.id
JOIN refusing_function x ON x.function = f.id
WHERE (b.name GLOB '*BaseHTTPMiddleware' OR b.name GLOB '*MiddlewareMixin') AND k.id IN (SELECT class FROM class_in_use)
  -- Those refuse for other reasons than who calls.
  AND k.name NOT REGEXP '(?i)(csrf|rate|throttl|limit|cors|host|header|maintenance|block|ipfilter|firewall)';

-- Commands that start processes in production: of images, compose services, scripts, units, and programs of Supervisor.
CREATE TABLE start_command(span, file, component, certainty, text, place, service, dockerfile) AS
SELECT coalesce((SELECT max(i.span) FROM dockerfile_instruction i WHERE i.stage = s.id AND i.keyword IN ('CMD', 'ENTRYPOINT')), s.span) AS span,
       s.file, s.component, s.certainty, trim(coalesce(s.entrypoint, '') || ' ' || coalesce(s.command, '')) AS text,
       'image of `' || d.path || '`' AS place, NULL AS service, s.dockerfile
FROM dockerfile_stage s JOIN dockerfile d ON d.id = s.dockerfile
WHERE s.is_final AND s.role = 'production' AND (s.command IS NOT NULL OR s.entrypoint IS NOT NULL)
UNION ALL
SELECT coalesce((SELECT min(k.span) FROM compose_setting k WHERE k.service = s.id AND k.key = 'command'), s.span),
       s.file, s.component, s.certainty, trim(coalesce(s.entrypoint, '') || ' ' || coalesce(s.command, '')),
       'service `' || s.name || '`', s.id, NULL
FROM compose_service s WHERE s.role = 'production' AND NOT s.is_shadowed AND s.command IS NOT NULL
UNION ALL
SELECT c.span, c.file, c.component, c.certainty, c.text, 'script `' || c.path || '`', NULL, NULL
FROM script_command c WHERE c.owner_kind = 'script' AND c.purpose IN ('server', 'worker', 'scheduler')
UNION ALL
SELECT t.span, t.file, t.component, t.certainty, t.value, 'unit `' || u.name || '`', NULL, NULL
FROM systemd_setting t JOIN systemd_unit u ON u.id = t.unit WHERE t.key = 'ExecStart'
UNION ALL
SELECT g.span, g.file, g.component, g.certainty, g.command, 'program `' || g.name || '` of Supervisor', NULL, NULL
FROM supervisor_program g JOIN file f ON f.file = g.file WHERE g.autostart AND NOT f.is_test;

-- Configuration files of gunicorn: the port, and the number of worker processes as far as it is a literal.
CREATE TABLE gunicorn_configuration(span, file, path, port, workers, workers_span) AS
SELECT max(CASE a.target WHEN 'bind' THEN a.span END) AS span, f.file, f.path,
       max(CASE a.target WHEN 'bind' THEN CAST(capture(':([0-9]+)$', a.value) AS INTEGER) END) AS port,
       max(CASE a.target WHEN 'workers' THEN coalesce(a.value, 'computed') END) AS workers, max(CASE a.target WHEN 'workers' THEN a.span END) AS workers_span
FROM file f CROSS JOIN python_assignment a ON a.file = f.file AND a.target IN ('bind', 'workers')
WHERE f.name LIKE '%gunicorn%.py' AND NOT f.is_test
GROUP BY f.file;

-- Agents that programs are started under, which instrument them without a line of code.
CREATE VIEW started_under_agent AS
SELECT s.span, capture('(opentelemetry-instrument|ddtrace-run|newrelic-admin|elasticapm-run|splunk-py-trace)', s.text) AS agent
FROM start_command s WHERE s.text REGEXP '\b(opentelemetry-instrument|ddtrace-run|newrelic-admin|elasticapm-run|splunk-py-trace)\b';

-- Variables that something in the tree provides or documents: compose, .env files, images, units, pipelines, scripts, Kubernetes.
CREATE TABLE provided_variable(name, span) AS
SELECT name, min(span) AS span FROM (
  SELECT name, span FROM compose_environment UNION ALL SELECT name, span FROM env_entry
  UNION ALL SELECT name, span FROM dockerfile_variable UNION ALL SELECT name, span FROM systemd_variable
  UNION ALL SELECT name, span FROM ci_variable UNION ALL SELECT name, span FROM shell_assignment
  UNION ALL SELECT name, span FROM k8s_env UNION ALL SELECT key, span FROM k8s_data_key)
GROUP BY name;

-- Every name under which a module may be started: the ends of its dotted name.
CREATE TABLE module_suffix(module, suffix) AS
WITH RECURSIVE suffix(module, suffix) AS (
  SELECT id, name FROM production_module
  UNION ALL
  SELECT module, substr(suffix, instr(suffix, '.') + 1) FROM suffix WHERE instr(suffix, '.') > 0
)
SELECT module, suffix FROM suffix;

-- Modules that an image holds, by the paths that its Dockerfile copies.
CREATE TABLE image_module(dockerfile, module) AS
SELECT DISTINCT h.dockerfile, m.id AS module
FROM dockerfile_holds_file h CROSS JOIN dockerfile d ON d.id = h.dockerfile AND d.role = 'production' CROSS JOIN production_module m ON m.file = h.file
WHERE h.artifact = 'python';

-- Modules that run in an image: what its command starts, and what that imports.
CREATE TABLE running_module(dockerfile, module) AS
WITH RECURSIVE word(dockerfile, name) AS (
  SELECT s.dockerfile,
         CASE WHEN a.word LIKE '%.py' THEN replace(replace(substr(a.word, 1, length(a.word) - 3), './', ''), '/', '.')
              WHEN instr(a.word, ':') > 0 THEN substr(a.word, 1, instr(a.word, ':') - 1) ELSE a.word END
  FROM dockerfile_argument a JOIN dockerfile_stage s ON s.id = a.stage WHERE s.is_final
), running(dockerfile, module) AS (
  SELECT w.dockerfile, x.module FROM word w CROSS JOIN module_suffix x ON x.suffix = trim(w.name, '.')
  WHERE (w.dockerfile, x.module) IN (SELECT dockerfile, module FROM image_module)
  UNION
  SELECT r.dockerfile, e.target FROM running r JOIN python_import_edge e ON e.source = r.module
  WHERE (r.dockerfile, e.target) IN (SELECT dockerfile, module FROM image_module)
)
SELECT dockerfile, module FROM running;

-- Manifests from which a Dockerfile installs, in any stage.
CREATE TABLE image_manifest(dockerfile, manifest) AS
SELECT s.dockerfile, m.id AS manifest
FROM dockerfile_install i JOIN dockerfile_stage s ON s.id = i.stage
JOIN dependency_manifest m ON m.path = i.path OR (i.kind = 'project' AND m.folder = i.path AND m.ecosystem = 'pypi')
UNION
SELECT s.dockerfile, m.id
FROM dockerfile_install i JOIN dockerfile_stage s ON s.id = i.stage
JOIN dependency_manifest m ON m.is_lock AND m.ecosystem = 'pypi' AND m.folder IN (i.path, parent_folder(i.path))
WHERE i.kind = 'project';

-- Distributions that a Dockerfile installs by their names, in any stage.
CREATE TABLE image_distribution(dockerfile, name) AS
SELECT s.dockerfile, p.name FROM dockerfile_package p JOIN dockerfile_stage s ON s.id = p.stage WHERE p.manager = 'pip'
UNION
SELECT s.dockerfile, k.brings FROM dockerfile_package p JOIN dockerfile_stage s ON s.id = p.stage
JOIN known_requirement k ON k.distribution = p.name WHERE p.manager = 'pip'
UNION
SELECT s.dockerfile, substr(p.name, 9) FROM dockerfile_package p JOIN dockerfile_stage s ON s.id = p.stage
WHERE p.manager IN ('apt', 'apk') AND (p.name LIKE 'python3-%' OR p.name LIKE 'py3-%');

-- Modules that only a process which serves or works reaches: controls whose use is looked for.
CREATE VIEW service_component AS
SELECT component FROM web_application UNION SELECT component FROM queue_task
UNION SELECT component FROM python_module WHERE has_main;

-- Calls that ask a model: by a client library, or by its server's well-known paths.
CREATE TABLE model_call(id, span, file, component, function, callee) AS
SELECT c.id, c.span, c.file, c.component, c.function, c.callee FROM production_call c
WHERE c.callee IN (SELECT callee FROM called_name WHERE callee REGEXP '(chat\.completions\.create|messages\.create|embeddings\.create|\.ainvoke|litellm\.a?completion|SentenceTransformer\.encode|^ollama\..*(chat|generate|embeddings?)|transformers\.pipeline)$')
UNION ALL
SELECT c.id, c.span, c.file, c.component, c.function, c.callee FROM production_call c JOIN python_argument a ON a.call = c.id AND (a.position = 0 OR a.name = 'url')
WHERE c.package IN ('requests', 'httpx', 'aiohttp', 'urllib3') AND a.value REGEXP '/(api/(generate|chat|embed|embeddings)|v1/(chat/completions|completions|embeddings|messages))$';

-- What a route's handler runs, itself included, up to three calls deep, as far as the tree defines it.
CREATE TABLE handler_reaches(handler, function, depth) AS
WITH RECURSIVE reached(handler, function, depth) AS (
  SELECT id, id, 0 FROM route_handler
  UNION
  SELECT r.handler, u.target, r.depth + 1 FROM reached r JOIN python_use u ON u.function = r.function AND u.is_call
  JOIN python_function f ON f.id = u.target WHERE r.depth < 3
)
SELECT handler, function, min(depth) AS depth FROM reached GROUP BY handler, function;

-- Calls that take seconds or more: models, other programs, crawls.
CREATE VIEW long_call AS
SELECT c.*, CASE WHEN c.package = 'subprocess' THEN 'another program' WHEN c.package IN ('requests', 'urllib', 'aiohttp', 'urllib3') THEN 'another server' ELSE 'a model' END AS waits_for,
       EXISTS (SELECT 1 FROM python_argument a WHERE a.call = c.id AND a.name IN ('timeout', 'request_timeout') AND a.kind <> 'none') AS is_bounded,
       EXISTS (SELECT 1 FROM python_argument a WHERE a.call = c.id AND a.name = 'stream' AND a.value IN ('true', 'True')) OR c.callee GLOB '*.stream' OR c.callee GLOB '*.astream*' AS is_streamed
FROM production_call c
WHERE c.callee IN (SELECT callee FROM called_name WHERE callee REGEXP '^(openai|anthropic|litellm|cohere|mistralai|groq|google\.genai|google\.generativeai|together|ollama)\..*(create|completion|acompletion|generate|generate_content(_async)?|chat|stream|embed\w*)$'
  OR callee REGEXP '^(langchain|langchain_\w+|langgraph|llama_index|transformers|crewai)\b.*\.(invoke|ainvoke|run|arun|predict|generate|query|aquery|kickoff|stream|astream)$'
  OR callee REGEXP '^(subprocess\.(run|call|check_call|check_output)|requests\.(get|post|put|patch|delete|request|head)|urllib\.request\.urlopen)$');

-- Columns of models by which queries of requests and tasks filter or sort, one row for each query.
CREATE TABLE filtered_column(model, column, name, span, function) AS
WITH query AS MATERIALIZED (
  SELECT q.id, q.span, q.function, q.callee GLOB '*.filter_by' AS is_by_name, ' ' || capture('(?s)\.(?:where|filter|order_by|filter_by)\s*\((.*)$', text_of(q.span)) || ' ' AS conditions, text_of(q.span) AS text
  FROM python_call q JOIN request_function r ON r.function = q.function
  WHERE q.callee IN (SELECT callee FROM called_name WHERE callee GLOB '*.filter' OR callee GLOB '*.where' OR callee GLOB '*.order_by' OR callee GLOB '*.filter_by')
), used AS MATERIALIZED (
  SELECT DISTINCT m.id AS model, m.name, u.function, u.attribute FROM python_model m JOIN python_use u ON u.target = m.class JOIN request_function r ON r.function = u.function
)
SELECT DISTINCT k.model, k.id AS "column", k.name, q.span, q.function
FROM query q JOIN used u ON u.function = q.function JOIN python_column k ON k.model = u.model AND +k.name = u.attribute
WHERE NOT q.is_by_name AND instr(q.conditions, u.name || '.' || k.name) > 0 AND q.conditions GLOB '*[^a-zA-Z0-9_]' || u.name || '.' || k.name || '[^a-zA-Z0-9_]*'
UNION
SELECT k.model, k.id, k.name, q.span, q.function
FROM query q JOIN python_argument a ON a.call = q.id AND a.name IS NOT NULL JOIN used u ON u.function = q.function JOIN python_column k ON k.model = u.model AND +k.name = a.name
WHERE q.is_by_name AND instr(q.text, '(' || u.name || ')') > 0;
