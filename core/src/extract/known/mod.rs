//! Facts about the world, from the data tables that come with the rules or that a folder puts in their place: public
//! images, base images, ports, credentials, packages, releases.
//!
//! Extractors ask [`FactSet::known`] what an image or a value is; rules join the `known_*` tables.

use crate::extract::{Extractor, Model, TreeIndex};
use crate::facts::known::{Advisory, ImageFacts, Known};
use crate::facts::schema::deps::{KnownImport, KnownRequirement};
use crate::facts::schema::known::{
    KnownAdvisory, KnownDataDirectory, KnownDefaultCredential, KnownImage, KnownImagePort, KnownPackageAdvisory,
    KnownPort, KnownProduct, KnownRelease, KnownSuperseded, KnownSystemdKey, KnownTlsName, KnownTool,
};
use crate::facts::{Certainty, FactSet, version_order};
use crate::source::{Artifact, FileId, SourceFile, Span};

mod read;
mod shape;

pub(crate) use read::{builtin, with_folder};

/// States the `known_*` tables.
pub(super) struct KnownTables;

impl Extractor for KnownTables {
    fn name(&self) -> &'static str {
        "known"
    }

    fn reads(&self, _artifact: Artifact) -> bool {
        false
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "known_image",
            "known_image_port",
            "known_data_directory",
            "known_tool",
            "known_port",
            "known_default_credential",
            "known_advisory",
            "known_package_advisory",
            "known_superseded",
            "known_tls_name",
            "known_systemd_key",
            "known_import",
            "known_requirement",
            "known_product",
            "known_release",
        ]
    }

    fn extract(&self, _file: &SourceFile<'_>, _facts: &mut FactSet) -> Option<Model> {
        None
    }

    fn link(&self, _models: &[(FileId, Model)], _tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let known = facts.known().clone();
        for image in &known.images {
            state_image(image, known.date("images"), facts);
        }
        for base in &known.bases {
            state_tools(&base.image, &base.tag_word, (&base.has, &base.lacks), facts);
        }
        if facts.wants::<KnownAdvisory>() {
            known.advisories.iter().for_each(|it| state_advisory(it, known.date("advisories"), facts));
        }
        if facts.wants::<KnownTlsName>() {
            state_tls_names(&known, facts);
        }
        if facts.wants::<KnownSystemdKey>() {
            state_systemd_keys(&known, facts);
        }
        state_ports_and_credentials(&known, facts);
        state_packages(&known, facts);
        if facts.wants::<KnownPackageAdvisory>() || facts.wants::<KnownSuperseded>() {
            state_package_lives(&known, facts);
        }
        state_releases(&known, facts);
    }
}

/// Where rows point that stand in no file.
fn nowhere() -> (Span, Certainty) {
    (Span::file_start(FileId(0)), Certainty::Likely)
}

fn state_image(image: &ImageFacts, dated: &str, facts: &mut FactSet) {
    let (span, certainty) = nowhere();
    facts.push(KnownImage {
        span,
        certainty,
        image: image.image.clone(),
        family: image.family.clone(),
        kind: image.kind.clone(),
        user: image.user.clone(),
        drops_root: image.drops,
        has_healthcheck: image.health,
        is_oneshot: image.oneshot,
        is_admin: image.admin,
        dated: dated.to_owned(),
    });
    for &port in &image.ports {
        facts.push(KnownImagePort { span, certainty, family: image.family.clone(), port });
    }
    for path in &image.data {
        facts.push(KnownDataDirectory { span, certainty, image: image.image.clone(), path: path.clone() });
    }
    state_tools(&image.image, "", (&[], &image.lacks), facts);
}

fn state_advisory(advisory: &Advisory, dated: &str, facts: &mut FactSet) {
    let (span, certainty) = nowhere();
    for range in &advisory.affected {
        let Some((introduced, mended)) = range.split_once('-') else { continue };
        facts.push(KnownAdvisory {
            span,
            certainty,
            family: advisory.family.clone(),
            advisory: advisory.advisory.clone(),
            introduced: version_order(introduced).unwrap_or_default(),
            mended: version_order(mended).unwrap_or_default(),
            needs: advisory.needs.clone(),
            severity: advisory.severity.clone(),
            about: advisory.about.clone(),
            dated: dated.to_owned(),
        });
    }
}

fn state_tls_names(known: &Known, facts: &mut FactSet) {
    let (span, certainty) = nowhere();
    for (kind, names) in [("cipher", &known.ciphers), ("group", &known.groups)] {
        for name in names {
            facts.push(KnownTlsName { span, certainty, kind, name: name.to_ascii_lowercase() });
        }
    }
}

