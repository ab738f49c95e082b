//! The names by which containers find each other.

use super::service::Service;
use super::value::Value;
use crate::facts::schema::compose::ComposeHostName;
use crate::facts::{Certainty, FactSet};
use crate::source::Span;

/// States the names of a service.
pub(super) fn state(service: &Service<'_>, own_name: &str, own_span: Span, facts: &mut FactSet) {
    let value = service.value;
    let mut names: Vec<(&'static str, &str, Span)> = vec![("service", own_name, own_span)];
    for (kind, key) in [("container", "container_name"), ("hostname", "hostname")] {
        names.extend(value.get(key).and_then(|value| Some((kind, value.text()?, value.span))));
    }
    for network in value.get("networks").map(Value::entries).unwrap_or_default() {
        let aliases = network.value.get("aliases").map(Value::items).unwrap_or_default();
        names.extend(aliases.iter().filter_map(|alias| Some(("alias", alias.text()?, alias.span))));
    }
    for link in value.get("links").map(Value::items).unwrap_or_default() {
        names.extend(link.text().and_then(|text| Some(("link", text.rsplit(':').next()?, link.span))));
    }
    let hosts = value.get("extra_hosts");
    for entry in hosts.map(Value::entries).unwrap_or_default() {
        names.extend(entry.key.split([':', '=']).next().map(|name| ("extra_host", name, entry.key_span)));
    }
    for host in hosts.map(Value::items).unwrap_or_default() {
        let name = host.text().and_then(|text| text.split([':', '=']).next());
        names.extend(name.map(|name| ("extra_host", name, host.span)));
    }
    for (kind, name, span) in names {
        let (service, name) = (service.id, name.to_owned());
        facts.push(ComposeHostName { span, certainty: Certainty::Certain, service, name, kind });
    }
}
