//! States the metrics that code registers with prometheus_client. Whether they are updated is found when the modules
//! are linked.

use ruff_python_ast as ast;
use ruff_text_size::Ranged;

use super::model::Metric;
use super::walk::Walker;
use crate::facts::Certainty;
use crate::facts::schema::python::PythonMetric;

impl<'a> Walker<'a, '_> {
    /// `Counter("name", "help", ["label"])`.
    pub(super) fn state_metric(&mut self, call: &'a ast::ExprCall, callee: &str) {
        let Some(kind) = metric_kind(callee) else { return };
        let arguments = &call.arguments;
        let Some(name) = arguments.find_argument_value("name", 0) else { return };
        let name = self.names.value(name);
        let keyword = |name: &str| {
            let value = self.names.value(&arguments.find_keyword(name)?.value);
            value.as_text().filter(|text| !text.is_empty()).map(|text| format!("{text}_"))
        };
        let prefix = keyword("namespace").unwrap_or_default() + &keyword("subsystem").unwrap_or_default();
        // A family holds the values of one scrape, which its collector gives it.
        let is_family = callee.ends_with("MetricFamily");
        let (labels, position) = if is_family { ("labels", 3) } else { ("labelnames", 2) };
        let labels = arguments.find_argument_value(labels, position).map(|labels| self.names.value(labels));
        let literal = name.as_text();
        let bare = literal.or(name.text.as_deref()).unwrap_or_default();
        let fact = PythonMetric {
            span: self.span(call.range()),
            certainty: if literal.is_some() { Certainty::Certain } else { Certainty::Unresolved },
            module: self.model.row,
            name: format!("{prefix}{}", bare.strip_suffix("_total").filter(|_| kind == "counter").unwrap_or(bare)),
            kind,
            labels: labels.map_or_else(|| Some("[]".into()), |labels| labels.text),
            updated: None,
        };
        let variable = self.assigned_object().filter(|_| !is_family).map(Into::into);
        self.model.metrics.push(Metric { fact, variable });
    }

    /// Canonical name of what the call being walked is assigned to.
    pub(super) fn assigned_object(&self) -> Option<String> {
        let target = self.squeezed(self.context.assigned?.1);
        let innermost = self.names.scopes.last()?;
        if target.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return Some(super::scope::join(&innermost.prefix, &target));
        }
        let (receiver, attribute) = target.split_once('.')?;
        let simple = attribute.chars().all(|c| c.is_alphanumeric() || c == '_');
        let class = self.names.class_of_receiver(receiver).filter(|_| simple)?;
        Some(super::scope::join(class, attribute))
    }
}

fn metric_kind(callee: &str) -> Option<&'static str> {
    let rest = callee.strip_prefix("prometheus_client.")?;
    let name = rest.rsplit('.').next().unwrap_or(rest);
    // What a collector of the code's own hands over.
    let name = name.strip_suffix("MetricFamily").unwrap_or(name);
    Some(match name {
        "Counter" => "counter",
        "Gauge" => "gauge",
        "Histogram" => "histogram",
        "Summary" => "summary",
        "Info" => "info",
        "Enum" => "enum",
        _ => return None,
    })
}
