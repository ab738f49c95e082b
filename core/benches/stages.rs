//! What each stage of an audit costs, on a tree that is generated the same every time.
//!
//! `cargo bench -p treeward`, or `cargo bench -p treeward -- parse` for one stage. Throughput is in bytes of source text.

#![allow(clippy::expect_used)] // a bench that cannot be set up must stop

mod tree;

use std::hint::black_box;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use treeward::source::{WalkOptions, collect};
use treeward::syntax::{python, yaml};
use treeward::{Auditor, RuleSet};

use tree::{Tree, compose_text, module_text};

/// A rule for each way in which a file can be told from its bytes: a literal that is everywhere, and one that is nowhere.
const COMMON: &str = "rules: [{id: common, message: m, severity: ERROR, languages: [python], pattern: 'subprocess.run(..., shell=True)'}]";
const ABSENT: &str =
    "rules: [{id: absent, message: m, severity: ERROR, languages: [python], pattern: 'telnetlib.Telnet(...)'}]";

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
