//! Networks, volumes, secrets and configs of the container engine that Terraform or Ansible makes.

use crate::facts::schema::repo::InfrastructureResource;
use crate::facts::{Certainty, FactSet};
use crate::source::SourceFile;

/// Types of Terraform and modules of Ansible, with the kind that they make.
const MAKERS: &[(&str, &str)] = &[
    ("docker_network", "network"),
    ("podman_network", "network"),
    ("docker_volume", "volume"),
    ("podman_volume", "volume"),
    ("docker_secret", "secret"),
    ("podman_secret", "secret"),
    ("docker_config", "config"),
];
/// Lines below a maker that are looked at for its name.
const MAX_LINES: usize = 12;

/// States what a file makes, by the `name` below each maker.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    for (maker, kind) in MAKERS {
        for (at, _) in file.text.match_indices(maker) {
            let below = file.text[at..].lines().skip(1).take(MAX_LINES);
            let Some(name) = below.map(str::trim).find_map(name_of) else { continue };
            facts.push(InfrastructureResource {
                span: file.span(at..at + maker.len()),
                certainty: Certainty::Likely,
                kind,
                name: name.to_owned(),
            });
        }
    }
}

/// The value of `name = "x"` or `name: x`.
fn name_of(line: &str) -> Option<&str> {
    let value = line.strip_prefix("name")?.trim_start().strip_prefix(['=', ':'])?;
    let value = value.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then_some(value)
}
