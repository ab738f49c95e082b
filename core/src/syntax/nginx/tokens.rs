//! Words, semicolons and braces. Pieces that stand side by side without a blank are one word.

use std::ops::Range;

use nginx_lint_parser::lexer_rowan::tokenize;
use nginx_lint_parser::syntax_kind::SyntaxKind;

/// What the grammar is made of.
pub(super) enum Token {
    /// A name or an argument, quotes and escapes taken away.
    Word { value: String, range: Range<usize> },
    /// `;`
    End(Range<usize>),
    /// `{`
    Open(Range<usize>),
    /// `}`
    Close(Range<usize>),
}

impl Token {
    pub(super) fn range(&self) -> &Range<usize> {
        match self {
            Self::Word { range, .. } | Self::End(range) | Self::Open(range) | Self::Close(range) => range,
        }
    }
}

/// The tokens of `text`, comments and blanks left out.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut offset = 0;
    let mut joins = false;
    for (kind, piece) in tokenize(text) {
        let range = offset..offset + piece.len();
        offset = range.end;
        let blank = kind.is_trivia() || (kind == SyntaxKind::ERROR && piece.trim().is_empty());
        match kind {
            _ if blank => {}
            SyntaxKind::SEMICOLON => tokens.push(Token::End(range)),
            SyntaxKind::L_BRACE => tokens.push(Token::Open(range)),
            SyntaxKind::R_BRACE => tokens.push(Token::Close(range)),
            _ => push_piece(&mut tokens, joins, &value_of(kind, piece), range),
        }
        joins = !blank;
    }
    tokens
}

fn push_piece(tokens: &mut Vec<Token>, joins: bool, piece: &str, at: Range<usize>) {
    match tokens.last_mut() {
        Some(Token::Word { value, range }) if joins => {
            value.push_str(piece);
            range.end = at.end;
        }
        _ => tokens.push(Token::Word { value: piece.to_owned(), range: at }),
    }
}

fn value_of(kind: SyntaxKind, piece: &str) -> String {
    let quote = match kind {
        SyntaxKind::DOUBLE_QUOTED_STRING => '"',
        SyntaxKind::SINGLE_QUOTED_STRING => '\'',
        _ => return unescape(piece),
    };
    let inner = piece.strip_prefix(quote).unwrap_or(piece);
    unescape(inner.strip_suffix(quote).unwrap_or(inner))
}

/// Takes away the escapes that nginx itself knows; a backslash before anything else stays, as regexes need it.
fn unescape(piece: &str) -> String {
    if !piece.contains('\\') {
        return piece.to_owned();
    }
    let mut value = String::with_capacity(piece.len());
    let mut characters = piece.chars().peekable();
    while let Some(character) = characters.next() {
        let known = (character == '\\').then(|| characters.peek().copied().and_then(escaped)).flatten();
        value.push(known.unwrap_or(character));
        if known.is_some() {
            characters.next();
        }
    }
    value
}

fn escaped(character: char) -> Option<char> {
    match character {
        '"' | '\'' | '\\' => Some(character),
        't' => Some('\t'),
        'r' => Some('\r'),
        'n' => Some('\n'),
        _ => None,
    }
}
