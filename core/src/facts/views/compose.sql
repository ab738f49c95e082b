-- Services, each definition once: in the project closest to production that has it.
CREATE VIEW deployed_service AS
SELECT * FROM compose_service WHERE NOT is_shadowed;

-- The stage of the tree that a service's image is built from.
CREATE TABLE service_is_built_from_stage(service, span, stage, dockerfile, path, context) AS
SELECT b.service, b.span, st.id AS stage, d.id AS dockerfile, d.path, b.context
FROM compose_build b
JOIN dockerfile d ON d.path = b.dockerfile
JOIN dockerfile_stage st ON st.dockerfile = d.id AND CASE WHEN b.target IS NULL THEN st.is_final ELSE lower(st.name) = lower(b.target) END;

-- The known program that a service runs: that of its image, or of the image that its Dockerfile builds on.
CREATE TABLE service_runs_program(
    service, image, family, kind, user, drops_root, has_healthcheck, is_oneshot, is_admin, tag
) AS
SELECT s.id AS service, k.image, k.family, k.kind, k.user, k.drops_root, k.has_healthcheck, k.is_oneshot, k.is_admin, s.image_tag AS tag
FROM compose_service s JOIN known_image k ON k.image = s.known_image
WHERE NOT s.is_built
UNION ALL
SELECT b.service, k.image, k.family, k.kind, k.user, k.drops_root, k.has_healthcheck, k.is_oneshot, k.is_admin, st.image_tag
FROM service_is_built_from_stage b JOIN dockerfile_stage st ON st.id = b.stage JOIN known_image k ON k.image = st.known_image AND k.kind <> 'runtime';

-- The user that a service runs as, and what says so: `compose`, `dockerfile`, `image` or `unknown`.
CREATE VIEW service_runs_as AS
SELECT s.id AS service,
       CASE WHEN s.user IS NOT NULL THEN 'compose' WHEN b.stage IS NOT NULL THEN 'dockerfile' WHEN p.user IS NOT NULL THEN 'image' ELSE 'unknown' END AS origin,
       coalesce(s.user, st.user, CASE WHEN NOT s.is_built THEN p.user END) AS user,
       coalesce((SELECT u.span FROM compose_setting u WHERE u.service = s.id AND u.key = 'user'), st.user_span, st.span, s.span) AS span,
       CASE WHEN s.user LIKE '%$%' THEN NULL
            WHEN s.user IS NOT NULL THEN s.user REGEXP '^(root|0+)(:|$)'
            WHEN b.stage IS NOT NULL THEN coalesce(st.is_root, CASE WHEN st.user IS NULL THEN l.is_root END)
            WHEN NOT s.is_built THEN p.user = 'root' END AS is_root,
       s.user IS NULL AND coalesce(st.drops_root, CASE WHEN NOT s.is_built THEN p.drops_root END, 0) AS drops_root
FROM compose_service s
LEFT JOIN service_is_built_from_stage b ON b.service = s.id
LEFT JOIN dockerfile_stage st ON st.id = b.stage
LEFT JOIN local_base l ON l.stage = b.stage
LEFT JOIN service_runs_program p ON p.service = s.id;

-- Projects that a swarm runs: it restarts what ends, and shares one published port among replicas.
CREATE TABLE swarm_project(project) AS
SELECT DISTINCT p.id AS project FROM compose_project p
LEFT JOIN (SELECT DISTINCT file_name(a.text) AS name FROM shell_command c JOIN shell_argument a ON a.command = c.id
           WHERE c.text LIKE '%docker %stack deploy%'
           UNION SELECT file_name(capture('(?:-c|--compose-file)[= ](\S+)', d.text)) FROM documented_command d WHERE d.text LIKE '%docker %stack deploy%') d ON d.name = file_name(path_of(p.span))
WHERE d.name IS NOT NULL OR file_name(path_of(p.span)) REGEXP '(?i)(^|[._-])(stack|swarm)[._-]';

-- How many of a service scripts start: `--scale worker=3`.
CREATE TABLE service_is_scaled(name, replicas) AS
SELECT capture('^(?:--scale=)?([\w.-]+)=[0-9]+$', a.text) AS name, max(CAST(capture('=([0-9]+)$', a.text) AS INTEGER)) AS replicas
FROM shell_command c JOIN shell_argument a ON a.command = c.id
WHERE c.text LIKE '%--scale%' AND a.text REGEXP '^(--scale=)?[\w.-]+=[0-9]+$'
GROUP BY 1;

