//! Certificates and keys in PEM.

#[cfg(test)]
mod tests;

use crate::extract::{Extractor, Model};
use crate::facts::schema::tls::{TlsCertificate, TlsCertificateName, TlsKey};
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};
use crate::syntax::pem::{self, Block, Certificate, Content, Key};

/// The extractor of certificates and keys.
pub(super) struct Tls;

impl Extractor for Tls {
    fn name(&self) -> &'static str {
        "tls"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        artifact == Artifact::Certificate
    }

    fn fills(&self) -> &'static [&'static str] {
        &["tls_certificate", "tls_certificate_name", "tls_key"]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let mut position = 0;
        for block in pem::blocks(file.text) {
            match pem::read(&block) {
                Content::Certificate(certificate) => {
                    state_certificate(&certificate, &block, position, file, facts);
                    position += 1;
                }
                Content::Key(key) => state_key(&key, &block, file, facts),
                Content::Other => {}
            }
        }
        None
    }
}

fn state_certificate(read: &Certificate, block: &Block<'_>, position: i64, file: &SourceFile<'_>, facts: &mut FactSet) {
    let span = file.span(block.begin.clone());
    let certificate = facts.push(TlsCertificate {
        span,
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        position,
        subject: read.subject.clone(),
        common_name: read.common_name.clone(),
        issuer: read.issuer.clone(),
        not_before: read.not_before,
        not_after: read.not_after,
        expires: pem::day(read.not_after),
        is_self_signed: read.subject == read.issuer,
        is_ca: read.is_ca,
        key_kind: read.key_kind,
        key_bits: read.key_bits,
        signature: read.signature.clone(),
        public_key: read.public_key.clone(),
    });
    for name in &read.names {
        facts.push(TlsCertificateName { span, certainty: Certainty::Certain, certificate, name: name.clone() });
    }
}

fn state_key(read: &Key, block: &Block<'_>, file: &SourceFile<'_>, facts: &mut FactSet) {
    facts.push(TlsKey {
        span: file.span(block.begin.clone()),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        kind: read.kind,
        is_encrypted: read.is_encrypted,
        is_complete: read.is_complete,
        public_key: read.public_key.clone(),
    });
}
