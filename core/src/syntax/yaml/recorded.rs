//! Events of a YAML parser that were recorded at build time (`treeward_rules::RuleFile::events` tells the form).

use std::ops::Range;

use granit_parser::{Event, ScalarStyle, StructureStyle};

/// What is left of a record.
pub(super) struct Recorded<'r> {
    pub(super) text: &'r str,
    pub(super) rest: &'r [u8],
}

impl<'r> Recorded<'r> {
    /// The next event and its bytes; `None` where the record is not whole.
    pub(super) fn event(&mut self) -> Option<(Event<'r>, Range<usize>)> {
        let (&kind, rest) = self.rest.split_first()?;
        self.rest = rest;
        let range = self.number()?..self.number()?;
        let event = match kind {
            b'[' => Event::SequenceStart(StructureStyle::Block, self.number()?, None),
            b'{' => Event::MappingStart(StructureStyle::Block, self.number()?, None),
            b'e' => Event::MappingEnd,
            b'*' => Event::Alias(self.number()?),
            b'&' => Event::Anchor(self.number()?, "".into()),
            b'#' => Event::Comment("".into(), granit_parser::Placement::Above),
            b'.' => Event::DocumentEnd,
            _ => {
                let anchor = self.number()?;
                let value = match self.number()? {
                    0 => self.text.get(range.clone())?,
                    length => self.value(length - 1)?,
                };
                Event::Scalar(value.into(), style(kind)?, anchor, None)
            }
        };
        Some((event, range))
    }

    fn value(&mut self, length: usize) -> Option<&'r str> {
        let (value, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        std::str::from_utf8(value).ok()
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

fn style(kind: u8) -> Option<ScalarStyle> {
    Some(match kind {
        b'p' => ScalarStyle::Plain,
        b's' => ScalarStyle::SingleQuoted,
        b'd' => ScalarStyle::DoubleQuoted,
        b'l' => ScalarStyle::Literal,
        b'f' => ScalarStyle::Folded,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::syntax::yaml::Document;

    #[test]
    fn what_was_recorded_is_what_the_parser_says() {
        for file in treeward_rules::files().iter().chain(treeward_rules::data_files()) {
            assert!(!file.events.is_empty(), "{}", file.path);
            let (recorded, parsed) = (Document::recorded(file.text, file.events), Document::parse(file.text));
            assert_eq!(format!("{recorded:?}"), format!("{parsed:?}"), "{}", file.path);
        }
    }

    #[test]
    fn a_record_that_is_not_whole_does_no_harm() {
        let file = &treeward_rules::files()[0];
        for length in 1..file.events.len().min(200) {
            Document::recorded(file.text, &file.events[..length]);
        }
        assert_eq!(Document::recorded("a: 1", &[0xff; 9]).problems, []);
    }
}
