-- Commands of shell scripts that are neither tests nor examples, with their script.
CREATE TABLE script_command(
    id, span, file, component, certainty, owner, owner_kind, ordinal, name, subcommand, text,
    purpose, is_background, is_exec, in_function, in_condition, in_branch, in_loop, in_substitution,
    after_failure, or_else, pipeline, stage, stages, errexit, nounset, pipefail, script, path,
    folder, interpreter, is_development
) AS
SELECT c.*, s.id AS script, s.path, s.folder, s.interpreter,
  s.path REGEXP '(?i)(^|[/._-])(dev|devel|development|local|demo|example|examples|sandbox)([/._-]|$)' AS is_development
FROM shell_command c JOIN shell_script s ON s.id = c.owner JOIN file f ON f.file = s.file
WHERE NOT f.is_test;

-- Scripts that roll out or update services, with the last command that does. What a script starts, tests and
-- takes down again is no deployment.
CREATE VIEW deployment_script AS
SELECT c.script, c.path, c.is_development, MAX(c.ordinal) AS ordinal, c.span, c.file, c.text
FROM script_command c
WHERE c.purpose = 'deploy' AND NOT c.in_substitution AND c.text NOT REGEXP '\breload\b|^(sudo )?(terraform|tofu|pulumi)\b|systemctl (re)?start docker\b|^(sudo )?supervisorctl\b|systemctl (re)?start \S+\.timer|systemctl (re)?start (nginx|apache2|httpd|certbot|cron|crond|sshd?|fail2ban|ufw|firewalld|postgresql\S*|redis\S*|rsyslog|systemd-\S+)\b|(validat|verif|smoke|check|test)\w*\.(js|ts|py|sh)\b'
  -- What another script of the tree rolls out, that script is judged for.
  AND NOT EXISTS (SELECT 1 FROM shell_file_use u JOIN shell_script t ON t.path = u.path WHERE u.command = c.id AND u.role = 'script')
  -- A store alone is started for what runs beside it.
  AND c.text NOT REGEXP '\bup\b(\s+-\S+)*(\s+(db|database|postgres(ql)?|redis|mysql|mariadb|mongo(db)?|rabbitmq|kafka|cache|elasticsearch|opensearch|minio))+\s*$'
  AND (c.text NOT REGEXP 'compose' OR c.text REGEXP ' up\b.*(\s-d\b|--detach|--wait)| restart\b| start\b')
  AND NOT EXISTS (SELECT 1 FROM script_command l WHERE l.script = c.script AND l.ordinal > c.ordinal AND l.name NOT IN ('echo', 'printf') AND l.text REGEXP 'compose\b.* (down\b|(exec|run)\b.*test)')
GROUP BY c.script;

-- Commands that write a key, a password or another secret into a file, with the mode that the file has in the end;
-- those of CI steps left out, whose machine ends with the job.
CREATE VIEW script_secret_write AS
SELECT w.span, w.file, w.path, w.how, w.owner, w.umask, c.name AS command_name, c.ordinal,
  COALESCE(w.mode, (SELECT k.mode FROM shell_chmod k JOIN shell_command kc ON kc.id = k.command
                    WHERE k.owner = w.owner AND kc.ordinal >= c.ordinal AND (k.path = w.path OR k.path LIKE '%*' AND w.path LIKE replace(k.path, '*', '%'))
                    ORDER BY kc.ordinal LIMIT 1)) AS mode
FROM shell_write w JOIN shell_command c ON c.id = w.command JOIN file f ON f.file = w.file
WHERE NOT f.is_test AND w.how NOT IN ('copy', 'move') AND c.owner_kind <> 'ci_step'
  AND w.path REGEXP '(?i)(\.key$|\.pem$|\.p12$|privkey|private[-_]?key|id_(rsa|ed25519|ecdsa)$|htpasswd|\.pgpass|(^|[/.])env(\.(txt|env|prod|production|local))?"?$|(^|[/._-])\.?(passw(or)?ds?|secrets?|tokens?|credentials?|api_?keys?)(\.(txt|env|prod|production|local))?"?$|(^|[/_-])secrets?/)'
  -- What everybody may fetch is no secret yet, nor is a line of fixed text that names none.
  AND coalesce(c.name, '') NOT IN ('wget', 'curl') AND NOT (w.path REGEXP '(^|[/.])env[\w.]*"?$' AND c.name IN ('echo', 'printf') AND c.text NOT REGEXP '(?i)secret|passw|token|key|credential|private|[$`%]')
  AND w.path NOT REGEXP '(?i)(/etc/passwd|\.pub$|\.crt$|\.csr$|cert\.pem$|chain\.pem$|\.ca\.pem|dh_?params?|public|example|template|sample|\.log$|\.sha256$|\.md5$|/dev/|(GITHUB|CI)_)';

