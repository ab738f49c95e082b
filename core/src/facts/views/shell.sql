-- Commands of shell scripts that are neither tests nor examples, with their script.
CREATE VIEW script_command AS
SELECT c.*, s.id AS script, s.path, s.folder, s.interpreter,
  s.path REGEXP '(?i)(^|[/._-])(dev|devel|development|local|demo|example|examples|sandbox)([/._-]|$)' AS is_development
FROM shell_command c JOIN shell_script s ON s.id = c.owner JOIN file f ON f.file = s.file
WHERE NOT f.is_test;

-- Scripts that roll out or update services, with the last command that does.
CREATE VIEW deployment_script AS
SELECT c.script, c.path, c.is_development, MAX(c.ordinal) AS ordinal, c.span, c.file, c.text
FROM script_command c
WHERE c.purpose = 'deploy' AND NOT c.in_substitution AND c.text NOT REGEXP '\breload\b|^(sudo )?(terraform|tofu|pulumi)\b|systemctl (re)?start docker\b|^(sudo )?supervisorctl\b'
  AND (c.text NOT REGEXP 'compose' OR c.text REGEXP ' up\b.*(\s-d\b|--detach|--wait)| restart\b| start\b')
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
  AND w.path REGEXP '(?i)(\.key$|\.pem$|\.p12$|privkey|private[-_]?key|id_(rsa|ed25519|ecdsa)$|htpasswd|\.pgpass|(^|[/._-])\.?(env|passw(or)?ds?|secrets?|tokens?|credentials?|api_?keys?)(\.(txt|env|prod|production|local))?"?$|(^|[/_-])secrets?/)'
  AND w.path NOT REGEXP '(?i)(\.pub$|\.crt$|\.csr$|cert\.pem$|chain\.pem$|\.ca\.pem|public|example|template|sample|\.log$|\.sha256$|\.md5$|/dev/|(GITHUB|CI)_)';

-- Modes that scripts give to files, with whether they open a secret to others; folders and programs (x bits) left out.
CREATE VIEW script_secret_chmod AS
SELECT k.*, c.ordinal FROM shell_chmod k JOIN shell_command c ON c.id = k.command JOIN file f ON f.file = k.file
WHERE NOT f.is_test AND k.mode NOT REGEXP '^0?[0-7]*[1357][0-7]{0,2}$' AND k.mode NOT REGEXP 'x'
  AND k.path REGEXP '(?i)(\.key$|\.p12$|privkey|private[-_]?key|id_(rsa|ed25519|ecdsa)$|htpasswd|\.pgpass|(^|[/._-])\.?(env|passw(or)?ds?|secrets?|tokens?|credentials?)(\.(txt|env|prod|production))?$|(^|[/_-])secrets?/)'
  AND k.path NOT REGEXP '(?i)(\.pub$|\.crt$|\.csr$|public|example|template|sample|\.log$|\.sh$|\.py$|/$)';
