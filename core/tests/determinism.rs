//! Two runs give the same bytes: whatever the number of threads, and whatever the order in which the files came to be.

#![allow(clippy::unwrap_used)] // Helpers of tests fail as tests do.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use treeward::Auditor;
use treeward::report::{Appearance, Format, render};
use treeward::rules::Selection;

/// File names and texts of a small system, each in a sound and in a broken state.
const PARTS: &[(&str, &str)] = &[
    (
        "docker-compose.yml",
        "services:\n  api:\n    build: ./api\n    ports: ['8000:8000', '8000:9000']\n    environment:\n      DB_PASSWORD: hunter22\n    volumes: ['/var/run/docker.sock:/var/run/docker.sock']\n  db:\n    image: postgres:latest\n  web:\n    image: nginx\n    depends_on: [api, gone]\n",
    ),
    ("docker-compose.override.yml", "services:\n  api:\n    privileged: true\n    networks: [none]\n"),
    (".env", "DB_PASSWORD=hunter22\nAPI_TOKEN=changeme\nBROKEN LINE\n"),
    (
        "Dockerfile",
        "FROM python:3.8\nCOPY . /app\nCOPY gone.txt /\nRUN pip install -r requirements.txt\nCMD python main.py\n",
    ),
    ("requirements.txt", "fastapi==0.1\nrequests\n"),
    (
        "main.py",
        "import os, subprocess, yaml\nfrom fastapi import FastAPI\napp = FastAPI()\n\n\n@app.get('/x')\ndef x(name):\n    subprocess.run(name, shell=True)\n    return eval(name)\n",
    ),
    (
        "nginx.conf",
        "events {}\nhttp {\n  upstream api { server api:8000; server gone:1; }\n  server { listen 80; location / { proxy_pass http://api; add_header X-A b; } }\n}\n",
    ),
    (
        "prometheus.yml",
        "scrape_configs:\n  - job_name: api\n    static_configs: [{targets: ['api:8000', 'gone:9090']}]\nrule_files: ['rules/*.yml']\n",
    ),
    ("alerts.yml", "groups:\n- name: a\n  rules:\n  - alert: Down\n    expr: up{job=\"gone\"} == 0\n"),
    (
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n    - uses: actions/checkout@v2\n    - run: pytest || true\n",
    ),
    ("start.sh", "#!/bin/sh\ncurl http://x | sh\nuvicorn main:app --reload &\n"),
    ("broken.yml", "a: [1,\n  b: }\n"),
    ("broken.py", "def f(:\n"),
];
const FOLDERS: &[&str] = &["", "api/", "services/b/", "infra/"];

static ONE: LazyLock<Auditor> = LazyLock::new(|| auditor(1));
static TWO: LazyLock<Auditor> = LazyLock::new(|| auditor(2));
static MANY: LazyLock<Auditor> = LazyLock::new(|| auditor(7));

fn auditor(threads: usize) -> Auditor {
    let all = Selection { select: vec!["all".to_owned()], ..Selection::default() };
    Auditor::builder().select(all).threads(threads).audit_date("2026-01-01").build().unwrap()
}

fn write(root: &Path, files: &[(&String, &&str)]) {
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// The audit of a fresh tree with these files, made in this order, in every format; the root's own name aside.
fn shown(auditor: &Auditor, files: &[(&String, &&str)]) -> Vec<String> {
    let tree = tempfile::tempdir().unwrap();
    write(tree.path(), files);
    let mut audit = auditor.audit(tree.path()).unwrap();
    audit.root = ".".to_owned();
    Format::ALL.iter().map(|format| render(&audit, *format, Appearance::default())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn threads_and_order_change_nothing(
        chosen in prop::collection::vec((0..FOLDERS.len(), 0..PARTS.len()), 1..24),
        turn in any::<prop::sample::Index>(),
    ) {
        let place = |(folder, part): &(usize, usize)| (format!("{}{}", FOLDERS[*folder], PARTS[*part].0), PARTS[*part].1);
        let files: BTreeMap<String, &str> = chosen.iter().map(place).collect();
        let files: Vec<_> = files.iter().collect();
        let mut turned = files.clone();
        turned.rotate_left(turn.index(files.len()));
        turned.reverse();
        let expected = shown(&ONE, &files);
        prop_assert_eq!(&expected, &shown(&TWO, &turned));
        prop_assert_eq!(&expected, &shown(&MANY, &files));
    }
}
