//! What an expression is worth without running it: a literal, a setting, a template, or the name of something.

use ruff_python_ast::{self as ast, Expr, Number, Operator};

use super::names::Names;
use super::scope::Binding;

/// Longest literal that is kept, in bytes.
const MAX_TEXT: usize = 4096;
/// How deep lists, sums and assigned names are followed.
const MAX_DEPTH: usize = 8;
/// How many expressions are looked at for one value: names that stand for lists of names multiply.
const MAX_WORK: u32 = 1000;
/// Most entries of a list or dictionary that are kept.
const MAX_ENTRIES: usize = 64;

/// The value of an expression, as it stands in `python_argument`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    pub(super) kind: &'static str,
    pub(super) text: Option<String>,
    /// For a setting: its literal default.
    pub(super) default: Option<String>,
}

impl Value {
    fn new(kind: &'static str, text: impl Into<String>) -> Self {
        let mut text: String = text.into();
        if text.len() > MAX_TEXT {
            let mut end = MAX_TEXT;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
        Self { kind, text: Some(text), default: None }
    }

    fn unknown(kind: &'static str) -> Self {
        Self { kind, text: None, default: None }
    }

    /// The literal text.
    pub(super) fn as_text(&self) -> Option<&str> {
        self.text.as_deref().filter(|_| self.kind == "text")
    }

    /// The text of any literal, or the default of a setting.
    pub(super) fn as_literal(&self) -> Option<&str> {
        match self.kind {
            "text" | "int" | "float" | "bool" => self.text.as_deref(),
            "setting" => self.default.as_deref(),
            _ => None,
        }
    }

    /// Whether the value stands literally in the source.
    pub(super) fn is_literal(&self) -> bool {
        matches!(self.kind, "text" | "int" | "float" | "bool" | "none")
    }
}

/// An environment variable that an expression reads.
pub(super) struct Read<'e> {
    pub(super) variable: String,
    pub(super) default: Option<&'e Expr>,
    /// The program stops where the variable is missing.
    pub(super) required: bool,
    pub(super) via: &'static str,
}