-- Variables of services whose value stands in the `.env` beside their project, with the place there.
CREATE VIEW dotenv_binding AS
SELECT e.id AS environment, max(v.span) AS span
FROM compose_environment e
JOIN compose_service s ON s.id = e.service
JOIN compose_project p ON p.id = s.project
JOIN env_file f ON f.path = iif(p.folder = '', '.env', p.folder || '/.env')
JOIN env_entry v ON v.env_file = f.id AND v.name = e.variable
WHERE e.binding = 'dotenv'
GROUP BY e.id;

-- Services that do one thing and end, with why.
CREATE TABLE one_shot_service(service, why) AS
SELECT s.id AS service, 'restart: no' AS why FROM compose_service s WHERE s.restart IN ('no', 'false', 'none')
-- A server that is told not to restart is a server all the same.
AND NOT EXISTS (SELECT 1 FROM compose_port p WHERE p.service = s.id)
AND NOT (s.command IS NULL AND s.entrypoint IS NULL AND s.id IN (SELECT service FROM service_runs_program WHERE kind NOT IN ('tool', 'runtime') AND NOT is_oneshot))
UNION
SELECT d.target, 'others wait for its end' FROM compose_depends_on d WHERE d.condition = 'service_completed_successfully'
UNION
SELECT p.service, 'its image runs and ends' FROM service_runs_program p WHERE p.is_oneshot
UNION
SELECT s.id, 'its name' FROM compose_service s
WHERE s.name REGEXP '(?i)(^|[-_])(migrat(e|ion|ions)|init|seed|setup|bootstrap|provision|create[-_]?(bucket|buckets|topics)|certbot|e2e|tests?|lint|backup|restore|cli|manage|permissions?|chown)([-_]|$)'
UNION
SELECT s.id, 'its file' FROM compose_service s WHERE file_name(path_of(s.span)) REGEXP '(?i)(^|[._-])(inits?|setup|migrations?|one-?off|bootstrap)[._-]'
UNION
SELECT s.id, 'only built' FROM compose_service s WHERE s.is_built AND s.profiles REGEXP '(?i)^(build|builder|build[-_]only|base|images?)$'
UNION
SELECT s.id, 'started by `run`' FROM shell_command c JOIN shell_argument a ON a.command = c.id JOIN compose_service s ON s.name = a.text
WHERE c.name IN ('docker', 'docker-compose', 'podman', 'podman-compose') AND c.text REGEXP '(^docker-compose|compose\b.*?) run ' AND c.text LIKE '% ' || s.name
UNION
SELECT s.id, 'its command' FROM compose_service s
WHERE coalesce(s.entrypoint || ' ', '') || s.command REGEXP '(?i)(alembic upgrade|manage\.py (migrate|collectstatic|loaddata)|prisma migrate deploy|flask db upgrade|^(pytest|npm test)\b|^((/bin/)?(ba|a)?sh )?(-e?c )?["'']?(chown|chmod|mkdir|cp|mv|curl|wget|touch|mc (alias|mb|config)|ollama pull|kafka-topics|openssl|vault operator)\b|\bollama pull\b|manage\.py createsuperuser)'
  AND NOT s.command REGEXP '(?i)(uvicorn|gunicorn|runserver|npm (run )?start|node |celery|\bexec\b|while |tail -f|infinity|serve|crond|\bwait\b)';

-- Services that are meant to stay up.
CREATE VIEW long_running_service AS
SELECT s.* FROM deployed_service s WHERE s.id NOT IN (SELECT service FROM one_shot_service WHERE service IS NOT NULL);

-- The health check in force of a service: where it is set, whether it is switched off. No row: none is known.
CREATE TABLE service_health_check(service, span, is_disabled, origin, program, port, test) AS
SELECT h.service, h.span, h.is_disabled, 'compose' AS origin, h.program, h.port, h.test FROM compose_healthcheck h WHERE h.test IS NOT NULL OR h.is_disabled
UNION ALL
SELECT b.service, h.span, h.is_disabled, 'dockerfile', h.program, h.port, h.test
FROM service_is_built_from_stage b JOIN dockerfile_healthcheck h ON h.stage = b.stage
WHERE NOT EXISTS (SELECT 1 FROM compose_healthcheck c WHERE c.service = b.service AND (c.test IS NOT NULL OR c.is_disabled))
UNION ALL
SELECT p.service, s.span, 0, 'image', NULL, NULL, NULL
FROM service_runs_program p JOIN compose_service s ON s.id = p.service
WHERE p.has_healthcheck AND NOT EXISTS (SELECT 1 FROM compose_healthcheck c WHERE c.service = p.service);

