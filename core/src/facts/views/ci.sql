-- Scripts of the tree that a script starts or reads in, by itself or through others.
CREATE TABLE called_script(caller, path) AS
WITH RECURSIVE direct(caller, path) AS (
  SELECT DISTINCT t.path, u.path FROM shell_script t JOIN shell_file_use u ON u.owner = t.id WHERE u.role IN ('script', 'source') AND u.path IS NOT NULL AND u.path <> t.path
), called(caller, path) AS (
  SELECT caller, path FROM direct UNION SELECT c.caller, d.path FROM called c JOIN direct d ON d.caller = c.path
)
SELECT caller, path FROM called;

-- What the steps of pipelines do: by the action that they use, by their commands, and by the scripts, make targets,
-- local actions and local workflows that they call (`is_indirect`).
CREATE TABLE ci_activity(span, file, certainty, workflow, job, step, command, purpose, what, is_indirect) AS
SELECT s.span, s.file, s.certainty, s.workflow, s.job, s.id AS step, NULL AS command, s.purpose, s.uses AS what, 0 AS is_indirect
FROM ci_step s WHERE s.uses IS NOT NULL AND s.purpose IS NOT NULL
UNION ALL
SELECT c.span, c.file, c.certainty, s.workflow, s.job, s.id, c.id, c.purpose, c.text, 0
FROM shell_command c JOIN ci_step s ON s.id = c.owner WHERE c.owner_kind = 'ci_step' AND c.purpose IS NOT NULL
UNION ALL
SELECT k.span, k.file, k.certainty, s.workflow, s.job, s.id, NULL, c.purpose, k.text || ': ' || c.text, 1
FROM ci_step s JOIN shell_file_use u ON u.owner = s.id JOIN shell_command k ON k.id = u.command
JOIN shell_script t ON t.path = u.path JOIN shell_command c ON c.owner = t.id WHERE c.purpose IS NOT NULL
UNION ALL
-- What scripts do that such a script calls in turn, as far as it checks something.
SELECT k.span, k.file, k.certainty, s.workflow, s.job, s.id, NULL, c.purpose, k.text || ': ' || r.path || ': ' || c.text, 1
FROM ci_step s JOIN shell_file_use u ON u.owner = s.id JOIN shell_command k ON k.id = u.command
JOIN called_script r ON r.caller = u.path JOIN shell_script t ON t.path = r.path JOIN shell_command c ON c.owner = t.id
WHERE c.purpose IN ('test', 'lint', 'typecheck', 'audit', 'secret_scan', 'coverage')
UNION ALL
SELECT k.span, k.file, k.certainty, s.workflow, s.job, s.id, NULL, c.purpose, k.text || ': ' || c.text, 1
FROM ci_step s JOIN shell_command k ON k.owner = s.id AND k.name = 'make'
JOIN make_target t ON t.name = k.subcommand JOIN shell_command c ON c.owner = t.id WHERE c.purpose IS NOT NULL
UNION ALL
-- A script of a package.json: the tools are known by their names.
SELECT k.span, k.file, k.certainty, s.workflow, s.job, s.id, NULL,
  CASE WHEN n.command REGEXP '\b(jest|vitest|mocha|ava|jasmine|karma|playwright test|cypress run|node --test|react-scripts test|ng test|tap)\b' THEN 'test' ELSE 'lint' END,
  k.text || ': ' || n.command, 1
FROM shell_command k JOIN ci_step s ON s.id = k.owner JOIN npm_script n ON n.name = capture('^(?:npm|pnpm|yarn|bun) (?:-\S+ )*(?:run(?:-script)? )?([\w:-]+)', k.text)
WHERE k.owner_kind = 'ci_step' AND k.purpose IS NULL AND k.name IN ('npm', 'pnpm', 'yarn', 'bun')
  AND n.command REGEXP '\b(jest|vitest|mocha|ava|jasmine|karma|playwright test|cypress run|node --test|react-scripts test|ng test|tap|eslint|prettier|biome|stylelint)\b'
