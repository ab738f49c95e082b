-- Names by which the containers of a Compose project reach a service.
CREATE VIEW compose_network_name AS
SELECT h.name, h.service, s.project, s.name AS service_name, s.role
FROM compose_host_name h JOIN compose_service s ON s.id = h.service
WHERE h.kind IN ('service', 'container', 'hostname', 'alias');

-- Rate limiters of the application itself, by the package that brings them.
CREATE VIEW application_rate_limiter AS
SELECT i.span, i.package FROM python_import i
WHERE i.package IN ('slowapi', 'fastapi_limiter', 'flask_limiter', 'limits', 'ratelimit', 'django_ratelimit', 'aiolimiter', 'starlette_limiter', 'pyrate_limiter')
UNION ALL
SELECT a.span, 'REST framework throttling' FROM python_assignment a WHERE a.target LIKE '%REST_FRAMEWORK' AND a.value LIKE '%THROTTLE%';

-- Where the application refuses hosts that it does not know.
CREATE VIEW application_checks_host AS
SELECT c.span FROM production_call c JOIN python_argument a ON a.call = c.id WHERE c.callee GLOB '*.add_middleware' AND a.value LIKE '%TrustedHostMiddleware'
UNION ALL
SELECT a.span FROM python_assignment a WHERE a.target LIKE '%ALLOWED_HOSTS' AND a.value NOT LIKE '%"*"%' AND a.value <> '[]';

-- Ports on which a Compose service is known to listen, and by what: its published ports, `expose`, its image, its command line.
CREATE TABLE compose_listening_port(service, port, known_by) AS
SELECT p.service, p.container_port AS port, 'ports' AS known_by FROM compose_port p WHERE p.container_port IS NOT NULL
UNION SELECT s.service, CAST(s.value AS INTEGER), 'expose' FROM compose_setting s WHERE s.key = 'expose'
UNION SELECT s.id, k.port, 'image' FROM compose_service s JOIN known_image i ON i.image = s.known_image JOIN known_image_port k ON k.family = i.family
UNION SELECT a.service, CAST(a.value AS INTEGER), 'command' FROM compose_argument a
      WHERE a.part <> 'healthcheck' AND a.option IN ('--port', '-p', '--http-port', '--listen-port') AND a.value REGEXP '^[0-9]+$'
UNION SELECT a.service, CAST(replace(substr(a.value, instr(a.value, ':')), ':', '') AS INTEGER), 'command' FROM compose_argument a
      WHERE a.part <> 'healthcheck' AND a.option IN ('--bind', '-b', '--listen', '--web.listen-address') AND a.value REGEXP '^[^:]*:[0-9]+$';

-- Middleware of the application that sets security headers, by the package or setting that brings it.
CREATE VIEW application_security_headers AS
SELECT i.span, i.package AS by FROM python_import i WHERE i.package IN ('secure', 'flask_talisman', 'fastapi_security_headers', 'secweb', 'csp')
UNION ALL
SELECT a.span, a.target FROM python_assignment a WHERE a.target IN ('SECURE_HSTS_SECONDS', 'SECURE_CONTENT_TYPE_NOSNIFF', 'X_FRAME_OPTIONS', 'SECURE_REFERRER_POLICY');

-- Certificates that the system itself presents: first of their file, neither test nor example, no bundle of trust anchors.
CREATE VIEW deployed_certificate AS
SELECT c.*, f.name AS file_name,
       CAST(julianday(c.expires) - julianday(coalesce((SELECT a.date FROM audit_date a), date('now'))) AS INTEGER) AS days_left
FROM tls_certificate c JOIN file f ON f.file = c.file
WHERE c.position = 0 AND NOT f.is_test AND NOT f.path REGEXP '(?i)(cacert|ca-bundle|ca-certificates|trust|(^|/)(root-?)?ca[._-])'
  AND NOT EXISTS (SELECT 1 FROM tls_certificate o WHERE o.path = c.path AND o.position > 8);

-- Certificates of the tree that an nginx server presents, found by the name of their file.
CREATE VIEW nginx_presented_certificate AS
SELECT c.id AS certificate, n.server, n.span, s.label, s.names, s.config, n.key
FROM nginx_certificate n JOIN nginx_site s ON s.id = n.server
JOIN file f ON f.name = file_name(n.certificate)
JOIN tls_certificate c ON c.path = f.path AND c.position = 0;

-- Commands of scripts that make a certificate which signs itself, and the file that they write.
CREATE VIEW self_signing_command AS
SELECT c.span, s.path, file_name(capture('-out[= ]+(\S+)', c.text)) AS certificate
FROM shell_command c JOIN shell_script s ON s.id = c.owner JOIN file f ON f.path = s.path
WHERE c.name = 'openssl' AND c.text LIKE '%req %' AND c.text LIKE '%-x509%' AND NOT f.is_test
UNION ALL
SELECT i.span, d.path, file_name(capture('-out[= ]+(\S+)', i.text))
FROM dockerfile_instruction i JOIN dockerfile d ON d.id = i.dockerfile JOIN file f ON f.path = d.path
WHERE i.keyword = 'RUN' AND i.text REGEXP 'openssl\s[\s\S]*\breq\b[\s\S]*-x509' AND NOT f.is_test;

