//! What an edit in a session costs, beside the audit of the tree that it takes the place of.
//!
//! `cargo bench -p treeward --bench session_update`. Each edit puts in a text other than the one before.

#![allow(clippy::expect_used)] // a bench that cannot be set up must stop

mod tree;

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use treeward::{Auditor, RuleSet, Session};

use tree::{Tree, compose_text, module_text};

const MODULE: &str = "svc7/app/m3.py";
const COMPOSE: &str = "docker-compose.yml";
const PATTERNS: &str = "
rules:
- {id: shell, message: m, severity: ERROR, languages: [python], pattern: 'subprocess.run(..., shell=True)'}
- {id: run, message: m, severity: INFO, languages: [python], pattern: 'subprocess.run(...)'}
";

/// Puts in the other of two texts of one file.
fn edit(session: &mut Session, path: &str, texts: &mut [String; 2]) -> usize {
    texts.swap(0, 1);
    session.update(path, texts[0].as_str()).expect("the session takes the text").len()
}

fn session_update(criterion: &mut Criterion) {
    let tree = Tree::generate().expect("a temporary folder can be written");
    let mut group = criterion.benchmark_group("session_update");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);

    let auditor = Auditor::builder().threads(1).build().expect("rules compile");
    group.bench_function("fresh_audit", |bench| bench.iter(|| auditor.audit(tree.path())));
    let (module, compose) = (module_text(3), compose_text());
    let call = module.replacen("    return", "    subprocess.run(key, shell=True)\n    return", 1);
    let comment = format!("# The items of this service.\n{module}");
    let limited = compose.replacen("    restart:", "    mem_limit: 512m\n    restart:", 1);
    for (name, path, mut texts) in [
        ("call_in_code", MODULE, [module.clone(), call.clone()]),
        ("comment_in_code", MODULE, [module.clone(), comment]),
        ("key_in_compose", COMPOSE, [compose, limited]),
    ] {
        let mut session = auditor.session(tree.path()).expect("the tree can be read");
        group.bench_function(name, |bench| bench.iter(|| edit(&mut session, path, &mut texts)));
    }

    let rules = RuleSet::parse("bench.yaml", PATTERNS).expect("the rules of the bench are right");
    let patterns = Auditor::builder().rules(rules).threads(1).build().expect("rules compile");
    group.bench_function("one_file_under_patterns", |bench| bench.iter(|| patterns.scan_text(MODULE, &call)));
    let mut session = patterns.session(tree.path()).expect("the tree can be read");
    let mut texts = [module, call];
    group.bench_function("call_under_patterns", |bench| bench.iter(|| edit(&mut session, MODULE, &mut texts)));
    group.finish();
}

criterion_group!(benches, session_update);
criterion_main!(benches);
