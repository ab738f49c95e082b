//! What an expression or a statement is, by its shape alone.

use ruff_python_ast::{Expr, Stmt};

/// The expression under `await`.
pub(super) fn unawaited(expr: &Expr) -> &Expr {
    match expr {
        Expr::Await(awaited) => &awaited.value,
        _ => expr,
    }
}

/// `if __name__ == "__main__":`
pub(super) fn is_main_guard(stmt: &Stmt) -> bool {
    let Stmt::If(stmt) = stmt else { return false };
    let Expr::Compare(compare) = &*stmt.test else { return false };
    let sides = [&*compare.left].into_iter().chain(&compare.comparators);
    sides.into_iter().any(|side| matches!(side, Expr::Name(name) if name.id.as_str() == "__name__"))
}

/// A statement at the top level that runs something and is not only a definition.
pub(super) fn does_work(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Expr(stmt) => stmt.value.is_call_expr() || stmt.value.is_await_expr(),
        Stmt::For(_) | Stmt::While(_) | Stmt::With(_) => true,
        _ => false,
    }
}

/// Whether an expression is `….headers`.
pub(super) fn is_headers(expr: &Expr) -> bool {
    expr.as_attribute_expr().is_some_and(|attribute| attribute.attr.as_str() == "headers")
}

/// The name at the start of a chain of attributes and calls.
pub(super) fn root_name(expr: &Expr) -> Option<&str> {
    let mut expr = expr;
    loop {
        expr = match expr {
            Expr::Name(name) => return Some(name.id.as_str()),
            Expr::Attribute(attribute) => &attribute.value,
            Expr::Call(call) => &call.func,
            _ => return None,
        };
    }
}
