//! What each stage of an audit costs, on a tree that is generated the same every time.
//!
//! `cargo bench -p treeward`, or `cargo bench -p treeward -- parse` for one stage. Throughput is in bytes of source text.

#![allow(clippy::expect_used)] // a bench that cannot be set up must stop

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use treeward::source::{WalkOptions, collect};
use treeward::syntax::{python, yaml};
use treeward::{Auditor, RuleSet};

const SERVICES: usize = 40;
const MODULES: usize = 20;

/// A rule for each way in which a file can be told from its bytes: a literal that is everywhere, and one that is nowhere.
const COMMON: &str = "rules: [{id: common, message: m, severity: ERROR, languages: [python], pattern: 'subprocess.run(..., shell=True)'}]";
const ABSENT: &str =
    "rules: [{id: absent, message: m, severity: ERROR, languages: [python], pattern: 'telnetlib.Telnet(...)'}]";

struct Tree {
    folder: tempfile::TempDir,
    bytes: u64,
}

impl Tree {
    /// Services with code, a Dockerfile and requirements each, and one Compose project over them.
    fn generate() -> std::io::Result<Self> {
        let mut tree = Self { folder: tempfile::tempdir()?, bytes: 0 };
        for service in 0..SERVICES {
            for module in 0..MODULES {
                tree.write(&format!("svc{service}/app/m{module}.py"), &module_text(module))?;
            }
            tree.write(&format!("svc{service}/requirements.txt"), "fastapi==0.115.0\nsqlalchemy>=2\nhttpx\n")?;
            tree.write(
                &format!("svc{service}/Dockerfile"),
                "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD [\"python\", \"-m\", \"app.m0\"]\n",
            )?;
        }
        tree.write("docker-compose.yml", &compose_text())?;
        Ok(tree)
    }

    fn write(&mut self, path: &str, text: &str) -> std::io::Result<()> {
        let path = self.path().join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        self.bytes += text.len() as u64;
        fs::write(path, text)
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

fn module_text(module: usize) -> String {
    let mut text =
        String::from("import subprocess\nimport httpx\nfrom fastapi import APIRouter\n\nrouter = APIRouter()\n\n");
    for at in 0..30 {
        text.push_str(&format!(
            "@router.get(\"/items/{module}/{at}\")\nasync def item_{at}(key: str, limit: int = 10) -> dict:\n    \
             async with httpx.AsyncClient(timeout=5) as client:\n        reply = await client.get(f\"http://svc{at}/{{key}}\")\n    \
             subprocess.run([\"convert\", key, str(limit)], check=True)\n    return {{\"key\": key, \"value\": reply.json()}}\n\n\n"
        ));
    }
    text
}

fn compose_text() -> String {
    let mut text = String::from("services:\n");
    for service in 0..SERVICES {
        text.push_str(&format!(
            "  svc{service}:\n    build: ./svc{service}\n    ports: [\"{}:8000\"]\n    environment:\n      - DATABASE_URL=postgres://db/app\n    \
             depends_on: [db]\n    restart: unless-stopped\n",
            9000 + service
        ));
    }
    text.push_str(
        "  db:\n    image: postgres:16\n    volumes: [\"data:/var/lib/postgresql/data\"]\nvolumes:\n  data:\n",
    );
    text
}

fn one_thread(rules: Option<&str>) -> Auditor {
    let builder = Auditor::builder().threads(1);
    let builder = match rules {
        Some(text) => builder.rules(RuleSet::parse("bench.yaml", text).expect("the rules of the bench are right")),
        None => builder,
    };
    builder.build().expect("rules compile")
}

fn stages(criterion: &mut Criterion) {
    let tree = Tree::generate().expect("a temporary folder can be written");
    let mut group = criterion.benchmark_group("stage");
    group.sampling_mode(SamplingMode::Flat).sample_size(20).throughput(Throughput::Bytes(tree.bytes));

    group.bench_function("walk", |bench| bench.iter(|| collect(tree.path(), &WalkOptions::default())));

    let prefilter = one_thread(Some(ABSENT));
    group.bench_function("prefilter", |bench| bench.iter(|| prefilter.scan(tree.path())));

    let matching = one_thread(Some(COMMON));
    group.bench_function("match", |bench| bench.iter(|| matching.scan(tree.path())));

    let auditor = one_thread(None);
    group.bench_function("facts", |bench| bench.iter(|| auditor.facts(tree.path())));
    group.bench_function("audit", |bench| bench.iter(|| auditor.audit(tree.path())));
    group.finish();

    let facts = auditor.facts(tree.path()).expect("the tree can be read");
    criterion.bench_function("query", |bench| {
        bench.iter(|| facts.query("SELECT artifact, count(*), sum(size) FROM file GROUP BY artifact"));
    });
    criterion.bench_function("compile", |bench| bench.iter(|| one_thread(None)));
}

fn parsers(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    let module = module_text(0);
    group.throughput(Throughput::Bytes(module.len() as u64));
    group.bench_function("python", |bench| bench.iter(|| python::parse(black_box(&module))));
    let compose = compose_text();
    group.throughput(Throughput::Bytes(compose.len() as u64));
    group.bench_function("yaml", |bench| bench.iter(|| yaml::Document::parse(black_box(&compose))));
    group.finish();
}

criterion_group!(benches, parsers, stages);
criterion_main!(benches);
