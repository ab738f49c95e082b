//! What regular expressions answered of short texts: names recur, within a file and from file to file.

use std::cell::RefCell;

use crate::syntax::tree::Sym;

/// Answers kept by each thread; a power of two.
const SLOTS: usize = 1 << 12;
/// Longest text of which an answer is kept, in bytes.
const MAX_TEXT: usize = 64;

/// One answer. The number of an expression is never 0, so that an empty slot answers nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    text: u64,
    expression: u32,
    answer: bool,
}

thread_local! {
    static ANSWERS: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
}

/// What `ask` answers of the text for the expression of this number.
pub(super) fn recall(expression: u32, text: &str, ask: impl FnOnce() -> bool) -> bool {
    if text.len() > MAX_TEXT {
        return ask();
    }
    let text = Sym::new(text).0;
    let at = (text >> 32 ^ u64::from(expression).wrapping_mul(0x9e37_79b9)) as usize % SLOTS;
    let known = ANSWERS.with_borrow(|slots| slots.get(at).copied().unwrap_or_default());
    if known.expression == expression && known.text == text {
        return known.answer;
    }
    let answer = ask();
    ANSWERS.with_borrow_mut(|slots| {
        slots.resize(SLOTS, Slot::default());
        slots[at] = Slot { text, expression, answer };
    });
    answer
}