-- The Python file that a service starts as a program: by its own command, or by that of its Dockerfile.
CREATE TABLE service_starts_module(service, module_file) AS
SELECT a.service, t.module_file FROM python_start_target t JOIN compose_argument a ON a.span = t.span
UNION
SELECT b.service, t.module_file FROM python_start_target t JOIN dockerfile_argument a ON a.span = t.span
JOIN service_is_built_from_stage b ON b.stage = a.stage JOIN compose_service s ON s.id = b.service AND s.command IS NULL;

-- Ports that a service's container listens on, and what says so.
CREATE TABLE service_listens_on(service, port, origin, span) AS
SELECT a.service, CAST(coalesce(capture(':([0-9]+)$', a.value), a.value) AS INTEGER) AS port, 'command' AS origin, a.span
FROM compose_argument a
WHERE a.part IN ('command', 'entrypoint') AND a.option IN ('--port', '-p', '--bind', '-b', '--listen', '--http-port', '--server.port', '--server-port') AND a.value REGEXP '(^|:)[0-9]+$'
UNION ALL
SELECT b.service, p.port, 'dockerfile', p.span
FROM service_is_built_from_stage b JOIN dockerfile_port p ON p.stage = b.stage
UNION ALL
SELECT b.service, CAST(coalesce(capture(':([0-9]+)$', a.value), a.value) AS INTEGER), 'dockerfile command', a.span
FROM service_is_built_from_stage b JOIN dockerfile_argument a ON a.stage = b.stage JOIN compose_service s ON s.id = b.service
WHERE s.command IS NULL AND a.option IN ('--port', '-p', '--bind', '-b', '--listen', '--http-port', '--server.port', '--server-port') AND a.value REGEXP '(^|:)[0-9]+$'
UNION ALL
SELECT m.service, l.port, 'code', l.span
FROM service_starts_module m JOIN python_listener l ON l.file = m.module_file AND NOT l.metrics_only
WHERE l.port IS NOT NULL
UNION ALL
SELECT b.service, g.port, 'code', g.span
FROM gunicorn_configuration g JOIN service_is_built_from_stage b JOIN dockerfile_stage st ON st.id = b.stage JOIN compose_service s ON s.id = b.service
WHERE g.port IS NOT NULL AND coalesce(s.command, st.command, '') LIKE '%gunicorn%' AND instr(coalesce(s.command, st.command, ''), file_name(g.path)) AND path_covers(b.context, g.path)
UNION ALL
SELECT p.service, k.port, 'image', s.span
FROM service_runs_program p JOIN known_image_port k ON k.family = p.family JOIN compose_service s ON s.id = p.service;

-- Services that keep data: databases, brokers, search engines, object and vector stores, caches.
CREATE TABLE datastore_service(
    id, span, file, component, certainty, project, name, role, is_shadowed, image, image_name,
    image_tag, image_digest, known_image, is_built, container_name, user, restart, memory_limit,
    memory_reservation, cpu_limit, cpu_reservation, replicas, profiles, network_mode, entrypoint,
    command, log_driver, stop_grace_period, family, kind, known_program, tag
) AS
SELECT s.*, p.family, p.kind, p.image AS known_program, p.tag
FROM compose_service s JOIN service_runs_program p ON p.service = s.id
WHERE p.kind IN ('datastore', 'broker', 'cache', 'search', 'vector-store', 'object-store')
  -- The image of a store runs its clients, too: dumps, restores, and what prepares it.
  AND (coalesce(s.entrypoint || ' ', '') || coalesce(s.command, '') NOT REGEXP '(?i)pg_dump|pg_basebackup|mongodump|mysqldump|mariadb-dump|(backup|restore|dump)\S*\.(sh|py)\b|/etc/crontabs|\bcrond\b|\bpsql -|\bredis-cli -'
    OR coalesce(s.entrypoint || ' ', '') || coalesce(s.command, '') REGEXP '(?i)docker-entrypoint|redis-server|(^|exec |[;&"''] ?)(postgres|mongod|mysqld|mariadbd)( |$)');

