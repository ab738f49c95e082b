//! nginx configuration as an arena of directives with byte ranges.
//!
//! The tokens come from `nginx-lint-parser`; the tree is built without recursion, so that nesting costs no stack.
//! Blocks of Lua are left out: their text is another language.

mod lua;
mod tokens;

use std::ops::Range;

/// Deepest nesting of blocks that is read.
const MAX_DEPTH: usize = 48;
/// Most directives that are read of one file.
const MAX_DIRECTIVES: usize = 50_000;

/// Index of a directive in its file's arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DirectiveId(pub(crate) u32);

/// A directive with its arguments and, where it opens a block, its children.
#[derive(Debug, Clone)]
pub struct Directive {
    /// Its name; in a `map` the value to match.
    pub name: Box<str>,
    /// Its arguments.
    pub args: Vec<Argument>,
    /// Bytes of the name and the arguments.
    pub range: Range<usize>,
    /// The directive whose block holds it.
    pub parent: Option<DirectiveId>,
    /// What its block holds; `None` where it ends in a semicolon.
    pub children: Option<Vec<DirectiveId>>,
}

/// One argument of a directive.
#[derive(Debug, Clone)]
pub struct Argument {
    /// The value after quotes and escapes are taken away.
    pub value: Box<str>,
    /// Its bytes, quotes included.
    pub range: Range<usize>,
}

/// Why a part of a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Byte offset of the trouble.
    pub offset: usize,
    /// What is wrong.
    pub message: &'static str,
}

/// One file of configuration.
#[derive(Debug, Clone, Default)]
pub struct Config {
    directives: Vec<Directive>,
    /// The directives at the top.
    pub top: Vec<DirectiveId>,
    /// What could not be read; what stands before and after it is kept.
    pub problems: Vec<Problem>,
    /// Whether the text holds marks of a template language that nginx does not know (`{{`, `{%`, `<%`).
    pub is_template: bool,
}

impl Config {
    /// Reads `text`. Never fails: what is wrong is told in `problems`.
    pub fn parse(text: &str) -> Self {
        let masked = lua::mask(text);
        let mut config = Self { is_template: has_template_marks(text), ..Self::default() };
        Builder { config: &mut config, open: Vec::new(), words: Vec::new(), skipped: 0 }.build(&masked);
        config
    }

    /// The directive with this id.
    pub fn directive(&self, id: DirectiveId) -> &Directive {
        &self.directives[id.0 as usize]
    }

    /// All directives, in the order in which they are written.
    pub fn all(&self) -> impl Iterator<Item = (DirectiveId, &Directive)> {
        self.directives.iter().enumerate().map(|(at, directive)| (DirectiveId(at as u32), directive))
    }

    /// What the block of `id` holds; empty where it opens none.
    pub fn children(&self, id: DirectiveId) -> &[DirectiveId] {
        self.directive(id).children.as_deref().unwrap_or_default()
    }
}

impl Directive {
    /// The value of the argument at `index`.
    pub fn arg(&self, index: usize) -> Option<&str> {
        self.args.get(index).map(|argument| &*argument.value)
    }

    /// All arguments, joined by single blanks.
    pub fn joined(&self) -> String {
        let values: Vec<&str> = self.args.iter().map(|argument| &*argument.value).collect();
        values.join(" ")
    }
}

fn has_template_marks(text: &str) -> bool {
    ["{{", "{%", "<%"].iter().any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

struct Builder<'c> {
    config: &'c mut Config,
    open: Vec<DirectiveId>,
    words: Vec<Argument>,
    /// Blocks that are open but too deep to be kept.
    skipped: usize,
}

