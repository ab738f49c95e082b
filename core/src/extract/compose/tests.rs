//! Rows of whole projects, as snapshots, and input that means harm.

use super::Compose;
use crate::extract::sample;
use crate::source::Artifact;

/// The rows that the extractor states of a tree.
fn rows(tree: &[(&str, &str)]) -> String {
    let mut files: Vec<(&str, Artifact, &str)> =
        tree.iter().map(|(path, text)| (*path, crate::source::classify(path, text), *text)).collect();
    files.sort_unstable_by_key(|file| file.0);
    sample::rows(&Compose, &files)
}

fn only(rows: &str, tables: &[&str]) -> String {
    let is_wanted = |line: &&str| tables.iter().any(|table| line.starts_with(&format!("{table} @")));
    rows.lines().filter(is_wanted).collect::<Vec<_>>().join("\n")
}

const BASE: &str = r#"version: "3.8"
name: shop
x-logging: &logging
  logging:
    driver: json-file
    options: {max-size: 10m, max-file: "3"}
x-limits: &limits
  deploy:
    resources:
      limits: {memory: 512M, cpus: "0.5"}
      reservations: {memory: 128M}
services:
  api:
    <<: [*logging, *limits]
    build:
      context: ./api
      dockerfile: Dockerfile
      target: runtime
      args: [GIT_SHA, "PIP_TOKEN=${PIP_TOKEN}"]
    image: shop/api:${TAG:-latest}
    environment:
      - DATABASE_URL=postgres://app:${DB_PASSWORD:?set it}@db:5432/shop
      - SECRET_KEY=${SECRET_KEY:-changeme}
      - LOG_LEVEL
    env_file: .env
    ports:
      - "127.0.0.1:8000:8000"
      - 9000-9001:9000-9001/udp
    depends_on:
      db: {condition: service_healthy}
      cache: {condition: service_started, required: false}
    secrets:
      - db_password
      - {source: signing_key, target: /run/key, mode: 0444, uid: "1000"}
    volumes:
      - ./api:/app:ro
      - uploads:/data
      - type: bind
        source: ./missing.conf
        target: /etc/app.conf
        read_only: true
    healthcheck:
      test: ["CMD-SHELL", "curl -fsS http://localhost:8000/health || exit 1"]
      interval: 30s
      timeout: 5s
      retries: 3
    networks: [front, back]
    command: gunicorn -w 4 --bind=0.0.0.0:8000 app:app
  db:
    image: postgres:16-alpine
    volumes: [pg:/var/lib/postgresql/data]
    networks: {back: {aliases: [database]}}
    privileged: true
    cap_add: [SYS_ADMIN]
  cache:
    image: docker.io/library/redis@sha256:0000
    tmpfs: /data:size=64m
    command: ["redis-server", "--maxmemory", "256mb"]
    profiles: [full]
volumes: {pg: {}, uploads: {external: true, name: shop_uploads}, unused: {}}
networks: {front: {}, back: {internal: true}}
secrets:
  db_password: {file: ./secrets/db.txt}
  signing_key: {environment: SIGNING_KEY}
"#;

#[test]
fn a_project_with_anchors_interpolation_and_both_forms_of_everything() {
    let tree = [
        (".env", "DB_PASSWORD=k3Jd92mQxT71bA\nTAG=1.4.2\n"),
        (".env.example", "DB_PASSWORD=\nSECRET_KEY=\n"),
        ("api/Dockerfile", "FROM python:3.12-slim\n"),
        ("docker-compose.yml", BASE),
        ("secrets/db.txt", "x\n"),
    ];
    insta::assert_snapshot!(rows(&tree));
}

#[test]
fn comments_of_a_file_tell_what_it_is_laid_over() {
    let over = "# docker compose -f docker-compose.yml -f docker-compose.gpu.yml up -d\nservices:\n  web:\n    build: {args: {GPU: 1}}\n";
    let tree =
        [("docker-compose.yml", "services:\n  web:\n    image: web\n    build: .\n"), ("docker-compose.gpu.yml", over)];
    let projects = only(&rows(&tree), &["compose_project"]);
    assert!(projects.contains("files=\"docker-compose.yml, docker-compose.gpu.yml\""), "{projects}");
    assert!(!projects.contains("files=\"docker-compose.gpu.yml\""), "{projects}");
}

