-- Files of the tree that a Dockerfile copies out of a build context, tests left out.
CREATE TABLE dockerfile_holds_file(dockerfile, context, file, path, artifact) AS
WITH copied AS MATERIALIZED (
  SELECT DISTINCT st.dockerfile, p.context, p.path, p.state
  FROM dockerfile_copied_path p JOIN dockerfile_copy c ON c.id = p.copy JOIN dockerfile_stage st ON st.id = c.stage
  WHERE p.state IN ('file', 'folder')
)
SELECT p.dockerfile, p.context, f.file, f.path, f.artifact FROM copied p CROSS JOIN file f ON f.path = p.path WHERE NOT f.is_test
UNION
SELECT p.dockerfile, p.context, f.file, f.path, f.artifact
FROM copied p CROSS JOIN file f ON f.path BETWEEN p.path || '/' AND p.path || '0' WHERE p.state = 'folder' AND p.path <> '' AND NOT f.is_test
UNION
SELECT p.dockerfile, p.context, f.file, f.path, f.artifact
FROM copied p CROSS JOIN file f WHERE p.state = 'folder' AND p.path = '' AND NOT f.is_test;

-- Commands by which a script in the image gives up root.
CREATE VIEW dockerfile_drops_root AS
SELECT h.dockerfile, c.span, c.name AS program FROM dockerfile_holds_file h JOIN shell_command c ON c.file = h.file
WHERE h.artifact = 'shell' AND c.name IN ('gosu', 'su-exec', 'setpriv', 'runuser', 'chpst', 's6-setuidgid', 's6-applyuidgid')
UNION ALL
-- A script that the Dockerfile itself holds.
SELECT i.dockerfile, i.span, capture('\b(gosu|su-exec|setpriv|runuser|chpst)\b', text_of(i.span)) FROM dockerfile_instruction i
WHERE i.keyword IN ('COPY', 'RUN') AND i.text LIKE '%<<%' AND text_of(i.span) REGEXP '\bexec (gosu|su-exec|setpriv|runuser|chpst)\b';

-- Stages that images are made of: those that Compose files name as targets, else the last one.
CREATE TABLE shipped_stage(
    id, span, file, component, certainty, dockerfile, position, name, is_final, base, base_stage,
    image_name, image_tag, image_digest, known_image, known_base, known_tag_word, distribution,
    is_scratch, platform, user, user_span, is_root, drops_root, workdir, entrypoint, command, shell,
    role, path, folder
) AS
SELECT st.*, d.path, d.folder FROM dockerfile_stage st JOIN dockerfile d ON d.id = st.dockerfile
WHERE st.id IN (SELECT stage FROM service_is_built_from_stage)
   OR (st.is_final AND d.id NOT IN (SELECT dockerfile FROM service_is_built_from_stage));

-- Stages on an image that the tree itself builds under that name, by Compose or a build command, and the stage that it ends with.
CREATE TABLE local_base(stage, base, is_root, user, known_base, known_tag_word, image) AS
WITH named AS (
  SELECT s.image_name AS image, b.dockerfile FROM compose_service s JOIN service_is_built_from_stage b ON b.service = s.id WHERE s.image_name IS NOT NULL
  UNION
  SELECT capture('\s(?:-t|--tag)[= ]([^\s:$]+)', c.text), d.id FROM shell_command c JOIN shell_file_use u ON u.command = c.id AND u.role = 'dockerfile' JOIN dockerfile d ON d.path = u.path
  WHERE c.purpose = 'build_image'
)
SELECT st.id AS stage, e.id AS base, e.is_root, e.user, e.known_base, e.known_tag_word, e.base AS image
FROM named n JOIN dockerfile_stage st ON st.image_name = n.image JOIN dockerfile_stage e ON e.dockerfile = n.dockerfile AND e.is_final
WHERE st.known_image IS NULL AND st.dockerfile <> n.dockerfile
GROUP BY st.id;

-- Instructions of shipped stages and of the stages that they build on, with the stage that ships.
CREATE TABLE shipped_instruction(
    id, span, file, component, certainty, dockerfile, stage, position, keyword, text, form,
    is_known, user, workdir, shipped, role
) AS
WITH RECURSIVE layer(shipped, stage) AS (
  SELECT id, id FROM shipped_stage
  UNION
  SELECT l.shipped, st.base_stage FROM layer l JOIN dockerfile_stage st ON st.id = l.stage WHERE st.base_stage IS NOT NULL
)
SELECT i.*, l.shipped, st.role FROM layer l JOIN dockerfile_instruction i ON i.stage = l.stage JOIN dockerfile_stage st ON st.id = l.shipped;

-- Shell commands of `RUN`, with their instruction and stage.
CREATE TABLE run_command(
    id, span, file, component, certainty, owner, owner_kind, ordinal, name, subcommand, text,
    purpose, is_background, is_exec, in_function, in_condition, in_branch, in_loop, in_substitution,
    after_failure, or_else, pipeline, stage, stages, errexit, nounset, pipefail, image_stage,
    instruction, dockerfile, user, workdir, instruction_position, is_final, distribution, role
) AS
SELECT c.*, i.stage AS image_stage, i.id AS instruction, i.dockerfile, i.user, i.workdir, i.position AS instruction_position, st.is_final, st.distribution, st.role
FROM dockerfile_instruction i JOIN shell_command c ON c.owner = i.id JOIN dockerfile_stage st ON st.id = i.stage
WHERE i.keyword = 'RUN';

-- Stages whose start command serves or works until it is stopped, as far as it is known.
CREATE VIEW server_stage AS
SELECT st.* FROM shipped_stage st
WHERE EXISTS (SELECT 1 FROM dockerfile_port p WHERE p.stage = st.id)
   OR coalesce(st.entrypoint || ' ', '') || coalesce(st.command, '') REGEXP '(?i)(uvicorn|gunicorn|hypercorn|daphne|waitress|celery|flask run|runserver|next start|npm (run )?(start|serve)|yarn start|pnpm start|node |nginx|streamlit run|fastapi run|http\.server|supervisord|java -jar)'
   -- What a proxy is built on serves without a word.
   OR st.command IS NULL AND st.entrypoint IS NULL AND st.known_image IN (SELECT image FROM known_image WHERE kind = 'proxy')
   OR EXISTS (SELECT 1 FROM dockerfile_holds_file h JOIN shell_command c ON c.file = h.file
              WHERE h.dockerfile = st.dockerfile AND h.artifact = 'shell' AND instr(coalesce(st.entrypoint || ' ', '') || coalesce(st.command, ''), file_name(h.path))
                AND c.name IN ('uvicorn', 'gunicorn', 'hypercorn', 'daphne', 'celery', 'nginx', 'streamlit', 'supervisord', 'waitress-serve'));
