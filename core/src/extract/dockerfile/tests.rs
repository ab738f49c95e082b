//! Rows of Dockerfiles, as snapshots, and input that means harm.

use super::Dockerfile;
use crate::extract::sample;
use crate::source::Artifact;

const DOCKERFILE: &str = r#"# syntax=docker/dockerfile:1
ARG PYTHON=3.12
FROM python:${PYTHON}-slim AS base
ENV PYTHONUNBUFFERED=1 APP_HOME=/app
WORKDIR $APP_HOME

FROM base AS build
RUN apt-get update \
    # compilers
    && apt-get install -y --no-install-recommends gcc libpq-dev \
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt requirements/*.txt ./
RUN --mount=type=cache,target=/var/cache/pip pip install -r requirements.txt 'uvicorn[standard]==0.30.1'

FROM base AS runtime
ARG API_TOKEN=k3Jd92mQxT71bA0z
COPY --from=build --chown=app:app /usr/local /usr/local
COPY . .
RUN useradd -m app && chown -R app /app
USER app
EXPOSE 8000/tcp $PORT
HEALTHCHECK --interval=30s CMD curl -f http://localhost:8000/health || exit 1
ENTRYPOINT ["tini", "--"]
CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port=8000"]
"#;

fn tree() -> Vec<(&'static str, Artifact, &'static str)> {
    vec![
        ("api/.dockerignore", Artifact::DockerIgnore, ".git\n*.md\n"),
        ("api/.env", Artifact::DotEnv, "A=1\n"),
        ("api/Dockerfile", Artifact::Dockerfile, DOCKERFILE),
        ("api/app/main.py", Artifact::Python, ""),
        ("api/requirements.txt", Artifact::Requirements, ""),
        ("api/requirements/dev.txt", Artifact::Requirements, ""),
        ("docker-compose.yml", Artifact::Compose, "services: {api: {build: {context: ./api, target: runtime}}}\n"),
    ]
}

fn without_shell(rows: &str) -> String {
    rows.lines().filter(|line| !line.starts_with("shell_")).collect::<Vec<_>>().join("\n")
}

fn only(rows: &str, table: &str) -> String {
    let prefix = format!("{table} @");
    rows.lines().filter(|line| line.starts_with(&prefix)).collect::<Vec<_>>().join("\n")
}

fn one(text: &str) -> String {
    sample::rows(&Dockerfile, &[("Dockerfile", Artifact::Dockerfile, text)])
}

#[test]
fn a_build_of_three_stages_with_its_context() {
    insta::assert_snapshot!(without_shell(&sample::rows(&Dockerfile, &tree())));
}

#[test]
fn run_commands_are_shell_commands_with_places() {
    let rows = only(&sample::rows(&Dockerfile, &tree()), "shell_command");
    assert!(rows.contains("api/Dockerfile:11 \"rm -rf /var/lib/apt/lists/*\""), "{rows}");
    assert!(rows.contains("owner_kind=\"dockerfile_run\""), "{rows}");
}

#[test]
fn a_heredoc_is_a_script() {
    let rows = one("FROM debian\nRUN <<EOF\nset -e\napt-get update\nEOF\nRUN cat <<EOF > /x\nUSER root\nEOF\n");
    let commands = only(&rows, "shell_command");
    assert!(commands.contains("Dockerfile:4 \"apt-get update\""), "{commands}");
    assert!(!rows.contains("keyword=\"USER\""), "{rows}");
}

#[test]
fn users_come_from_instructions_stages_and_known_images() {
    let stage = |text: &str| only(&one(text), "dockerfile_stage").lines().last().unwrap_or_default().to_owned();
    assert!(stage("FROM python:3.12").contains(" is_root "));
    assert!(!stage("FROM gcr.io/distroless/python3-debian12:nonroot").contains(" is_root "));
    assert!(stage("FROM a AS x\nUSER 1000\nFROM x").contains("user=\"1000\""));
    assert!(stage("FROM acme/private").contains("base=\"acme/private\""));
    assert!(!stage("FROM acme/private").contains("user="));
    assert!(stage("FROM postgres:16").contains("drops_root"));
    assert!(stage("FROM debian\nARG U=app\nUSER ${U}:${U}").contains("user=\"app:app\""));
}

#[test]
fn an_unknown_base_is_unresolved() {
    assert!(only(&one("ARG BASE\nFROM ${BASE}\n"), "dockerfile_stage").contains("unresolved"));
}

#[test]
fn what_is_copied_is_looked_up_in_the_context() {
    let text = "FROM a\nCOPY missing.txt a.txt docs ../up /x/\nCOPY *.cfg b* /y/\nADD https://x/y.tgz /z\n";
    let files = [
        (".dockerignore", Artifact::DockerIgnore, "docs\n"),
        ("Dockerfile", Artifact::Dockerfile, text),
        ("a.txt", Artifact::Other, ""),
        ("b.txt", Artifact::Other, ""),
        ("docs/x.md", Artifact::Markdown, ""),
    ];
    let rows = only(&sample::rows(&Dockerfile, &files), "dockerfile_copied_path");
    let states: Vec<_> = rows.lines().filter_map(|line| line.split("state=\"").nth(1)?.split('"').next()).collect();
    assert_eq!(states, ["missing", "file", "ignored", "outside", "missing", "glob"], "{rows}");
}

#[test]
fn odd_texts_end() {
    for text in [
        "",
        "FROM",
        "FROM \nFROM x AS",
        "COPY",
        "COPY a",
        "RUN",
        "HEALTHCHECK",
        "HEALTHCHECK NONE",
        "ENV",
        "USER",
        "WORKDIR",
        "EXPOSE a-b/x",
        "FROM a AS b\nFROM b AS b\nFROM b",
        "RUN [\"a\"",
        "ONBUILD",
        "FROM 0",
        "COPY --from=9 a b",
    ] {
        one(text);
        one(&format!("FROM x\n{text}"));
    }
    one(&"FROM a\n".repeat(3_000));
    one(&format!("FROM a\nRUN {}", "$(".repeat(5_000)));
}
