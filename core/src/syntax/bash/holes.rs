//! What only patterns have, cut out of a text before a shell parser reads it.

/// A pattern's text in which each hole is a name that the shell's grammar takes anywhere.
pub(in crate::syntax) struct Holes {
    /// The text to parse.
    pub(in crate::syntax) text: String,
    holes: Vec<Hole>,
}

/// What stood in place of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::syntax) enum Hole {
    /// `$X`
    Metavariable(String),
    /// `$...X`
    Rest(String),
    /// `<... text ...>`
    Deep(String),
}

/// A part of a word.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::syntax) enum Piece<'t> {
    /// Text as written.
    Text(&'t str),
    /// A hole.
    Hole(&'t Hole),
}

const OPEN: &str = "__tw_";
const CLOSE: &str = "_wt__";

impl Holes {
    /// Cuts the holes out of `text`. In single quotes and after a backslash, `$` is only a sign.
    pub(in crate::syntax) fn cut(text: &str) -> Self {
        let mut cut = Self { text: String::with_capacity(text.len()), holes: Vec::new() };
        let (mut rest, mut in_single, mut in_double) = (text, false, false);
        while let Some(first) = rest.chars().next() {
            let hole = if in_single { None } else { hole(rest) };
            if let Some((hole, len)) = hole {
                cut.put(hole);
                rest = &rest[len..];
                continue;
            }
            match first {
                '\'' if !in_double => in_single = !in_single,
                '"' if !in_single => in_double = !in_double,
                _ => {}
            }
            let len = if first == '\\' && !in_single {
                rest.chars().take(2).map(char::len_utf8).sum()
            } else {
                first.len_utf8()
            };
            cut.text.push_str(&rest[..len]);
            rest = &rest[len..];
        }
        cut
    }

    fn put(&mut self, hole: Hole) {
        self.text.push_str(&format!("{OPEN}{}{CLOSE}", self.holes.len()));
        self.holes.push(hole);
    }

    /// Takes a text apart at its holes.
    pub(in crate::syntax) fn pieces<'t>(&'t self, text: &'t str) -> Vec<Piece<'t>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(OPEN) {
            let inner = &rest[at + OPEN.len()..];
            let hole =
                inner.find(CLOSE).and_then(|end| Some((self.holes.get(inner[..end].parse::<usize>().ok()?)?, end)));
            let Some((hole, end)) = hole else { break };
            if at > 0 {
                pieces.push(Piece::Text(&rest[..at]));
            }
            pieces.push(Piece::Hole(hole));
            rest = &inner[end + CLOSE.len()..];
        }
        if !rest.is_empty() || pieces.is_empty() {
            pieces.push(Piece::Text(rest));
        }
        pieces
    }

    /// A text with its holes spelt as the pattern spells them.
    pub(in crate::syntax) fn written(&self, text: &str) -> String {
        let spelt = |piece: &Piece<'_>| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Hole(Hole::Metavariable(name) | Hole::Rest(name)) => name.clone(),
            Piece::Hole(Hole::Deep(text)) => format!("<... {text} ...>"),
        };
        self.pieces(text).iter().map(spelt).collect()
    }
}

/// The hole at the start of `text`, with its length.
fn hole(text: &str) -> Option<(Hole, usize)> {
    if let Some(inner) = text.strip_prefix("<...") {
        let end = inner.find("...>")?;
        return Some((Hole::Deep(inner[..end].trim().to_owned()), end + 8));
    }
    let name = text.strip_prefix("$...").or_else(|| text.strip_prefix('$'))?;
    let len = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let is_metavariable =
        len > 0 && !name.as_bytes()[0].is_ascii_digit() && name[..len].bytes().all(|byte| !byte.is_ascii_lowercase());
    let whole = text.len() - name.len() + len;
    is_metavariable.then(|| {
        let name = text[..whole].to_owned();
        (if name.starts_with("$...") { Hole::Rest(name) } else { Hole::Metavariable(name) }, whole)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_cut_and_found_again() {
        let holes = Holes::cut("a $X b=$...Y '$Z' <... c $W ...> ${$V} $lower \\$E");
        assert_eq!(holes.holes.len(), 4);
        assert!(holes.text.contains("'$Z'") && holes.text.contains("$lower") && holes.text.contains("\\$E"));
        let pieces = holes.pieces("x__tw_0_wt__y");
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces[1], Piece::Hole(&Hole::Metavariable("$X".into())));
    }
}
