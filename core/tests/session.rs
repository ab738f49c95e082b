//! The law of sessions: whatever was edited, a session says what an audit of the same tree would say if it were written
//! out, byte for byte, and each step names exactly the files whose findings became others.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)] // Helpers of tests fail as tests do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use treeward::report::Finding;
use treeward::rules::Selection;
use treeward::{Audit, Auditor, Error, RuleSet, Session};

/// A small system, as it stands on disk.
const TREE: &[(&str, &str)] = &[
    (
        "docker-compose.yml",
        "services:\n  api:\n    build: ./api\n    env_file: .env\n    ports: ['8000:8000']\n    environment:\n      DB_PASSWORD: hunter22\n    depends_on: [db]\n  db:\n    image: postgres:latest\n    volumes: ['data:/var/lib/postgresql/data']\n  web:\n    image: nginx:1.27\n    volumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro']\n    ports: ['80:80']\n  prometheus:\n    image: prom/prometheus:v2.50.0\n    volumes: ['./prometheus:/etc/prometheus']\nvolumes:\n  data:\n",
    ),
    (".env", "DB_PASSWORD=hunter22\nAPI_TOKEN=8c1f7be2a90d4e5fb3c6\nDEBUG=true\n"),
    (".gitignore", "*.log\nscratch/\n.env\n"),
    (
        "api/Dockerfile",
        "FROM python:3.8\nWORKDIR /app\nCOPY . /app\nRUN pip install -r requirements.txt\nCMD uvicorn app.main:app --reload\n",
    ),
    ("api/requirements.txt", "fastapi==0.95.0\nsqlalchemy\nredis\n"),
    (
        "api/app/main.py",
        "import os\nimport subprocess\n\nimport yaml\nfrom fastapi import FastAPI\n\nfrom .models import session\n\napp = FastAPI(debug=True)\n\n\n@app.get('/run')\ndef run(name: str):\n    subprocess.run(name, shell=True)\n    return yaml.load(open(name))\n\n\n@app.post('/user')\nasync def user(name: str):\n    return session.execute(f\"select * from user where name = '{name}'\")\n",
    ),
    (
        "api/app/models.py",
        "import os\n\nfrom sqlalchemy import create_engine\nfrom sqlalchemy.orm import Session\n\nengine = create_engine(os.environ['DATABASE_URL'], pool_size=5)\nsession = Session(engine)\n",
    ),
    ("api/app/__init__.py", ""),
    ("api/tests/test_main.py", "from app.main import app\n\n\ndef test_nothing():\n    assert app\n"),
    (
        "nginx.conf",
        "events {}\nhttp {\n  upstream api { server api:8000; }\n  server {\n    listen 80;\n    location / {\n      proxy_pass http://api;\n      add_header X-A b;\n    }\n  }\n}\n",
    ),
    (
        "prometheus/prometheus.yml",
        "scrape_configs:\n  - job_name: api\n    static_configs: [{targets: ['api:8000', 'gone:9090']}]\nrule_files: ['rules/*.yml']\n",
    ),
    ("prometheus/alerts.yml", "groups:\n- name: a\n  rules:\n  - alert: Down\n    expr: up{job=\"gone\"} == 0\n"),
    (
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n    - uses: actions/checkout@v2\n    - run: pytest || true\n",
    ),
    ("start.sh", "#!/bin/sh\ncurl http://x | sh\nuvicorn main:app --reload &\n"),
    ("node_modules/left/index.js", "eval(x)\n"),
];

/// Where files may come to stand that are not on disk.
const NEW: &[&str] = &[
    "api/app/jobs.py",
    "worker/main.py",
    "worker/Dockerfile",
    "worker/requirements.txt",
    "compose.override.yml",
    "prod.env",
    "k8s/app.yaml",
    "scratch/x.py",
    "debug.log",
    "node_modules/left/more.js",
    "package.json",
    "build/lib/a.py",
    "build/Dockerfile",
    "venv/pyvenv.cfg",
    "venv/a.py",
    "api/.gitignore",
    ".treewardignore",
    "old/docker-compose.yml",
    "logo.png",
];

