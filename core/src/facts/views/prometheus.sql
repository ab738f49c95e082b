-- Configurations of Prometheus servers that belong to the system: neither tests nor examples nor documentation.
CREATE VIEW prometheus_server AS
SELECT c.*, f.path, f.folder FROM prometheus_config c JOIN file f ON f.file = c.file WHERE NOT f.is_test;

-- Alerting rules of the system in PromQL that Prometheus evaluates if it loads their file.
CREATE VIEW prometheus_alert AS
SELECT r.*, rf.path AS rule_path, rf.is_template, 'alert ' || r.name AS subject
FROM prometheus_rule r JOIN prometheus_rule_file rf ON rf.id = r.rule_file JOIN file f ON f.file = r.file
WHERE r.kind = 'alert' AND rf.kind IN ('prometheus', 'resource') AND NOT f.is_test;

-- Compose services that run Prometheus with a configuration of the tree, and the path at which they see it.
CREATE VIEW prometheus_container AS
SELECT c.id AS config, m.service, s.name AS service_name, s.project, m.span AS mount_span,
       CASE WHEN m.source_path = f.path THEN m.target ELSE rtrim(m.target, '/') || '/' || ltrim(substr(f.path, length(m.source_path) + 1), '/') END AS container_path
FROM prometheus_config c CROSS JOIN file f ON f.file = c.file
CROSS JOIN compose_mount m ON m.source_path IN (f.path, f.folder, parent_folder(f.folder))
CROSS JOIN compose_service s ON s.id = m.service AND NOT s.is_shadowed AND s.image_name REGEXP 'prometheus|victoria|vmagent';

-- Alertmanager configurations that a container sees, at which path, and whether that is the one that it reads.
CREATE VIEW alertmanager_mount AS
SELECT m.id, c.id AS config, m.service, CASE WHEN m.source_path = f.path THEN m.target ELSE rtrim(m.target, '/') || '/' || ltrim(substr(f.path, length(m.source_path) + 1), '/') END AS at, coalesce(a.value, '/etc/alertmanager/alertmanager.yml') AS read,
       CASE WHEN m.source_path = f.path THEN m.target ELSE rtrim(m.target, '/') || '/' || ltrim(substr(f.path, length(m.source_path) + 1), '/') END = coalesce(a.value, '/etc/alertmanager/alertmanager.yml')
         OR a.value LIKE '%$%' OR s.is_built OR s.image_name NOT LIKE '%alertmanager%' OR s.entrypoint IS NOT NULL AS is_read
FROM alertmanager_config c CROSS JOIN file f ON f.file = c.file
CROSS JOIN compose_mount m ON m.source_path IN (f.path, f.folder, parent_folder(f.folder)) 
CROSS JOIN compose_service s ON s.id = m.service AND NOT s.is_shadowed AND (m.target LIKE '%alertmanager%' AND m.source_path <> '' OR s.image_name LIKE '%alertmanager%')
LEFT JOIN compose_argument a ON a.service = m.service AND a.option = '--config.file';

-- Rule files that a server loads: by the paths of the tree, or by what is mounted into its container.
CREATE VIEW prometheus_loaded_rule_file AS
SELECT rf.id AS rule_file, l.config FROM prometheus_rule_file rf JOIN prometheus_rule_load l ON l.path = rf.path
UNION
SELECT rf.id, p.config
FROM prometheus_container p
CROSS JOIN compose_mount m ON m.service = p.service
CROSS JOIN prometheus_rule_glob g ON g.config = p.config
CROSS JOIN file f ON f.path >= m.source_path AND f.path < m.source_path || '0' AND path_covers(m.source_path, f.path)
CROSS JOIN prometheus_rule_file rf ON rf.path = f.path
WHERE glob_match(CASE WHEN g.pattern LIKE '/%' THEN g.pattern ELSE path_join(parent_folder(p.container_path), g.pattern) END,
                 m.target || substr(f.path, length(m.source_path) + 1));

-- Every alert of the system on any layer: Prometheus, Loki and operator rules, and Grafana's own.
CREATE VIEW defined_alert AS
SELECT r.span, r.name, rf.kind AS layer FROM prometheus_rule r JOIN prometheus_rule_file rf ON rf.id = r.rule_file JOIN file f ON f.file = r.file
WHERE r.kind = 'alert' AND rf.kind <> 'test' AND NOT f.is_test
UNION ALL
SELECT a.span, a.title, 'grafana' FROM grafana_alert a JOIN file f ON f.file = a.file WHERE NOT f.is_test;

