//! One walk over the parsed expression. Depth is bounded before parsing.

use promql_parser::label::{MatchOp, Matcher as ParsedMatcher};
use promql_parser::parser::{
    AggregateExpr, BinaryExpr, Call, Expr, LabelModifier, Offset, VectorMatchCardinality, VectorSelector,
};

use super::{Comparison, Division, Matcher, Quantile, Reading, Selector};

/// What surrounds a part of an expression.
#[derive(Debug, Clone, Copy, Default)]
struct Around<'e> {
    function: Option<&'e str>,
    in_absent: bool,
    in_subquery: bool,
    is_guard: bool,
}

/// Reads a whole expression.
pub(super) fn read(expression: &Expr) -> Reading {
    let mut reading = Reading::default();
    walk(expression, Around::default(), &mut reading);
    reading.has_condition = has_condition(expression);
    let labels = labels(expression);
    reading.kept_labels = labels.kept;
    reading.dropped_labels = labels.dropped;
    reading.functions.sort_unstable();
    reading.functions.dedup();
    reading
}

fn walk<'e>(expression: &'e Expr, around: Around<'e>, reading: &mut Reading) {
    match expression {
        Expr::VectorSelector(selector) => reading.selectors.push(read_selector(selector, None, around)),
        Expr::MatrixSelector(matrix) => {
            reading.selectors.push(read_selector(&matrix.vs, Some(matrix.range.as_secs_f64()), around));
        }
        Expr::Paren(inner) => walk(&inner.expr, around, reading),
        Expr::Unary(inner) => walk(&inner.expr, around, reading),
        Expr::Subquery(inner) => walk(&inner.expr, Around { in_subquery: true, ..around }, reading),
        Expr::Aggregate(aggregate) => {
            reading.functions.push(aggregate.op.to_string());
            walk(&aggregate.expr, around, reading);
        }
        Expr::Call(call) => walk_call(call, around, reading),
        Expr::Binary(binary) => walk_binary(binary, around, reading),
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::Extension(_) => {}
    }
}

fn walk_call<'e>(call: &'e Call, around: Around<'e>, reading: &mut Reading) {
    let name = call.func.name;
    reading.functions.push(name.to_owned());
    let inner = Around {
        function: Some(name),
        in_absent: around.in_absent || matches!(name, "absent" | "absent_over_time"),
        ..around
    };
    for argument in &call.args.args {
        walk(argument, inner, reading);
    }
    let source = call.args.args.last().filter(|_| name == "histogram_quantile");
    reading.quantiles.extend(source.map(|s| Quantile { metric: metric_of(s), drops_le: drops_label(s, "le") }));
}

fn walk_binary<'e>(binary: &'e BinaryExpr, around: Around<'e>, reading: &mut Reading) {
    walk(&binary.lhs, around, reading);
    let is_guard = around.is_guard || matches!(binary.op.to_string().as_str(), "and" | "unless");
    walk(&binary.rhs, Around { is_guard, ..around }, reading);
    if binary.op.is_comparison_operator() {
        reading.comparisons.extend(comparison(binary).or_else(|| comparison_with_share(binary)));
    } else if binary.op.to_string() == "/" && metric_of(&binary.lhs).is_some() && metric_of(&binary.rhs).is_some() {
        reading.divisions.push(Division {
            left: metric_of(&binary.lhs),
            right: metric_of(&binary.rhs),
            is_aggregated: is_aggregated(&binary.lhs) && is_aggregated(&binary.rhs),
            has_matching: binary.modifier.as_ref().is_some_and(|modifier| modifier.matching.is_some()),
            differs: matchers_of(&binary.lhs) != matchers_of(&binary.rhs),
        });
    }
}

fn read_selector(selector: &VectorSelector, range: Option<f64>, around: Around<'_>) -> Selector {
    let named = selector.matchers.matchers.iter().find(|matcher| is_name(matcher));
    Selector {
        metric: selector.name.clone().or_else(|| named.map(|matcher| matcher.value.clone())),
        matchers: selector.matchers.matchers.iter().filter(|matcher| !is_name(matcher)).map(read_matcher).collect(),
        function: around.function.map(str::to_owned),
        range,
        offset: match &selector.offset {
            Some(Offset::Pos(duration)) => duration.as_secs_f64(),
            Some(Offset::Neg(duration)) => -duration.as_secs_f64(),
            None => 0.0,
        },
        in_absent: around.in_absent,
        in_subquery: around.in_subquery,
        is_guard: around.is_guard,
    }
}