-- Modes that scripts give to files, with whether they open a secret to others; folders and programs (x bits) left out.
CREATE VIEW script_secret_chmod AS
SELECT k.*, c.ordinal FROM shell_chmod k JOIN shell_command c ON c.id = k.command JOIN file f ON f.file = k.file
WHERE NOT f.is_test AND k.mode NOT REGEXP '^0?[0-7]*[1357][0-7]{0,2}$' AND k.mode NOT REGEXP 'x'
  AND k.path REGEXP '(?i)(\.key$|\.p12$|privkey|private[-_]?key|id_(rsa|ed25519|ecdsa)$|htpasswd|\.pgpass|(^|[/._-])\.?(env|passw(or)?ds?|secrets?|tokens?|credentials?)(\.(txt|env|prod|production))?$|(^|[/_-])secrets?/)'
  AND k.path NOT REGEXP '(?i)(\.pub$|\.crt$|\.csr$|public|example|template|sample|\.log$|\.sh$|\.py$|/$)';

-- What copies the data of a store away, and of which kind of store: dumps of one program, or tools that copy folders, volumes
-- and whole hosts (`any`).
CREATE TABLE data_copy(span, what, family) AS
WITH text AS MATERIALIZED (
  SELECT c.span, c.text, c.purpose, c.owner FROM shell_command c JOIN file f ON f.file = c.file
  WHERE NOT f.is_test AND (c.purpose = 'dump' OR c.text REGEXP '(?i)dump|backup|snapshot|export|barman|wal-g|mirror|rclone|restic|velero|borg|duplicati|kopia|neo4j-admin|\b(tar|rsync|cp|mc)\b')
  UNION ALL SELECT e.span, e.command, NULL, NULL FROM cron_entry e
  UNION ALL SELECT s.span, s.name || ' ' || coalesce(s.image_name, '') || ' ' || coalesce(s.command, ''), NULL, NULL FROM compose_service s
  UNION ALL SELECT w.span, w.name, NULL, NULL FROM k8s_workload w WHERE w.kind = 'CronJob'
), kind(family, pattern) AS (VALUES
  ('postgres', '(?i)pg_dump|pg_basebackup|pgbackrest|wal-g|barman|postgres[a-z-]*backup|pg[a-z-]*backup'), ('mysql', '(?i)mysqldump|mariadb-dump|xtrabackup|mysql[a-z-]*backup'),
  ('mongo', '(?i)mongodump|mongo[a-z-]*backup'), ('neo4j', '(?i)neo4j-admin|apoc\.export|neo4j[a-z-]*backup|backup[a-z_-]*neo4j'),
  ('qdrant', '(?i)/snapshots|qdrant[a-z_-]*(backup|snapshot)|(backup|snapshot)[a-z_-]*qdrant'), ('elasticsearch', '(?i)_snapshot'), ('opensearch', '(?i)_snapshot'),
  ('minio', '(?i)\bmc (mirror|cp)|rclone'), ('influxdb', '(?i)influxd? backup'), ('etcd', '(?i)snapshot save'),
  ('chroma', '(?i)chroma[a-z_-]*(backup|copy)|backup[a-z_-]*chroma|chroma[^ ]*\.tar'),
  ('any', '(?i)restic|velero|borg(matic)?\b|duplicati|rdiff-backup|volume-backup|docker-volume-backup|kopia|(tar -?[a-z]*c[a-z]*|rsync|cp -r|cp -a)\b.*(volumes?/|/var/lib/docker|backup)'))
SELECT min(t.span) AS span, min(t.text) AS what, k.family FROM kind k JOIN text t ON t.text REGEXP k.pattern GROUP BY k.family
UNION ALL
SELECT min(t.span), min(t.text), 'any' FROM text t WHERE t.purpose = 'dump' AND NOT t.text REGEXP '(?i)pg_dump|pg_basebackup|mysqldump|mariadb-dump|mongodump|redis|neo4j|/snapshots|\.sh\b' HAVING count(*) > 0
UNION ALL
SELECT min(f.span), min(f.name), 'any' FROM python_function f JOIN production_module m ON m.id = f.module
WHERE f.name REGEXP '(?i)(^|_)(backup|snapshot_database)' HAVING count(*) > 0;