UNION ALL
SELECT s.span, s.file, s.certainty, s.workflow, s.job, s.id, NULL, i.purpose, s.uses || ': ' || COALESCE(i.run, i.uses), 1
FROM ci_step s JOIN ci_workflow a ON a.path IN (substr(s.uses, 3) || '/action.yml', substr(s.uses, 3) || '/action.yaml')
JOIN ci_step i ON i.workflow = a.id WHERE s.uses LIKE './%' AND i.purpose IS NOT NULL
UNION ALL
SELECT j.span, j.file, j.certainty, j.workflow, j.id, NULL, NULL, i.purpose, j.uses || ': ' || COALESCE(i.run, i.uses), 1
FROM ci_job j JOIN ci_workflow a ON a.path = substr(j.uses, 3)
JOIN ci_step i ON i.workflow = a.id WHERE j.uses LIKE './%' AND i.purpose IS NOT NULL
UNION ALL
-- The called workflow may itself test and check by a script, a make target or an action of the tree; what such a script starts
-- is no deployment of the caller.
SELECT j.span, j.file, j.certainty, j.workflow, j.id, NULL, NULL, i.purpose, j.uses || ': ' || s.uses || ': ' || COALESCE(i.run, i.uses), 1
FROM ci_job j JOIN ci_workflow a ON a.path = substr(j.uses, 3) JOIN ci_step s ON s.workflow = a.id AND s.uses LIKE './%'
JOIN ci_workflow b ON b.path IN (substr(s.uses, 3) || '/action.yml', substr(s.uses, 3) || '/action.yaml')
JOIN ci_step i ON i.workflow = b.id WHERE j.uses LIKE './%' AND i.purpose IN ('test', 'lint', 'typecheck', 'audit', 'secret_scan', 'coverage')
UNION ALL
SELECT j.span, j.file, j.certainty, j.workflow, j.id, NULL, NULL, c.purpose, j.uses || ': ' || k.text || ': ' || c.text, 1
FROM ci_job j JOIN ci_workflow a ON a.path = substr(j.uses, 3) JOIN ci_step s ON s.workflow = a.id
JOIN shell_file_use u ON u.owner = s.id JOIN shell_command k ON k.id = u.command
JOIN shell_script t ON t.path = u.path JOIN shell_command c ON c.owner = t.id WHERE j.uses LIKE './%' AND c.purpose IN ('test', 'lint', 'typecheck', 'audit', 'secret_scan', 'coverage')
UNION ALL
SELECT j.span, j.file, j.certainty, j.workflow, j.id, NULL, NULL, c.purpose, j.uses || ': ' || k.text || ': ' || c.text, 1
FROM ci_job j JOIN ci_workflow a ON a.path = substr(j.uses, 3) JOIN ci_step s ON s.workflow = a.id
JOIN shell_command k ON k.owner = s.id AND k.name = 'make'
JOIN make_target t ON t.name = k.subcommand JOIN shell_command c ON c.owner = t.id WHERE j.uses LIKE './%' AND c.purpose IN ('test', 'lint', 'typecheck', 'audit', 'secret_scan', 'coverage');

-- Steps that test, lint, check types, audit or search for secrets, with what keeps their failure from failing the pipeline.
CREATE VIEW ci_check AS
SELECT a.span, a.file, a.certainty, a.workflow, a.job, a.step, a.purpose, a.what, a.is_indirect, j.key AS job_key,
  CASE
    WHEN j.ignores_failure = 'true' THEN 'the whole job is allowed to fail'
    WHEN s.ignores_failure = 'true' AND NOT EXISTS (
      -- A later step asks how it ended, and fails for it.
      SELECT 1 FROM ci_step n WHERE n.job = s.job AND n.ordinal > s.ordinal AND s.key IS NOT NULL AND (n.condition LIKE '%steps.' || s.key || '.outcome%' OR n.run LIKE '%steps.' || s.key || '.outcome%')
        AND n.run REGEXP '\bexit [1-9$]|\bfalse\b|setFailed') THEN 'the step is allowed to fail'
    WHEN c.or_else REGEXP '^(true|:|exit 0)' THEN '`|| ' || c.or_else || '` swallows its failure'
    WHEN c.or_else REGEXP '^[({ ]*(echo|printf)' AND NOT c.or_else REGEXP 'exit|return|false' THEN '`|| echo` swallows its failure'
    WHEN c.stage + 1 < c.stages AND NOT c.pipefail THEN 'it stands before a pipe without `pipefail`'
    WHEN c.id IS NOT NULL AND NOT c.errexit AND NOT c.in_condition AND EXISTS (
      SELECT 1 FROM shell_command n WHERE n.owner = c.owner AND n.ordinal > c.ordinal AND NOT n.in_branch)
      -- The status is kept for what decides later.
      AND NOT EXISTS (SELECT 1 FROM shell_command n JOIN shell_assignment v ON v.command = n.id AND v.value LIKE '%$?%'
                      WHERE n.owner = c.owner AND n.ordinal = c.ordinal + 1)
      THEN '`set +e` is in force and a later command decides'
    WHEN c.text LIKE '%--exit-zero%' AND NOT EXISTS (
      SELECT 1 FROM shell_command n WHERE n.owner = c.owner AND n.name = c.name AND n.text NOT LIKE '%--exit-zero%')
      THEN '`--exit-zero` hides what it finds'
  END AS masked_by,
  CASE WHEN j.ignores_failure LIKE '%${{%' AND NOT j.is_partly_ignored THEN 1
       WHEN s.ignores_failure LIKE '%${{%' AND s.ignores_failure NOT LIKE '%matrix.%' THEN 1 ELSE 0 END AS may_be_masked