impl Names<'_> {
    /// What `expr` is worth.
    pub(super) fn value(&self, expr: &Expr) -> Value {
        self.budget.set(MAX_WORK);
        self.value_within(expr, MAX_DEPTH)
    }

    fn value_within(&self, expr: &Expr, depth: usize) -> Value {
        let (Some(depth), Some(budget)) = (depth.checked_sub(1), self.budget.get().checked_sub(1)) else {
            return Value::unknown("expression");
        };
        self.budget.set(budget);
        match expr {
            Expr::StringLiteral(text) => Value::new("text", text.value.to_str()),
            Expr::NumberLiteral(number) => number_value(&number.value),
            Expr::BooleanLiteral(literal) => Value::new("bool", if literal.value { "true" } else { "false" }),
            Expr::NoneLiteral(_) => Value::unknown("none"),
            Expr::EllipsisLiteral(_) => Value::new("expression", "..."),
            Expr::List(ast::ExprList { elts, .. })
            | Expr::Tuple(ast::ExprTuple { elts, .. })
            | Expr::Set(ast::ExprSet { elts, .. }) => Value::new("list", self.list_json(elts, depth)),
            Expr::Dict(dict) => Value::new("dict", self.dict_json(dict, depth)),
            Expr::Name(name) => self.name_value(name, depth),
            Expr::Attribute(attribute) => self.attribute_value(expr, attribute, depth),
            Expr::Subscript(_) => match self.environment_read(expr) {
                Some(read) => self.setting_value(&read, depth),
                None => Value::unknown("expression"),
            },
            Expr::Call(call) => self.call_value(call, depth),
            Expr::Await(awaited) => self.value_within(&awaited.value, depth),
            Expr::FString(text) => self.template_value(text, depth),
            Expr::BinOp(operation) => self.operation_value(operation, depth),
            Expr::BoolOp(operation) => self.either_value(operation, depth),
            Expr::UnaryOp(operation) => match (operation.op, self.value_within(&operation.operand, depth)) {
                (ast::UnaryOp::USub, Value { kind: kind @ ("int" | "float"), text: Some(text), .. }) => {
                    Value::new(kind, format!("-{text}"))
                }
                _ => Value::unknown("expression"),
            },
            Expr::Lambda(_) => Value::unknown("function"),
            _ => Value::unknown("expression"),
        }
    }

    /// A name that is assigned once stands for its value where that is constant.
    fn name_value(&self, name: &ast::ExprName, depth: usize) -> Value {
        if let Some((Binding::Value { value, sole: true }, _)) = self.lookup(name.id.as_str()) {
            let value = self.value_within(value, depth);
            if !matches!(value.kind, "expression" | "call" | "name" | "function") {
                return value;
            }
        }
        let named = match self.lookup(name.id.as_str()) {
            Some((Binding::Import(_) | Binding::Definition, _)) | None => self.identify_name(name.id.as_str()),
            Some(_) if self.is_module_variable(name.id.as_str()) => self.identify_name(name.id.as_str()),
            Some(_) => None,
        };
        Value::new("name", named.unwrap_or_else(|| name.id.to_string()))
    }

    /// What methods assign to an attribute of `self` counts where it is a literal or a setting; else the attribute's name.
    fn attribute_value(&self, expr: &Expr, attribute: &ast::ExprAttribute, depth: usize) -> Value {
        if let Some(own) = self.own_value(attribute) {
            let own = self.value_within(own, depth);
            if matches!(own.kind, "text" | "int" | "float" | "bool" | "setting") {
                return own;
            }
        }
        self.resolve(expr).map_or(Value::unknown("expression"), |name| Value::new("name", name))
    }

    fn call_value(&self, call: &ast::ExprCall, depth: usize) -> Value {
        let arguments = &call.arguments;
        let callee = self.resolve(&call.func);
        if let Some(read) = callee.as_deref().and_then(|callee| self.environment_call(call, callee)) {
            return self.setting_value(&read, depth);
        }
        if callee.as_deref() == Some("os.path.join") {
            let parts: Vec<String> = arguments.args.iter().map(|part| self.path_part(part, depth)).collect();
            return Value::new("path", parts.join("/"));
        }
        if let Expr::Attribute(attribute) = &*call.func
            && matches!(attribute.attr.as_str(), "format" | "join" | "strip" | "lower" | "split" | "replace")
        {
            return self.method_value(attribute, arguments, depth);
        }
        let converts = matches!(
            callee.as_deref(),
            Some("int" | "float" | "str" | "bool" | "list" | "tuple" | "set" | "textwrap.dedent" | "sqlalchemy.text")
        );
        if let (true, Some(inner)) = (converts, arguments.args.first()) {
            let inner = self.value_within(inner, depth);
            if !matches!(inner.kind, "expression" | "call" | "name") {
                return inner;
            }
        }
        callee.map_or(Value::unknown("call"), |callee| Value::new("call", callee))
    }

    /// Methods of texts: a template where the text or the arguments are not constant.
    fn method_value(&self, method: &ast::ExprAttribute, arguments: &ast::Arguments, depth: usize) -> Value {
        let receiver = self.value_within(&method.value, depth);
        match (method.attr.as_str(), receiver.kind) {
            ("format", "text" | "template") => Value { kind: "template", ..receiver },
            ("join", "text") => match arguments.args.first().map(|parts| self.value_within(parts, depth)) {
                Some(Value { kind: "list", text: Some(list), .. }) if !list.contains("null") => {
                    Value::new("text", list)
                }
                _ => Value::new("template", "{}"),
            },
            ("strip" | "lower" | "split" | "replace", "text" | "setting" | "template") => receiver,
            _ => Value::unknown("call"),
        }
    }

    fn template_value(&self, text: &ast::ExprFString, depth: usize) -> Value {
        let mut constant = true;
        let mut whole = String::new();
        for part in &text.value {
            match part {
                ast::FStringPart::Literal(literal) => whole.push_str(&literal.value),
                ast::FStringPart::FString(text) => {
                    for element in &text.elements {
                        constant &= self.push_element(&mut whole, element, depth);
                    }
                }
            }
        }
        Value::new(if constant { "text" } else { "template" }, whole)
    }

    /// Adds a part of an f-string; whether it is constant.
    fn push_element(&self, whole: &mut String, element: &ast::InterpolatedStringElement, depth: usize) -> bool {
        match element {
            ast::InterpolatedStringElement::Literal(literal) => {
                whole.push_str(&literal.value);
                true
            }
            ast::InterpolatedStringElement::Interpolation(part) => {
                let value = self.value_within(&part.expression, depth);
                let literal = value.text.as_deref().filter(|_| value.is_literal());
                whole.push_str(literal.unwrap_or("{}"));
                literal.is_some()
            }
        }
    }

    /// A part of a path, `{}` where it is not constant.
    fn path_part(&self, expr: &Expr, depth: usize) -> String {
        let part = self.value_within(expr, depth);
        let text = part.text.filter(|_| matches!(part.kind, "text" | "template" | "path"));
        text.unwrap_or_else(|| "{}".to_owned())
    }

    /// Sums of texts, products of numbers, paths, and `%` formats.
    fn operation_value(&self, operation: &ast::ExprBinOp, depth: usize) -> Value {
        let left = self.value_within(&operation.left, depth);
        if operation.op == Operator::Mod && matches!(left.kind, "text" | "template") {
            return Value { kind: "template", ..left };
        }
        let right = self.value_within(&operation.right, depth);
        if operation.op == Operator::Div && matches!(right.kind, "text" | "template" | "path") {
            let base =
                left.text.as_deref().filter(|_| matches!(left.kind, "text" | "template" | "path")).unwrap_or("{}");
            return Value::new("path", format!("{base}/{}", right.text.as_deref().unwrap_or("{}")));
        }
        match (left.kind, right.kind) {
            ("int", "int") => arithmetic(operation.op, &left, &right).unwrap_or(Value::unknown("expression")),
            ("text", "text") if operation.op == Operator::Add => Value::new("text", glue(&left, &right)),
            ("text" | "template", _) | (_, "text" | "template") if operation.op == Operator::Add => {
                Value::new("template", glue(&left, &right))
            }
            _ => Value::unknown("expression"),
        }
    }

    /// `os.getenv("X") or "default"`.
    fn either_value(&self, operation: &ast::ExprBoolOp, depth: usize) -> Value {
        let [first, second, ..] = operation.values.as_slice() else { return Value::unknown("expression") };
        let mut value = self.value_within(first, depth);
        if value.kind != "setting" || operation.op != ast::BoolOp::Or {
            return Value::unknown("expression");
        }
        let fallback = self.value_within(second, depth);
        value.default = value.default.or(fallback.as_literal().map(str::to_owned));
        value
    }

    fn setting_value(&self, read: &Read<'_>, depth: usize) -> Value {
        let default = read.default.map(|default| self.value_within(default, depth));
        let default = default.and_then(|default| default.as_literal().map(str::to_owned));
        Value { default, ..Value::new("setting", read.variable.clone()) }
    }

    /// The environment variable that `expr` reads: `os.getenv`, `os.environ[…]`, `environ.get`, decouple, environs.
    pub(super) fn environment_read<'e>(&self, expr: &'e Expr) -> Option<Read<'e>> {
        match expr {
            Expr::Subscript(subscript) => {
                if !self.resolves_to(&subscript.value, |base| base == "os.environ") {
                    return None;
                }
                let variable = self.constant_text(&subscript.slice)?;
                Some(Read { variable, default: None, required: true, via: "environ" })
            }
            Expr::Call(call) => {
                let mut found = None;
                self.resolves_to(&call.func, |callee| {
                    found = self.environment_call(call, callee);
                    found.is_some()
                });
                found
            }
            _ => None,
        }
    }

    /// As [`Self::environment_read`], for a call of `callee`.
    fn environment_call<'e>(&self, call: &'e ast::ExprCall, callee: &str) -> Option<Read<'e>> {
        let (via, strict) = environment_reader(callee)?;
        let variable = self.constant_text(call.arguments.find_argument_value("key", 0)?)?;
        // `Config(".env")` makes the reader; `config("NAME")` reads.
        if !variable.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let stated = call.arguments.find_argument_value("default", 1);
        let default = stated.filter(|default| !default.is_none_literal_expr());
        Some(Read { variable, default, required: strict && stated.is_none(), via })
    }

    /// The text of a literal or of a name that stands for one.
    fn constant_text(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
            Expr::Name(name) => match self.lookup(name.id.as_str())?.0 {
                Binding::Value { value: Expr::StringLiteral(text), sole: true } => Some(text.value.to_str().to_owned()),
                _ => None,
            },
            _ => None,
        }
    }

    fn list_json(&self, elements: &[Expr], depth: usize) -> String {
        let entries: Vec<String> = elements.iter().take(MAX_ENTRIES).map(|entry| self.json(entry, depth)).collect();
        format!("[{}]", entries.join(","))
    }

    fn dict_json(&self, dict: &ast::ExprDict, depth: usize) -> String {
        let mut entries = Vec::new();
        for item in dict.items.iter().take(MAX_ENTRIES) {
            let key = item.key.as_ref().map(|key| self.value_within(key, depth));
            if let Some(key) = key.as_ref().and_then(Value::as_text) {
                entries.push(format!("{}:{}", quoted(key), self.json(&item.value, depth)));
            }
        }
        format!("{{{}}}", entries.join(","))
    }

    /// A value inside a list or dictionary: what is not literal is null, but names and callees keep their name.
    fn json(&self, expr: &Expr, depth: usize) -> String {
        let value = self.value_within(expr, depth);
        match (value.kind, value.text) {
            ("text" | "name" | "call", Some(text)) => quoted(&text),
            ("int" | "bool" | "list" | "dict", Some(text)) => text,
            ("float", Some(text)) if text.parse::<f64>().is_ok_and(f64::is_finite) => text,
            _ => "null".into(),
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn number_value(number: &Number) -> Value {
    match number {
        Number::Int(int) => int.as_i64().map_or(Value::unknown("int"), |int| Value::new("int", int.to_string())),
        Number::Float(float) => Value::new("float", float.to_string()),
        Number::Complex { .. } => Value::unknown("expression"),
    }
}

fn arithmetic(op: Operator, left: &Value, right: &Value) -> Option<Value> {
    let (left, right): (i64, i64) = (left.text.as_ref()?.parse().ok()?, right.text.as_ref()?.parse().ok()?);
    let result = match op {
        Operator::Add => left.checked_add(right),
        Operator::Sub => left.checked_sub(right),
        Operator::Mult => left.checked_mul(right),
        Operator::Pow => left.checked_pow(u32::try_from(right).ok()?),
        _ => None,
    };
    result.map(|result| Value::new("int", result.to_string()))
}

fn glue(left: &Value, right: &Value) -> String {
    let part = |value: &Value| match (value.kind, &value.text) {
        ("text" | "template", Some(text)) => text.clone(),
        _ => "{}".to_owned(),
    };
    part(left) + &part(right)
}

/// Whether calls of `callee` read the environment.
pub(super) fn is_environment_reader(callee: &str) -> bool {
    environment_reader(callee).is_some()
}

/// How a callee reads the environment, and whether it raises where the variable is missing.
fn environment_reader(callee: &str) -> Option<(&'static str, bool)> {
    Some(match callee {
        "os.getenv" => ("getenv", false),
        "os.environ.get" | "os.environ.setdefault" | "os.environ.pop" => ("environ", false),
        "decouple.config" | "starlette.config.Config" => ("config", true),
        _ if callee.starts_with("environ.Env") || callee.starts_with("environs.Env") => {
            let method = callee.rsplit('.').next()?;
            let reads =
                matches!(method, "Env" | "str" | "int" | "bool" | "list" | "url" | "db" | "db_url" | "cache" | "float");
            return reads.then_some(("config", true));
        }
        _ => return None,
    })
}

impl Value {
    /// A number.
    pub(super) fn int(number: i64) -> Self {
        Self::new("int", number.to_string())
    }

    /// A text.
    pub(super) fn literal(text: &str) -> Self {
        Self::new("text", text)
    }
}
