//! Facts about certificates and keys in the tree.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// A certificate. `span` is its `BEGIN` line.
    pub struct TlsCertificate in "tls_certificate" {
        /// Path of its file from the root.
        #[indexed] path: String,
        /// Its place in the file, from 0.
        position: i64,
        /// Whose it is.
        subject: String,
        /// Common name of the subject.
        common_name: String,
        /// Who signed it.
        issuer: String,
        /// First second of validity, from 1970.
        not_before: i64,
        /// Last second of validity, from 1970.
        not_after: i64,
        /// Last day of validity, as `2026-11-21`.
        expires: String,
        /// Whether it signed itself.
        is_self_signed: bool,
        /// Whether it may sign others.
        is_ca: bool,
        /// `rsa`, `ec`, `ed25519`, `dsa` or `other`.
        key_kind: &'static str,
        /// Bits of the key; NULL where not told.
        key_bits: Option<i64>,
        /// Signature algorithm, for example `sha256WithRSAEncryption`.
        signature: String,
        /// Hash of the public key, for pairs.
        #[indexed] public_key: String,
    }

    /// A name that a certificate is valid for.
    pub struct TlsCertificateName in "tls_certificate_name" {
        /// The certificate.
        certificate: RowId,
        /// The name, in lower case; addresses as text.
        #[indexed] name: String,
    }

    /// A private key. `span` is its `BEGIN` line.
    pub struct TlsKey in "tls_key" {
        /// Path of its file from the root.
        #[indexed] path: String,
        /// `rsa`, `ec`, `openssh`, `pkcs8`, `dsa` or `pgp`.
        kind: &'static str,
        /// Whether a passphrase protects it.
        is_encrypted: bool,
        /// Whether the block is complete: documentation often shows the first line only.
        is_complete: bool,
        /// Hash of the public key, for pairs; NULL where it is not told.
        #[indexed] public_key: Option<String>,
    }
}
