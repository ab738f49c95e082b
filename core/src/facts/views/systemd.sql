-- Services with the settings in force: those of the unit file, then those of its drop-ins.
CREATE TABLE systemd_service(
    id, span, file, component, certainty, path, name, kind, is_drop_in, is_template, is_test, type,
    restart, user, exec_start, exec_span
) AS
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

-- Files of the system that say when something runs: crontabs, and timers.
CREATE VIEW schedule_file AS
SELECT min(c.span) AS span, c.path, file_name(c.path) AS name, parent_folder(c.path) AS folder FROM cron_entry c
JOIN file f ON f.file = c.file AND NOT f.is_test AND f.artifact = 'cron' GROUP BY c.path
UNION ALL
SELECT u.span, u.path, file_name(u.path), parent_folder(u.path) FROM systemd_unit u
JOIN file f ON f.file = u.file AND NOT f.is_test WHERE u.kind = 'timer' AND NOT u.is_drop_in;

-- What puts a schedule where its daemon reads it: a script, a pipeline, a machine's configuration, an image, a mount, or the
-- hand of whoever follows the documentation.
CREATE TABLE schedule_installation(path, how) AS
SELECT s.path, CASE WHEN i.span IS NOT NULL THEN 'named in ' || path_of(i.span) WHEN k.path IS NOT NULL THEN 'copied into an image'
                    WHEN v.source_path IS NOT NULL THEN 'mounted' WHEN c.span IS NOT NULL THEN 'by `' || c.name || '` in ' || path_of(c.span) ELSE 'by hand, as ' || path_of(d.span) || ' says' END AS how
FROM schedule_file s
LEFT JOIN (SELECT name, path_of(span) AS path, min(span) AS span FROM path_mention
           WHERE medium IN ('script', 'pipeline', 'configuration') GROUP BY name, path_of(span)) i ON i.name = s.name AND i.path <> s.path
LEFT JOIN (SELECT name, min(span) AS span FROM path_mention WHERE medium = 'documentation' GROUP BY name) d ON d.name = s.name
LEFT JOIN (SELECT DISTINCT path FROM dockerfile_copied_path WHERE state IN ('file', 'folder')) k ON k.path IN (s.path, s.folder)
LEFT JOIN (SELECT DISTINCT source_path FROM compose_mount) v ON v.source_path IN (s.path, s.folder)
LEFT JOIN shell_command c ON c.name IN ('cp', 'install', 'crontab', 'ln', 'rsync', 'scp', 'systemctl', 'for')
  AND (instr(c.text || ' ', ' ' || s.name || ' ') > 0 OR s.folder <> '' AND c.name NOT IN ('crontab', 'systemctl') AND c.text REGEXP 'cron|systemd' AND instr(replace(c.text, './', ''), ' ' || s.folder || '/') > 0
       -- A loop over files.
       OR c.in_loop AND c.text REGEXP '[$]\S+ /etc/(cron|systemd/system)')
WHERE coalesce(i.span, k.path, v.source_path, c.span, d.span) IS NOT NULL
GROUP BY s.path;

-- Scripts that something starts without anybody's hand: a crontab or timer that is installed, a service, a container, a pipeline
-- with a schedule.
CREATE TABLE script_that_runs_by_itself(script, span) AS
WITH about_cron AS MATERIALIZED (SELECT c.span, c.text FROM shell_command c WHERE c.text LIKE '%cron%')
SELECT s.path AS script, e.span FROM shell_script s JOIN cron_entry e ON instr(e.command, file_name(s.path)) > 0
JOIN schedule_installation i ON i.path = e.path
UNION
SELECT s.path, u.exec_span FROM shell_script s JOIN systemd_service u ON instr(u.exec_start, file_name(s.path)) > 0
WHERE coalesce(u.type, 'simple') <> 'oneshot' OR EXISTS (SELECT 1 FROM systemd_unit t WHERE t.name = u.name AND t.kind = 'timer')
UNION
SELECT s.path, c.span FROM shell_script s JOIN compose_service c ON instr(coalesce(c.command, '') || coalesce(c.entrypoint, ''), file_name(s.path)) > 0
UNION
SELECT s.path, c.span FROM about_cron c CROSS JOIN shell_script s ON instr(c.text, file_name(s.path)) > 0
UNION
SELECT u.path, u.span FROM shell_file_use u
JOIN ci_step p ON p.id = u.owner JOIN ci_trigger t ON t.workflow = p.workflow AND t.event = 'schedule'
WHERE u.path IS NOT NULL;
