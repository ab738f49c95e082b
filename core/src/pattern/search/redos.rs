//! Whether a regular expression may take exponential time: a repetition of something that itself repeats without a
//! fixed separator, as in `(a+)+` or `(a|a)*`.

/// Whether `regex` has such a repetition.
pub(super) fn is_vulnerable(regex: &str) -> bool {
    let bytes = regex.as_bytes();
    let mut open: Vec<Group> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => at = class_end(bytes, at),
            b'(' => open.push(Group { start: at, repeats: false, alternatives: false }),
            b'|' => open.last_mut().into_iter().for_each(|group| group.alternatives = true),
            b'*' | b'+' => open.last_mut().into_iter().for_each(|group| group.repeats = true),
            b')' => {
                let Some(group) = open.pop() else { return false };
                let repeated = is_unbounded(bytes, at + 1);
                if repeated && (group.repeats && is_loose(&regex[group.start + 1..at]) || overlaps(&group, regex, at)) {
                    return true;
                }
                if let Some(outer) = open.last_mut() {
                    outer.repeats |= repeated || group.repeats;
                }
            }
            _ => {}
        }
        at += 1;
    }
    false
}

struct Group {
    start: usize,
    repeats: bool,
    alternatives: bool,
}

fn class_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() && (bytes[at] != b']' || at == start + 1) {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

fn is_unbounded(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b'*' | b'+') => true,
        Some(b'{') => bytes[at..].iter().take_while(|byte| **byte != b'}').any(|byte| *byte == b','),
        _ => false,
    }
}

/// Whether the body of a group both begins and ends with something that repeats: `a+`, not `a+,`.
fn is_loose(body: &str) -> bool {
    let body = body.strip_prefix("?:").unwrap_or(body);
    body.ends_with(['+', '*', ')']) || body.split('|').any(|part| part.ends_with(['+', '*']))
}

/// Whether two alternatives of a group can match the same.
fn overlaps(group: &Group, regex: &str, end: usize) -> bool {
    let body = &regex[group.start + 1..end];
    let body = body.strip_prefix("?:").unwrap_or(body);
    let parts: Vec<&str> = body.split('|').collect();
    group.alternatives && parts.iter().enumerate().any(|(at, part)| parts[..at].contains(part))
}

#[cfg(test)]
mod tests {
    use super::is_vulnerable;

    #[test]
    fn nested_repetitions_are_vulnerable() {
        for regex in ["^(a+)+$", "(x*)*y", "([a-z]+)*", "(a|a)*b", "(?:\\d+)+"] {
            assert!(is_vulnerable(regex), "{regex}");
        }
        for regex in ["a+b+", "(ab)+", "(a+,)+", "[a+]+", "\\(a+\\)+", "("] {
            assert!(!is_vulnerable(regex), "{regex}");
        }
    }
}
