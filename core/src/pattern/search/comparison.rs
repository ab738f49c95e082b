//! The expressions of `metavariable-comparison`: a small part of Python, evaluated over what metavariables hold.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::pattern::analysis::Code;
use crate::pattern::regex::{Regex, Use};
use crate::syntax::tree::{Kind, NodeId, PatternTree, Role, Sym, Tree};

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Value>),
    /// Code without a value: only `str()` makes something of it.
    Code(String),
}

type LookUp<'l> = &'l dyn Fn(Sym) -> Option<Value>;

/// An expression that is true or not.
#[derive(Debug)]
pub(in super::super) struct Comparison {
    tree: Box<PatternTree>,
    /// The regular expressions written in it, by their nodes, in order.
    regexes: Vec<(NodeId, Regex)>,
}

impl Comparison {
    /// Makes an expression ready; its regular expressions are compiled when they are first used.
    pub(super) fn new(tree: Box<PatternTree>) -> Self {
        let written = |at: usize| {
            let (call, callee) = (NodeId(at as u32), NodeId(at as u32 + 1));
            let is_match =
                tree.tree.node(call).kind == Kind::Call && name_of(&tree.tree, &tree.text, callee)? == "match";
            let regex = tree.tree.children(call).nth(1).filter(|_| is_match)?;
            let is_text = matches!(tree.tree.node(regex).kind, Kind::Str | Kind::PrefixedStr);
            is_text.then(|| (regex, Regex::tested(tree.tree.content(&tree.text, regex), Use::AtStart)))
        };
        let regexes = (0..tree.tree.nodes.len()).filter_map(written).collect();
        Self { tree, regexes }
    }

    /// Whether it is true; what cannot be evaluated is not.
    pub(super) fn holds(&self, look_up: LookUp<'_>) -> bool {
        let PatternTree { tree, text, root, .. } = &*self.tree;
        let evaluator = Evaluator { tree, text, look_up, regexes: &self.regexes };
        evaluator.value(*root, 0) == Some(Value::Bool(true))
    }
}

/// The last word of what is called.
fn name_of<'t>(tree: &'t Tree, text: &'t str, callee: NodeId) -> Option<&'t str> {
    match tree.node(callee).kind {
        Kind::Attribute => Some(tree.content(text, tree.child(callee, Role::Name)?)),
        _ => Some(tree.content(text, callee)),
    }
}

/// The value of a literal of the code.
pub(super) fn literal(code: &Code<'_>, node: NodeId) -> Option<Value> {
    let evaluator = Evaluator { tree: code.tree, text: code.text, look_up: &|_| None, regexes: &[] };
    evaluator.literal_or_operation(node)
}

const MAX_DEPTH: u32 = 200;

struct Evaluator<'e> {
    tree: &'e Tree,
    text: &'e str,
    look_up: LookUp<'e>,
    regexes: &'e [(NodeId, Regex)],
}

