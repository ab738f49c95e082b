-- Names by which the containers of a Compose project reach a service.
CREATE VIEW compose_network_name AS
SELECT h.name, h.service, s.project, s.name AS service_name, s.role
FROM compose_host_name h JOIN compose_service s ON s.id = h.service
WHERE h.kind IN ('service', 'container', 'hostname', 'alias');

-- Rate limiters of the application itself, by the package that brings them.
CREATE VIEW application_rate_limiter AS
SELECT i.span, i.package FROM python_import i
WHERE i.package IN ('slowapi', 'fastapi_limiter', 'flask_limiter', 'limits', 'ratelimit', 'django_ratelimit', 'aiolimiter', 'starlette_limiter', 'pyrate_limiter');

-- Ports on which a Compose service is known to listen, and by what: its published ports, `expose`, its image, its command line.
CREATE VIEW compose_listening_port AS
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
SELECT a.span, 'Traefik (ACME)' FROM compose_argument a WHERE a.option LIKE '--certificatesresolvers.%.acme.%';

-- What tells that certificates run out: alerts on their age, probes, scripts that ask `openssl`.
CREATE VIEW certificate_watch AS
SELECT a.span, 'alert' AS by FROM prometheus_alert_area a WHERE a.area = 'certificate'
UNION ALL
SELECT c.span, 'script' FROM shell_command c WHERE c.name = 'openssl' AND c.text REGEXP '-checkend|-enddate|-dates'
UNION ALL
SELECT s.span, s.name FROM compose_service s WHERE s.image_name REGEXP '(x509-certificate-exporter|ssl_exporter|uptime-kuma|gatus)'
UNION ALL
SELECT i.span, i.package FROM python_import i WHERE i.name IN ('ssl.cert_time_to_seconds') OR i.package IN ('certifi_monitor', 'ssl_checker');

-- Where TLS ends in the system, and in what.
CREATE VIEW tls_termination AS
SELECT l.span, 'nginx' AS by, s.label FROM nginx_listen l JOIN nginx_site s ON s.id = l.server WHERE l.ssl
UNION ALL
SELECT g.span, 'Traefik', 'Traefik' FROM gateway_setting g WHERE g.key = 'acme';

-- Compose services that are gateways or service registries, by their image.
CREATE VIEW gateway_container AS
SELECT s.*, CASE WHEN s.image_name REGEXP 'kong' THEN 'kong' WHEN s.image_name REGEXP 'traefik' THEN 'traefik' WHEN s.image_name REGEXP 'consul' THEN 'consul'
                 WHEN s.image_name REGEXP 'envoy' THEN 'envoy' WHEN s.image_name REGEXP 'haproxy' THEN 'haproxy' WHEN s.image_name REGEXP 'caddy' THEN 'caddy'
                 WHEN s.image_name REGEXP 'apisix' THEN 'apisix' WHEN s.image_name REGEXP 'krakend' THEN 'krakend' ELSE 'nginx' END AS gateway
FROM compose_service s
WHERE NOT s.is_shadowed AND s.image_name REGEXP '(^|/)(kong|traefik|consul|envoy|haproxy|caddy|apisix|krakend|nginx|openresty|nginx-proxy)(-|$|/)';