impl Builder<'_> {
    fn build(mut self, text: &str) {
        for token in tokens::tokens(text) {
            if self.config.directives.len() >= MAX_DIRECTIVES {
                self.problem(token.range().start, "too many directives");
                return;
            }
            match token {
                tokens::Token::Word { value, range } => self.words.push(Argument { value: value.into(), range }),
                tokens::Token::End(range) => self.end(&range),
                tokens::Token::Open(range) => self.open(&range),
                tokens::Token::Close(range) => self.close(&range),
            }
        }
        self.missing_terminator(text.len());
        if !self.open.is_empty() || self.skipped > 0 {
            self.problem(text.len(), "a block is not closed");
        }
    }

    fn end(&mut self, range: &Range<usize>) {
        if self.words.is_empty() {
            self.problem(range.start, "a semicolon without a directive");
        } else if self.skipped == 0 {
            self.push(None);
        }
        self.words.clear();
    }

    fn open(&mut self, range: &Range<usize>) {
        if self.skipped > 0 || self.open.len() >= MAX_DEPTH || self.words.is_empty() {
            let message = if self.words.is_empty() { "a block without a directive" } else { "nested too deep" };
            self.problem(range.start, message);
            self.skipped += 1;
        } else if let Some(id) = self.push(Some(Vec::new())) {
            self.open.push(id);
        }
        self.words.clear();
    }

    fn close(&mut self, range: &Range<usize>) {
        self.missing_terminator(range.start);
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if self.open.pop().is_none() {
            self.problem(range.start, "a closing brace without a block");
        }
    }

    fn missing_terminator(&mut self, offset: usize) {
        if !self.words.is_empty() {
            let offset = self.words.last().map_or(offset, |word| word.range.end);
            self.problem(offset, "a directive does not end in a semicolon");
            if self.skipped == 0 {
                self.push(None);
            }
            self.words.clear();
        }
    }

    fn push(&mut self, children: Option<Vec<DirectiveId>>) -> Option<DirectiveId> {
        let mut words = std::mem::take(&mut self.words).into_iter();
        let name = words.next()?;
        let args: Vec<Argument> = words.collect();
        let end = args.last().map_or(name.range.end, |last| last.range.end);
        let id = DirectiveId(self.config.directives.len() as u32);
        let parent = self.open.last().copied();
        let range = name.range.start..end;
        self.config.directives.push(Directive { name: name.value, args, range, parent, children });
        match parent {
            Some(parent) => {
                if let Some(siblings) = &mut self.config.directives[parent.0 as usize].children {
                    siblings.push(id);
                }
            }
            None => self.config.top.push(id),
        }
        Some(id)
    }

    fn problem(&mut self, offset: usize, message: &'static str) {
        if self.config.problems.len() < 20 {
            self.config.problems.push(Problem { offset, message });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(config: &Config, ids: &[DirectiveId]) -> String {
        let show = |id: &DirectiveId| {
            let directive = config.directive(*id);
            let args: Vec<String> = directive.args.iter().map(|a| format!("<{}>", a.value)).collect();
            let block = directive.children.as_ref().map(|children| format!("{{{}}}", shape(config, children)));
            format!("{}{}{}", directive.name, args.concat(), block.unwrap_or_default())
        };
        ids.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    fn parse(text: &str) -> (String, Vec<&'static str>) {
        let config = Config::parse(text);
        (shape(&config, &config.top), config.problems.iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn adjacent_pieces_are_one_argument() {
        let (shape, problems) = parse("return 301 https://$host$request_uri;\nset $a \"x y\";");
        assert_eq!(shape, "return<301><https://$host$request_uri> set<$a><x y>");
        assert!(problems.is_empty());
    }

    #[test]
    fn braces_of_a_regex_and_of_a_variable_open_no_block() {
        let (shape, problems) = parse("location ~ \"^/[0-9]{4}/\" { root ${WEB_ROOT}; }");
        assert_eq!(shape, "location<~><^/[0-9]{4}/>{root<${WEB_ROOT}>}");
        assert!(problems.is_empty());
    }

    #[test]
    fn lua_is_left_out_even_where_its_comments_hold_quotes_and_braces() {
        let text = "location / { content_by_lua_block {\n -- don't } \n local t = {1, \"}\"}\n } root /x; }";
        let (shape, problems) = parse(text);
        assert_eq!(shape, "location</>{content_by_lua_block{} root</x>}");
        assert!(problems.is_empty());
    }

    #[test]
    fn windows_line_ends_and_comments_are_blank() {
        let (shape, problems) = parse("# a;\r\nlog_format m '$a'\r\n  # b\r\n  '$b';\r\n");
        assert_eq!(shape, "log_format<m><$a><$b>");
        assert!(problems.is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_and_the_rest_is_kept() {
        let (shape, problems) = parse("} server { listen 80 } root /x;");
        assert_eq!(shape, "server{listen<80>} root</x>");
        assert_eq!(problems, ["a closing brace without a block", "a directive does not end in a semicolon"]);
    }

    #[test]
    fn a_nesting_bomb_is_a_problem() {
        let config = Config::parse(&"a {".repeat(200_000));
        assert!(!config.problems.is_empty());
        assert!(config.all().count() <= MAX_DEPTH);
    }

    #[test]
    fn any_bytes_are_read() {
        for text in ["\"", "'a", "${", "\\", "a\\", "{", "}", ";", "é{\u{0};", "a_by_lua_block {", "a_by_lua_block"] {
            Config::parse(text);
        }
    }
}