-- What each alert watches, by the names of its metrics and of itself.
CREATE VIEW prometheus_alert_area AS
SELECT a.id AS rule, a.span, a.name, 'target down' AS area FROM prometheus_alert a WHERE a.expr REGEXP '\bup\b|absent\(|probe_success'
UNION SELECT a.id, a.span, a.name, 'errors' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)5\.\.|5xx|error|fail|exception'
UNION SELECT a.id, a.span, a.name, 'latency' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)duration|latency|response_time|histogram_quantile'
UNION SELECT a.id, a.span, a.name, 'memory' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)memory|_mem_|oom'
UNION SELECT a.id, a.span, a.name, 'processor' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)cpu|_load[0-9]'
UNION SELECT a.id, a.span, a.name, 'disk' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)filesystem|disk|volume|storage_(bytes|size|used|free)'
UNION SELECT a.id, a.span, a.name, 'database' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)\bpg_|mysql_|mongodb_|database|_db_|pool|connections'
UNION SELECT a.id, a.span, a.name, 'cache' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)redis|memcached|cache'
UNION SELECT a.id, a.span, a.name, 'queue' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)queue|celery|rabbitmq|kafka|backlog|_lag\b|_lag_'
UNION SELECT a.id, a.span, a.name, 'certificate' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)ssl|tls|cert|x509'
UNION SELECT a.id, a.span, a.name, 'circuit breaker' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)circuit_?breaker|breaker_(state|open)'
UNION SELECT a.id, a.span, a.name, 'backup' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)backup|pg_dump|snapshot';

-- What the tree gives to watch, and why.
CREATE VIEW watchable_area AS
SELECT 'target down' AS area, 'every scrape job' AS because, 'up == 0' AS expression FROM prometheus_job
UNION SELECT 'errors', 'HTTP routes', 'sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.05' FROM python_route
UNION SELECT 'latency', 'HTTP routes', 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 1' FROM python_route
UNION SELECT 'memory', 'containers', 'container_memory_working_set_bytes / container_spec_memory_limit_bytes > 0.9' FROM compose_service
UNION SELECT 'database', 'a database', 'pg_stat_activity_count / pg_settings_max_connections > 0.8'
      FROM compose_service s JOIN known_image k ON k.image = s.known_image WHERE k.kind = 'datastore'
UNION SELECT 'disk', 'a database', 'node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.1'
      FROM compose_service s JOIN known_image k ON k.image = s.known_image WHERE k.kind = 'datastore'
UNION SELECT 'cache', 'a cache', 'redis_memory_used_bytes / redis_memory_max_bytes > 0.9'
      FROM compose_service s JOIN known_image k ON k.image = s.known_image WHERE k.kind = 'cache'
UNION SELECT 'queue', 'a message broker', 'rabbitmq_queue_messages_ready > 1000'
      FROM compose_service s JOIN known_image k ON k.image = s.known_image WHERE k.kind = 'broker'
UNION SELECT 'processor', 'a node-exporter or cAdvisor', '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m])) > 0.9'
      FROM prometheus_scraped_words WHERE words REGEXP '(?i)node[-_]?exporter|cadvisor'
UNION SELECT 'circuit breaker', 'a circuit breaker', 'circuit_breaker_state == 1' FROM python_metric WHERE name REGEXP '(?i)circuit_?breaker'
UNION SELECT 'backup', 'a backup script', 'time() - backup_last_success_timestamp_seconds > 26 * 3600'
      FROM shell_command c JOIN file f ON f.file = c.file WHERE c.purpose = 'dump' AND NOT f.is_test
UNION SELECT 'certificate', 'TLS listeners', 'probe_ssl_earliest_cert_expiry - time() < 14 * 86400' FROM nginx_listen WHERE ssl;

-- Which exporter or server brings a metric, by its prefix, and the words by which a scrape job of it is known; NULL where the
-- prefix tells nothing.
CREATE VIEW promql_metric_source AS
SELECT s.*, CASE
    WHEN s.metric IN ('up', 'ALERTS', 'ALERTS_FOR_STATE') OR s.metric LIKE 'scrape\_%' ESCAPE '\' THEN 'prometheus itself'
    WHEN s.metric REGEXP '^(prometheus|net_conntrack|promhttp)_' THEN 'prometheus itself'
    WHEN s.metric REGEXP '^(process|python|go)_' THEN 'any client'
    ELSE p.source END AS source, p.known_by
