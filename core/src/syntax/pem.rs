//! PEM blocks: certificates through `x509-parser`, and of private keys only what they are and which public half they
//! have. Nothing secret leaves this file.

use std::ops::Range;

use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::oid_registry::OidRegistry;
use x509_parser::pem::parse_x509_pem;
use x509_parser::public_key::PublicKey;

/// Most blocks that are read of one file: bundles of trust anchors are no certificates of a service.
const MAX_BLOCKS: usize = 64;
/// Smallest body of a private key that is real.
const MIN_KEY_BODY: usize = 40;

/// A block of a PEM file.
pub(crate) struct Block<'t> {
    /// What stands between `BEGIN` and the dashes.
    label: &'t str,
    /// Bytes of the `BEGIN` line.
    pub(crate) begin: Range<usize>,
    /// The whole block; without its end where that is missing.
    text: &'t str,
    is_closed: bool,
}

/// What a block holds.
pub(crate) enum Content {
    Certificate(Box<Certificate>),
    Key(Key),
    Other,
}

/// A certificate.
pub(crate) struct Certificate {
    pub(crate) subject: String,
    pub(crate) common_name: String,
    pub(crate) issuer: String,
    pub(crate) not_before: i64,
    pub(crate) not_after: i64,
    pub(crate) is_ca: bool,
    pub(crate) key_kind: &'static str,
    pub(crate) key_bits: Option<i64>,
    pub(crate) signature: String,
    /// Hash of the public key.
    pub(crate) public_key: String,
    pub(crate) names: Vec<String>,
}

/// A private key.
pub(crate) struct Key {
    pub(crate) kind: &'static str,
    pub(crate) is_encrypted: bool,
    pub(crate) is_complete: bool,
    /// Hash of the public key, where the block tells it.
    pub(crate) public_key: Option<String>,
}

/// The blocks of `text`.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    const BEGIN: &str = "-----BEGIN ";
    let mut blocks = Vec::new();
    let mut from = 0;
    while let Some(found) = text[from..].find(BEGIN) {
        let start = from + found;
        from = start + BEGIN.len();
        let Some(label) = text[from..].split("-----").next().filter(|label| label.len() < 60 && !label.contains('\n'))
        else {
            continue;
        };
        let begin = start..(from + label.len() + 5).min(text.len());
        let end_mark = format!("-----END {label}-----");
        let next = text[from..].find(BEGIN).map_or(text.len(), |next| from + next);
        let end = text[from..next].find(&end_mark).map(|end| from + end + end_mark.len());
        blocks.push(Block { label, begin, text: &text[start..end.unwrap_or(next)], is_closed: end.is_some() });
        if blocks.len() >= MAX_BLOCKS {
            break;
        }
    }
    blocks
}

/// Reads a block.
pub(crate) fn read(block: &Block<'_>) -> Content {
    match block.label {
        "CERTIFICATE" | "TRUSTED CERTIFICATE" | "X509 CERTIFICATE" => {
            let certificate = parse_x509_pem(block.text.as_bytes())
                .ok()
                .and_then(|(_, pem)| pem.parse_x509().ok().map(|certificate| read_certificate(&certificate)));
            certificate.map_or(Content::Other, |certificate| Content::Certificate(Box::new(certificate)))
        }
        label if label.contains("PRIVATE KEY") => Content::Key(read_key(block)),
        _ => Content::Other,
    }
}

fn read_certificate(certificate: &X509Certificate<'_>) -> Certificate {
    let (key_kind, key_bits, public_key) = match certificate.public_key().parsed() {
        Ok(PublicKey::RSA(key)) => {
            let modulus = without_zeros(key.modulus);
            ("rsa", Some(modulus.len() as i64 * 8), hash(modulus))
        }
        Ok(PublicKey::EC(point)) => ("ec", Some(point.key_size() as i64), hash(point.data())),
        Ok(PublicKey::DSA(key)) => ("dsa", None, hash(key)),
        _ => (other_key(certificate), None, hash(&certificate.public_key().subject_public_key.data)),
    };
    let registry = OidRegistry::default().with_crypto().with_x509();
    let algorithm = &certificate.signature_algorithm.algorithm;
    Certificate {
        subject: certificate.subject().to_string(),
        common_name: certificate
            .subject()
            .iter_common_name()
            .find_map(|name| name.as_str().ok())
            .unwrap_or_default()
            .to_owned(),
        issuer: certificate.issuer().to_string(),
        not_before: certificate.validity().not_before.timestamp(),
        not_after: certificate.validity().not_after.timestamp(),
        is_ca: certificate.is_ca(),
        key_kind,
        key_bits,
        signature: registry.get(algorithm).map_or_else(|| algorithm.to_id_string(), |entry| entry.sn().to_owned()),
        public_key,
        names: names(certificate),
    }
}