#[test]
fn an_override_appends_lists_and_merges_mappings() {
    let base = "services:\n  web:\n    image: a:1\n    ports: [\"80:80\"]\n    environment: {A: '1', B: '2'}\n    command: [x, y]\n    cap_add: [NET_RAW]\n    volumes: ['./a:/data']\n    networks: [one]\nnetworks: {one: {}, two: {}}\n";
    let over = "services:\n  web:\n    ports: [\"443:443\"]\n    environment: [B=3]\n    command: z\n    cap_add: !reset []\n    volumes: ['./b:/data']\n    networks: !override [two]\n";
    let tree = [("docker-compose.yml", base), ("docker-compose.override.yml", over)];
    let tables = [
        "compose_port",
        "compose_environment",
        "compose_setting",
        "compose_mount",
        "compose_service_network",
        "compose_argument",
    ];
    insta::assert_snapshot!(only(&rows(&tree), &tables));
}

#[test]
fn extends_and_include_are_followed_with_paths_of_their_own_files() {
    let tree = [
        (
            "app/docker-compose.yml",
            "include: [../db/compose.yml]\nservices:\n  web:\n    extends: {file: ../common/base.yml, service: python}\n    image: web:1\n    depends_on: [db]\n",
        ),
        ("common/base.yml", "services:\n  python:\n    env_file: base.env\n    mem_limit: 1g\n    restart: always\n"),
        ("common/base.env", "A=1\n"),
        ("db/compose.yml", "services:\n  db:\n    image: postgres\n    volumes: [./data:/var/lib/postgresql/data]\n"),
    ];
    let files: Vec<_> = tree
        .iter()
        .map(|(path, text)| {
            let artifact = if path.ends_with(".env") { Artifact::DotEnv } else { Artifact::Compose };
            (*path, artifact, *text)
        })
        .collect();
    let rows = sample::rows(&Compose, &files);
    let tables = [
        "compose_project",
        "compose_project_file",
        "compose_service",
        "compose_mount",
        "compose_env_file",
        "compose_reference",
        "compose_depends_on",
    ];
    insta::assert_snapshot!(only(&rows, &tables));
}

#[test]
fn files_that_scripts_start_together_are_one_project() {
    let tree = [
        ("Makefile", "up:\n\tdocker compose -f base.yml -f extra.yml up -d\n"),
        ("base.yml", "services:\n  a: {image: x}\n"),
        ("extra.yml", "services:\n  a: {mem_limit: 1g}\n"),
    ];
    let files: Vec<_> = tree
        .iter()
        .map(|(path, text)| {
            let artifact = if *path == "Makefile" { Artifact::Makefile } else { Artifact::Compose };
            (*path, artifact, *text)
        })
        .collect();
    let rows = sample::rows(&Compose, &files);
    assert!(only(&rows, &["compose_project"]).contains("files=\"base.yml, extra.yml\""), "{rows}");
    assert!(only(&rows, &["compose_service"]).contains("memory_limit=1073741824"), "{rows}");
}

#[test]
fn a_folder_of_overlays_is_laid_over_the_base_above() {
    let tree = [
        ("compose.yaml", "services:\n  a: {image: x}\nvolumes: {sites: {}}\n"),
        ("overrides/compose.db.yaml", "services:\n  db: {image: mysql, volumes: ['sites:/s'], depends_on: [a]}\n"),
        ("overrides/compose.proxy.yaml", "services:\n  proxy: {image: caddy}\n"),
        (
            "README.md",
            "    docker compose -f compose.yaml \\\n      -f overrides/compose.proxy.yaml \\\n      -f overrides/compose.db.yaml up\n",
        ),
    ];
    let projects = only(&rows(&tree), &["compose_project"]);
    assert!(
        projects.contains("files=\"compose.yaml, overrides/compose.proxy.yaml, overrides/compose.db.yaml\""),
        "{projects}"
    );
    assert!(!projects.contains("files=\"overrides/"), "{projects}");
    let references = only(&rows(&tree), &["compose_reference"]);
    assert!(!references.contains("missing"), "{references}");
}

