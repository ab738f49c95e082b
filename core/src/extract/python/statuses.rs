//! HTTP status codes as code writes them: numbers, `status.HTTP_401_UNAUTHORIZED`, `HTTPStatus.UNAUTHORIZED`.

use ruff_python_ast::Expr;

use super::names::Names;

/// Names of `http.HTTPStatus` that matter to checks.
const NAMES: &[(&str, i64)] = &[
    ("OK", 200),
    ("CREATED", 201),
    ("ACCEPTED", 202),
    ("NO_CONTENT", 204),
    ("BAD_REQUEST", 400),
    ("UNAUTHORIZED", 401),
    ("FORBIDDEN", 403),
    ("NOT_FOUND", 404),
    ("CONFLICT", 409),
    ("UNPROCESSABLE_ENTITY", 422),
    ("TOO_MANY_REQUESTS", 429),
    ("INTERNAL_SERVER_ERROR", 500),
    ("SERVICE_UNAVAILABLE", 503),
];

/// The status that an expression stands for.
pub(super) fn status_of(names: &Names<'_>, expr: &Expr) -> Option<i64> {
    let value = names.value(expr);
    let text = value.text.as_deref()?;
    match value.kind {
        "int" => text.parse().ok().filter(|status| (100..600).contains(status)),
        "name" => named_status(text),
        _ => None,
    }
}

fn named_status(name: &str) -> Option<i64> {
    let last = name.rsplit('.').next()?;
    match last.strip_prefix("HTTP_") {
        Some(rest) => rest.get(..3)?.parse().ok(),
        None if name.contains("HTTPStatus") => {
            NAMES.iter().find(|(known, _)| *known == last).map(|(_, status)| *status)
        }
        None => None,
    }
}
