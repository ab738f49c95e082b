//! Where the bytes of an excerpt stand in its file: a YAML block scalar loses its indentation when it is read.

/// Maps byte offsets of an excerpt to byte offsets of its file.
#[derive(Debug, Clone)]
pub struct Places {
    /// Pairs (offset in the excerpt, offset in the file) from which on both run in step.
    steps: Vec<(usize, usize)>,
}

impl Places {
    /// The excerpt stands in the file as it is, from byte `offset` on.
    pub fn at(offset: usize) -> Self {
        Self { steps: vec![(0, offset)] }
    }

    /// The excerpt is put together: from each first offset on, it runs in step with the file from the second.
    pub fn of_steps(steps: Vec<(usize, usize)>) -> Self {
        Self { steps: if steps.is_empty() { vec![(0, 0)] } else { steps } }
    }

    /// The places of what follows the excerpt's first `bytes`.
    pub fn after(&self, bytes: usize) -> Self {
        let mut steps = vec![(0, self.in_file(bytes))];
        steps.extend(self.steps.iter().filter(|step| step.0 > bytes).map(|step| (step.0 - bytes, step.1)));
        Self { steps }
    }

    /// Aligns a scalar's `value` with its `written` form, which begins at byte `offset` of the file. Blanks, line
    /// folding, quotes and escapes may differ; where the two cannot be aligned, the last common place holds.
    pub fn of_scalar(value: &str, written: &str, offset: usize) -> Self {
        let mut steps = Vec::new();
        let (value, written) = (value.as_bytes(), written.as_bytes());
        let mut at = header_len(written);
        for (index, &byte) in value.iter().enumerate() {
            let here = next_match(written, at, byte);
            if steps.last().is_none_or(|&(from, to)| index - from != (offset + here) - to) {
                steps.push((index, offset + here));
            }
            at = (here + 1).min(written.len());
        }
        Self { steps: if steps.is_empty() { vec![(0, offset)] } else { steps } }
    }

    /// The place in the file of the excerpt's byte `at`.
    pub fn in_file(&self, at: usize) -> usize {
        let index = self.steps.partition_point(|&(from, _)| from <= at).saturating_sub(1);
        self.steps.get(index).map_or(at, |&(from, to)| to + at.saturating_sub(from))
    }
}

/// The `|-` or `>` line of a block scalar, or the opening quote.
fn header_len(written: &[u8]) -> usize {
    match written.first() {
        Some(b'|' | b'>') => memchr::memchr(b'\n', written).map_or(written.len(), |at| at + 1),
        Some(b'"' | b'\'') => 1,
        _ => 0,
    }
}

/// The first place from `at` on where `byte` is written, over blanks and backslashes only.
fn next_match(written: &[u8], at: usize, byte: u8) -> usize {
    let mut here = at;
    while let Some(&found) = written.get(here) {
        let escaped_newline = byte == b'\n' && found == b'n' && here > at && written.get(here - 1) == Some(&b'\\');
        let folded = byte == b' ' && found == b'\n';
        if found == byte || escaped_newline || folded {
            return here;
        }
        let may_skip = found.is_ascii_whitespace() || found == b'\\' || found == b'\'';
        if !may_skip {
            return at;
        }
        here += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_block_is_found_behind_its_indentation() {
        let written = "|\n      make test\n        nested\n      done";
        let value = "make test\n  nested\ndone\n";
        let places = Places::of_scalar(value, written, 100);
        for word in ["make", "test", "nested", "done"] {
            let expected = 100 + written.find(word).unwrap();
            assert_eq!(places.in_file(value.find(word).unwrap()), expected, "{word}");
        }
    }

    #[test]
    fn quotes_folding_and_escapes_are_stepped_over() {
        let written = "\"echo \\\"a\\\"\n    b\\nc\"";
        let value = "echo \"a\" b\nc";
        let places = Places::of_scalar(value, written, 0);
        assert_eq!(places.in_file(value.find("b\n").unwrap()), written.find("b\\n").unwrap());
        assert_eq!(places.in_file(value.find('c').map(|_| value.len() - 1).unwrap()), written.len() - 2);
    }
}
