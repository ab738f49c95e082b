//! States the environment variables that code reads, directly or through a settings class.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

use super::model::DefinedKind;
use super::walk::Walker;
use crate::facts::schema::python::PythonSetting;
use crate::facts::{Certainty, RowId};

/// How many classes of a module are followed to a base.
const MAX_BASES: usize = 8;
/// What a class of settings defines where its fields come from elsewhere too.
const OTHER_SOURCES: &[&str] = &["settings_customise_sources", "customise_sources"];

/// Types whose fields pydantic reads from one variable. A field of another type may be a nested model.
const SCALARS: &[&str] = &[
    "str",
    "int",
    "float",
    "bool",
    "bytes",
    "SecretStr",
    "SecretBytes",
    "AnyUrl",
    "AnyHttpUrl",
    "HttpUrl",
    "PostgresDsn",
    "RedisDsn",
    "MongoDsn",
    "AmqpDsn",
    "KafkaDsn",
    "EmailStr",
    "Path",
    "list",
    "List",
    "dict",
    "Dict",
    "set",
    "Set",
    "tuple",
    "Optional",
    "Union",
    "Literal",
    "Annotated",
    "PositiveInt",
    "Decimal",
    "UUID",
    "timedelta",
];

impl<'a> Walker<'a, '_> {
    /// `os.getenv("X")`, `os.environ["X"]` and their kin.
    pub(super) fn state_environment_read(&mut self, expr: &'a Expr) {
        if !self.facts.wants::<PythonSetting>() || is_store(expr) {
            return;
        }
        let Some(read) = self.names.environment_read(expr) else { return };
        let value = self.names.value(expr);
        // `os.getenv("X") or "y"`: the last word is as good as a default.
        let fallback = self.fallbacks.iter().rev().find(|(operand, _)| operand.contains_range(expr.range()));
        let fallback = fallback.filter(|_| !read.required).map(|(_, text)| text.clone());
        self.facts.push(PythonSetting {
            span: self.span(expr.range()),
            certainty: Certainty::Certain,
            module: self.model.row,
            function: self.function(),
            required: read.required && self.tries() == 0 && self.in_conditions == 0,
            via: read.via,
            variable: read.variable,
            default_value: value.default.clone().filter(|text| !text.is_empty()).or(fallback).or(value.default),
            class: None,
        });
    }

    /// The fields of a pydantic settings class.
    pub(super) fn state_settings_class(&mut self, class: &'a ast::StmtClassDef, row: RowId) {
        let bases: Vec<String> = class.bases().iter().filter_map(|base| self.names.resolve(base)).collect();
        let Some(base) = bases.iter().find_map(|base| self.settings_base(base, 0)) else { return };
        let settings = Settings {
            class: row,
            prefix: self.env_prefix(class),
            optional_by_type: base == "pydantic.BaseSettings",
            only_environment: base.starts_with("pydantic") && !has_other_sources(class),
        };
        for stmt in &class.body {
            if let Stmt::AnnAssign(assign) = stmt
                && let Expr::Name(name) = &*assign.target
                && !matches!(name.id.as_str(), "model_config" | "Config")
            {
                self.state_settings_field(assign, name.id.as_str(), &settings);
            }
        }
    }

    /// The class of settings that `base` is or, by classes of this module, comes from.
    fn settings_base(&self, base: &str, depth: usize) -> Option<String> {
        if depth > MAX_BASES || !base.rsplit('.').next()?.ends_with("Settings") {
            return None;
        }
        let own = base.strip_prefix(&self.model.name).and_then(|rest| rest.strip_prefix('.'));
        match own.and_then(|own| self.model.names.get(own)).filter(|own| own.kind == DefinedKind::Class) {
            Some(class) => class.bases.iter().find_map(|base| self.settings_base(base, depth + 1)),
            None => Some(base.to_owned()),
        }
    }

    fn state_settings_field(&mut self, assign: &'a ast::StmtAnnAssign, name: &str, settings: &Settings) {
        let annotation = self.squeezed(assign.annotation.range());
        if annotation.starts_with("ClassVar") {
            return;
        }
        let field = Field::of(self, assign);
        let head: String = annotation.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '.').collect();
        let scalar = head.rsplit('.').next().is_some_and(|last| SCALARS.contains(&last));
        let nullable = annotation.contains("None") || annotation.starts_with("Optional");
        let required =
            field.required && scalar && !(settings.optional_by_type && nullable) && field.variables.len() < 2;
        let variables = match field.variables.is_empty() {
            true => vec![format!("{}{name}", settings.prefix).to_ascii_uppercase()],
            false => field.variables,
        };
        for variable in variables {
            self.facts.push(PythonSetting {
                span: self.span(assign.range()),
                certainty: if scalar && settings.only_environment { Certainty::Certain } else { Certainty::Likely },
                module: self.model.row,
                function: None,
                variable,
                default_value: field.default.clone(),
                required,
                via: "settings_class",
                class: Some(settings.class),
            });
        }
    }

    /// `env_prefix` of `model_config = SettingsConfigDict(…)` or of `class Config`.
    fn env_prefix(&self, class: &'a ast::StmtClassDef) -> String {
        let text = |expr: &Expr| self.names.value(expr).as_text().map(str::to_owned);
        let found = class.body.iter().find_map(|stmt| match stmt {
            Stmt::Assign(assign) if is_name(assign.targets.first(), "model_config") => match &*assign.value {
                Expr::Call(call) => text(&call.arguments.find_keyword("env_prefix")?.value),
                Expr::Dict(dict) => dict.items.iter().find_map(|item| {
                    let key = text(item.key.as_ref()?)?;
                    text(&item.value).filter(|_| key == "env_prefix")
                }),
                _ => None,
            },
            Stmt::ClassDef(config) if config.name.as_str() == "Config" => {
                config.body.iter().find_map(|stmt| match stmt {
                    Stmt::Assign(assign) if is_name(assign.targets.first(), "env_prefix") => text(&assign.value),
                    _ => None,
                })
            }
            _ => None,
        });
        found.unwrap_or_default()
    }
}

