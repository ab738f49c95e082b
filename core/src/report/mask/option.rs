//! Passwords that a program takes with an option whose name tells nothing: `sshpass -p hunter2`, `redis-cli -a hunter2`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::placeholder::is_harmless;

/// The programs, which texts without their names need not be searched for.
pub(super) const PROGRAMS: [&str; 2] = ["sshpass", "redis-cli"];

static PASSWORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?x)\b(?: sshpass(?:\s+-[ve])*\s+-p\s* | redis-cli\b[^\n|;&]*?\s-a\s+ )(?: "([^"\n]*) | '([^'\n]*) | ([^\s"']+) )"#,
    )
    .ok()
});

/// Byte ranges of such passwords.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    if !PROGRAMS.iter().any(|program| text.contains(program)) {
        return Vec::new();
    }
    let found = PASSWORD.iter().flat_map(|syntax| syntax.captures_iter(text));
    let values = found.filter_map(|found| found.iter().skip(1).flatten().next());
    values.filter(|value| !is_harmless(value.as_str())).map(|value| value.range()).collect()
}