/// Texts that a whole file may become.
const TEXTS: &[&str] = &[
    "",
    "\n",
    "import os\n\n\ndef job(name):\n    os.system('rm ' + name)\n    eval(name)\n",
    "services:\n  db:\n    privileged: true\n    ports: ['5432:5432']\n  cache:\n    image: redis\n",
    "FROM node:18\nUSER root\nADD https://x/y /z\nENV TOKEN=8c1f7be2a90d4e5fb3c6\n",
    "api/\n*.py\n",
    "!node_modules/\nprometheus/\n",
    "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, image: 'a:latest', securityContext: {privileged: true}}\n",
    "apiVersion: apps/v1\nkind: Depl",
    "A=1\nSECRET_KEY=django-insecure-0123456789abcdef\n",
    "{\"name\": \"web\", \"dependencies\": {\"next\": \"13\"}}\n",
    "x = 'é𝄞\u{2028}'  # treeward: ignore\n",
];

/// What is typed into a text.
const TYPED: &[&str] = &[
    "\n",
    " ",
    "  ",
    "\t",
    "x",
    "'",
    "\"",
    "{",
    "}",
    "[",
    ":",
    "#",
    "é𝄞",
    "\r\n",
    "-",
    "    subprocess.run(name, shell=True)\n",
    "import requests\n",
    "requests.get(url, verify=False)\n",
    "# a comment\n",
    "# treeward: ignore[python/unsafe-yaml-load] as the test wants\n",
    "  # nosemgrep\n",
    "    privileged: true\n",
    "    restart: always\n",
    "    mem_limit: 512m\n",
    "    healthcheck: {test: [CMD, 'true']}\n",
    "USER app\n",
    "HEALTHCHECK CMD true\n",
    "proxy_read_timeout 600s;\n",
    "DB_PASSWORD=${DB_PASSWORD}\n",
    "&a [*a, *a]",
    "<<: *a\n",
    "pydantic==1.10\n",
    "@app.get('/admin')\ndef admin():\n    return os.environ['ADMIN_TOKEN']\n",
];

/// Lines that say nothing in most formats.
const LINES: &[&str] = &["\n", "\n\n", "# a comment\n", "  # é𝄞\n", "#\n#\n"];