fn state_systemd_keys(known: &Known, facts: &mut FactSet) {
    let (span, certainty) = nowhere();
    for (section, key) in known.systemd_keys.iter().cloned() {
        facts.push(KnownSystemdKey { span, certainty, section, key, dated: known.date("systemd_keys").to_owned() });
    }
}

fn state_tools(image: &str, tag_word: &str, (has, lacks): (&[String], &[String]), facts: &mut FactSet) {
    let (span, certainty) = nowhere();
    let tools = has.iter().map(|tool| (tool, true)).chain(lacks.iter().map(|tool| (tool, false)));
    for (tool, is_present) in tools {
        let (image, tag_word) = (image.to_owned(), tag_word.to_owned());
        facts.push(KnownTool { span, certainty, image, tag_word, tool: tool.clone(), is_present });
    }
}

fn state_ports_and_credentials(known: &Known, facts: &mut FactSet) {
    let (span, certainty) = nowhere();
    for (port, program, kind) in known.ports.clone() {
        facts.push(KnownPort { span, certainty, port, program, kind });
    }
    for default in &known.defaults {
        for alternative in std::iter::once(&default.variable).chain(&default.alternatives) {
            facts.push(KnownDefaultCredential {
                span,
                certainty,
                family: default.family.clone(),
                variable: default.variable.clone(),
                alternative: alternative.clone(),
                account: default.account.clone(),
            });
        }
    }
}

fn state_packages(known: &Known, facts: &mut FactSet) {
    let (span, certainty) = nowhere();
    for (import_name, distribution, is_prefix) in &known.imports {
        let (import_name, distribution) = (import_name.clone(), distribution.clone());
        let dated = known.date("import_names").to_owned();
        facts.push(KnownImport { span, certainty, import_name, distribution, is_prefix: *is_prefix, dated });
    }
    for (asked, brings) in &known.brings {
        let (distribution, extra) = match asked.strip_suffix(']').and_then(|asked| asked.split_once('[')) {
            Some((distribution, extra)) => (distribution.to_owned(), extra.to_owned()),
            None => (asked.clone(), String::new()),
        };
        facts.push(KnownRequirement { span, certainty, distribution, extra, brings: brings.clone() });
    }
}

fn state_package_lives(known: &Known, facts: &mut FactSet) {
    let (span, certainty) = nowhere();
    for (ecosystem, advisory) in &known.package_advisories {
        for range in &advisory.affected {
            let Some((introduced, mended)) = range.split_once('-') else { continue };
            facts.push(KnownPackageAdvisory {
                span,
                certainty,
                ecosystem,
                package: advisory.package.clone(),
                advisory: advisory.advisory.clone(),
                introduced: version_order(introduced).unwrap_or_default(),
                mended: version_order(mended).unwrap_or_default(),
                mended_in: mended.to_owned(),
                severity: advisory.severity.clone(),
                about: advisory.about.clone(),
                dated: known.date("package_advisories").to_owned(),
            });
        }
    }
    for (ecosystem, gone) in known.superseded.iter().cloned() {
        let (package, successor, why) = (gone.package, gone.successor, gone.why);
        let dated = known.date("superseded").to_owned();
        facts.push(KnownSuperseded { span, certainty, ecosystem, package, successor, why, dated });
    }
}

fn state_releases(known: &Known, facts: &mut FactSet) {
    let (span, certainty) = nowhere();
    for entry in known.products.iter().cloned() {
        let (product, title, source, name) = (entry.product, entry.title, entry.source, entry.name);
        facts.push(KnownProduct { span, certainty, product, title, source, name });
    }
    for release in known.releases.iter().cloned() {
        facts.push(KnownRelease {
            span,
            certainty,
            product: release.product,
            cycle: release.cycle,
            ends: release.end,
            codename: Some(release.codename).filter(|name| !name.is_empty()),
            dated: known.date("support").to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_whole_name_then_by_last_part() {
        let known = builtin();
        assert_eq!(known.image("bitnami/postgresql").unwrap().user, "1001");
        assert_eq!(known.image("mirror.example/library/redis").unwrap().family, "redis");
        assert!(known.image("acme/api").is_none());
        assert!(known.base("python", "3.12-slim").unwrap().lacks.iter().any(|tool| tool == "curl"));
        assert!(known.base("python", "3.12").unwrap().has.iter().any(|tool| tool == "curl"));
        assert_eq!(known.base("gcr.io/distroless/python3-debian12", "nonroot").unwrap().user, "nonroot");
        assert!(known.is_nonroot_namespace("bitnami/anything"));
    }

    #[test]
    fn the_data_table_names_what_provides_an_import() {
        let all = crate::extract::sample::rows(&KnownTables, &[]);
        assert!(all.contains("import_name=\"yaml\" distribution=\"pyyaml\""), "{all}");
        assert!(all.contains("distribution=\"uvicorn\" extra=\"standard\" brings=\"uvloop\""), "{all}");
    }
}
