//! Whether a string looks random: how surprising its letters are after one another, measured against English.

/// Bits in all that a random string has at least.
const MIN_BITS: f64 = 64.0;
/// Bits for each byte that it has at least.
const MIN_DENSITY: f64 = 4.65;
/// Bits of a character that is no letter.
const OTHER: f64 = 5.954;

/// Frequencies of the letters in English, in per mille.
const LETTERS: [f64; 26] = [
    82.0, 15.0, 28.0, 43.0, 127.0, 22.0, 20.0, 61.0, 70.0, 1.5, 7.7, 40.0, 24.0, 67.0, 75.0, 19.0, 1.0, 60.0, 63.0,
    91.0, 28.0, 9.8, 24.0, 1.5, 20.0, 0.7,
];

/// The commonest pairs of letters in English words.
const PAIRS: &str = "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le \
    sa si ar ve ra ld ur ro ri io ic ne co me li ll el la ma no ce ch ta om ca un us ss ac na em il ho us ec ge pe \
    pr tr do lo so be ee ow mo pl ot ag id po ge ad ke ut ie wo wi di mi fo ai sh ul tu am ct ck ay ev ir lu ni rs \
    ns ts ss op ap up ub ab ob im ep ex ff fi fr gh gr gi ig ia if iv ki ks lt ly mp mb nc ns nu oc od og oo os ov \
    pa pi pp pu qu rd rm rn rt ry sc sl sp su sw sy ty tt ua ue ui um ur uc ve vi wa we wh wn ye ys";

/// Whether `text` looks like a secret.
pub(super) fn looks_random(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.iter().all(|byte| *byte == bytes[0]) {
        return false;
    }
    let bits: f64 = (0..bytes.len()).map(|at| surprise(bytes, at)).sum();
    bits > MIN_BITS && bits / bytes.len() as f64 > MIN_DENSITY
}

/// Bits of the byte at `at`, given its neighbours.
fn surprise(bytes: &[u8], at: usize) -> f64 {
    let byte = bytes[at].to_ascii_lowercase();
    if !byte.is_ascii_lowercase() {
        return OTHER;
    }
    let letter = 9.97 - LETTERS[usize::from(byte - b'a')].log2();
    let joined = |first: usize, second: usize| {
        let pair = [bytes[first].to_ascii_lowercase(), bytes[second].to_ascii_lowercase()];
        std::str::from_utf8(&pair).is_ok_and(|pair| PAIRS.split(' ').any(|common| common == pair))
    };
    let before = at > 0 && joined(at - 1, at);
    let after = at + 1 < bytes.len() && joined(at, at + 1);
    match (before, after) {
        (true, true) => letter.min(3.2),
        (true, false) | (false, true) => letter.min(4.2),
        (false, false) => letter + 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::looks_random;

    /// What Semgrep 1.182 says of the same strings.
    #[test]
    fn keys_look_random_and_words_do_not() {
        for text in [
            "h8Kd92mZpQx7LwE4",
            "AKIAQ7RT4ZXW93PLMV2K",
            "9f86d081884c7d659a2feaa0c55ad015",
            "the quick brown fox jumps",
            "abcdefghijklmnop",
        ] {
            assert!(looks_random(text), "{text}");
        }
        for text in [
            "hello",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "configuration_password_here",
            "correct horse battery staple",
            "my-secret-value",
            "S3cr3tP4ss",
            "insecure-default-key",
            "",
        ] {
            assert!(!looks_random(text), "{text}");
        }
    }
}
