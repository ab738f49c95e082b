-- Modules of Python that run in production: neither tests nor examples.
CREATE TABLE production_module(
    id, span, file, component, certainty, name, is_package, has_main, does_work, has_errors, path,
    folder
) AS
SELECT m.*, f.path, f.folder
FROM python_module m JOIN file f ON f.file = m.file
WHERE NOT f.is_test;

-- Python that could not be read whole, so that what seems absent may stand in it.
CREATE TABLE unread_python(span, path) AS
SELECT m.span, f.path FROM python_module m JOIN file f ON f.file = m.file WHERE m.has_errors AND NOT f.is_test
UNION ALL
SELECT span, path FROM skipped_path WHERE path LIKE '%.py';

-- Web applications of the tree: components whose code serves routes. `span` is where the application is made, else its first route.
CREATE TABLE web_application(span, component, framework, routes, folder, name) AS
WITH made AS MATERIALIZED (
  SELECT m.component, min(c.span) AS span FROM python_call c JOIN production_module m ON m.id = c.module
  WHERE c.callee IN
    ('django.core.wsgi.get_wsgi_application', 'django.core.asgi.get_asgi_application', 'fastapi.FastAPI', 'flask.Flask', 'starlette.applications.Starlette', 'aiohttp.web.Application', 'sanic.Sanic', 'quart.Quart')
  GROUP BY m.component
)
SELECT coalesce((SELECT c.span FROM made c WHERE c.component IS m.component), (
         -- A class of the tree that is an application: `class Shop(Flask)`, then `Shop(__name__)`.
         SELECT min(u.span) FROM python_base b JOIN python_use u ON u.target = b.class AND u.is_call
           AND coalesce(u.function, 0) NOT IN (SELECT f.id FROM python_function f WHERE f.class = b.class)
         JOIN production_module p ON p.id = u.module AND p.component IS m.component
         WHERE b.name IN ('fastapi.FastAPI', 'flask.Flask', 'starlette.applications.Starlette', 'aiohttp.web.Application', 'sanic.Sanic', 'quart.Quart')
       ), min(r.span)) AS span, m.component, min(r.framework) AS framework, count(DISTINCT r.id) AS routes,
       coalesce(k.folder, '') AS folder,
       CASE WHEN coalesce(k.folder, '') = '' THEN 'the application' ELSE 'application `' || k.folder || '`' END AS name
FROM python_route r
JOIN production_module m ON m.file = r.file
LEFT JOIN component k ON k.id = m.component
WHERE r.mounted
  -- Routes of a part that makes no application belong to the one around it.
  AND (m.component IN (SELECT component FROM made) OR NOT EXISTS (
    SELECT 1 FROM made o LEFT JOIN component outer_component ON outer_component.id = o.component
    WHERE o.component IS NOT m.component AND path_covers(coalesce(outer_component.folder, ''), coalesce(k.folder, ''))))
GROUP BY m.component;

-- Packages that the production code of a component imports, by itself or through one module of the tree that it imports.
CREATE TABLE component_uses_package(component, package, span) AS
WITH lent AS MATERIALIZED (
  -- Modules of other components, and tests, that it imports: few, so that all other imports are looked at once.
  SELECT DISTINCT e.component, t.id AS module FROM python_module t CROSS JOIN python_import_edge e ON e.target = t.id
  WHERE (e.component IS NOT t.component OR t.id NOT IN (SELECT id FROM production_module)) AND e.source IN (SELECT id FROM production_module)
)
SELECT component, package, min(span) AS span FROM (
  SELECT i.component, i.package, i.span FROM python_import i
  WHERE NOT i.standard AND i.package <> '' AND i.module IN (SELECT id FROM production_module)
  UNION ALL
  SELECT l.component, i.package, i.span FROM lent l JOIN python_import i ON i.module = l.module WHERE NOT i.standard AND i.package <> ''
) GROUP BY component, package;

-- Services of compose files that are meant for production and not shadowed by another project of the same files.
CREATE VIEW production_service AS
SELECT s.*, p.folder AS project_folder
FROM compose_service s JOIN compose_project p ON p.id = s.project
WHERE s.role = 'production' AND NOT s.is_shadowed;

