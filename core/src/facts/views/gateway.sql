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
