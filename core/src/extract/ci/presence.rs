//! Pipelines of systems whose files are not read: that they exist is stated, so that nothing is called absent.

use crate::extract::TreeIndex;
use crate::facts::schema::ci::CiWorkflow;
use crate::facts::{Certainty, FactSet};
use crate::source::Span;

const SYSTEMS: &[(&str, &str)] = &[
    (".circleci/config.yml", "circleci"),
    (".circleci/config.yaml", "circleci"),
    ("Jenkinsfile", "jenkins"),
    ("azure-pipelines.yml", "azure"),
    ("azure-pipelines.yaml", "azure"),
    (".azure-pipelines.yml", "azure"),
    (".travis.yml", "travis"),
    ("bitbucket-pipelines.yml", "bitbucket"),
    (".drone.yml", "drone"),
    (".woodpecker.yml", "woodpecker"),
    (".woodpecker.yaml", "woodpecker"),
    (".buildkite/pipeline.yml", "buildkite"),
    (".buildkite/pipeline.yaml", "buildkite"),
];

/// States one row for each such file.
pub(super) fn state(tree: &TreeIndex<'_>, facts: &mut FactSet) {
    for (path, system) in SYSTEMS {
        let Some(file) = tree.file(path) else { continue };
        facts.push(CiWorkflow {
            span: Span::file_start(file),
            certainty: Certainty::Likely,
            path: (*path).to_owned(),
            system,
            kind: "pipeline",
            name: (*path).to_owned(),
            is_reusable: false,
            permissions: None,
            has_concurrency: false,
            is_partial: true,
        });
    }
}
