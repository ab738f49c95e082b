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
       m.target || substr(f.path, length(m.source_path) + 1) AS container_path
FROM prometheus_config c CROSS JOIN file f ON f.file = c.file
CROSS JOIN compose_mount m ON m.source_path IN (f.path, f.folder, parent_folder(f.folder)) AND m.source_path <> ''
CROSS JOIN compose_service s ON s.id = m.service AND NOT s.is_shadowed AND s.image_name REGEXP 'prometheus|victoria|vmagent';

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
SELECT a.id AS rule, a.span, 'target down' AS area FROM prometheus_alert a WHERE a.expr REGEXP '\bup\b|absent\(|probe_success'
UNION SELECT a.id, a.span, 'errors' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)5\.\.|5xx|error|fail|exception'
UNION SELECT a.id, a.span, 'latency' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)duration|latency|response_time|histogram_quantile'
UNION SELECT a.id, a.span, 'memory' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)memory|_mem_|oom'
UNION SELECT a.id, a.span, 'processor' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)cpu|_load[0-9]'
UNION SELECT a.id, a.span, 'disk' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)filesystem|disk|volume'
UNION SELECT a.id, a.span, 'database' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)\bpg_|mysql_|mongodb_|database|_db_|pool|connections'
UNION SELECT a.id, a.span, 'cache' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)redis|memcached|cache'
UNION SELECT a.id, a.span, 'queue' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)queue|celery|rabbitmq|kafka|backlog|lag'
UNION SELECT a.id, a.span, 'certificate' FROM prometheus_alert a WHERE a.expr REGEXP '(?i)ssl|tls|cert|x509';

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
UNION SELECT 'certificate', 'TLS listeners', 'probe_ssl_earliest_cert_expiry - time() < 14 * 86400' FROM nginx_listen WHERE ssl;

-- Which exporter or server brings a metric, by its prefix; NULL where the prefix tells nothing.
CREATE VIEW promql_metric_source AS
SELECT s.*, CASE
    WHEN s.metric IN ('up', 'ALERTS', 'ALERTS_FOR_STATE') OR s.metric LIKE 'scrape\_%' ESCAPE '\' THEN 'prometheus itself'
    WHEN s.metric REGEXP '^(prometheus|net_conntrack|promhttp)_' THEN 'prometheus itself'
    WHEN s.metric REGEXP '^node_' THEN 'node-exporter'
    WHEN s.metric REGEXP '^(container|machine)_' THEN 'cadvisor'
    WHEN s.metric REGEXP '^probe_' THEN 'blackbox'
    WHEN s.metric REGEXP '^pg_' THEN 'postgres'
    WHEN s.metric REGEXP '^mysql_' THEN 'mysql'
    WHEN s.metric REGEXP '^mongodb_' THEN 'mongodb'
    WHEN s.metric REGEXP '^redis_' THEN 'redis'
    WHEN s.metric REGEXP '^elasticsearch_' THEN 'elasticsearch'
    WHEN s.metric REGEXP '^rabbitmq_' THEN 'rabbitmq'
    WHEN s.metric REGEXP '^kafka_' THEN 'kafka'
    WHEN s.metric REGEXP '^nginx_' THEN 'nginx'
    WHEN s.metric REGEXP '^traefik_' THEN 'traefik'
    WHEN s.metric REGEXP '^alertmanager_' THEN 'alertmanager'
    WHEN s.metric REGEXP '^grafana_' THEN 'grafana'
    WHEN s.metric REGEXP '^loki_' THEN 'loki'
    WHEN s.metric REGEXP '^x509_' THEN 'x509'
    WHEN s.metric REGEXP '^(kube|kubelet)_' THEN 'kube'
    WHEN s.metric REGEXP '^(process|python|go)_' THEN 'any client'
    END AS source
FROM promql_selector s WHERE s.metric IS NOT NULL;

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