-- Services that hosts outside can reach: proxies, and whatever publishes a port on all addresses.
CREATE VIEW edge_service AS
SELECT s.id AS service, s.project FROM compose_service s
WHERE EXISTS (SELECT 1 FROM compose_port p WHERE p.service = s.id AND p.is_public)
   OR s.id IN (SELECT service FROM service_runs_program WHERE kind = 'proxy');

-- Memory that a service's own settings let its program take.
CREATE VIEW service_memory_setting AS
SELECT a.service, a.span, 'redis maxmemory' AS setting, byte_size(a.value) AS bytes, a.value AS written
FROM compose_argument a WHERE a.option = '--maxmemory'
UNION ALL
SELECT e.service, e.span, e.name || ' heap', byte_size(capture('-Xmx([0-9]+[kKmMgG]?)', e.value)), capture('-Xmx[0-9]+[kKmMgG]?', e.value)
FROM compose_environment e WHERE e.value LIKE '%-Xmx%'
UNION ALL
SELECT a.service, a.span, 'Java heap', byte_size(capture('^-Xmx([0-9]+[kKmMgG]?)$', a.word)), a.word
FROM compose_argument a WHERE a.word LIKE '-Xmx%'
UNION ALL
SELECT a.service, a.span, 'shared_buffers', byte_size(capture('shared_buffers=([0-9]+[kKMGT]?B?)', a.word)), a.word
FROM compose_argument a WHERE a.word LIKE 'shared_buffers=%'
UNION ALL
SELECT e.service, min(e.span), 'Neo4j heap and page cache', sum(byte_size(e.value)), group_concat(e.value, ' + ')
FROM compose_environment e
WHERE e.name REGEXP '^NEO4J_(dbms|server)_memory_(heap_max__size|heap_max_size|pagecache_size)$'
GROUP BY e.service
UNION ALL
SELECT e.service, e.span, 'Node.js old space', 1048576 * CAST(capture('--max[-_]old[-_]space[-_]size=([0-9]+)', e.value) AS INTEGER), capture('--max[-_]old[-_]space[-_]size=[0-9]+', e.value)
FROM compose_environment e WHERE e.value LIKE '%old_space_size=%' OR e.value LIKE '%old-space-size=%'
UNION ALL
SELECT a.service, a.span, 'Node.js old space', 1048576 * CAST(a.value AS INTEGER), a.word
FROM compose_argument a WHERE a.option IN ('--max-old-space-size', '--max_old_space_size');

-- Secrets that a service holds, by what tells two of them apart: a secret's name, a variable, a literal value.
CREATE VIEW service_holds_secret AS
SELECT g.service, g.span, 'secret `' || g.name || '`' AS secret, g.name AS key, s.project, 'secret' AS kind
FROM compose_secret_grant g JOIN compose_service s ON s.id = g.service WHERE g.kind = 'secret'
UNION ALL
SELECT e.service, e.span, 'variable `' || e.variable || '`', e.variable, s.project, 'variable'
FROM compose_environment e JOIN compose_service s ON s.id = e.service
WHERE e.is_secret_name AND e.origin = 'environment' AND e.variable IS NOT NULL
UNION ALL
SELECT e.service, e.span, 'the value of `' || e.name || '`', e.value, s.project, 'literal'
FROM compose_environment e JOIN compose_service s ON s.id = e.service
WHERE e.is_secret_name AND e.origin = 'environment' AND e.binding = 'literal' AND e.value_class IN ('opaque', 'token', 'text', 'url_credential');

-- The source files that a service's container holds: copied in by its Dockerfile, or mounted.
CREATE TABLE service_runs_code(service, file) AS
WITH mounted AS MATERIALIZED (
  SELECT DISTINCT service, source_path FROM compose_mount WHERE source_state IN ('file', 'folder')
)
SELECT DISTINCT b.service, h.file FROM service_is_built_from_stage b JOIN dockerfile_holds_file h ON h.dockerfile = b.dockerfile AND h.context = b.context
WHERE +h.artifact IN ('python', 'shell', 'javascript', 'typescript')
UNION
SELECT m.service, f.file FROM mounted m CROSS JOIN file f ON f.path = m.source_path
WHERE +f.artifact IN ('python', 'shell', 'javascript', 'typescript') AND NOT f.is_test
UNION
SELECT m.service, f.file FROM mounted m CROSS JOIN file f ON f.path BETWEEN m.source_path || '/' AND m.source_path || '0'
WHERE +f.artifact IN ('python', 'shell', 'javascript', 'typescript') AND NOT f.is_test AND m.source_path <> ''
UNION
SELECT m.service, f.file FROM mounted m CROSS JOIN file f
WHERE m.source_path = '' AND +f.artifact IN ('python', 'shell', 'javascript', 'typescript') AND NOT f.is_test;