-- nginx servers that only clients on the host itself reach: Compose publishes their ports on a loopback address alone.
CREATE VIEW nginx_loopback_only AS
SELECT DISTINCT n.id AS server FROM nginx_site n
JOIN nginx_container k ON k.config = n.config
WHERE EXISTS (SELECT 1 FROM compose_port p WHERE p.service = k.service)
  AND NOT EXISTS (SELECT 1 FROM compose_port p WHERE p.service = k.service AND p.is_public);

-- Programs that renew certificates by themselves: services, gateway settings, commands of scripts, timers and crontabs.
CREATE VIEW certificate_renewal AS
SELECT s.span, s.name AS by FROM compose_service s
WHERE s.image_name REGEXP '(certbot|acme|lego|caddy|swag|cert-manager|letsencrypt|dehydrated)'
UNION ALL
SELECT g.span, 'Traefik (ACME)' FROM gateway_setting g WHERE g.key = 'acme'
UNION ALL
SELECT c.span, c.name FROM shell_command c WHERE c.name IN ('certbot', 'acme.sh', 'lego', 'dehydrated', 'certbot-auto')
UNION ALL
SELECT e.span, 'cron: ' || e.command FROM cron_entry e WHERE e.command REGEXP 'certbot|acme\.sh|lego|dehydrated'
UNION ALL
SELECT l.span, l.name FROM compose_label l WHERE l.name LIKE '%certresolver%' OR l.value LIKE '%certificatesresolvers%acme%'
UNION ALL
SELECT a.span, 'Traefik (ACME)' FROM compose_argument a WHERE a.option LIKE '--certificatesresolvers.%.acme.%'
UNION ALL
-- An authority of the system's own, whose certificates a script issues again by itself.
SELECT c.span, 'script ' || s.path FROM shell_command c JOIN shell_script s ON s.id = c.owner JOIN script_that_runs_by_itself r ON r.script = s.path
WHERE c.name = 'openssl' AND c.text REGEXP '\bx509\b.* -req\b|^openssl ca\b' OR c.name = 'step' AND c.text REGEXP '^step ca (renew|certificate)' OR c.name = 'vault' AND c.text REGEXP 'pki\S*/issue'
UNION ALL
SELECT o.span, 'cert-manager' FROM k8s_object o WHERE o.kind IN ('Certificate', 'ClusterIssuer', 'Issuer') AND o.api_version LIKE 'cert-manager.io/%';

-- What is meant to tell that certificates run out, and whether it can: an alert whose metric nothing exports stays silent, and
-- a script that nothing starts sees nothing.
CREATE VIEW certificate_watch AS
SELECT a.span, 'alert ' || a.name AS by, coalesce(min(o.state), 'known') <> 'missing' AS is_effective,
       CASE WHEN min(o.state) = 'missing' THEN 'nothing exports the metric of alert ' || a.name END AS why
FROM prometheus_alert_area a
LEFT JOIN promql_selector p ON p.owner = a.rule AND p.metric IS NOT NULL
LEFT JOIN promql_metric_origin o ON o.metric = p.metric
WHERE a.area = 'certificate'
GROUP BY a.rule
UNION ALL
SELECT min(c.span), 'script ' || s.path, max(r.script) IS NOT NULL, CASE WHEN max(r.script) IS NULL THEN 'nothing starts ' || s.path || ' by itself' END
FROM shell_command c JOIN shell_script s ON s.id = c.owner JOIN file f ON f.path = s.path
LEFT JOIN script_that_runs_by_itself r ON r.script = s.path
WHERE c.name = 'openssl' AND c.text REGEXP '-checkend|-enddate|-dates' AND NOT f.is_test
GROUP BY s.id
UNION ALL
SELECT c.span, 'a step of a pipeline', 1, NULL FROM shell_command c
WHERE c.owner_kind <> 'script' AND c.name = 'openssl' AND c.text REGEXP '-checkend|-enddate|-dates'
UNION ALL
SELECT min(t.span), 'probes of job ' || j.name, 1, NULL FROM prometheus_job j JOIN prometheus_target t ON t.job = j.id
WHERE t.is_probed AND t.address LIKE 'https://%' GROUP BY j.id
UNION ALL
SELECT s.span, s.name, 1, NULL FROM compose_service s WHERE s.image_name REGEXP '(x509-certificate-exporter|ssl_exporter|uptime-kuma|gatus)'
UNION ALL
SELECT i.span, i.package, 1, NULL FROM python_import i WHERE i.name IN ('ssl.cert_time_to_seconds') OR i.package IN ('certifi_monitor', 'ssl_checker');