FROM ci_activity a LEFT JOIN ci_job j ON j.id = a.job LEFT JOIN ci_step s ON s.id = a.step
LEFT JOIN shell_command c ON c.id = a.command
WHERE a.purpose IN ('test', 'lint', 'typecheck', 'audit', 'secret_scan') AND NOT COALESCE(j.is_disabled, 0) AND NOT COALESCE(j.is_template, 0)
  AND (s.name IS NULL OR s.name NOT REGEXP '(?i)benchmark|experimental|upload|report') AND a.what NOT REGEXP '--benchmark|^codspeed'
  AND COALESCE(j.name || ' ', '') || COALESCE(j.key, '') NOT REGEXP '(?i)benchmark|experimental'
  -- What the step itself writes first is no test of the tree.
  AND NOT EXISTS (SELECT 1 FROM shell_write w WHERE w.owner = c.owner AND w.path LIKE '%.py' AND instr(c.text, w.path) > 0);

-- Jobs that deploy or publish more than documentation and notes by themselves when the default branch changes, what they do, and a test that gates them.
CREATE VIEW ci_deployment AS
SELECT j.*, MIN(a.what) AS what, MIN(a.span) AS activity, w.name AS workflow_name,
  COALESCE((SELECT MIN(k.span) FROM ci_check k WHERE k.job = j.id AND k.purpose = 'test' AND k.masked_by IS NULL),
           (SELECT MIN(k.span) FROM ci_order o JOIN ci_check k ON k.job = o.earlier
            WHERE o.job = j.id AND k.purpose = 'test' AND k.masked_by IS NULL)) AS tested_by
FROM ci_activity a JOIN ci_job j ON j.id = a.job JOIN ci_workflow w ON w.id = j.workflow
WHERE a.purpose IN ('deploy', 'publish') AND a.what NOT REGEXP 'gh-pages|deploy-pages|gh-deploy|action-gh-release|actions/create-release|release-drafter|release-please|^gh release' AND NOT j.is_disabled AND NOT j.is_manual AND NOT j.is_template
  AND NOT (a.what REGEXP '^(sudo )?(docker[ -]compose|systemctl|supervisorctl|pm2)' AND COALESCE(j.runs_on, '') REGEXP '^(ubuntu|macos|windows)-')
  -- A job for tests starts what it tests.
  AND NOT (j.key || ' ' || COALESCE(j.name, '') REGEXP '(?i)(^|[-_ ])(e2e|tests?|testing|smoke|integration|playwright|cypress)([-_ ]|$)' AND j.key || ' ' || COALESCE(j.name, '') NOT REGEXP '(?i)(^|[-_ ])(deploy|release|publish|rollout)([-_ ]|$)'
           AND a.what REGEXP '^(sudo )?(docker[ -]compose|systemctl|supervisorctl|pm2|kubectl|helm)')
  AND NOT (COALESCE(j.condition, '') REGEXP 'event_name == .workflow_dispatch.' AND j.condition NOT LIKE '%||%')
  AND COALESCE(j.condition, '') NOT REGEXP 'refs/tags|pull_request|CI_COMMIT_TAG|github.event.release|merge_request_event'
  AND (w.system = 'gitlab' OR EXISTS (SELECT 1 FROM ci_trigger t WHERE t.workflow = w.id AND t.event = 'push'
                                      AND (t.tags IS NULL OR t.branches IS NOT NULL)))