-- Places in code that talk to a container engine.
CREATE VIEW engine_call AS
SELECT c.span, c.file, c.callee AS what, c.in_try FROM python_call c
WHERE c.callee IN ('docker.from_env', 'docker.DockerClient', 'docker.APIClient', 'docker.client.from_env', 'aiodocker.Docker', 'podman.PodmanClient')
UNION ALL
SELECT c.span, c.file, 'docker command', 0 FROM shell_command c WHERE c.name IN ('docker', 'podman', 'docker-compose') AND c.owner_kind = 'script';

-- Places in code that need more than an ordinary container gives, or that start other programs.
CREATE TABLE privileged_place(file, span, what, kind) AS
SELECT e.file, e.span, e.what, 'engine' AS kind FROM engine_call e
UNION ALL
SELECT c.file, c.span, c.callee, CASE WHEN c.package IN ('subprocess', 'os', 'asyncio') THEN 'program' ELSE 'call' END
FROM python_call c
WHERE c.package IN ('subprocess', 'os', 'asyncio', 'ctypes', 'socket', 'scapy', 'bcc', 'pyroute2', 'psutil')
  AND c.callee REGEXP '^(subprocess\.(run|call|check_call|check_output|Popen)|os\.(system|popen|exec.*|spawn.*)|asyncio\.create_subprocess_(exec|shell)|ctypes\.CDLL|socket\.AF_PACKET|scapy\..*|bcc\..*|pyroute2\..*|psutil\.(process_iter|net_connections|sensors_.*))$'
UNION ALL
SELECT a.file, a.span, a.value, 'path' FROM python_argument a
WHERE a.value GLOB '/[hpsd]*/*' AND a.value REGEXP '^(/host)?/(proc|sys|dev)/'
UNION ALL
SELECT c.file, c.span, c.name, 'program' FROM shell_command c
WHERE c.name IN ('mount', 'nsenter', 'iptables', 'ip', 'tcpdump', 'sysctl', 'modprobe', 'insmod', 'strace', 'chroot', 'unshare');

-- Places in a service's code that need more than an ordinary container gives, or that start other programs.
CREATE VIEW service_needs_privilege AS
SELECT r.service, p.span, p.what, p.kind FROM privileged_place p CROSS JOIN service_runs_code r ON r.file = p.file;

-- Services in which others keep a queue, results or sessions, by the variable that says so.
CREATE TABLE service_keeps_queue(service, name, span) AS
WITH told(service, name, span) AS (
SELECT DISTINCT d.id, e.name, e.span
FROM compose_environment e
JOIN compose_service o ON o.id = e.service
JOIN compose_service d ON d.project = o.project AND d.name = capture('://(?:[^@/]*@)?([^:/]+)', e.value)
WHERE e.name REGEXP '(?i)(broker|celery|queue|session|result_backend)' AND e.value LIKE '%://%'
UNION
-- A worker that is told one Redis and no broker of another kind takes its tasks from there.
SELECT d.id, e.name, min(e.span)
FROM compose_service o
LEFT JOIN service_is_built_from_stage b ON b.service = o.id LEFT JOIN dockerfile_stage st ON st.id = b.stage
JOIN compose_environment e ON e.service = o.id AND e.value LIKE 'redis%://%'
JOIN compose_service d ON d.project = o.project AND d.name = capture('://(?:[^@/]*@)?([^:/]+)', e.value)
WHERE (coalesce(o.command, st.command, '') REGEXP '(?i)(^|[ /])(celery|rq|rqworker|arq|dramatiq|huey_consumer(\.py)?)( |$)'
       OR coalesce(o.command, st.command, '') REGEXP '(?i)python\S* (-m )?\S*worker' AND EXISTS (SELECT 1 FROM python_import i WHERE i.package IN ('rq', 'arq', 'dramatiq', 'huey')))
  AND NOT EXISTS (SELECT 1 FROM compose_environment x WHERE x.service = o.id AND x.value REGEXP '^(amqps?|pyamqp|sqs|kafka)://')
GROUP BY o.id HAVING count(DISTINCT d.id) = 1
)
-- A service that files together make is the same one wherever it is told.
SELECT DISTINCT s.id AS service, t.name, t.span
FROM told t JOIN compose_service d ON d.id = t.service JOIN compose_service s ON s.name = d.name AND s.span = d.span;

