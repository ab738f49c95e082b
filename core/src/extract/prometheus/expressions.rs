//! What the expressions of rules and panels say, as rows.

use crate::facts::schema::prometheus::{
    PromqlComparison, PromqlDivision, PromqlMatcher, PromqlQuantile, PromqlSelector,
};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::Span;
use crate::syntax::promql::{Reading, Selector};

/// Whose expression it is, and where it stands.
#[derive(Clone, Copy)]
pub(in crate::extract) struct Owner {
    pub(in crate::extract) row: RowId,
    /// `rule` or `panel`.
    pub(in crate::extract) kind: &'static str,
    pub(in crate::extract) span: Span,
}

/// States the selectors of an expression.
pub(in crate::extract) fn state_selectors(reading: &Reading, owner: Owner, facts: &mut FactSet) {
    for selector in &reading.selectors {
        state_selector(selector, owner, facts);
    }
}

/// States comparisons, divisions and quantiles of an expression.
pub(super) fn state_operations(reading: &Reading, owner: Owner, facts: &mut FactSet) {
    let (span, certainty, owner) = (owner.span, Certainty::Certain, owner.row);
    for found in &reading.comparisons {
        facts.push(PromqlComparison {
            span,
            certainty,
            owner,
            operator: found.operator.clone(),
            threshold: found.threshold,
            is_ratio: found.is_ratio,
            scale: found.scale,
            metric: found.metric.clone(),
            limit_metric: found.limit.clone(),
        });
    }
    for found in &reading.divisions {
        facts.push(PromqlDivision {
            span,
            certainty,
            owner,
            left: found.left.clone(),
            right: found.right.clone(),
            is_aggregated: found.is_aggregated,
            has_matching: found.has_matching,
            differs: found.differs,
        });
    }
    for found in &reading.quantiles {
        let (metric, drops_le) = (found.metric.clone(), found.drops_le);
        facts.push(PromqlQuantile { span, certainty, owner, metric, drops_le });
    }
}

fn state_selector(selector: &Selector, owner: Owner, facts: &mut FactSet) {
    let (span, certainty) = (owner.span, Certainty::Certain);
    let row = facts.push(PromqlSelector {
        span,
        certainty,
        owner: owner.row,
        owner_kind: owner.kind,
        family: selector.metric.as_deref().map(|metric| family(metric).to_owned()),
        metric: selector.metric.clone(),
        function: selector.function.clone(),
        range: selector.range,
        offset: selector.offset,
        in_absent: selector.in_absent,
        in_subquery: selector.in_subquery,
        is_guard: selector.is_guard,
    });
    for matcher in &selector.matchers {
        facts.push(PromqlMatcher {
            span,
            certainty,
            selector: row,
            owner: owner.row,
            label: matcher.label.clone(),
            operator: matcher.operator.clone(),
            value: matcher.value.clone(),
        });
    }
}

/// The metric that a series belongs to, as clients register it.
fn family(metric: &str) -> &str {
    ["_bucket", "_count", "_sum", "_total", "_created", "_info"]
        .iter()
        .find_map(|suffix| metric.strip_suffix(suffix))
        .unwrap_or(metric)
}
