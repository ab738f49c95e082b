//! `treeward test`: rules against their annotated tests.

use std::fmt::Write as _;

use treeward::Verdict;
use treeward::engine::{Mark, RuleTest, test_rules};

use crate::arguments::TestOptions;
use crate::console::Console;
use crate::failure::Failure;

pub(crate) fn run(options: &TestOptions, console: &mut Console) -> Result<u8, Failure> {
    let report = test_rules(&options.paths)?;
    let mut shown = String::new();
    let failed: Vec<&RuleTest> = report.tests.iter().filter(|test| !test.is_passed()).collect();
    for test in &failed {
        let _ = writeln!(shown, "FAILED  {}  {}", test.rule, test.target.display());
        for mark in &test.missing {
            let _ =
                writeln!(shown, "  - {}: expected {}, and the rule did not say so", place(mark), word(mark.verdict));
        }
        for mark in &test.unexpected {
            let _ = writeln!(shown, "  + {}: {} was not expected", place(mark), word(mark.verdict));
        }
        for problem in &test.problems {
            let _ = writeln!(shown, "  ! {problem}");
        }
    }
    for rule in &report.untested {
        let _ = writeln!(shown, "untested  {rule}");
    }
    let (passed, lines) =
        (report.tests.len() - failed.len(), report.tests.iter().map(|test| test.expected).sum::<usize>());
    let untested = report.untested.len();
    let _ = writeln!(shown, "{passed} passed, {} failed, {untested} untested; {lines} lines expected", failed.len());
    console.write(&shown)?;
    Ok(u8::from(!failed.is_empty()))
}

fn place(mark: &Mark) -> String {
    format!("{}:{}", mark.path, mark.line)
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "a finding",
        Verdict::Pass => "`pass`",
        Verdict::Unknown => "`unknown`",
        Verdict::NotApplicable => "nothing",
    }
}