fn is_name(matcher: &ParsedMatcher) -> bool {
    matcher.name == "__name__" && matches!(matcher.op, MatchOp::Equal)
}

fn read_matcher(matcher: &ParsedMatcher) -> Matcher {
    Matcher { label: matcher.name.clone(), operator: matcher.op.to_string(), value: matcher.value.clone() }
}

fn comparison(binary: &BinaryExpr) -> Option<Comparison> {
    let operator = binary.op.to_string();
    let (vector, threshold, operator) = match (number(&binary.lhs), number(&binary.rhs)) {
        (None, Some(threshold)) => (&binary.lhs, threshold, operator),
        (Some(threshold), None) => (&binary.rhs, threshold, turned(&operator)),
        _ => return None,
    };
    let (is_ratio, scale) = ratio(vector);
    Some(Comparison { operator, threshold, is_ratio, scale, metric: metric_of(vector), limit: below(vector) })
}

/// `used > limit * 0.8`, which says the same as `used / limit > 0.8`.
fn comparison_with_share(binary: &BinaryExpr) -> Option<Comparison> {
    let operator = binary.op.to_string();
    let (vector, limit, threshold, operator) = match (share(&binary.lhs), share(&binary.rhs)) {
        (None, Some((limit, factor))) => (&binary.lhs, limit, factor, operator),
        (Some((limit, factor)), None) => (&binary.rhs, limit, factor, turned(&operator)),
        _ => return None,
    };
    let metric = Some(metric_of(vector)?);
    Some(Comparison { operator, threshold, is_ratio: true, scale: 1.0, metric, limit: Some(limit) })
}

/// A metric and the number that it is multiplied by.
fn share(expression: &Expr) -> Option<(String, f64)> {
    match expression {
        Expr::Paren(inner) => share(&inner.expr),
        Expr::Binary(binary) if binary.op.to_string() == "*" => match (number(&binary.lhs), number(&binary.rhs)) {
            (None, Some(factor)) => Some((metric_of(&binary.lhs)?, factor)),
            (Some(factor), None) => Some((metric_of(&binary.rhs)?, factor)),
            _ => None,
        },
        _ => None,
    }
}

/// The first metric below the line of a quotient.
fn below(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Paren(inner) => below(&inner.expr),
        Expr::Aggregate(aggregate) => below(&aggregate.expr),
        Expr::Binary(binary) if binary.op.to_string() == "/" && number(&binary.rhs).is_none() => metric_of(&binary.rhs),
        Expr::Binary(binary) => below(&binary.lhs).or_else(|| below(&binary.rhs)),
        _ => None,
    }
}

fn turned(operator: &str) -> String {
    match operator {
        ">" => "<",
        ">=" => "<=",
        "<" => ">",
        "<=" => ">=",
        other => other,
    }
    .to_owned()
}

