//! The normalised syntax: kinds of nodes and the parts that they play.

/// Declares [`Kind`] and the list of its values.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident,)+) => {
        /// What a node is. The order of children is the order of the listed parts; parts marked `?` may be absent and are
        /// told apart by their [`Role`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Kind {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl Kind {
            /// Every kind, in order.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];
        }
    };
}

kinds! {
    /// The whole file: statements (for data, one per document).
    Module,
    /// Statements of a body.
    Block,

    /// A name used as an expression.
    Name,
    /// A name that is no expression: of an attribute, definition, keyword, parameter, alias, instruction flag.
    Ident,
    /// A string literal; `sym` is its content as written. Content = range less `open` and `close` bytes.
    Str,
    /// A string literal with a prefix that says how to read it (`b"…"`, `r'…'`), as [`Kind::Str`].
    PrefixedStr,
    /// An integer; `sym` from its value ([`Builder::integer`]).
    Int,
    /// A floating point or imaginary number; `sym` from its text.
    Float,
    /// `True` or `False`; `sym` of the lower-case word.
    Bool,
    /// The null value.
    Null,

    /// Object, attribute name ([`Kind::Ident`]).
    Attribute,
    /// Object, index expressions.
    Subscript,
    /// Lower?, upper?, step?.
    Slice,
    /// Callee, arguments.
    Call,
    /// Name ([`Kind::Ident`]), value.
    KeywordArg,
    /// As [`Kind::KeywordArg`], but a pattern need not name it to match (an image's tag or digest).
    OptionalArg,
    /// `*value`.
    Starred,
    /// `**value`.
    DoubleStarred,
    /// Operand; `sym` is the operator.
    Unary,
    /// Operands; `sym` is the operator. `a and b and c` is one node; `a + b + c` nests to the left.
    Binary,
    /// A comparison with several operators: the operands after the first; `sym` from all operators.
    Comparisons,
    /// Test, value, else value.
    Conditional,
    /// Parameters, body expression.
    Lambda,
    /// Value.
    Await,
    /// Value?.
    Yield,
    /// Value.
    YieldFrom,
    /// Elements.
    List,
    /// Elements.
    Tuple,
    /// Elements.
    Set,
    /// [`Kind::Pair`]s and others.
    Dict,
    /// Key, value: an entry of a mapping.
    Pair,
    /// Element(s), then [`Kind::CompFor`]s and [`Kind::CompIf`]s in order; `sym` tells list, set, dict, generator.
    Comprehension,
    /// Target, iterated.
    CompFor,
    /// Test.
    CompIf,
    /// Literal pieces ([`Kind::Str`] without delimiters) and expressions; a hole with a conversion or format is an
    /// [`Kind::Interpolated`] of its own.
    Interpolated,
    /// Literals written side by side; `sym` of the joined content.
    Concat,
    /// Target, value: `=` and `:=`. Several targets are one tuple.
    Assign,
    /// Target, value; `sym` is the operator.
    AugAssign,

    /// An expression.
    ExprStmt,
    /// Target, type ([`Role::Type`]), value?: an annotated assignment.
    VarDef,
    /// Value?.
    Return,
    /// Exception?, cause?.
    Raise,
    /// Test, message?.
    Assert,
    /// Targets.
    Delete,
    /// Test, body, else? (a block, or an [`Kind::If`] for elif).
    If,
    /// Test, body, else?.
    While,
    /// Target, iterated, body, else?.
    For,
    /// One item, body: several items nest.
    With,
    /// Expression, target?.
    WithItem,
    /// Body, handlers, else?, finally?.
    Try,
    /// Type?, name?, body.
    Handler,
    /// Subject, cases.
    Match,
    /// Pattern, guard?, body.
    Case,
    /// Decorators (and [`Kind::Word`] `async`), name, parameters ([`Kind::Params`]), returned type?, body.
    FuncDef,
    /// Parameters.
    Params,
    /// Name, type?, default?.
    Param,
    /// `*name`: name, type?.
    RestParam,
    /// `**name`: name, type?.
    KeywordRestParam,
    /// A bare `*` or `/`; `sym` tells which.
    ParamMark,
    /// Decorators, name, bases as arguments, body.
    ClassDef,
    /// A decorator: a [`Kind::Call`], also where it is written without parentheses.
    Decorator,
    /// [`Kind::Path`], alias ([`Role::Alias`])?: `import a.b as c`, one node for each module.
    Import,
    /// [`Kind::Path`], [`Kind::ImportName`]s.
    ImportFrom,
    /// [`Kind::Path`]: `from a import *`.
    ImportAll,
    /// The [`Kind::Ident`]s of a dotted path; leading dots are idents of their own (`.`, or `..` for each level above).
    Path,
    /// Imported name, alias ([`Role::Alias`])?.
    ImportName,
    /// Expression, type ([`Role::Type`]): an annotation of something that is no plain name.
    Cast,
    /// A name declared to live in an outer scope; `sym` of `global` or `nonlocal`. Name.
    OuterName,
    /// A word alone (`pass`, `break`, `continue`); `sym` tells which.
    Word,
    /// Any other expression, with `sym` for its construct; matches when `sym` and children do.
    Other,
    /// Any other statement, likewise.
    OtherStmt,

    /// `$X`; `sym` of the name with its `$`.
    Metavar,
    /// `$...X`; `sym` of the name with its `$...`.
    MetavarRest,
    /// `...`.
    Ellipsis,
    /// `<... expression ...>`.
    Deep,
    /// `$X` with a type: type. `sym` of the name.
    TypedMetavar,
    /// A literal `...` of the language in a target (Python's `Ellipsis`).
    EllipsisLiteral,
}

impl Kind {
    /// Whether only patterns hold it.
    pub fn is_pattern(self) -> bool {
        matches!(self, Self::Metavar | Self::MetavarRest | Self::Ellipsis | Self::Deep | Self::TypedMetavar)
    }

    /// Whether it stands as a statement of a block.
    pub fn is_statement(self) -> bool {
        (self >= Self::ExprStmt && self <= Self::Match && !matches!(self, Self::WithItem | Self::Handler))
            || matches!(
                self,
                Self::OuterName
                    | Self::OtherStmt
                    | Self::FuncDef
                    | Self::ClassDef
                    | Self::Import
                    | Self::ImportFrom
                    | Self::ImportAll
                    | Self::Word
                    | Self::Block
            )
    }
}

/// Which part of its parent a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Role {
    /// One of a list of like children, or the only child.
    Item,
    /// What is called.
    Callee,
    /// An argument, or a base of a class.
    Arg,
    /// The name of a definition, keyword, parameter, attribute.
    Name,
    /// What is assigned, iterated, returned, raised; the value of an entry.
    Value,
    /// What is assigned to.
    Target,
    /// A condition.
    Test,
    /// A block, or the body of a lambda.
    Body,
    /// What happens otherwise.
    Else,
    /// A finally block.
    Finally,
    /// A type: an annotation, a returned type, an exception's type.
    Type,
    /// A default value.
    Default,
    /// A decorator.
    Decorator,
    /// The key of an entry.
    Key,
    /// The alias of an import.
    Alias,
    /// The module of an import.
    Module,
    /// Lower bound of a slice.
    Lower,
    /// Upper bound of a slice.
    Upper,
    /// Step of a slice.
    Step,
}
