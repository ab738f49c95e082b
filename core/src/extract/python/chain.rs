//! A chain of attributes and calls, taken apart: the name that it starts from, and what follows.

use ruff_python_ast::Expr;

/// Longest chain of attributes that is named.
const MAX_CHAIN: usize = 64;
/// Parts that need no memory of their own.
const NEAR: usize = 6;

/// The attributes of a chain, outermost first.
#[derive(Default)]
pub(super) struct Parts<'e> {
    near: [&'e str; NEAR],
    count: usize,
    /// All of them, where they are more than a few.
    all: Vec<&'e str>,
}

impl<'e> Parts<'e> {
    fn push(&mut self, part: &'e str) {
        match self.near.get_mut(self.count) {
            Some(place) => *place = part,
            None => {
                if self.all.is_empty() {
                    self.all.extend(self.near);
                }
                self.all.push(part);
            }
        }
        self.count += 1;
    }

    fn as_slice(&self) -> &[&'e str] {
        if self.all.is_empty() { &self.near[..self.count] } else { &self.all }
    }
}

/// A chain that starts from a name.
pub(super) struct Chain<'e> {
    pub(super) name: &'e str,
    parts: Parts<'e>,
}

impl<'e> Chain<'e> {
    /// `a.b(…).c`, also under `await`; `None` where it starts from something else or is too long.
    pub(super) fn of(mut expr: &'e Expr) -> Option<Self> {
        let mut parts = Parts::default();
        loop {
            expr = match expr {
                Expr::Name(name) => return Some(Self { name: name.id.as_str(), parts }),
                Expr::Attribute(attribute) if parts.count < MAX_CHAIN => {
                    parts.push(attribute.attr.as_str());
                    &attribute.value
                }
                Expr::Call(call) => &call.func,
                Expr::Await(awaited) => &awaited.value,
                _ => return None,
            };
        }
    }

    /// The attributes, outermost first.
    pub(super) fn parts(&self) -> &[&'e str] {
        self.parts.as_slice()
    }
}

/// Whether nothing but attributes follows the name at the start.
pub(super) fn is_dotted(mut expr: &Expr) -> bool {
    while let Expr::Attribute(attribute) = expr {
        expr = &attribute.value;
    }
    expr.is_name_expr()
}

/// Adds attributes, given outermost first, to the dotted name that begins at `start`.
pub(super) fn push_parts(out: &mut String, start: usize, parts: &[&str]) {
    for part in parts.iter().rev() {
        push_part(out, start, part);
    }
}

/// Adds a part to the dotted name that begins at `start`; the root package `.` has no name of its own.
pub(super) fn push_part(out: &mut String, start: usize, part: &str) {
    if &out[start..] != "." {
        out.push('.');
    }
    out.push_str(part);
}