GROUP BY j.id;

-- Jobs that push an image by themselves when the default branch changes, and a test that gates them.
CREATE VIEW ci_image_push AS
WITH pushed AS (
  SELECT a.job, a.what FROM ci_activity a WHERE a.purpose = 'push_image'
  UNION ALL
  SELECT s.job, s.uses FROM ci_step s JOIN ci_input i ON i.step = s.id AND i.name = 'push' AND (i.value = 'true' OR i.value REGEXP 'pull_request') WHERE s.uses LIKE 'docker/build-push-action@%'
)
SELECT j.*, MIN(p.what) AS what,
  COALESCE((SELECT MIN(k.span) FROM ci_check k WHERE k.job = j.id AND k.purpose = 'test' AND k.masked_by IS NULL),
           (SELECT MIN(k.span) FROM ci_order o JOIN ci_check k ON k.job = o.earlier
            WHERE o.job = j.id AND k.purpose = 'test' AND k.masked_by IS NULL)) AS tested_by
FROM pushed p JOIN ci_job j ON j.id = p.job JOIN ci_workflow w ON w.id = j.workflow
WHERE w.system = 'github' AND NOT j.is_disabled AND NOT j.is_manual AND NOT j.is_template
  -- Images that a pipeline of tests hands from job to job.
  AND w.path NOT REGEXP '(?i)(^|[-_./])(e2e|tests?|playwright|cypress)([-_.]|$)'
  AND COALESCE(j.condition, '') NOT REGEXP 'refs/tags|== .pull_request|github.event.release|workflow_dispatch|workflow_run'
  AND EXISTS (SELECT 1 FROM ci_trigger t WHERE t.workflow = w.id AND t.event = 'push' AND (t.tags IS NULL OR t.branches IS NOT NULL))
GROUP BY j.id;

-- Pipelines whose tests may stand in files that are not in the tree: remote includes, callees elsewhere, systems not read.
CREATE TABLE ci_hidden_part(span, file, reason) AS
SELECT w.span, w.file, 'pipeline ' || w.path || ' has parts outside of the tree' AS reason FROM ci_workflow w WHERE w.is_partial
UNION ALL
SELECT u.span, u.file, 'the called workflow ' || u.action || ' is not in the tree' FROM ci_use u WHERE u.kind = 'workflow';

-- Contexts whose text anybody can write who opens an issue or a pull request, or (`is_input`) who may start the workflow.
CREATE VIEW github_untrusted_text AS
SELECT c.*, w.path, c.context LIKE 'inputs.%' OR c.context LIKE 'github.event.inputs.%' AS is_input
FROM ci_context_use c JOIN ci_workflow w ON w.id = c.workflow
WHERE (c.context REGEXP '^github\.(head_ref|event\.((issue|pull_request|discussion|comment|review|review_comment)\.(title|body)|pull_request\.head\.(ref|label|repo\.(default_branch|description|homepage))|(head_commit|commits\.\*|workflow_run\.head_commit)\.(message|(author|committer)\.(name|email))|workflow_run\.(head_branch|display_title)|pages\.\*\.page_name|client_payload\.))'
       OR c.context LIKE 'inputs.%' OR c.context LIKE 'github.event.inputs.%')
  AND c.expression NOT REGEXP '(?i)^\s*(contains|startsWith|endsWith)\s*\(' AND NOT (c.expression REGEXP '[!=]=' AND c.expression NOT REGEXP '\|\|');

-- Workflows that hold a writable token or secrets while somebody from outside decides when, or on what, they run.
CREATE VIEW github_privileged_workflow AS
SELECT w.*, MIN(t.span) AS trigger_span, MIN(t.event) AS event
FROM ci_workflow w JOIN ci_trigger t ON t.workflow = w.id
WHERE t.event IN ('pull_request_target', 'workflow_run', 'issue_comment') GROUP BY w.id;