-- Addresses that a service is told by its environment or its command line, taken apart: URLs, `host:port`, and `X_HOST` with its `X_PORT`.
CREATE TABLE service_is_told_address(
    id, span, service, project, service_name, setting, value, binding, origin, role, scheme, user,
    password, host, port, path
) AS
WITH told AS (
  SELECT e.id, e.span, e.service, e.name AS setting, e.value, e.binding, e.origin, e.role FROM compose_environment e
  WHERE e.origin <> 'build_arg' AND (e.value LIKE '%://%' OR e.value REGEXP '^[A-Za-z0-9][\w.-]*:[0-9]{2,5}$' OR e.name REGEXP '(?i)(HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$')
  UNION ALL
  SELECT a.id, a.span, a.service, coalesce(a.option, a.word), coalesce(a.value, a.word), 'literal', 'command', s.role
  FROM compose_argument a JOIN compose_service s ON s.id = a.service
  WHERE a.part <> 'healthcheck' AND (a.value LIKE '%://%' AND a.option IS NOT NULL OR a.word REGEXP '^[a-z][a-z0-9+.-]*://')
)
SELECT t.id, t.span, t.service, s.project, s.name AS service_name, t.setting, t.value, t.binding, t.origin, t.role,
       lower(capture('^(?:jdbc:)?([A-Za-z][A-Za-z0-9+.-]*)://', t.value)) AS scheme,
       capture('://([^:@/\s]*)(?::[^@/\s]*)?@', t.value) AS user,
       capture('://[^:@/\s]*:([^@/\s]*)@', t.value) AS password,
       capture('^(?:(?:jdbc:)?[A-Za-z][A-Za-z0-9+.-]*://)?(?:[^@/\s]*@)?([A-Za-z0-9_][\w.-]*)(?::[0-9]+)?(?:[/?#,;].*)?$', t.value) AS host,
       coalesce(CAST(capture('^(?:(?:jdbc:)?[A-Za-z][A-Za-z0-9+.-]*://)?(?:[^@/\s]*@)?[\w.-]+:([0-9]+)(?:[/?#,;].*)?$', t.value) AS INTEGER),
                (SELECT CAST(p.value AS INTEGER) FROM compose_environment p
                 WHERE p.service = t.service AND p.name <> t.setting AND p.value REGEXP '^[0-9]{2,5}$'
                   AND p.name = replace(replace(replace(replace(replace(t.setting, 'HOSTNAME', 'PORT'), 'HOST', 'PORT'), 'SERVER', 'PORT'), 'ADDRESS', 'PORT'), 'ADDR', 'PORT'))) AS port,
       capture('://[^/\s]+/([^?#]*)', t.value) AS path
FROM told t JOIN compose_service s ON s.id = t.service
WHERE t.value NOT LIKE '%${%';

-- Services in `internal` networks alone: Docker opens none of their ports on the host.
CREATE VIEW closed_service AS
SELECT n.service FROM compose_service_network n LEFT JOIN compose_network w ON w.id = n.network JOIN compose_service s ON s.id = n.service AND s.network_mode IS NULL
GROUP BY n.service HAVING min(coalesce(w.is_internal, 0));

-- Services of the same project that answer to an address which another service is told.
CREATE TABLE service_calls_service(
    id, span, service, project, service_name, setting, value, binding, origin, role, scheme, user,
    password, host, port, path, target, target_name, target_profiles
) AS
SELECT DISTINCT a.*, t.id AS target, t.name AS target_name, t.profiles AS target_profiles
FROM service_is_told_address a
JOIN compose_host_name h ON h.name = a.host AND h.kind IN ('service', 'container', 'alias')
JOIN compose_service t ON t.id = h.service AND t.project = a.project AND t.id <> a.service
WHERE NOT (a.scheme IS NULL AND a.port IS NULL AND a.setting NOT REGEXP '(?i)(HOST|HOSTNAME)$');

