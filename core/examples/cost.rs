use std::collections::BTreeMap;
fn cpu() -> f64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|s| s.split(' ').next().and_then(|s| s.parse::<f64>().ok()))
        .unwrap_or(0.0)
        / 1e6
}
fn main() {
    let root = std::env::args().nth(1).unwrap();
    let list = std::env::args().nth(2).unwrap();
    let auditor = treeward::Auditor::builder().build().unwrap();
    let facts = auditor.facts(&root).unwrap();
    let text = std::fs::read_to_string(list).unwrap();
    let mut out: BTreeMap<String, (f64, f64, usize)> = BTreeMap::new();
    for part in text.split("\u{1e}") {
        let Some((name, sql)) = part.split_once('\n') else { continue };
        let mut rows = 0;
        let mut bad = false;
        let a = cpu();
        match facts.query(sql) {
            Ok(r) => rows = r.rows.len(),
            Err(_) => bad = true,
        }
        if bad {
            continue;
        }
        let first = cpu() - a;
        let (a, mut n) = (cpu(), 0);
        while cpu() - a < 40.0 && n < 40 {
            let _ = facts.query(sql);
            n += 1;
        }
        let min = (cpu() - a) / n as f64;
        out.insert(name.to_owned(), (first, min, rows));
    }
    let mut all: Vec<_> = out.into_iter().collect();
    all.sort_by(|a, b| b.1.1.total_cmp(&a.1.1));
    let total: f64 = all.iter().map(|x| x.1.1).sum();
    let firsts: f64 = all.iter().map(|x| x.1.0).sum();
    println!("total min {total:.1} first {firsts:.1}");
    for (name, (first, min, rows)) in all {
        println!("{min:8.2} {first:8.2} {rows:7} {name}");
    }
}
