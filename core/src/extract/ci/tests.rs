use super::*;
use crate::extract::sample;

const WORKFLOW: &str = r#"name: CI
on:
  push: {branches: [main]}
  pull_request_target:
  schedule: [{cron: "0 3 * * 1"}]
permissions: {contents: read}
env:
  API_TOKEN: s8Kd0qPz1Lmn4RtV
jobs:
  test:
    runs-on: ubuntu-24.04
    services:
      db: {image: "postgres:16"}
    strategy:
      matrix: {python: ["3.11", "3.12"]}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "${{ matrix.python }}"}
      - name: Unit tests
        run: |
          pip install -r requirements.txt
          echo "${{ github.event.pull_request.title }}"
          pytest -q || true
        continue-on-error: true
  deploy:
    needs: [test, lint]
    if: github.ref == 'refs/heads/main'
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/build-push-action@0123456789012345678901234567890123456789
        with:
          push: true
          tags: |
            example/app:latest
            example/app:${{ github.sha }}
      - run: docker build -t app -f deploy/Dockerfile . && ./scripts/deploy.sh
        env: {KEY: "${{ secrets.DEPLOY_KEY }}"}
"#;

#[test]
fn a_workflow_with_services_matrix_and_images() {
    let files =
        [(".github/workflows/ci.yml", Artifact::GithubWorkflow, WORKFLOW), ("scripts/deploy.sh", Artifact::Shell, "")];
    insta::assert_snapshot!(sample::rows(&Ci, &files));
}

const PIPELINE: &str = r#"include:
  - local: /ci/base.yml
  - project: team/templates
    file: /deploy.yml
  - component: gitlab.example/ops/scan@1.2
stages: [lint, test, deploy]
variables: {DB_PASSWORD: s8Kd0qPz1Lmn4RtV}
default:
  image: python:3.12
.base: &base
  before_script: [pip install -r requirements.txt]
  allow_failure: true
lint:
  <<: *base
  stage: lint
  script:
    - ruff check .
unit:
  extends: .base
  needs: [lint, ghost]
  services: [{name: "postgres:latest", alias: db}]
  script:
    - |
      pytest -q
    - echo $CI_COMMIT_MESSAGE
deploy:
  stage: deploy
  environment: {name: production}
  rules:
    - if: $CI_COMMIT_BRANCH == "main"
      when: manual
  script: [./deploy.sh]
"#;

#[test]
fn a_pipeline_with_templates_and_stages() {
    let files = [(".gitlab-ci.yml", Artifact::GitlabCi, PIPELINE)];
    insta::assert_snapshot!(sample::rows(&Ci, &files));
}

#[test]
fn images_take_the_variables_of_their_job_then_of_the_pipeline() {
    let text = "variables: {PY: \"3.11\", BASE: \"python:${PY}\", LOOP: \"$LOOP$LOOP\"}\nimage: $BASE-slim\n\
                a: {variables: {PY: {value: \"3.13\"}}, image: \"$BASE\", services: [\"redis:$LOOP\"], script: [make]}\n\
                b: {image: \"node:${FROM_SETTINGS}-$\", script: [make]}\n";
    let rows = sample::rows(&Ci, &[(".gitlab-ci.yml", Artifact::GitlabCi, text)]);
    let images: Vec<&str> = rows.lines().filter(|row| row.contains("ci_image ")).collect();
    let has = |image: &str, certainty: &str| {
        images.iter().any(|row| row.contains(&format!("image=\"{image}\"")) && row.contains(certainty))
    };
    assert!(has("python:3.11-slim", "likely") && has("python:3.13", "likely"), "{images:#?}");
    assert!(has("node:${FROM_SETTINGS}-$", "unresolved"), "{images:#?}");
    assert!(images.iter().any(|row| row.contains("image=\"redis:$LOOP")), "{images:#?}");
}

#[test]
fn a_group_of_runners_is_told_from_labels() {
    let text = "on: push\njobs:\n  a: {runs-on: {group: big}, steps: []}\n  b: {runs-on: {group: big, labels: [self-hosted, gpu]}, steps: []}\n";
    let rows = sample::rows(&Ci, &[(".github/workflows/ci.yml", Artifact::GithubWorkflow, text)]);
    assert!(rows.contains("runs_on=\"group:big\"") && rows.contains("runs_on=\"self-hosted gpu\""), "{rows}");
}

#[test]
fn updaters_and_other_systems() {
    let dependabot =
        "version: 2\nupdates:\n- package-ecosystem: pip\n  directories: [/, /api]\n  schedule: {interval: weekly}\n";
    let files = [
        (".circleci/config.yml", Artifact::Yaml, "version: 2.1\n"),
        (".github/dependabot.yml", Artifact::Dependabot, dependabot),
        ("renovate.json", Artifact::Json, "{}"),
    ];
    insta::assert_snapshot!(sample::rows(&Ci, &files));
}

#[test]
fn odd_files_state_little_and_end() {
    let cycle = "a: {extends: b, script: [x]}\nb: {extends: a}\nc: {extends: [c, c, c]}\nd: &d {script: [*d]}\n";
    let jobs: String = (0..500).map(|at| format!("j{at}:\n  needs: [j{}]\n  steps: 7\n", at + 1)).collect();
    let many = format!("on: push\njobs:\n{}", jobs.replace("\n  ", "\n    ").replace('j', "  j"));
    let texts = [
        "",
        "[]",
        "on: [push, {a: b}]\njobs: x\n",
        "jobs: {a: {steps: [1, [], {run: [x]}, {uses: {}}]}}\n",
        cycle,
        &many,
        "${{",
    ];
    for text in texts {
        for kind in [Artifact::GithubWorkflow, Artifact::GithubAction, Artifact::GitlabCi, Artifact::Dependabot] {
            sample::rows(&Ci, &[("x.yml", kind, text)]);
        }
    }
}
