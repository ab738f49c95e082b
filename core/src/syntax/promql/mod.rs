//! PromQL: what an expression reads, what it does with it, and what it compares it to.
//!
//! `promql-parser` gives a tree of boxes without positions, so a text is refused before parsing when its size, its
//! nesting or its number of operators could cost stack or time.

mod read;

/// Longest expression that is parsed, in bytes.
const MAX_LENGTH: usize = 20_000;
/// Deepest nesting of parentheses, brackets and braces.
const MAX_NESTING: usize = 48;
/// Most operators, which chain to the left.
const MAX_OPERATORS: usize = 300;

/// What an expression says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Every selector, from left to right.
    pub selectors: Vec<Selector>,
    /// Every comparison with a number.
    pub comparisons: Vec<Comparison>,
    /// Every division of two vectors.
    pub divisions: Vec<Division>,
    /// Every `histogram_quantile`.
    pub quantiles: Vec<Quantile>,
    /// Names of the functions and aggregations used.
    pub functions: Vec<String>,
    /// Whether the expression gives a series only where a condition holds: it ends in a comparison, a set operation,
    /// `absent` or the like.
    pub has_condition: bool,
    /// The labels that the result can have; `None` where it keeps whatever its series have.
    pub kept_labels: Option<Vec<String>>,
    /// Labels that the result cannot have although its series may.
    pub dropped_labels: Vec<String>,
}

/// A selector of series.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selector {
    /// The metric; `None` where only matchers choose.
    pub metric: Option<String>,
    /// Its matchers, but for the one on the name.
    pub matchers: Vec<Matcher>,
    /// The innermost function around it, for example `rate`.
    pub function: Option<String>,
    /// The range in seconds.
    pub range: Option<f64>,
    /// The offset in seconds.
    pub offset: f64,
    /// Whether `absent` or `absent_over_time` asks for it.
    pub in_absent: bool,
    /// Whether it stands in a subquery.
    pub in_subquery: bool,
    /// Whether it is the right side of `unless` or a guard after `and`.
    pub is_guard: bool,
}

/// A matcher of a label.
#[derive(Debug, Clone, PartialEq)]
pub struct Matcher {
    /// The label.
    pub label: String,
    /// `=`, `!=`, `=~` or `!~`.
    pub operator: String,
    /// The value or regular expression.
    pub value: String,
}

/// A comparison of a vector with a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// `>`, `>=`, `<`, `<=`, `==` or `!=`, with the vector on the left.
    pub operator: String,
    /// The number.
    pub threshold: f64,
    /// Whether the vector is a quotient of vectors.
    pub is_ratio: bool,
    /// What the quotient is multiplied by; 1 where by nothing.
    pub scale: f64,
    /// The metric on the left, where there is one.
    pub metric: Option<String>,
    /// The metric that the vector is a share of: below its quotient, or times the number.
    pub limit: Option<String>,
}

/// A division of two vectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Division {
    /// Metric above.
    pub left: Option<String>,
    /// Metric below.
    pub right: Option<String>,
    /// Whether both sides are aggregated.
    pub is_aggregated: bool,
    /// Whether `on` or `ignoring` says how they meet.
    pub has_matching: bool,
    /// Whether the matchers of the two sides differ.
    pub differs: bool,
}

/// A `histogram_quantile`.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantile {
    /// The metric that it reads.
    pub metric: Option<String>,
    /// Whether an aggregation within it takes the label `le` away.
    pub drops_le: bool,
}

/// Reads an expression.
///
/// # Errors
/// Why it does not parse.
pub fn read(text: &str) -> Result<Reading, String> {
    refuse(text)?;
    let expression = promql_parser::parser::parse(text)?;
    Ok(read::read(&expression))
}

fn refuse(text: &str) -> Result<(), String> {
    if text.len() > MAX_LENGTH {
        return Err("the expression is too long to be read".into());
    }
    let (mut depth, mut operators, mut quote) = (0_usize, 0_usize, None);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(b'`'), _) => {}
            (Some(_), b'\\') => drop(bytes.next()),
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'(' | b'[' | b'{') => depth += 1,
            (None, b')' | b']' | b'}') => depth = depth.saturating_sub(1),
            (None, b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'<' | b'>' | b'=') => operators += 1,
            _ => {}
        }
        if depth > MAX_NESTING {
            return Err("the expression is nested too deep to be read".into());
        }
    }
    let words = text.split_ascii_whitespace().filter(|word| matches!(*word, "and" | "or" | "unless" | "atan2")).count();
    if operators + words > MAX_OPERATORS {
        return Err("the expression has too many operators to be read".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Reading {
        read(text).unwrap()
    }

    #[test]
    fn an_error_ratio() {
        let found = reading(
            "sum(rate(http_requests_total{status=~\"5..\"}[5m])) / sum(rate(http_requests_total[5m])) * 100 > 5",
        );
        let metrics: Vec<_> = found.selectors.iter().map(|s| s.metric.as_deref().unwrap()).collect();
        assert_eq!(metrics, ["http_requests_total", "http_requests_total"]);
        assert_eq!(found.selectors[0].function.as_deref(), Some("rate"));
        assert_eq!(found.selectors[0].range, Some(300.0));
        assert_eq!(found.selectors[0].matchers[0].operator, "=~");
        let comparison = &found.comparisons[0];
        assert_eq!((comparison.threshold, comparison.is_ratio, comparison.scale), (5.0, true, 100.0));
        assert!(found.divisions[0].is_aggregated && found.divisions[0].differs);
        assert!(found.has_condition);
        assert_eq!(found.kept_labels, Some(vec![]));
    }

    #[test]
    fn what_counts_as_a_condition() {
        for text in
            ["up == 0", "absent(up)", "a unless b", "a and b > 1", "(a > 1) * 2", "vector(1) > 0", "a > bool 0 == 1"]
        {
            assert!(reading(text).has_condition, "{text}");
        }
        for text in ["up", "rate(a[5m])", "a + b", "a or b", "a > bool 1"] {
            assert!(!reading(text).has_condition, "{text}");
        }
    }

    #[test]
    fn labels_that_remain() {
        assert_eq!(reading("sum by (job) (up) > 1").kept_labels, Some(vec!["job".to_owned()]));
        assert_eq!(reading("sum without (pod) (up)").dropped_labels, ["pod"]);
        assert_eq!(reading("up == 0").kept_labels, None);
        assert_eq!(reading("absent(up{job=\"a\"})").kept_labels, Some(vec!["job".to_owned()]));
        assert_eq!(reading("sum by (a) (x) * on (a) group_left (b) y").kept_labels, Some(vec!["a".into(), "b".into()]));
    }

    #[test]
    fn quantiles_without_le() {
        assert!(reading("histogram_quantile(0.9, sum by (job) (rate(a_bucket[5m])))").quantiles[0].drops_le);
        assert!(!reading("histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))").quantiles[0].drops_le);
        assert!(!reading("histogram_quantile(0.9, rate(a_bucket[5m]))").quantiles[0].drops_le);
    }

    #[test]
    fn bombs_are_refused() {
        assert!(read(&"(".repeat(100_000)).is_err());
        assert!(read(&format!("{}a", "-".repeat(5_000))).is_err());
        assert!(read(&vec!["a"; 5_000].join("+")).is_err());
        assert!(read(&vec!["a"; 2_000].join(" or ")).is_err());
        assert!(read("sum(").is_err());
        assert!(read("").is_err());
    }
}