#[derive(Debug, Clone)]
enum Step {
    Replace {
        file: Index,
        from: Index,
        length: usize,
        typed: usize,
    },
    /// Before a line, what leaves most facts as they are.
    Line {
        file: Index,
        line: Index,
        typed: usize,
    },
    Whole {
        file: Index,
        text: usize,
    },
    New {
        path: usize,
        text: usize,
    },
    Remove {
        file: Index,
    },
    Close {
        file: Index,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let file = any::<Index>;
    prop_oneof![
        8 => (file(), any::<Index>(), prop_oneof![Just(0), 1..30usize, 0..400usize], 0..TYPED.len())
            .prop_map(|(file, from, length, typed)| Step::Replace { file, from, length, typed }),
        5 => (file(), any::<Index>(), 0..LINES.len()).prop_map(|(file, line, typed)| Step::Line { file, line, typed }),
        2 => (file(), 0..TEXTS.len()).prop_map(|(file, text)| Step::Whole { file, text }),
        3 => (0..NEW.len(), 0..TEXTS.len()).prop_map(|(path, text)| Step::New { path, text }),
        1 => file().prop_map(|file| Step::Remove { file }),
        1 => file().prop_map(|file| Step::Close { file }),
    ]
}

static ALL: LazyLock<Auditor> = LazyLock::new(|| {
    let all = Selection { select: vec!["all".to_owned()], ..Selection::default() };
    Auditor::builder().select(all).threads(2).audit_date("2026-01-01").build().unwrap()
});

static PATTERNS: LazyLock<Auditor> = LazyLock::new(|| {
    let rules = "
rules:
- {id: shell, message: 'a shell runs $C', severity: ERROR, languages: [python], pattern: 'subprocess.run($C, shell=True)'}
- {id: eval, message: eval, severity: ERROR, languages: [python], pattern: eval(...), metadata: {subject: '$F(...)'}}
- id: any-call
  message: 'calls $F'
  severity: INFO
  languages: [python]
  metadata: {covers: [shell]}
  pattern: $F(...)
- {id: env, message: 'reads $X', severity: INFO, languages: [python], pattern: \"os.environ[$X]\"}
- {id: privileged, message: p, severity: ERROR, languages: [yaml], pattern: 'privileged: true'}
- {id: word, message: w, severity: INFO, languages: [regex], pattern-regex: 'pass\\w+'}
";
    Auditor::builder().rules(RuleSet::parse("rules.yaml", rules).unwrap()).threads(2).build().unwrap()
});

/// A session over a tree on disk, and beside it the texts that the tree has by rights.
struct Editor<'a> {
    auditor: &'a Auditor,
    disk: tempfile::TempDir,
    session: Session,
    files: BTreeMap<String, String>,
    told: BTreeMap<String, Vec<Finding>>,
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
}

impl<'a> Editor<'a> {
    fn open(auditor: &'a Auditor) -> Self {
        let disk = tempfile::tempdir().unwrap();
        for (path, text) in TREE {
            write(disk.path(), path, text);
        }
        let mut session = auditor.session(disk.path()).unwrap();
        let told = by_file(session.audit().unwrap().findings);
        let files = TREE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self { auditor, disk, session, files, told }
    }

    /// Does the step, and holds the session to the law.
    fn apply(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let pick = |file: &Index| self.files.keys().nth(file.index(self.files.len())).unwrap().clone();
        let changes = match step {
            Step::Remove { file } => {
                let path = pick(file);
                self.files.remove(&path);
                self.session.remove(&path).unwrap()
            }
            Step::Close { file } => {
                let path = pick(file);
                match TREE.iter().find(|(known, _)| *known == path) {
                    Some((_, text)) => drop(self.files.insert(path.clone(), (*text).to_owned())),
                    None => drop(self.files.remove(&path)),
                }
                self.session.close(&path).unwrap()
            }
            Step::Whole { file, text } => self.update(pick(file), TEXTS[*text].to_owned()),
            Step::New { path, text } => self.update(NEW[*path].to_owned(), TEXTS[*text].to_owned()),
            Step::Line { file, line, typed } => {
                let path = pick(file);
                let mut text = self.files[&path].clone();
                let starts: Vec<usize> =
                    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
                text.insert_str(starts[line.index(starts.len())], LINES[*typed]);
                self.update(path, text)
            }
            Step::Replace { file, from, length, typed } => {
                let path = pick(file);
                let mut text = self.files[&path].clone();
                let bound = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
                let start = bound(from.index(text.len() + 1));
                let range = start..bound((start + length).min(text.len()));
                text.replace_range(range, TYPED[*typed]);
                self.update(path, text)
            }
        };
        self.hold(&changes)
    }

    fn update(&mut self, path: String, text: String) -> BTreeMap<String, Vec<Finding>> {
        let changes = self.session.update(&path, text.as_str()).unwrap();
        self.files.insert(path, text);
        changes
    }

    fn hold(&mut self, changes: &BTreeMap<String, Vec<Finding>>) -> Result<(), TestCaseError> {
        let audit = self.session.audit().unwrap();
        let expected = self.fresh();
        same(&audit, &expected)?;
        let after = by_file(expected.findings);
        let paths: BTreeSet<&String> = self.told.keys().chain(after.keys()).collect();
        let is_other = |path: &&String| self.told.get(*path) != after.get(*path);
        let differ: BTreeMap<String, Vec<Finding>> = paths
            .into_iter()
            .filter(is_other)
            .map(|path| (path.clone(), after.get(path).cloned().unwrap_or_default()))
            .collect();
        prop_assert_eq!(changes, &differ);
        for path in self.files.keys() {
            prop_assert_eq!(self.session.findings(path), after.get(path).map_or(&[][..], Vec::as_slice));
        }
        self.told = after;
        Ok(())
    }