impl Evaluator<'_> {
    fn literal_or_operation(&self, id: NodeId) -> Option<Value> {
        match self.tree.node(id).kind {
            Kind::Int | Kind::Float | Kind::Bool | Kind::Str | Kind::Unary | Kind::Binary => self.value(id, 0),
            _ => None,
        }
    }

    fn value(&self, id: NodeId, depth: u32) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        let node = self.tree.node(id);
        let operands = || self.tree.children(id).map(|child| self.value(child, depth + 1));
        match node.kind {
            Kind::Metavar | Kind::MetavarRest => (self.look_up)(node.sym),
            Kind::Str | Kind::PrefixedStr => Some(Value::Text(self.tree.content(self.text, id).to_owned())),
            Kind::Int => integer(self.tree.content(self.text, id)).map(Value::Int),
            Kind::Float => self.tree.content(self.text, id).replace('_', "").parse().ok().map(Value::Float),
            Kind::Bool => Some(Value::Bool(node.sym == Sym::new("true"))),
            Kind::List | Kind::Tuple | Kind::Set => operands().collect::<Option<Vec<_>>>().map(Value::List),
            Kind::Unary => unary(node.sym, self.value(NodeId(id.0 + 1), depth + 1)?),
            Kind::Binary => self.binary(id, depth),
            Kind::Comparisons => None,
            Kind::Concat => {
                let texts: Option<Vec<String>> = operands().map(|value| value.and_then(as_text)).collect();
                texts.map(|texts| Value::Text(texts.concat()))
            }
            Kind::Interpolated => {
                let texts: Option<Vec<String>> = operands().map(|value| value.and_then(as_text)).collect();
                texts.map(|texts| Value::Text(texts.concat()))
            }
            Kind::Call => self.call(id, depth),
            _ => None,
        }
    }

    fn binary(&self, id: NodeId, depth: u32) -> Option<Value> {
        let sym = self.tree.node(id).sym;
        let mut operands = self.tree.children(id);
        let mut value = self.value(operands.next()?, depth + 1)?;
        for operand in operands {
            let right = self.value(operand, depth + 1)?;
            value = operate(sym, &value, &right)?;
        }
        Some(value)
    }

    fn call(&self, id: NodeId, depth: u32) -> Option<Value> {
        let callee = NodeId(id.0 + 1);
        let args: Vec<NodeId> = self.tree.children(id).skip(1).collect();
        let name = name_of(self.tree, self.text, callee)?;
        let arg = |at: usize| self.value(*args.get(at)?, depth + 1);
        match name {
            "int" => match arg(0)? {
                Value::Text(text) => integer(text.trim()).map(Value::Int),
                Value::Int(int) => Some(Value::Int(int)),
                Value::Code(text) => integer(text.trim_matches(['"', '\'', ' '])).map(Value::Int),
                _ => None,
            },
            "float" => match arg(0)? {
                Value::Text(text) => text.trim().parse().ok().map(Value::Float),
                Value::Int(int) => Some(Value::Float(int as f64)),
                Value::Float(float) => Some(Value::Float(float)),
                _ => None,
            },
            "str" => as_text(arg(0)?).map(Value::Text),
            "len" => match arg(0)? {
                Value::Text(text) | Value::Code(text) => Some(Value::Int(text.chars().count() as i64)),
                Value::List(list) => Some(Value::Int(list.len() as i64)),
                _ => None,
            },
            "today" => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
                Some(Value::Float(now.as_secs_f64()))
            }
            "strptime" => match arg(0)? {
                Value::Text(text) => date(&text).map(Value::Float),
                _ => None,
            },
            "parse_promql_duration" => match arg(0)? {
                Value::Text(text) => duration(&text).map(Value::Int),
                _ => None,
            },
            "match" => {
                let Value::Text(text) = arg(1)? else { return None };
                self.is_matched(*args.first()?, &text, depth).map(Value::Bool)
            }
            _ => None,
        }
    }

    fn is_matched(&self, regex: NodeId, text: &str, depth: u32) -> Option<bool> {
        if let Ok(at) = self.regexes.binary_search_by_key(&regex, |entry| entry.0) {
            return self.regexes[at].1.is_found(text).ok();
        }
        // One that the code holds is another each time.
        let Value::Text(regex) = self.value(regex, depth + 1)? else { return None };
        Regex::new(&regex, Use::AtStart).ok()?.is_found(text).ok()
    }
}

fn integer(written: &str) -> Option<i64> {
    let written = written.replace('_', "").to_ascii_lowercase();
    let written = written.trim_matches(['(', ')', ' ']);
    let radix = |prefix: &str, radix| Some(i64::from_str_radix(written.strip_prefix(prefix)?, radix).ok());
    radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| radix("0b", 2)).unwrap_or_else(|| written.parse().ok())
}

fn as_text(value: Value) -> Option<String> {
    Some(match value {
        Value::Bool(bool) => bool.to_string(),
        Value::Int(int) => int.to_string(),
        Value::Float(float) => float.to_string(),
        Value::Text(text) | Value::Code(text) => text,
        Value::List(_) => return None,
    })
}

fn unary(sym: Sym, operand: Value) -> Option<Value> {
    let is = |operator: &str| sym == Sym::new(operator);
    match operand {
        Value::Bool(bool) if is("not") => Some(Value::Bool(!bool)),
        Value::Int(int) if is("-") => int.checked_neg().map(Value::Int),
        Value::Int(int) if is("~") => Some(Value::Int(!int)),
        Value::Float(float) if is("-") => Some(Value::Float(-float)),
        number @ (Value::Int(_) | Value::Float(_)) if is("+") => Some(number),
        _ => None,
    }
}

fn operate(sym: Sym, left: &Value, right: &Value) -> Option<Value> {
    if matches!(left, Value::Code(_)) || matches!(right, Value::Code(_)) {
        return None;
    }
    let is = |operator: &str| sym == Sym::new(operator);
    if is("in") || is("not in") {
        let held = match (left, right) {
            (_, Value::List(list)) => list.contains(left),
            (Value::Text(part), Value::Text(whole)) => whole.contains(part.as_str()),
            _ => return Some(Value::Bool(false)),
        };
        return Some(Value::Bool(held == is("in")));
    }
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) if is("and") => Some(Value::Bool(*left && *right)),
        (Value::Bool(left), Value::Bool(right)) if is("or") => Some(Value::Bool(*left || *right)),
        (Value::Int(left), Value::Int(right)) => integers(sym, *left, *right),
        (Value::Int(left), Value::Float(right)) => floats(sym, *left as f64, *right),
        (Value::Float(left), Value::Int(right)) => floats(sym, *left, *right as f64),
        (Value::Float(left), Value::Float(right)) => floats(sym, *left, *right),
        (Value::Text(left), Value::Text(right)) if is("+") => Some(Value::Text(format!("{left}{right}"))),
        _ if is("==") => Some(Value::Bool(left == right)),
        _ if is("!=") => Some(Value::Bool(left != right)),
        _ => None,
    }
}

