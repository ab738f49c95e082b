use super::Tls;
use crate::extract::sample::rows;
use crate::source::Artifact;

/// A certificate for `ec.test`, signed by itself, and its key; made for this test, used nowhere.
const PAIR: &str = include_str!("tests/pair.pem");

#[test]
fn a_certificate_and_its_key() {
    insta::assert_snapshot!(rows(&Tls, &[("certs/pair.pem", Artifact::Certificate, PAIR)]));
}

#[test]
fn a_key_and_its_certificate_have_the_same_public_half() {
    let rows = rows(&Tls, &[("pair.pem", Artifact::Certificate, PAIR)]);
    let hashes: Vec<&str> =
        rows.lines().filter_map(|row| row.split("public_key=").nth(1)).filter_map(|rest| rest.get(..34)).collect();
    assert_eq!(hashes.len(), 2);
    assert_eq!(hashes[0], hashes[1]);
}

#[test]
fn a_truncated_key_of_a_document_is_not_complete() {
    let text = "-----BEGIN RSA PRIVATE KEY-----\nMIIE...\n-----END RSA PRIVATE KEY-----\n";
    let rows = rows(&Tls, &[("k.pem", Artifact::Certificate, text)]);
    assert!(rows.contains("tls_key") && !rows.contains("is_complete"), "{rows}");
}