    /// The audit of the same tree, written out. Where files are gone, their folders stay.
    fn fresh(&self) -> Audit {
        let tree = tempfile::tempdir().unwrap();
        for (path, _) in TREE {
            fs::create_dir_all(tree.path().join(path).parent().unwrap()).unwrap();
        }
        for (path, text) in &self.files {
            write(tree.path(), path, text);
        }
        let mut audit = self.auditor.audit(tree.path()).unwrap();
        audit.root = self.disk.path().display().to_string();
        audit
    }
}

fn by_file(findings: Vec<Finding>) -> BTreeMap<String, Vec<Finding>> {
    let mut by_file: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        by_file.entry(finding.location.path.clone()).or_default().push(finding);
    }
    by_file
}

/// As JSON, part by part, so that a difference can be read.
fn same(session: &Audit, fresh: &Audit) -> Result<(), TestCaseError> {
    let (session, fresh) = (serde_json::to_value(session).unwrap(), serde_json::to_value(fresh).unwrap());
    for (part, expected) in fresh.as_object().unwrap() {
        let told = &session[part];
        match (told.as_array(), expected.as_array()) {
            (Some(told), Some(expected)) => {
                for (one, two) in told.iter().zip(expected) {
                    prop_assert_eq!(one, two, "{}", part);
                }
                prop_assert_eq!(told.len(), expected.len(), "{}", part);
            }
            _ => prop_assert_eq!(told, expected, "{}", part),
        }
    }
    prop_assert_eq!(session.to_string(), fresh.to_string());
    Ok(())
}

/// So many cases, or as many as `PROPTEST_CASES` says.
fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { default } else { ProptestConfig { cases, ..default } }
}

fn edited(auditor: &Auditor, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut editor = Editor::open(auditor);
    steps.iter().try_for_each(|step| editor.apply(step))
}

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn edits_in_a_session_equal_a_fresh_audit(steps in prop::collection::vec(step(), 1..12)) {
        edited(&ALL, &steps)?;
    }
}

proptest! {
    #![proptest_config(config(32))]

    #[test]
    fn edits_under_pattern_rules_equal_a_fresh_audit(steps in prop::collection::vec(step(), 1..12)) {
        edited(&PATTERNS, &steps)?;
    }
}