fn integers(sym: Sym, left: i64, right: i64) -> Option<Value> {
    let is = |operator: &str| sym == Sym::new(operator);
    let result = if is("+") {
        left.checked_add(right)
    } else if is("-") {
        left.checked_sub(right)
    } else if is("*") {
        left.checked_mul(right)
    } else if is("/") || is("//") {
        left.checked_div(right)
    } else if is("%") {
        left.checked_rem(right)
    } else if is("**") {
        left.checked_pow(u32::try_from(right).ok()?)
    } else if is("&") {
        Some(left & right)
    } else if is("|") {
        Some(left | right)
    } else if is("^") {
        Some(left ^ right)
    } else {
        return ordering(sym, left.cmp(&right));
    };
    result.map(Value::Int)
}

fn floats(sym: Sym, left: f64, right: f64) -> Option<Value> {
    let is = |operator: &str| sym == Sym::new(operator);
    if is("+") {
        Some(Value::Float(left + right))
    } else if is("-") {
        Some(Value::Float(left - right))
    } else if is("*") {
        Some(Value::Float(left * right))
    } else if is("/") {
        Some(Value::Float(left / right))
    } else if is("%") {
        Some(Value::Float(left % right))
    } else if is("**") {
        Some(Value::Float(left.powf(right)))
    } else {
        ordering(sym, left.partial_cmp(&right)?)
    }
}

fn ordering(sym: Sym, order: std::cmp::Ordering) -> Option<Value> {
    let is = |operator: &str| sym == Sym::new(operator);
    let holds = if is("<") {
        order.is_lt()
    } else if is("<=") {
        order.is_le()
    } else if is(">") {
        order.is_gt()
    } else if is(">=") {
        order.is_ge()
    } else if is("==") {
        order.is_eq()
    } else if is("!=") {
        order.is_ne()
    } else {
        return None;
    };
    Some(Value::Bool(holds))
}

/// `YYYY-MM-DD` as seconds since 1970.
fn date(text: &str) -> Option<f64> {
    let parts: Vec<i64> = text.trim().split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day] = parts[..] else { return None };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1..=9999).contains(&year) {
        return None;
    }
    // Days since 1970 in the proleptic Gregorian calendar, with the year counted from March.
    let (shifted, from_march) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(days as f64 * 86_400.0)
}

/// A duration as Prometheus writes it, in milliseconds.
fn duration(text: &str) -> Option<i64> {
    let mut total = 0i64;
    let mut rest = text;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let units = [
            ("ms", 1),
            ("s", 1_000),
            ("m", 60_000),
            ("h", 3_600_000),
            ("d", 86_400_000),
            ("w", 604_800_000),
            ("y", 31_536_000_000),
        ];
        let (unit, factor) = units.into_iter().find(|(unit, _)| rest.starts_with(unit))?;
        rest = &rest[unit.len()..];
        total = total.checked_add(number.checked_mul(factor)?)?;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::python;

    fn evaluate(text: &str, held: &Value) -> bool {
        let comparison = Comparison::new(Box::new(python::pattern::parse(text).unwrap()));
        let holds = || comparison.holds(&|name| (name == Sym::new("$X")).then(|| held.clone()));
        let first = holds();
        assert_eq!(first, holds());
        first
    }

    #[test]
    fn regular_expressions_are_made_once_or_come_from_the_code() {
        let comparison = |text: &str| Comparison::new(Box::new(python::pattern::parse(text).unwrap()));
        assert_eq!(comparison("re.match('a', $X) and re.match(r'b', str($X)) or $X == 'c'").regexes.len(), 2);
        assert_eq!(comparison("re.match($X, 'abc')").regexes.len(), 0);
        let held = Value::Text("ab".into());
        assert!(evaluate("re.match('a', $X) and not re.match(r'b', str($X))", &held));
        assert!(evaluate("re.match($X, 'abc')", &held) && !evaluate("re.match($X, 'cab')", &held));
        assert!(!evaluate("re.match('(', $X)", &held) && !evaluate("re.match()", &held));
    }

    #[test]
    fn comparisons_of_all_sorts() {
        assert!(evaluate("$X > 0o700 and $X % 2 == 1", &Value::Int(0o777)));
        assert!(evaluate("$X in [1, 2]", &Value::Int(2)));
        assert!(evaluate("not $X < 3", &Value::Int(3)));
        assert!(evaluate("re.match('^v[0-9]+$', str($X))", &Value::Text("v12".into())));
        assert!(evaluate("len($X) == 3", &Value::Text("abc".into())));
        assert!(evaluate("strptime($X) < today()", &Value::Text("2020-02-29".into())));
        assert!(evaluate("int($X) >= 2 ** 10", &Value::Text("1024".into())));
        assert!(!evaluate("$X > 1", &Value::Code("y".into())));
        assert!(evaluate("str($X) == 'y'", &Value::Code("y".into())));
        assert!(evaluate("parse_promql_duration($X) == 90000", &Value::Text("1m30s".into())));
    }

    #[test]
    fn dates_count_from_1970() {
        assert_eq!(date("1970-01-01"), Some(0.0));
        assert_eq!(date("2000-03-01"), Some(951_868_800.0));
    }
}