-- Services that collect logs and send them on, by their image.
CREATE VIEW log_shipping_service AS
SELECT * FROM compose_service
WHERE image_name REGEXP '(promtail|grafana/alloy|grafana/agent|fluent-bit|fluentd|timberio/vector|logstash|filebeat|logspout|telegraf|logging-operator|datadog/agent)'
   -- A collector of telemetry gets logs where the host's are mounted or the code sends its own.
   OR image_name LIKE '%opentelemetry-collector%' AND (id IN (SELECT service FROM compose_mount WHERE source LIKE '/var/log%' OR source LIKE '/var/lib/docker%' OR source LIKE '%/docker.sock')
     OR EXISTS (SELECT 1 FROM python_import i WHERE i.name LIKE 'opentelemetry.%\_logs%' ESCAPE '\'));

-- Services that keep logs, by their image.
CREATE VIEW log_storing_service AS
SELECT * FROM compose_service
WHERE image_name REGEXP '(grafana/loki|graylog|/elasticsearch|^elasticsearch|opensearch|victoria-logs|openobserve|quickwit)';

-- Logging drivers that send a service's output to a collector.
CREATE VIEW service_with_shipping_log_driver AS
SELECT * FROM compose_service
WHERE log_driver IN ('loki', 'fluentd', 'gelf', 'awslogs', 'gcplogs', 'splunk', 'syslog', 'journald', 'logentries', 'etwlogs')
   OR log_driver LIKE 'grafana/loki%';

-- Every path by which a Python file may be named from a folder above it. Folders may have a dash where an image has an underscore.
CREATE TABLE python_path_end(file, path, ending) AS
WITH RECURSIVE ends(file, path, ending) AS (
  SELECT file, path, replace(lower(path), '-', '_') FROM file WHERE artifact = 'python'
  UNION ALL
  SELECT file, path, substr(ending, instr(ending, '/') + 1) FROM ends WHERE instr(ending, '/') > 0
)
SELECT file, path, ending FROM ends;

-- Python modules that a container's command, a unit or a script starts as a program, with the file of the tree that is meant.
CREATE TABLE python_start_target(span, command, module_file) AS
WITH RECURSIVE word AS (
  SELECT a.span, a.stage AS owner, a.stage, a.part, a.position, a.word, a.option, a.value, a.file AS starter FROM dockerfile_argument a
  UNION ALL
  SELECT a.span, a.service, b.stage, a.part, a.position, a.word, a.option, a.value, a.file FROM compose_argument a LEFT JOIN service_is_built_from_stage b ON b.service = a.service
), started AS (
  SELECT p.span, p.starter, p.stage, p.word || ' ' || s.word AS command, file_name(s.word) AS name, s.word AS written
  FROM word p JOIN word s ON s.owner = p.owner AND s.part = p.part AND s.position > p.position AND s.word LIKE '%.py'
  WHERE p.word GLOB '*python*' AND p.word REGEXP '(^|/)python[0-9.]*$'
    AND NOT EXISTS (SELECT 1 FROM word o WHERE o.owner = p.owner AND o.part = p.part AND o.position > p.position
                    AND o.position < s.position AND o.word NOT LIKE '-%')
  UNION ALL
  SELECT p.span, p.starter, p.stage, p.word || ' -m ' || m.value, replace(m.value, '.', '/') || '.py', replace(m.value, '.', '/') || '.py'
  FROM word p JOIN word m ON m.owner = p.owner AND m.part = p.part AND m.position > p.position AND m.option = '-m' AND m.value IS NOT NULL
  WHERE p.word GLOB '*python*' AND p.word REGEXP '(^|/)python[0-9.]*$'
  UNION ALL
  SELECT c.span, c.file, NULL, substr(c.text, 1, 120), file_name(c.subcommand), c.subcommand
  FROM shell_command c JOIN file f ON f.file = c.file AND NOT f.is_test AND f.artifact IN ('shell', 'systemd_unit', 'cron', 'procfile')
  WHERE c.name GLOB 'python*' AND c.subcommand LIKE '%.py' AND c.subcommand NOT LIKE '%$%'
), copied AS MATERIALIZED (
  -- The file that the image gets: it lies in what its Dockerfile copies.
  SELECT s.span, s.command, min(f.file) AS file FROM started s
  JOIN dockerfile_stage own ON own.id = s.stage
  JOIN dockerfile_stage st ON st.dockerfile = own.dockerfile
  JOIN dockerfile_copy c ON c.stage = st.id
  JOIN dockerfile_copied_path k ON k.copy = c.id AND k.state IN ('folder', 'file')
  JOIN file f ON f.path = iif(k.state = 'file' OR k.path IN ('', '.'), '', k.path || '/') || iif(k.state = 'file', k.path, ltrim(replace(s.written, '/app/', '/'), './')) AND f.artifact = 'python' AND f.name = file_name(s.name)
  GROUP BY s.span, s.command HAVING count(DISTINCT f.file) = 1
), tail(span, command, starter, written, name, ending) AS (
  -- An absolute path of the image may end with the whole path of a file.
  SELECT span, command, starter, written, name, replace(lower(ltrim(written, '/')), '-', '_') FROM started WHERE written LIKE '/%'
  UNION
  SELECT span, command, starter, written, name, substr(ending, instr(ending, '/') + 1) FROM tail WHERE instr(ending, '/') > 0
), meant AS (
  SELECT s.span, s.command, s.starter, s.written, s.name, e.file, e.path
  FROM started s JOIN python_path_end e ON e.ending = replace(lower(ltrim(replace(s.written, '/app/', '/'), './')), '-', '_')
  UNION ALL
  SELECT t.span, t.command, t.starter, t.written, t.name, e.file, e.path
  FROM tail t JOIN python_path_end e ON e.ending = t.ending AND length(e.ending) = length(e.path)
)
SELECT m.span, m.command, coalesce(max(copied.file), min(CASE WHEN path_covers(own.folder, f.path) THEN f.file END), min(f.file)) AS module_file
FROM meant m JOIN file f ON f.file = m.file AND f.name = file_name(m.name) AND NOT f.is_test
JOIN file own ON own.file = m.starter
LEFT JOIN copied ON copied.span = m.span AND copied.command = m.command
WHERE path_covers(own.folder, f.path) OR m.written LIKE '%/%'
GROUP BY m.span, m.command
HAVING max(copied.file) IS NOT NULL OR count(DISTINCT f.file) = 1 OR count(DISTINCT CASE WHEN path_covers(own.folder, f.path) THEN f.file END) = 1;

-- What shows that the tree's programs are deployed, and by which means: `compose`, `kubernetes`, `platform`, `systemd`, `script` or `pipeline`.
CREATE TABLE deployment_evidence(span, what, kind) AS
SELECT s.span, 'service `' || s.name || '`' AS what, 'compose' AS kind FROM production_service s WHERE s.is_built
UNION ALL
SELECT w.span, w.kind || ' ' || w.name, 'kubernetes' FROM k8s_deployed_workload w WHERE NOT w.is_development
UNION ALL
SELECT f.span, f.path, 'platform' FROM file f
WHERE NOT f.is_test AND (f.name IN ('fly.toml', 'render.yaml', 'railway.json', 'railway.toml', 'Procfile', 'serverless.yml', 'serverless.yaml', 'heroku.yml', 'cloudbuild.yaml',
    'apprunner.yaml', 'copilot.yml') OR f.name = 'app.yaml' AND f.artifact = 'yaml'
  -- Beside services of its own such a file only publishes pages.
  OR f.name IN ('vercel.json', 'netlify.toml', 'wrangler.toml') AND (SELECT count(*) FROM compose_service s WHERE s.is_built AND s.role = 'production') = 0)
UNION ALL
SELECT u.span, 'unit ' || u.name, 'systemd' FROM systemd_service u WHERE NOT u.is_test
UNION ALL
SELECT d.span, 'script ' || d.path, 'script' FROM deployment_script d WHERE NOT d.is_development
UNION ALL
SELECT d.activity, 'job ' || d.key, 'pipeline' FROM ci_deployment d;

-- The deployment as a whole: one row where the tree shows one, at the place that says most about it; `kinds` names every means.
CREATE VIEW deployed_system AS
SELECT e.span, e.what, (SELECT group_concat(DISTINCT kind) FROM deployment_evidence) AS kinds
FROM deployment_evidence e
ORDER BY CASE e.kind WHEN 'kubernetes' THEN 0 WHEN 'compose' THEN 1 WHEN 'pipeline' THEN 2 WHEN 'script' THEN 3 ELSE 4 END, e.span LIMIT 1;

-- What deletes, anonymises or archives old data by itself, or names a period for which data is kept.
CREATE TABLE retention_job(span, what) AS
SELECT f.span, 'function ' || f.name AS what FROM python_function f JOIN production_module m ON m.id = f.module
WHERE f.name REGEXP '(?i)(clean_?up|purge|expire|retention|anonymi[sz]e|prune|delete_(old|expired|stale)|remove_(old|expired|stale)|archive)'
UNION ALL SELECT s.span, 'setting ' || s.variable FROM python_setting s WHERE s.variable REGEXP '(?i)(retention|keep_days|ttl_days|purge|max_age_days)'
UNION ALL SELECT c.span, 'command ' || c.text FROM shell_command c WHERE c.text REGEXP '(?i)delete from .*(interval|now\()|drop partition|pg_partman'
UNION ALL SELECT e.span, 'cron ' || e.command FROM cron_entry e WHERE e.command REGEXP '(?i)clean|purge|prune|retention';

-- Places where hosts outside reach the system in production: published ports of proxies and of the tree's own services, and ingresses.
CREATE TABLE public_entrance(span, what, service, port, is_proxy) AS
SELECT p.span, 'service `' || s.name || '`' AS what, s.id AS service, p.container_port AS port, coalesce(r.kind = 'proxy', 0) AS is_proxy
FROM compose_port p JOIN production_service s ON s.id = p.service LEFT JOIN service_runs_program r ON r.service = s.id
WHERE p.is_public AND p.role = 'production' AND p.protocol = 'tcp' AND (r.kind = 'proxy' OR r.kind = 'identity' OR s.is_built AND r.kind IS NULL)
UNION ALL
SELECT i.span, 'ingress ' || o.name, NULL, NULL, 1 FROM k8s_ingress_path i JOIN k8s_deployed_object o ON o.id = i.ingress WHERE NOT o.is_development;

-- The first of them: one row where the tree shows an entrance.
CREATE VIEW system_entrance AS SELECT * FROM public_entrance ORDER BY is_proxy DESC, span LIMIT 1;