FROM promql_selector s
LEFT JOIN metric_prefix p ON p.prefix = substr(s.metric, 1, instr(s.metric, '_'))
WHERE s.metric IS NOT NULL;

-- Prefixes of metrics, who exports them, and what a scrape job of it says in its name, address or image. Stores that speak
-- a protocol of their own need an exporter; the others answer themselves.
CREATE VIEW metric_prefix AS
WITH own(prefix, source, known_by) AS (VALUES
  ('node_', 'node', '(?i)node[-_]?exporter|:9100\b'), ('container_', 'cadvisor', '(?i)cadvisor|kubelet'), ('machine_', 'cadvisor', '(?i)cadvisor|kubelet'), ('cadvisor_', 'cadvisor', '(?i)cadvisor|kubelet'),
  ('probe_', 'blackbox', '(?i)blackbox|:9115\b'), ('pg_', 'postgres', '(?i)(postgres|pg)[a-z_-]*exporter|:9187\b'),
  ('mysql_', 'mysql', '(?i)mysqld?[a-z_-]*exporter|:9104\b'), ('mongodb_', 'mongodb', '(?i)mongo[a-z_-]*exporter|:9216\b'),
  ('redis_', 'redis', '(?i)(redis|valkey)[a-z_-]*exporter|:9121\b'), ('elasticsearch_', 'elasticsearch', '(?i)elastic[a-z_-]*exporter|:9114\b'),
  ('rabbitmq_', 'rabbitmq', '(?i)rabbit'), ('kafka_', 'kafka', '(?i)kafka[a-z_-]*(exporter|jmx)|jmx|:9308\b'), ('nginx_', 'nginx', '(?i)nginx[a-z_-]*exporter|nginx[-_]vts|:9113\b'),
  ('traefik_', 'traefik', '(?i)traefik'), ('alertmanager_', 'alertmanager', '(?i)alertmanager'), ('grafana_', 'grafana', '(?i)grafana'),
  ('loki_', 'loki', '(?i)loki'), ('x509_', 'x509', '(?i)x509'), ('kube_', 'kube-state-metrics', '(?i)kube'), ('kubelet_', 'kubelet', '(?i)kube'),
  ('kong_', 'kong', '(?i)kong'), ('consul_', 'consul', '(?i)consul'), ('neo4j_', 'neo4j', '(?i)neo4j'), ('celery_', 'celery', '(?i)celery|flower'),
  ('qdrant_', 'qdrant', '(?i)qdrant[a-z_-]*exporter'), ('ollama_', 'ollama', '(?i)ollama[a-z_-]*exporter'), ('chromadb_', 'chromadb', '(?i)chroma[a-z_-]*exporter'),
  ('DCGM_', 'NVIDIA', '(?i)dcgm'), ('nvidia_', 'NVIDIA', '(?i)nvidia|dcgm'))
SELECT * FROM own;

