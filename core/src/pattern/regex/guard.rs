//! Look-aheads at the start of an expression, asked apart from the rest.

use super::linear::{Alphabet, Linear};
use super::spelling::spelling;

/// What the look-aheads at the start of an expression ask of a text.
#[derive(Debug, Default)]
pub(super) struct Guards {
    /// Whether each must match at the start, or must not.
    looks: Vec<(bool, Linear)>,
    /// How many groups stand in them: the expression's own are numbered from there.
    pub(super) groups: usize,
}

impl Guards {
    pub(super) fn allow(&self, text: &str) -> bool {
        self.looks.iter().all(|(wanted, regex)| regex.is_match(text) == *wanted)
    }
}

/// `^a(?!X)(?=Y)Z` as `aZ`, not `aX` and `aY`, where each can be searched in linear time. Look-arounds are mostly used so.
pub(super) fn guarded(pattern: &str, alphabet: Alphabet) -> Option<(Linear, Guards)> {
    let Parted { flags, looks, plain, rest } = parted(pattern)?;
    let is_repeated = rest.starts_with(['*', '+', '?', '{']);
    if looks.is_empty() || is_repeated || has_branches(rest) || pattern.contains(r"\Q") {
        return None;
    }
    let at_start = |plain: &str, part: &str| {
        Linear::new(&format!("\\A{flags}{}(?:{})", spelling(plain), spelling(part)), alphabet).ok()
    };
    let look = |(wanted, before, part): (bool, usize, &str)| Some((wanted, at_start(&plain[..before], part)?));
    let looks = looks.into_iter().map(look).collect::<Option<Vec<_>>>()?;
    // A look-ahead that must match keeps what its groups hold.
    let is_lost = looks.iter().any(|(wanted, regex)| *wanted && regex.groups() > 1);
    let groups = looks.iter().map(|(_, regex)| regex.groups() - 1).sum();
    let regex = at_start(&plain, rest).filter(|_| !is_lost)?;
    Some((regex, Guards { looks, groups }))
}

/// An expression without its look-arounds: what it does not match, the whole does not match either. None where they
/// cannot be told from the rest.
pub(super) fn without_looks(pattern: &str) -> Option<String> {
    if [r"\Q", "(?#"].iter().any(|quoted| pattern.contains(quoted)) || has_comments(pattern) {
        return None;
    }
    let mut rest = String::with_capacity(pattern.len());
    let mut done = 0;
    for (at, _, byte) in places(pattern) {
        let opened = ["(?=", "(?!", "(?<=", "(?<!"].iter().find(|open| pattern[at..].starts_with(**open));
        let Some(open) = opened.filter(|_| at >= done && byte == b'(') else { continue };
        let inside = at + open.len();
        rest.push_str(&pattern[done..at]);
        // What follows may repeat it.
        rest.push_str("(?:)");
        done = inside + end_of_group(&pattern[inside..])? + 1;
    }
    rest.push_str(&pattern[done..]);
    Some(rest)
}

/// Whether a flag of a pattern has it hold comments.
fn has_comments(pattern: &str) -> bool {
    let flags = pattern.split("(?").skip(1).map(|rest| rest.split(|byte: char| !byte.is_ascii_lowercase()).next());
    flags.flatten().any(|flags| flags.contains('x'))
}

/// An expression whose look-aheads stand at its start, or behind plain text.
#[derive(Default)]
struct Parted<'p> {
    flags: String,
    /// Whether it must match, how much of the plain text stands before it, and what it looks for.
    looks: Vec<(bool, usize, &'p str)>,
    plain: String,
    rest: &'p str,
}

fn parted(pattern: &str) -> Option<Parted<'_>> {
    let mut parted = Parted { rest: pattern, ..Parted::default() };
    loop {
        let Parted { flags, looks, plain, rest } = &mut parted;
        let opened = [("(?!", false), ("(?=", true)].into_iter();
        let look = opened.filter_map(|(open, wanted)| Some((rest.strip_prefix(open)?, wanted))).next();
        if let Some((inner, wanted)) = look {
            let end = end_of_group(inner)?;
            looks.push((wanted, plain.len(), &inner[..end]));
            *rest = &inner[end + 1..];
        } else if let Some(after) = rest.strip_prefix('^').filter(|_| plain.is_empty()) {
            *rest = after;
        } else if let Some((set, after)) = rest.strip_prefix("(?").and_then(|inner| inner.split_once(')'))
            && set.bytes().all(|byte| matches!(byte, b'i' | b's' | b'm'))
        {
            // Flags hold for what follows them only.
            if !looks.is_empty() || !plain.is_empty() {
                return None;
            }
            flags.push_str(&rest[..set.len() + 3]);
            *rest = after;
        } else if let Some(at) = ["(?!", "(?="].iter().filter_map(|open| rest.find(open)).min()
            && is_plain(&rest[..at])
        {
            plain.push_str(&rest[..at]);
            *rest = &rest[at..];
        } else {
            return Some(parted);
        }
    }
}

/// Whether a part of an expression stands for itself.
fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let is_plain = match byte {
            b'\\' => bytes.next().is_some_and(|next| next.is_ascii_punctuation()),
            _ => byte.is_ascii_alphanumeric() || b"_:/'\"=,;@% <>".contains(&byte),
        };
        if !is_plain {
            return false;
        }
    }
    !text.is_empty()
}

/// Where the group ends whose inside `text` begins with.
fn end_of_group(text: &str) -> Option<usize> {
    places(text).find(|(_, depth, byte)| *depth == 0 && *byte == b')').map(|(at, ..)| at)
}

/// Whether a pattern has alternatives that are in no group.
fn has_branches(text: &str) -> bool {
    places(text).any(|(_, depth, byte)| depth == 0 && byte == b'|')
}

/// The brackets and bars of a pattern that stand for themselves in no class: where, in how many groups (a bracket that
/// opens or closes one counts it), which.
fn places(text: &str) -> impl Iterator<Item = (usize, usize, u8)> {
    let mut bytes = text.bytes().enumerate();
    let (mut depth, mut class) = (0_usize, None);
    std::iter::from_fn(move || {
        loop {
            let (at, byte) = bytes.next()?;
            match (byte, class) {
                (b'\\', _) => drop(bytes.next()),
                // A bracket that begins a class closes none.
                (b']', Some(open)) if at > open + 1 => class = None,
                (_, Some(_)) => {}
                (b'[', None) => class = Some(if text[at + 1..].starts_with('^') { at + 1 } else { at }),
                (b'(', None) => {
                    depth += 1;
                    return Some((at, depth, byte));
                }
                (b')', None) => {
                    let place = (at, depth, byte);
                    depth = depth.saturating_sub(1);
                    return Some(place);
                }
                (b'|', None) => return Some((at, depth, byte)),
                _ => {}
            }
        }
    })
}
