use super::*;
use crate::extract::sample;

const DEPLOY: &str = r#"#!/usr/bin/env bash
set -euo pipefail
umask 077
cd "$(dirname "$0")/.."
source ./scripts/lib.sh
DB_PASSWORD=hunter2correct
if [ ! -f secrets/db.key ]; then
  openssl rand -hex 32 > secrets/db.key
  chmod 644 secrets/db.key
fi
docker compose -f docker-compose.yml -f deploy/prod.yml up -d --build
docker compose exec -T api alembic upgrade head || true
pg_dump app | gzip > "/backups/$(date +%F).gz"
python -m app.worker &
exec uvicorn app.main:app --host 0.0.0.0
"#;

#[test]
fn a_deployment_script_with_the_files_that_it_names() {
    let files = [
        ("deploy/prod.yml", Artifact::Compose, ""),
        ("docker-compose.yml", Artifact::Compose, ""),
        ("scripts/deploy.sh", Artifact::Shell, DEPLOY),
        ("scripts/lib.sh", Artifact::Shell, "log() { echo \"$@\"; }\n"),
    ];
    insta::assert_snapshot!(sample::rows(&Shell, &files));
}

#[test]
fn a_makefile_gives_its_targets() {
    let text = "test: lint\n\tpytest -q\nlint:\n\t-ruff check .\n\tdocker compose up -d\n";
    let files = [("compose.yaml", Artifact::Compose, ""), ("Makefile", Artifact::Makefile, text)];
    insta::assert_snapshot!(sample::rows(&Shell, &files));
}

#[test]
fn odd_texts_state_no_more_than_their_script() {
    for text in ["", "\u{0}", "if", "((((", "\t\t:", ":\n\t", "a\\\n", "x:\\", "\t@-+"] {
        for (path, kind) in [("a.sh", Artifact::Shell), ("Makefile", Artifact::Makefile)] {
            sample::rows(&Shell, &[(path, kind, text)]);
        }
    }
}

#[test]
fn an_f_after_the_verb_of_compose_or_of_docker_names_no_file() {
    let text = "docker compose -f a.yml rm -f web\ndocker rm -f web\ndocker build -f D .\n";
    let files = [
        ("x.sh", Artifact::Shell, text),
        ("a.yml", Artifact::Compose, "services: {}\n"),
        ("D", Artifact::Dockerfile, "FROM a\n"),
    ];
    let rows = sample::rows(&Shell, &files);
    let uses: Vec<&str> = rows.lines().filter(|line| line.starts_with("shell_file_use")).collect();
    assert_eq!(uses.len(), 2, "{uses:?}");
}