-- Services that wait for another, or that are told its address or name.
CREATE TABLE service_uses_service(service, target) AS
SELECT service, target FROM compose_depends_on WHERE target IS NOT NULL
UNION
SELECT service, target FROM service_calls_service
UNION
SELECT e.service, t.id FROM compose_environment e JOIN compose_service s ON s.id = e.service
JOIN compose_service t ON t.project = s.project AND t.name = coalesce(
    capture('@([A-Za-z0-9_-]+)(?:[:/,]|$)', e.value), capture('//([A-Za-z0-9_-]+)(?:[:/,]|$)', e.value), capture('^([A-Za-z0-9_-]+)(?:[:,]|$)', e.value)) AND t.id <> s.id
WHERE e.value IS NOT NULL;

-- Services whose console asks for a login: a variable or an option that sets one.
CREATE VIEW service_asks_for_login AS
SELECT a.service FROM compose_environment a
WHERE a.name REGEXP '(?i)(basic_?auth|password|passwd|auth_token|_user$|_auth$|auth_type|api_?key|token)' AND coalesce(a.value, 'x') <> '' AND upper(coalesce(a.value, '')) <> 'DISABLED'
  -- What it sends with, and where it stores, asks nobody.
  AND a.name NOT REGEXP '(?i)(smtp|mail_|slack|pagerduty|telegram|discord|webhook|opsgenie)|^(redis|db|database)_'
  AND NOT EXISTS (SELECT 1 FROM compose_environment m WHERE m.service = a.service AND m.name = 'PGADMIN_CONFIG_SERVER_MODE' AND lower(m.value) = 'false')
UNION
SELECT l.service FROM compose_argument l
WHERE l.part = 'command' AND l.word REGEXP '(?i)(basic.?auth|web\.config\.file|password|token|auth)' AND NOT l.word REGEXP '=(""|'''')?$';

-- What the configuration file of a Redis says, for each service that reads it: one that mounts the file, or whose image
-- gets it and whose command names it. A file that no service reads stands by itself.
CREATE TABLE redis_configuration(
    service, id, span, path, bound, policy, policy_span, has_password, is_unprotected, unprotected_span,
    is_loopback, appends, saves_not, saves_span, includes
) AS
WITH reader AS (
  SELECT m.service, c.id AS config FROM datastore_config c
  JOIN compose_mount m ON m.source_path IN (c.path, parent_folder(c.path)) AND m.target REGEXP '(redis|valkey|\.conf)'
  WHERE c.program = 'redis'
  UNION
  SELECT b.service, c.id FROM datastore_config c
  JOIN dockerfile_holds_file h ON h.path = c.path JOIN service_is_built_from_stage b ON b.dockerfile = h.dockerfile AND b.context = h.context
  JOIN dockerfile_stage st ON st.id = b.stage JOIN compose_service s ON s.id = b.service
  WHERE c.program = 'redis' AND coalesce(s.command, st.command, '') || coalesce(s.entrypoint, st.entrypoint, '') LIKE '%' || file_name(c.path) || '%'
)
SELECT r.service, c.id, c.span, c.path,
       max(CASE t.key WHEN 'maxmemory' THEN nullif(t.value, '0') END) AS bound, max(CASE t.key WHEN 'maxmemory-policy' THEN t.value END) AS policy, max(CASE t.key WHEN 'maxmemory-policy' THEN t.span END) AS policy_span,
       max(t.key IN ('requirepass', 'aclfile', 'user')) AS has_password, max(t.key = 'protected-mode' AND t.value = 'no') AS is_unprotected, max(CASE WHEN t.key = 'protected-mode' AND t.value = 'no' THEN t.span END) AS unprotected_span,
       max(t.key = 'bind' AND t.value REGEXP '^(127\.|::1|localhost)[^*]*$') AS is_loopback, max(t.key = 'appendonly' AND t.value = 'yes') AS appends,
       max(t.key = 'save' AND trim(t.value, '"') = '') AS saves_not, max(CASE WHEN t.key = 'save' AND trim(t.value, '"') = '' THEN t.span END) AS saves_span, max(t.key = 'include') AS includes
FROM datastore_config c JOIN file g ON g.path = c.path AND NOT g.is_test
LEFT JOIN datastore_setting t ON t.config = c.id
LEFT JOIN reader r ON r.config = c.id
WHERE c.program = 'redis' AND c.path NOT LIKE '%sentinel%'
GROUP BY c.id, r.service;
