//! JSON with two spaces a level, each line begun in one go.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// What stands between two members: how it begins, and as many spaces as most lines begin with.
const BETWEEN: &[u8] = b",\n                                ";

/// Begins each member on a line of its own. Objects and lists without any stay on theirs.
pub(super) struct Indented {
    level: usize,
    is_empty: bool,
}

impl Indented {
    /// For a value within so many others.
    pub(super) fn at(level: usize) -> Self {
        Self { level, is_empty: true }
    }

    fn begin(&mut self, writer: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        self.level += 1;
        self.is_empty = true;
        writer.write_all(bracket)
    }

    fn end(&mut self, writer: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        self.level -= 1;
        if !self.is_empty {
            self.line(writer, true)?;
        }
        writer.write_all(bracket)
    }

    /// Begins a line, after what stood before unless that is the first.
    fn line(&self, writer: &mut (impl Write + ?Sized), is_first: bool) -> io::Result<()> {
        let (start, spaces) = (usize::from(is_first), 2 * self.level);
        let end = BETWEEN.len().min(2 + spaces);
        writer.write_all(&BETWEEN[start..end])?;
        (end..2 + spaces).try_for_each(|_| writer.write_all(b" "))
    }
}

impl Formatter for Indented {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        self.line(writer, is_first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_empty = false;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        self.line(writer, is_first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_empty = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::{Serializer, Value, json};

    use super::*;

    #[test]
    fn lines_begin_as_everybody_writes_them() {
        let mut deep = json!({"a": [], "b": {}, "c": [{}, [1, [2]], null, "x\n\"y"], "d": {"e": {"f": 1.5}}});
        for _ in 0..20 {
            deep = Value::Array(vec![deep, Value::Bool(true)]);
        }
        let mut json = Vec::new();
        deep.serialize(&mut Serializer::with_formatter(&mut json, Indented::at(0))).unwrap();
        assert_eq!(String::from_utf8(json).unwrap(), serde_json::to_string_pretty(&deep).unwrap());
    }
}