-- Where the metric of a selector comes from: `known`, `missing` when everything that is scraped is known and nothing of it exports
-- the metric, else `unknown`.
CREATE TABLE promql_metric_origin(metric, source, defined_by, state) AS
WITH told AS MATERIALIZED (
  SELECT EXISTS (SELECT 1 FROM prometheus_job j WHERE j.discovery <> '') OR NOT EXISTS (SELECT 1 FROM prometheus_server)
           OR EXISTS (SELECT 1 FROM prometheus_server c WHERE c.is_template OR c.has_remote_read) AS may_be_elsewhere,
         EXISTS (SELECT 1 FROM prometheus_opaque_target) AS has_opaque_target,
         (SELECT words FROM prometheus_scraped_words) AS scraped, (SELECT words FROM script_written_text) AS written,
         EXISTS (SELECT 1 FROM compose_environment e WHERE e.name LIKE 'QDRANT\_\_%METRICS\_PREFIX' ESCAPE '\') AS has_prefix
), named AS MATERIALIZED (
  SELECT s.metric, s.family, s.source, s.known_by,
         -- Names that stand in many rules, and that neither cAdvisor nor node-exporter ever had.
         s.metric REGEXP '^(container_(restart|health_status|memory_limit_bytes|up$|(cpu|memory)(_usage)?_percent)|node_((cpu|memory|disk)(_usage)?_percent|(cpu|disk|memory)_us(age|ed)))' AS is_invented
  FROM promql_metric_source s GROUP BY s.metric
), code AS MATERIALIZED (
  SELECT substr(m.name, 1, instr(m.name, '_')) AS prefix FROM python_metric m GROUP BY 1
)
SELECT n.metric, n.source,
       CASE WHEN x.id IS NOT NULL THEN 'code' WHEN rec.id IS NOT NULL THEN 'rule' WHEN instr(t.written, n.metric) > 0 THEN 'script' WHEN n.is_invented THEN 'nobody' END AS defined_by,
       CASE WHEN x.id IS NOT NULL OR rec.id IS NOT NULL OR n.source IN ('prometheus itself', 'any client') OR n.metric LIKE '%:%' THEN 'known'
            WHEN instr(t.written, n.metric) > 0 AND n.metric LIKE '%\_%\_%' ESCAPE '\' THEN
              CASE WHEN t.scraped REGEXP '(?i)node[-_]?exporter|:9100\b|push-?gateway' THEN 'known' WHEN t.may_be_elsewhere THEN 'unknown' ELSE 'missing' END
            WHEN n.known_by IS NOT NULL AND t.scraped REGEXP n.known_by AND NOT n.is_invented THEN 'known'
            WHEN t.may_be_elsewhere OR n.source = 'qdrant' AND t.has_prefix THEN 'unknown'
            WHEN n.source IS NOT NULL OR c.prefix IS NOT NULL THEN 'missing'
            WHEN NOT t.has_opaque_target THEN 'missing'
            ELSE 'unknown' END AS state
FROM told t CROSS JOIN named n
LEFT JOIN python_metric x ON x.name IN (n.metric, n.family)
LEFT JOIN prometheus_rule rec ON rec.name = n.metric AND rec.kind = 'record'
LEFT JOIN code c ON c.prefix = substr(n.metric, 1, instr(n.metric, '_')) AND c.prefix <> ''
GROUP BY n.metric;

-- One row: the names of everything that is scraped (jobs, addresses, services and images behind them), for a search by words.
CREATE VIEW prometheus_scraped_words AS
SELECT coalesce(group_concat(j.name || ' ' || t.address || ' ' || coalesce(s.name || ' ' || coalesce(s.image_name, ''), ''), ' '), '') AS words
FROM prometheus_target t JOIN prometheus_job j ON j.id = t.job
LEFT JOIN compose_host_name h ON h.name = t.host
LEFT JOIN compose_service s ON s.id = h.service;

-- One row: the same of targets on the host itself or on other machines, which no Compose file starts.
CREATE VIEW prometheus_host_words AS
SELECT coalesce(group_concat(j.name || ' ' || t.address, ' '), '') AS words
FROM prometheus_target t JOIN prometheus_job j ON j.id = t.job WHERE t.kind <> 'name';

-- One row: what scripts print or write from here-documents, for a search by words.
CREATE VIEW script_written_text AS
SELECT coalesce((SELECT group_concat(r.target, ' ') FROM shell_redirect r WHERE r.operator LIKE '<<%'), '') || ' ' ||
       coalesce((SELECT group_concat(c.text, ' ') FROM shell_command c WHERE c.name IN ('echo', 'printf')), '') AS words;

-- Scrape targets of which the tree cannot tell what they export: hosts beyond it, images that no table knows, code that is not
-- Python, or that makes its metrics by a library or by computed names.
CREATE VIEW prometheus_opaque_target AS
SELECT t.id, t.address FROM prometheus_target t
LEFT JOIN compose_host_name h ON h.name = t.host
LEFT JOIN compose_service s ON s.id = h.service
LEFT JOIN compose_service_component c ON c.service = s.id
WHERE t.kind <> 'loopback'
GROUP BY t.id
HAVING max(s.known_image) IS NULL
   AND NOT (max(s.id) IS NULL AND t.kind = 'name' AND coalesce(t.host, '.') NOT LIKE '%.%' AND EXISTS (SELECT 1 FROM prometheus_container)
            AND NOT EXISTS (SELECT 1 FROM compose_network n WHERE n.is_external) AND NOT EXISTS (SELECT 1 FROM file k WHERE k.artifact = 'kubernetes'))
   AND NOT coalesce(max(EXISTS (SELECT 1 FROM production_module m WHERE m.component = c.component) AND c.component NOT IN (SELECT component FROM component_of_unknown_metrics)), 0);

-- Components whose metrics cannot be listed from their code.
CREATE TABLE component_of_unknown_metrics(component) AS
SELECT u.component FROM component_uses_package u WHERE u.component IS NOT NULL AND u.package REGEXP 'instrumentator|starlette_exporter|opentelemetry|statsd|aioprometheus|prometheus_flask|django_prometheus|celery_exporter'
UNION SELECT m.component FROM python_metric m WHERE m.certainty = 'unresolved' AND m.component IS NOT NULL
UNION SELECT f.component FROM file f WHERE f.artifact IN ('javascript', 'typescript') AND NOT f.is_test AND f.component IS NOT NULL
UNION SELECT f.component FROM file f WHERE f.artifact = 'other' AND f.component IS NOT NULL
  AND (f.name GLOB '*.go' OR f.name GLOB '*.rs' OR f.name GLOB '*.java' OR f.name GLOB '*.kt' OR f.name GLOB '*.cs' OR f.name GLOB '*.rb' OR f.name GLOB '*.php' OR f.name GLOB '*.ex');

-- Services that a scrape job asks for metrics which they cannot give, and why: stores that speak a protocol of their own, ports of
-- consoles, and code of the tree that neither serves the path nor holds a library that would.
CREATE TABLE service_without_metrics(target, service, why) AS
WITH exposer AS MATERIALIZED (
  -- What writes metrics out, in a module that is imported or started.
  SELECT DISTINCT c.component FROM called_name n CROSS JOIN python_call c ON c.callee = n.callee JOIN python_module m ON m.id = c.module
  WHERE n.callee REGEXP '(generate_latest|make_asgi_app|make_wsgi_app|start_http_server|start_wsgi_server|push_to_gateway|MetricsHandler)$'
    AND (m.has_main OR EXISTS (SELECT 1 FROM python_import_edge e JOIN production_module o ON o.id = e.source WHERE e.target = m.id)
         OR EXISTS (SELECT 1 FROM python_route r WHERE r.file = m.file))
)
SELECT t.id AS target, s.id AS service,
       CASE WHEN s.image_name LIKE 'temporalio/%' THEN 'port 7233 of Temporal is that of its gRPC calls: metrics have a port of their own (`PROMETHEUS_ENDPOINT`)'
            WHEN s.image_name = 'kong' OR s.image_name LIKE 'kong/%' THEN 'port ' || t.port || ' of Kong is that of the requests which it passes on: metrics are on its status or admin port, with the plugin `prometheus`'
            WHEN k.family IS NOT NULL THEN CASE k.family WHEN 'rabbitmq' THEN 'rabbitmq serves its metrics on port 15692, not on ' || t.port
                                                         WHEN 'ollama' THEN 'ollama exports no metrics' WHEN 'nginx' THEN 'nginx has no metrics on port 9113, which is that of an exporter beside it'
                                                         ELSE k.family || ' speaks its own protocol on port ' || t.port || ' and needs an exporter' END
            ELSE 'the code of service `' || s.name || '` serves no `' || j.metrics_path || '`' END AS why
FROM prometheus_target t JOIN prometheus_job j ON j.id = t.job
JOIN compose_host_name h ON h.name = t.host
JOIN compose_service s ON s.id = h.service AND NOT s.is_shadowed
LEFT JOIN known_image k ON k.image = s.known_image AND (k.family IN ('postgres', 'mysql', 'mongo', 'redis', 'kafka', 'memcached', 'ollama')
  OR k.family = 'rabbitmq' AND t.port IN (5672, 15672) OR k.family = 'nginx' AND t.port = 9113)
LEFT JOIN compose_service_component c ON c.service = s.id AND s.is_built
WHERE NOT t.is_probed AND t.certainty <> 'unresolved'
  AND (k.family IS NOT NULL OR s.image_name IN ('temporalio/auto-setup', 'temporalio/server') AND t.port = 7233 OR (s.image_name = 'kong' OR s.image_name LIKE 'kong/%') AND t.port IN (8000, 8443)
       OR c.component IN (SELECT component FROM web_application)
          AND c.component NOT IN (SELECT component FROM component_of_unknown_metrics)
          AND NOT EXISTS (SELECT 1 FROM component_uses_package u WHERE u.component = c.component AND u.package REGEXP 'prometheus|metrics|telemetry|statsd' AND u.package <> 'prometheus_client')
          AND c.component NOT IN (SELECT component FROM exposer WHERE component IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM python_route r WHERE r.component = c.component
                          AND (rtrim(r.path, '/') = rtrim(j.metrics_path, '/') OR r.path LIKE '%{%:path}%' OR r.certainty = 'unresolved' AND r.path LIKE '%metrics%'))
          AND NOT EXISTS (SELECT 1 FROM called_name n CROSS JOIN python_call k ON k.callee = n.callee AND k.component = c.component JOIN python_argument a ON a.call = k.id AND a.position = 0
                          WHERE n.callee GLOB '*.mount' AND a.value IN (j.metrics_path, '/', ''))
          AND NOT EXISTS (SELECT 1 FROM unread_python))
GROUP BY t.id;

-- Compose services and the components of the tree that they are built from.
CREATE VIEW compose_service_component AS
SELECT b.service, c.id AS component FROM component c JOIN compose_build b ON b.context = c.folder
UNION
SELECT b.service, c.id FROM component c JOIN compose_build b ON b.dockerfile IN (c.folder || '/Dockerfile', CASE c.folder WHEN '' THEN 'Dockerfile' END);

-- One row: the names of everything that could be a source of metrics (images, services, jobs and targets), for a search by words.
CREATE VIEW prometheus_source_words AS
SELECT coalesce((SELECT group_concat(lower(coalesce(s.image_name, '') || ' ' || s.name)) FROM compose_service s), '') || ' ' ||
       coalesce((SELECT group_concat(lower(t.address || ' ' || j.name)) FROM prometheus_target t JOIN prometheus_job j ON j.id = t.job), '') AS words;

-- One row: how long Prometheus keeps data, in seconds, where a command line of the tree says so.
CREATE VIEW prometheus_retention AS
SELECT min(duration_seconds(a.value)) AS seconds FROM compose_argument a WHERE a.option = '--storage.tsdb.retention.time';

-- Alertmanager configurations that route by severity: the severities for which there is a route, and who gets the rest.
CREATE VIEW routed_severity AS
SELECT c.id AS config, t.receiver, v.integrations,
       ' ' || replace(replace(replace(replace(group_concat(lower(m.value), ' '), '|', ' '), '(', ' '), ')', ' '), '.*', ' ') || ' ' AS routed,
       EXISTS (SELECT 1 FROM alertmanager_matcher o WHERE o.config = c.id AND (o.label <> 'severity' OR o.operator NOT IN ('=', '=~'))) AS has_other_matchers
FROM alertmanager_config c JOIN file f ON f.file = c.file AND NOT f.is_test
JOIN alertmanager_route t ON t.config = c.id AND t.parent IS NULL
JOIN alertmanager_receiver v ON v.config = c.id AND v.name = t.receiver
JOIN alertmanager_route r ON r.config = c.id AND r.parent IS NOT NULL
JOIN alertmanager_matcher m ON m.route = r.id AND m.label = 'severity' AND m.operator IN ('=', '=~')
GROUP BY c.id;

-- Severities that different people call by different words.
CREATE VIEW severity_near_spelling AS
WITH word(severity, near) AS (VALUES ('page', 'critical'), ('critical', 'page'), ('crit', 'critical'), ('emergency', 'critical'), ('fatal', 'critical'),
  ('warn', 'warning'), ('warning', 'warn'), ('informational', 'info'), ('error', 'critical'), ('high', 'critical'), ('medium', 'warning'))
SELECT * FROM word;

-- Services that share no network with a Prometheus, as far as the files name the networks of both.
CREATE VIEW services_apart AS
SELECT o.id AS one, s.id AS other, 1 AS apart
FROM (SELECT DISTINCT c.service, t.host FROM prometheus_container c JOIN prometheus_target t ON t.config = c.config WHERE t.kind = 'name') c
CROSS JOIN compose_service o ON o.id = c.service AND o.network_mode IS NULL
CROSS JOIN compose_host_name h ON h.name = c.host
CROSS JOIN compose_service s ON s.id = h.service AND s.id <> o.id AND s.network_mode IS NULL
WHERE EXISTS (SELECT 1 FROM compose_service_network a WHERE a.service = o.id) AND EXISTS (SELECT 1 FROM compose_service_network b WHERE b.service = s.id)
  AND NOT EXISTS (SELECT 1 FROM compose_service_network e JOIN compose_network x ON x.id = e.network WHERE e.service IN (o.id, s.id) AND x.is_external)
  AND NOT EXISTS (SELECT 1 FROM compose_service_network a JOIN compose_service_network b ON b.service = s.id
                  LEFT JOIN compose_network x ON x.id = a.network LEFT JOIN compose_network y ON y.id = b.network
                  JOIN compose_project p ON p.id = o.project JOIN compose_project q ON q.id = s.project
                  -- The engine puts the project's name before that of a network, unless that has one of its own.
                  WHERE a.service = o.id AND coalesce(nullif(x.external_name, ''), p.name || '_' || a.name) = coalesce(nullif(y.external_name, ''), q.name || '_' || b.name));