fn other_key(certificate: &X509Certificate<'_>) -> &'static str {
    match certificate.public_key().algorithm.algorithm.to_id_string().as_str() {
        "1.3.101.112" => "ed25519",
        _ => "other",
    }
}

fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(alternative)) = certificate.subject_alternative_name() else { return Vec::new() };
    let read = |name: &GeneralName<'_>| match name {
        GeneralName::DNSName(name) => Some(name.to_ascii_lowercase()),
        GeneralName::IPAddress(bytes) => match <[u8; 4]>::try_from(*bytes) {
            Ok(v4) => Some(std::net::Ipv4Addr::from(v4).to_string()),
            Err(_) => <[u8; 16]>::try_from(*bytes).ok().map(|v6| std::net::Ipv6Addr::from(v6).to_string()),
        },
        _ => None,
    };
    alternative.value.general_names.iter().filter_map(read).take(500).collect()
}

fn read_key(block: &Block<'_>) -> Key {
    let kind = match block.label {
        label if label.contains("RSA") => "rsa",
        label if label.contains("EC ") => "ec",
        label if label.contains("OPENSSH") => "openssh",
        label if label.contains("DSA") => "dsa",
        label if label.contains("PGP") => "pgp",
        _ => "pkcs8",
    };
    let body = block.text.lines().skip(1).map(|line| line.trim().len()).sum::<usize>();
    let is_encrypted = block.label.contains("ENCRYPTED") || block.text.contains("Proc-Type: 4,ENCRYPTED");
    let decoded = if is_encrypted || !block.is_closed { None } else { parse_x509_pem(block.text.as_bytes()).ok() };
    Key {
        kind,
        is_encrypted,
        is_complete: block.is_closed && body >= MIN_KEY_BODY && !block.text.contains("..."),
        public_key: decoded.and_then(|(_, pem)| public_half(&pem.contents, kind == "pkcs8")),
    }
}

/// Hash of the public half that a private key tells: the modulus of RSA, the point of an elliptic curve.
fn public_half(der: &[u8], is_wrapped: bool) -> Option<String> {
    let (_, inside, _) = element(der)?;
    let (_, _, rest) = element(inside)?;
    if is_wrapped {
        let (_, _, rest) = element(rest)?;
        let (_, key, _) = element(rest)?;
        return public_half(key, false);
    }
    let (tag, first, mut rest) = element(rest)?;
    if tag == 0x02 {
        return Some(hash(without_zeros(first)));
    }
    // The point of a key in SEC 1 stands under the context tag 1.
    while let Some((tag, content, after)) = element(rest) {
        if tag == 0xa1 {
            return element(content).and_then(|(_, bits, _)| bits.get(1..)).map(hash);
        }
        rest = after;
    }
    None
}

/// Tag, content and what follows of the DER element at the start of `bytes`.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let count = usize::from(first & 0x7f);
        let digits = rest.get(..count).filter(|_| (1..=4).contains(&count))?;
        (digits.iter().fold(0_usize, |length, &digit| length << 8 | usize::from(digit)), rest.get(count..)?)
    };
    Some((tag, rest.get(..length)?, rest.get(length..)?))
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
    &bytes[zeros..]
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

/// The day of a second since 1970, as `2026-11-21`.
pub(crate) fn day(second: i64) -> String {
    // Days to a date of the Gregorian calendar, counted from March 1 of the year 0.
    let days = second.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let days: Vec<String> = [0, 951_782_400, 1_795_219_200, -1].into_iter().map(day).collect();
        assert_eq!(days, ["1970-01-01", "2000-02-29", "2026-11-21", "1969-12-31"]);
    }

    #[test]
    fn any_bytes_are_read() {
        for bytes in [&[][..], &[0x30], &[0x30, 0x80], &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], &[0x30, 2, 2, 0]] {
            let _ = public_half(bytes, true);
        }
        for text in [
            "-----BEGIN ",
            "-----BEGIN X",
            "-----BEGIN RSA PRIVATE KEY-----",
            "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----",
        ] {
            for block in blocks(text) {
                let _ = read(&block);
            }
        }
    }
}