/// The value of an expression of numbers only.
fn number(expression: &Expr) -> Option<f64> {
    match expression {
        Expr::NumberLiteral(literal) => Some(literal.val),
        Expr::Paren(inner) => number(&inner.expr),
        Expr::Unary(inner) => number(&inner.expr).map(|value| -value),
        Expr::Binary(binary) => {
            let (left, right) = (number(&binary.lhs)?, number(&binary.rhs)?);
            match binary.op.to_string().as_str() {
                "+" => Some(left + right),
                "-" => Some(left - right),
                "*" => Some(left * right),
                "/" => Some(left / right),
                "^" => Some(left.powf(right)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a vector is a quotient of vectors, and what it is multiplied by.
fn ratio(expression: &Expr) -> (bool, f64) {
    match expression {
        Expr::Paren(inner) => ratio(&inner.expr),
        Expr::Aggregate(aggregate) => ratio(&aggregate.expr),
        Expr::Binary(binary) => match (binary.op.to_string().as_str(), number(&binary.lhs), number(&binary.rhs)) {
            ("*", None, Some(factor)) => scaled(ratio(&binary.lhs), factor),
            ("*", Some(factor), None) => scaled(ratio(&binary.rhs), factor),
            ("/", None, None) => (true, ratio(&binary.lhs).1),
            ("-", Some(_), None) => ratio(&binary.rhs),
            _ => (false, 1.0),
        },
        _ => (false, 1.0),
    }
}

fn scaled((is_ratio, scale): (bool, f64), factor: f64) -> (bool, f64) {
    (is_ratio, scale * factor)
}

/// The first selector of an expression.
fn first_selector(expression: &Expr) -> Option<&VectorSelector> {
    match expression {
        Expr::VectorSelector(selector) => Some(selector),
        Expr::MatrixSelector(matrix) => Some(&matrix.vs),
        Expr::Paren(inner) => first_selector(&inner.expr),
        Expr::Unary(inner) => first_selector(&inner.expr),
        Expr::Subquery(inner) => first_selector(&inner.expr),
        Expr::Aggregate(aggregate) => first_selector(&aggregate.expr),
        Expr::Call(call) => call.args.args.iter().find_map(|argument| first_selector(argument)),
        Expr::Binary(binary) => first_selector(&binary.lhs).or_else(|| first_selector(&binary.rhs)),
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::Extension(_) => None,
    }
}

fn metric_of(expression: &Expr) -> Option<String> {
    first_selector(expression).and_then(|selector| selector.name.clone())
}

fn matchers_of(expression: &Expr) -> Vec<(String, String, String)> {
    let matchers = first_selector(expression).map(|selector| selector.matchers.matchers.as_slice()).unwrap_or_default();
    let mut matchers: Vec<_> = matchers.iter().map(|m| (m.name.clone(), m.op.to_string(), m.value.clone())).collect();
    matchers.sort_unstable();
    matchers
}

fn is_aggregated(expression: &Expr) -> bool {
    match expression {
        Expr::Aggregate(_) => true,
        Expr::Paren(inner) => is_aggregated(&inner.expr),
        Expr::Unary(inner) => is_aggregated(&inner.expr),
        Expr::Call(call) => match call.func.name {
            "scalar" | "vector" | "histogram_quantile" | "absent" => true,
            _ => call.args.args.iter().any(|argument| is_aggregated(argument)),
        },
        Expr::Binary(binary) => match (number(&binary.lhs), number(&binary.rhs)) {
            (Some(_), None) => is_aggregated(&binary.rhs),
            (None, Some(_)) => is_aggregated(&binary.lhs),
            _ => is_aggregated(&binary.lhs) && is_aggregated(&binary.rhs),
        },
        _ => false,
    }
}

fn drops_label(expression: &Expr, label: &str) -> bool {
    match expression {
        Expr::Paren(inner) => drops_label(&inner.expr, label),
        Expr::Aggregate(AggregateExpr { modifier, expr, .. }) => {
            let drops = match modifier {
                Some(LabelModifier::Include(kept)) => !kept.labels.iter().any(|kept| kept == label),
                Some(LabelModifier::Exclude(dropped)) => dropped.labels.iter().any(|dropped| dropped == label),
                None => true,
            };
            drops || drops_label(expr, label)
        }
        Expr::Call(call) => call.args.args.iter().any(|argument| drops_label(argument, label)),
        _ => false,
    }
}

fn has_condition(expression: &Expr) -> bool {
    match expression {
        Expr::Paren(inner) => has_condition(&inner.expr),
        Expr::Unary(inner) => has_condition(&inner.expr),
        Expr::Aggregate(aggregate) => has_condition(&aggregate.expr),
        Expr::Call(call) => match call.func.name {
            "absent" | "absent_over_time" => true,
            _ => call.args.args.iter().any(|argument| has_condition(argument)),
        },
        Expr::Subquery(inner) => has_condition(&inner.expr),
        Expr::Binary(binary) => match binary.op.to_string().as_str() {
            "and" | "unless" => true,
            "or" => has_condition(&binary.lhs) && has_condition(&binary.rhs),
            _ if binary.op.is_comparison_operator() && !binary.return_bool() => true,
            _ => has_condition(&binary.lhs) || has_condition(&binary.rhs),
        },
        _ => false,
    }
}

/// Labels that a result keeps (`None`: whatever its series have) and that it lost.
#[derive(Debug, Default, Clone)]
struct Labels {
    kept: Option<Vec<String>>,
    dropped: Vec<String>,
}

fn labels(expression: &Expr) -> Labels {
    match expression {
        Expr::Paren(inner) => labels(&inner.expr),
        Expr::Unary(inner) => labels(&inner.expr),
        Expr::Subquery(inner) => labels(&inner.expr),
        Expr::Aggregate(aggregate) => aggregated_labels(aggregate),
        Expr::Call(call) => called_labels(call),
        Expr::Binary(binary) => joined_labels(binary),
        _ => Labels::default(),
    }
}

fn aggregated_labels(aggregate: &AggregateExpr) -> Labels {
    if matches!(aggregate.op.to_string().as_str(), "topk" | "bottomk" | "limitk" | "limit_ratio") {
        return labels(&aggregate.expr);
    }
    match &aggregate.modifier {
        Some(LabelModifier::Include(kept)) => Labels { kept: Some(kept.labels.clone()), dropped: Vec::new() },
        None => Labels { kept: Some(Vec::new()), dropped: Vec::new() },
        Some(LabelModifier::Exclude(gone)) => {
            let inner = labels(&aggregate.expr);
            let kept = inner.kept.map(|kept| kept.into_iter().filter(|label| !gone.labels.contains(label)).collect());
            Labels { kept, dropped: [inner.dropped, gone.labels.clone()].concat() }
        }
    }
}

fn called_labels(call: &Call) -> Labels {
    let Some(argument) = call.args.args.iter().find(|argument| first_selector(argument).is_some()) else {
        return Labels { kept: Some(Vec::new()), dropped: Vec::new() };
    };
    match call.func.name {
        "absent" | "absent_over_time" => {
            let equal = |matcher: &&ParsedMatcher| matches!(matcher.op, MatchOp::Equal) && matcher.name != "__name__";
            let matchers = match &**argument {
                Expr::VectorSelector(selector) => selector.matchers.matchers.as_slice(),
                Expr::MatrixSelector(matrix) => matrix.vs.matchers.matchers.as_slice(),
                _ => &[],
            };
            Labels { kept: Some(matchers.iter().filter(equal).map(|m| m.name.clone()).collect()), dropped: Vec::new() }
        }
        "scalar" | "vector" | "time" => Labels { kept: Some(Vec::new()), dropped: Vec::new() },
        // These set labels of their own, so nothing can be said.
        "label_replace" | "label_join" | "info" => Labels::default(),
        "histogram_quantile" => {
            let inner = labels(argument);
            let kept = inner.kept.map(|kept| kept.into_iter().filter(|label| label != "le").collect());
            Labels { kept, dropped: inner.dropped }
        }
        _ => labels(argument),
    }
}

fn joined_labels(binary: &BinaryExpr) -> Labels {
    if number(&binary.lhs).is_some() {
        return labels(&binary.rhs);
    }
    let left = labels(&binary.lhs);
    if number(&binary.rhs).is_some() || matches!(binary.op.to_string().as_str(), "and" | "unless") {
        return left;
    }
    if binary.op.to_string() == "or" {
        let right = labels(&binary.rhs);
        return match (left.kept, right.kept) {
            (Some(left), Some(right)) => Labels { kept: Some([left, right].concat()), dropped: Vec::new() },
            _ => Labels::default(),
        };
    }
    let Some(modifier) = &binary.modifier else { return one_to_one(left, labels(&binary.rhs)) };
    match (&modifier.card, &modifier.matching) {
        (VectorMatchCardinality::ManyToOne(brought), _) => brings(left, &brought.labels),
        (VectorMatchCardinality::OneToMany(brought), _) => brings(labels(&binary.rhs), &brought.labels),
        (_, Some(LabelModifier::Include(on))) => Labels { kept: Some(on.labels.clone()), dropped: Vec::new() },
        (_, Some(LabelModifier::Exclude(gone))) => {
            let kept = left.kept.map(|kept| kept.into_iter().filter(|label| !gone.labels.contains(label)).collect());
            Labels { kept, dropped: [left.dropped, gone.labels.clone()].concat() }
        }
        _ => one_to_one(left, labels(&binary.rhs)),
    }
}

/// Both sides have the same labels, so either tells.
fn one_to_one(left: Labels, right: Labels) -> Labels {
    if left.kept.is_some() { left } else { right }
}

fn brings(many: Labels, brought: &[String]) -> Labels {
    let dropped = many.dropped.into_iter().filter(|label| !brought.contains(label)).collect();
    Labels { kept: many.kept.map(|kept| [kept, brought.to_vec()].concat()), dropped }
}