#[test]
fn one_definition_is_judged_in_the_project_closest_to_production() {
    for overlay in ["docker-compose.prod.yml", "docker-compose.deploy.yml"] {
        let tree = [
            ("docker-compose.yml", "services:\n  a: {image: x}\n"),
            ("docker-compose.override.yml", "services:\n  a: {volumes: ['.:/app']}\n"),
            (overlay, "services:\n  a: {restart: always}\n"),
        ];
        let services = only(&rows(&tree), &["compose_service"]);
        let lines: Vec<&str> = services.lines().collect();
        assert_eq!(lines.len(), 2, "{services}");
        assert!(
            lines.iter().all(|line| line.contains("restart=\"always\"") != line.contains("is_shadowed")),
            "{services}"
        );
    }
}

#[test]
fn cycles_end_in_a_problem() {
    let extends = "services:\n  a: {extends: b}\n  b: {extends: a}\n  c: {extends: {file: other.yml, service: c}}\n";
    let tree = [
        ("compose.yml", extends),
        ("other.yml", "services:\n  c: {extends: {file: compose.yml, service: c}}\n"),
        ("x/compose.yml", "include: [../y/compose.yml]\n"),
        ("y/compose.yml", "include: [../x/compose.yml]\nservices: {z: {image: q}}\n"),
    ];
    let rows = rows(&tree);
    assert!(rows.contains("kind=\"cycle\""), "{rows}");
    let services = only(&rows, &["compose_service"]);
    assert!(
        services.lines().filter(|line| line.contains("name=\"a\"")).all(|line| line.contains("unresolved")),
        "{services}"
    );
}

#[test]
fn paths_out_of_the_tree_are_unknown() {
    let text = "services:\n  a:\n    extends: {file: ../../x.yml, service: a}\n    image: q\n    env_file: ../../.env\n    volumes: ['../../etc:/x']\n    build: ../..\n";
    let rows = rows(&[("compose.yml", text)]);
    assert!(rows.contains("lies outside of the tree"), "{rows}");
    assert!(only(&rows, &["compose_mount"]).contains("source_state=\"outside\""), "{rows}");
    assert!(only(&rows, &["compose_build"]).contains("context_state=\"outside\""), "{rows}");
}

#[test]
fn alias_bombs_are_told_and_cost_little() {
    let mut text = String::from("a0: &a0 {k: v}\n");
    for at in 1..40 {
        let alias = format!("*a{}", at - 1);
        text.push_str(&format!("a{at}: &a{at} [{alias}, {alias}, {alias}, {alias}]\n"));
    }
    text.push_str("services:\n  web: {image: x, environment: *a39}\n");
    let rows = rows(&[("compose.yml", &text)]);
    assert!(only(&rows, &["compose_file"]).contains("unresolved"), "{rows}");
}

#[test]
fn ten_thousand_documents_are_bounded() {
    let text = "services: {a: {image: x}}\n---\n".repeat(10_000);
    let rows = rows(&[("docker-compose.yml", &text)]);
    assert!(only(&rows, &["compose_file"]).contains("unresolved"), "{}", &rows[..500]);
    assert_eq!(only(&rows, &["compose_service"]).lines().count(), 1);
}

#[test]
fn odd_shapes_state_what_can_be_stated() {
    for text in [
        "services: []",
        "services: {a: null, b: 3, c: [x]}",
        "services: {a: {ports: 80, volumes: {x: y}, environment: 3, depends_on: 7, networks: 1, healthcheck: x}}",
        "services: {a: {ports: [{}, [], null], volumes: [null, {}], build: {}, env_file: [null, 3], secrets: [{}]}}",
        "services: {a: {healthcheck: {test: [CMD]}, command: [], entrypoint: null}}",
        "- a\n- b\n",
        "services: {? {x: y} : 3}",
        "include: 3\nservices: {a: {image: ''}}",
        "\u{0}",
    ] {
        sample::rows(&Compose, &[("docker-compose.yml", Artifact::Compose, text)]);
    }
}
