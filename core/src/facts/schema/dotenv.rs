//! Facts about environment files.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// An environment file such as `.env`. `span` is its first byte.
    pub struct EnvFile in "env_file" {
        /// Path from the root.
        #[indexed] path: String,
        /// Its folder.
        #[indexed] folder: String,
        /// `real`, `template` (an example to copy), `backup` or `encrypted`.
        kind: &'static str,
        /// What its path says it is for: `production`, `development`, `test` or `example`.
        role: &'static str,
        /// How many assignments it holds.
        entries: i64,
    }

    /// An assignment of an environment file.
    pub struct EnvEntry in "env_entry" {
        /// The file.
        env_file: RowId,
        /// The variable.
        #[indexed] name: String,
        /// The value without quotes; NULL where the line holds a name only.
        value: Option<String>,
        /// `none`, `single` or `double`.
        quoting: &'static str,
        /// Whether `export` stands before it.
        is_exported: bool,
        /// Whether the same file has set the name before.
        is_repeated: bool,
        /// Whether name and value together say that it is a secret.
        is_secret_name: bool,
        /// What the value is: `empty`, `variable`, `reference`, `token`, `url_credential`, `weak`, `placeholder`, `path`, `boolean`, `number`, `url`, `public`, `opaque`, `text`.
        value_class: &'static str,
        /// Who issues tokens of the value's format.
        provider: Option<String>,
        /// Shannon entropy of the value, in bits a character.
        entropy: f64,
    }

    /// A line of an environment file on which readers disagree, or which they refuse.
    pub struct EnvOddity in "env_oddity" {
        /// The file.
        env_file: RowId,
        /// `no_assignment`, `blank_around_equals`, `bad_name`, `unbalanced_quote`, `unquoted_blank` or `carriage_return`.
        #[indexed] kind: &'static str,
        /// The variable, or the start of the line.
        subject: String,
    }

    /// An assignment of an environment file that is commented out: it tells that the variable may be set.
    pub struct EnvComment in "env_comment" {
        /// The file.
        env_file: RowId,
        /// The variable.
        #[indexed] name: String,
    }
}
