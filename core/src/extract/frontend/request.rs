//! Requests that scripts make: `fetch("/api/items")`, `axios.post(...)`, `api.get(...)`.

use std::ops::Range;

use super::script::{Script, Token};

/// Methods of clients that are named after methods of HTTP.
const METHODS: &[&str] = &["get", "post", "put", "patch", "delete"];
/// Receivers whose `get` and `post` define routes rather than ask for them.
const SERVERS: &[&str] = &["app", "router", "server", "fastify", "route", "routes", "express", "mock", "nock", "http"];
/// Tokens after a call of `fetch` among which its method is looked for.
const REACH: usize = 24;
/// Longest path, in bytes.
const MAX_PATH: usize = 300;

/// A request.
pub(super) struct Request {
    pub(super) method: Option<String>,
    pub(super) host: String,
    pub(super) path: String,
    pub(super) range: Range<usize>,
}

impl Script<'_> {
    /// Every request whose path can be read.
    pub(super) fn requests(&self) -> Vec<Request> {
        let mut requests = Vec::new();
        for (at, (token, range)) in self.tokens.iter().enumerate() {
            let Token::Word(word) = *token else { continue };
            let Some((address, method)) = self.request(at, word) else { continue };
            let Some((host, path)) = taken_apart(address) else { continue };
            requests.push(Request { method, host, path, range: range.clone() });
        }
        requests
    }

    /// The address and method of the request that the call of `word` makes.
    fn request(&self, at: usize, word: &str) -> Option<(&str, Option<String>)> {
        let after_dot = at.checked_sub(1).and_then(|before| self.sign(before)) == Some(b'.');
        let open = self.after_types(at + 1)?;
        let address = self.text(open + 1)?;
        if matches!(word, "fetch" | "$fetch" | "useFetch" | "fetchApi" | "apiFetch") && !after_dot {
            return Some((address, self.method_of_fetch(open + 2)));
        }
        if !after_dot || !METHODS.contains(&word) {
            return None;
        }
        let receiver = at.checked_sub(2).and_then(|before| self.word(before))?;
        (!SERVERS.contains(&receiver)).then(|| (address, Some(word.to_ascii_uppercase())))
    }

    /// Where the bracket of a call opens, type arguments skipped.
    fn after_types(&self, at: usize) -> Option<usize> {
        if self.sign(at) == Some(b'(') {
            return Some(at);
        }
        if self.sign(at) != Some(b'<') {
            return None;
        }
        (at..at + REACH).find(|&at| self.sign(at) == Some(b'>') && self.sign(at + 1) == Some(b'(')).map(|at| at + 1)
    }

    /// `{method: "POST"}` after the address. GET is meant where the call ends at once.
    fn method_of_fetch(&self, at: usize) -> Option<String> {
        if self.sign(at) == Some(b')') {
            return Some("GET".to_owned());
        }
        let found = (at..at + REACH).find(|&at| self.word(at) == Some("method") && self.sign(at + 1) == Some(b':'))?;
        self.text(found + 2).map(str::to_ascii_uppercase)
    }
}

/// What stands before the path, and the path with `{}` for its holes and without its query.
fn taken_apart(address: &str) -> Option<(String, String)> {
    let filled = without_holes(address);
    let after_scheme = filled.find("://").map_or(0, |at| at + 3);
    let start = after_scheme + filled.get(after_scheme..)?.find('/')?;
    let path = filled.get(start..)?.split(['?', '#']).next()?;
    let host = filled.get(..start)?;
    let is_path =
        path.len() > 1 && path.len() <= MAX_PATH && !path.contains(char::is_whitespace) && !path.starts_with("//");
    (is_path && !host.contains(char::is_whitespace)).then(|| (host.to_owned(), path.to_owned()))
}

/// `${…}` becomes `{}`.
fn without_holes(text: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        filled.push_str(&rest[..at]);
        filled.push_str("{}");
        rest = rest[at..].find('}').map_or("", |end| &rest[at + end + 1..]);
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let show = |request: Request| {
            format!("{} {}|{}", request.method.as_deref().unwrap_or("?"), request.host, request.path)
        };
        Script::new(text).requests().into_iter().map(show).collect()
    }

    #[test]
    fn fetch_and_clients_are_requests() {
        let text = "fetch('/api/items?x=1'); fetch(`${BASE}/v1/items/${id}`, {headers: h, method: 'post'}); api.get<Item[]>('/users');\nawait axios.delete(`http://api:8000/users/${u.id}`)";
        assert_eq!(
            told(text),
            ["GET |/api/items", "POST {}|/v1/items/{}", "GET |/users", "DELETE http://api:8000|/users/{}"]
        );
    }

    #[test]
    fn routes_of_servers_and_odd_texts_are_none() {
        assert!(told("router.get('/x', h); app.post('/y', h); cache.get('key'); fetch(url); x.get(").is_empty());
        assert!(told("fetch('/')").is_empty() && told("fetch(`${`").is_empty() && told("fetch('a /b')").is_empty());
    }
}