-- Where TLS ends in the system, and in what.
CREATE VIEW tls_termination AS
SELECT l.span, 'nginx' AS by, s.label FROM nginx_listen l JOIN nginx_site s ON s.id = l.server WHERE l.ssl AND l.file NOT IN (SELECT file FROM unused_nginx_file)
UNION ALL
SELECT g.span, 'Traefik', 'Traefik' FROM gateway_setting g WHERE g.key = 'acme'
UNION ALL
-- Caddy gets certificates for every site that is not told to speak plain HTTP.
SELECT g.span, 'Caddy', 'Caddy' FROM gateway_setting g JOIN file f ON f.file = g.file AND NOT f.is_test WHERE g.key = 'site.https'
UNION ALL
SELECT h.span, 'HAProxy', 'HAProxy `' || h.name || '`' FROM haproxy_directive h JOIN file f ON f.file = h.file
WHERE h.keyword = 'bind' AND h.arguments REGEXP '\bssl\b' AND NOT f.is_test;

-- Compose services that are gateways or service registries, by their image or the one that their Dockerfile builds on; what
-- builds on nginx or Caddy may only serve files.
CREATE VIEW gateway_container AS
WITH program AS (
  SELECT s.id AS service, coalesce((SELECT st.image_name FROM service_is_built_from_stage b JOIN dockerfile_stage st ON st.id = b.stage
                                    WHERE b.service = s.id AND st.image_name REGEXP '(^|/)(kong|traefik|consul|envoy|haproxy|apisix|krakend)(-|$|/)' LIMIT 1), s.image_name) AS image
  FROM compose_service s WHERE NOT s.is_shadowed
)
SELECT s.*, CASE WHEN p.image REGEXP 'kong' THEN 'kong' WHEN p.image REGEXP 'traefik' THEN 'traefik' WHEN p.image REGEXP 'consul' THEN 'consul'
                 WHEN p.image REGEXP 'envoy' THEN 'envoy' WHEN p.image REGEXP 'haproxy' THEN 'haproxy' WHEN p.image REGEXP 'caddy' THEN 'caddy'
                 WHEN p.image REGEXP 'apisix' THEN 'apisix' WHEN p.image REGEXP 'krakend' THEN 'krakend' ELSE 'nginx' END AS gateway
FROM program p JOIN compose_service s ON s.id = p.service
WHERE p.image REGEXP '(^|/)(kong|traefik|consul|envoy|haproxy|caddy|apisix|krakend|nginx|openresty|nginx-proxy)(-|$|/)';

-- Declarative files that no gateway of the tree reads, though a gateway of their kind runs.
CREATE TABLE unmounted_gateway_config(id) AS
SELECT c.id FROM gateway_config c JOIN file f ON f.file = c.file
JOIN gateway_container g ON g.gateway = c.kind
LEFT JOIN compose_mount m ON m.service = g.id AND m.source_path IN (f.path, f.folder, parent_folder(f.folder))
WHERE c.kind = 'kong'
GROUP BY c.id HAVING max(m.id) IS NULL AND NOT max(g.is_built);

-- Plugins that are switched on in a file that a gateway may read.
CREATE VIEW active_gateway_plugin AS
SELECT * FROM gateway_plugin WHERE is_active AND config NOT IN (SELECT id FROM unmounted_gateway_config);

-- What uses a service registry: settings and commands of other services, code, and what starts behind it.
CREATE VIEW registry_use AS
SELECT e.span, e.name AS by FROM compose_environment e JOIN compose_service s ON s.id = e.service
WHERE coalesce(s.image_name, '') NOT LIKE '%consul%' AND (e.value LIKE '%consul%' OR e.name LIKE '%CONSUL%')
UNION ALL
SELECT a.span, a.word FROM compose_argument a JOIN compose_service s ON s.id = a.service WHERE coalesce(s.image_name, '') NOT LIKE '%consul%' AND a.word LIKE '%consul%'
UNION ALL
SELECT d.span, 'depends_on' FROM compose_depends_on d JOIN compose_service t ON t.id = d.target WHERE t.image_name LIKE '%consul%'
UNION ALL
SELECT i.span, i.package FROM python_import i WHERE i.package IN ('consul', 'py_consul', 'consulate', 'aioconsul', 'python_consul2')
UNION ALL
SELECT l.span, l.name FROM compose_label l WHERE l.name LIKE '%consul%' OR l.value LIKE '%consul%'
UNION ALL
SELECT s.span, s.image_name FROM compose_service s WHERE s.image_name REGEXP 'registrator|consul-template|consul-esm'
UNION ALL
SELECT j.span, j.name FROM prometheus_job j WHERE j.discovery LIKE '%consul%';