fn refusal<T>(result: Result<T, Error>) -> String {
    match result {
        Err(error @ Error::Refused { .. }) => error.to_string(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("taken"),
    }
}

#[test]
fn paths_out_of_the_tree_and_paths_of_no_file_are_refused() {
    let mut session = Editor::open(&PATTERNS);
    let session = &mut session.session;
    for (path, why) in [
        ("../a.py", "outside"),
        ("api/../../a.py", "outside"),
        ("/etc/passwd", "outside"),
        ("", "names no file"),
        (".", "names no file"),
        ("api", "is a folder"),
        ("api/app/main.py/x.py", "`api/app/main.py` is a file"),
    ] {
        for refused in [refusal(session.update(path, "")), refusal(session.remove(path)), refusal(session.close(path))]
        {
            assert!(refused.contains(why) && refused.contains(path), "{path}: {refused}");
        }
        assert!(session.findings(path).is_empty());
    }
    session.update("new/a.py", "").unwrap();
    assert!(refusal(session.update("new", "")).contains("is a folder"));
    assert!(refusal(session.update("new/a.py/b", "")).contains("`new/a.py` is a file"));
}

#[test]
fn a_path_may_be_spelled_in_several_ways() {
    let mut editor = Editor::open(&PATTERNS);
    let absolute = editor.disk.path().join("api/app/jobs.py");
    for path in [absolute.as_path(), Path::new("./api/app/jobs.py"), Path::new("api/x/../app/jobs.py")] {
        let changes = editor.session.update(path, "eval(x)").unwrap();
        assert_eq!(changes.keys().collect::<Vec<_>>(), ["api/app/jobs.py"]);
        assert_eq!(editor.session.findings(path).len(), 2);
        editor.session.close(path).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_lead_to_the_file_that_is_read_or_are_refused() {
    use std::os::unix::fs::symlink;
    let mut editor = Editor::open(&PATTERNS);
    let outside = tempfile::tempdir().unwrap();
    symlink("api/app", editor.disk.path().join("link")).unwrap();
    symlink(outside.path(), editor.disk.path().join("out")).unwrap();
    symlink("nowhere", editor.disk.path().join("loose.py")).unwrap();
    let changes = editor.session.update("link/main.py", "eval(x)").unwrap();
    assert_eq!(changes.keys().collect::<Vec<_>>(), ["api/app/main.py"]);
    assert!(refusal(editor.session.update("out/a.py", "")).contains("leads out of the tree"));
    assert!(refusal(editor.session.update("loose.py", "")).contains("symbolic link"));
}

#[test]
fn texts_that_no_audit_reads_are_refused_and_change_nothing() {
    let mut editor = Editor::open(&PATTERNS);
    let before = serde_json::to_string(&editor.session.audit().unwrap()).unwrap();
    assert!(refusal(editor.session.update("api/app/main.py", "a\0b")).contains("binary"));
    let large = "x".repeat((2 << 20) + 1);
    assert!(refusal(editor.session.update("api/app/main.py", large)).contains("more than the bound"));
    assert_eq!(serde_json::to_string(&editor.session.audit().unwrap()).unwrap(), before);
}

#[test]
fn a_file_that_an_audit_leaves_out_may_be_edited_and_says_nothing() {
    let mut editor = Editor::open(&PATTERNS);
    for path in ["scratch/x.py", "node_modules/left/index.js", "venv/pyvenv.cfg", ".git/config"] {
        assert!(editor.session.update(path, "eval(x)").unwrap().is_empty(), "{path}");
    }
}

#[test]
fn what_changed_on_disk_is_seen_when_it_is_told() {
    let mut editor = Editor::open(&PATTERNS);
    write(editor.disk.path(), "api/app/models.py", "eval(x)\n");
    assert!(editor.session.update("start.sh", "#!/bin/sh\n").unwrap().is_empty());
    let changes = editor.session.close("api/app/models.py").unwrap();
    assert_eq!(changes["api/app/models.py"][0].rule_id, "any-call");
    fs::remove_file(editor.disk.path().join("api/app/models.py")).unwrap();
    assert!(editor.session.close("api/app/models.py").unwrap()["api/app/models.py"].is_empty());
}

#[test]
fn a_single_file_can_be_a_tree() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.py", "eval(x)\n");
    let mut session = PATTERNS.session(folder.path().join("a.py")).unwrap();
    assert_eq!(session.findings("a.py").len(), 2);
    assert!(session.update("b.py", "eval(x)\n").unwrap().is_empty());
    assert!(session.update("a.py", "\u{feff}x = 1\n").unwrap()["a.py"].is_empty());
    assert!(session.remove("a.py").unwrap().is_empty());
    assert_eq!(session.close("a.py").unwrap()["a.py"].len(), 2);
}

#[test]
fn an_edit_changes_what_is_found_in_other_files() {
    let mut editor = Editor::open(&ALL);
    let before = editor.session.findings("prometheus/prometheus.yml").len();
    let text = TREE[0].1.replace("volumes:\n  data:", "  gone:\n    image: acme/gone:1\nvolumes:\n  data:");
    let changes = editor.session.update("docker-compose.yml", text).unwrap();
    assert_eq!(changes["prometheus/prometheus.yml"].len() + 1, before);
}