/// What holds for all fields of a settings class.
struct Settings {
    class: RowId,
    prefix: String,
    /// Pydantic 1: a field whose type allows `None` may be missing.
    optional_by_type: bool,
    /// Whether nothing but the environment is known to fill fields.
    only_environment: bool,
}

/// What a settings field says of its default and its variables.
struct Field {
    required: bool,
    default: Option<String>,
    variables: Vec<String>,
}

impl Field {
    fn of(walker: &Walker<'_, '_>, assign: &ast::StmtAnnAssign) -> Self {
        let Some(value) = assign.value.as_deref() else {
            return Self { required: true, default: None, variables: Vec::new() };
        };
        let Expr::Call(call) = value else {
            let value = walker.names.value(value);
            return Self { required: false, default: value.as_literal().map(str::to_owned), variables: Vec::new() };
        };
        if !walker.names.resolve(&call.func).is_some_and(|callee| callee.ends_with("Field")) {
            return Self { required: false, default: None, variables: Vec::new() };
        }
        let arguments = &call.arguments;
        let default = arguments.find_argument_value("default", 0);
        let required = match default {
            Some(default) => default.is_ellipsis_literal_expr(),
            None => arguments.find_keyword("default_factory").is_none(),
        };
        let default = default.map(|default| walker.names.value(default));
        let variables = ["env", "validation_alias", "alias"].iter().find_map(|name| {
            Some(variables_of(walker, &arguments.find_keyword(name)?.value)).filter(|found| !found.is_empty())
        });
        Self {
            required,
            default: default.and_then(|default| default.as_literal().map(str::to_owned)),
            variables: variables.unwrap_or_default(),
        }
    }
}

/// The variables that an alias names: a text, a list, `AliasChoices("A", "B")`.
fn variables_of(walker: &Walker<'_, '_>, expr: &Expr) -> Vec<String> {
    let texts = |parts: &[Expr]| {
        parts.iter().filter_map(|part| walker.names.value(part).as_text().map(str::to_ascii_uppercase)).collect()
    };
    match expr {
        Expr::List(list) => texts(&list.elts),
        Expr::Call(call) => texts(&call.arguments.args),
        other => texts(std::slice::from_ref(other)),
    }
}

/// Whether a class of settings is filled from files or services, or by a validator that sees all values first.
fn has_other_sources(class: &ast::StmtClassDef) -> bool {
    class.body.iter().any(|stmt| match stmt {
        Stmt::FunctionDef(function) => OTHER_SOURCES.contains(&function.name.as_str()),
        Stmt::ClassDef(config) => config
            .body
            .iter()
            .any(|stmt| matches!(stmt, Stmt::FunctionDef(function) if OTHER_SOURCES.contains(&function.name.as_str()))),
        _ => false,
    })
}

fn is_name(expr: Option<&Expr>, wanted: &str) -> bool {
    matches!(expr, Some(Expr::Name(name)) if name.id.as_str() == wanted)
}

/// `os.environ["X"] = …` writes.
fn is_store(expr: &Expr) -> bool {
    matches!(expr, Expr::Subscript(subscript) if subscript.ctx != ast::ExprContext::Load)
}
