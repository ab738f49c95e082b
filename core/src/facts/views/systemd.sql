-- Services with the settings in force: those of the unit file, then those of its drop-ins.
CREATE VIEW systemd_service AS
SELECT u.*, f.is_test,
  (SELECT s.value FROM systemd_unit p JOIN systemd_setting s ON s.unit = p.id
   WHERE p.name = u.name AND p.kind = u.kind AND s.key = 'Type' ORDER BY p.is_drop_in DESC, s.span DESC LIMIT 1) AS type,
  (SELECT s.value FROM systemd_unit p JOIN systemd_setting s ON s.unit = p.id
   WHERE p.name = u.name AND p.kind = u.kind AND s.key = 'Restart' ORDER BY p.is_drop_in DESC, s.span DESC LIMIT 1) AS restart,
  (SELECT s.value FROM systemd_unit p JOIN systemd_setting s ON s.unit = p.id
   WHERE p.name = u.name AND p.kind = u.kind AND s.key = 'User' ORDER BY p.is_drop_in DESC, s.span DESC LIMIT 1) AS user,
  (SELECT s.value FROM systemd_setting s WHERE s.unit = u.id AND s.key = 'ExecStart' ORDER BY s.span LIMIT 1) AS exec_start,
  (SELECT s.span FROM systemd_setting s WHERE s.unit = u.id AND s.key = 'ExecStart' ORDER BY s.span LIMIT 1) AS exec_span
FROM systemd_unit u JOIN file f ON f.path = u.path
WHERE u.kind = 'service' AND NOT u.is_drop_in;

-- Settings of services, those of their drop-ins included, by the service that they are in force for.
CREATE VIEW systemd_service_setting AS
SELECT s.id, s.span, s.file, s.component, s.certainty, u.id AS service, s.section, s.key, s.value
FROM systemd_unit u JOIN systemd_unit p ON p.name = u.name AND p.kind = u.kind
JOIN systemd_setting s ON s.unit = p.id
WHERE u.kind = 'service' AND NOT u.is_drop_in;
