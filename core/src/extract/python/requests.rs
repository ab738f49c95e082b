//! Requests that tests make, and the routes that they fit.

use hashbrown::{HashMap, HashSet};

/// The requests of all tests, each once.
pub(super) struct Requests<'m> {
    /// Method, and the parts of the path.
    all: Vec<(&'m str, Vec<&'m str>)>,
    /// Their places by the first part of the path; under no part those whose first may be any.
    by_first: HashMap<&'m str, Vec<usize>>,
}

impl<'m> Requests<'m> {
    /// The requests of these methods and paths that tell something.
    pub(super) fn of(made: impl Iterator<Item = &'m (String, String)>) -> Self {
        let mut seen = HashSet::new();
        let mut requests = Self { all: Vec::new(), by_first: HashMap::new() };
        for (method, path) in made.filter(|made| seen.insert(*made)) {
            let parts = asked_parts(path);
            // A request of holes alone fits any route and so tells nothing.
            if !parts.is_empty() && parts.iter().all(|part| part.contains("{}")) {
                continue;
            }
            let first = parts.first().copied().filter(|part| !part.contains("{}")).unwrap_or_default();
            requests.by_first.entry(first).or_default().push(requests.all.len());
            requests.all.push((method, parts));
        }
        requests
    }

    /// How many of them ask for a route with these parts, by any method or by this one.
    pub(super) fn count(&self, method: Option<&str>, route: &[&str]) -> usize {
        let is_one =
            |(own, request): &&(&str, Vec<&str>)| method.is_none_or(|method| method == *own) && fits(route, request);
        match route.first() {
            Some(first) if !first.contains('{') => {
                let places = [*first, ""].into_iter().filter_map(|first| self.by_first.get(first)).flatten();
                places.map(|at| &self.all[*at]).filter(is_one).count()
            }
            _ => self.all.iter().filter(is_one).count(),
        }
    }
}

/// Whether a request's path is one of a route's: parameters take any part, a part that is not known fits anything, and
/// one at the start fits a whole prefix.
fn fits(route: &[&str], request: &[&str]) -> bool {
    let (route, request) = match request.split_first() {
        Some((&"{}", rest)) if rest.len() < route.len() => (&route[route.len() - rest.len()..], rest),
        _ => (route, request),
    };
    let is_rest = |part: &&str| part.contains(":path") || part.starts_with("{path:");
    let same = route.len() == request.len() || route.last().is_some_and(is_rest) && request.len() > route.len();
    same && route.iter().zip(request).all(|(own, asked)| own == asked || own.contains('{') || asked.contains("{}"))
}

pub(super) fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

/// The parts of the path that a request asks for.
fn asked_parts(request: &str) -> Vec<&str> {
    parts(request.split(['?', '#']).next().unwrap_or(request))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(route: &str, request: &str) -> bool {
        let made = [("GET".to_owned(), request.to_owned())];
        let fits = fits(&parts(route), &asked_parts(request));
        let requests = Requests::of(made.iter());
        assert!(requests.all.is_empty() || (requests.count(Some("GET"), &parts(route)) == 1) == fits);
        assert_eq!(requests.count(Some("PUT"), &parts(route)), 0);
        fits
    }

    #[test]
    fn requests_fit_routes_by_their_parts() {
        assert!(fit("/items/{item}", "/items/3?full=1"));
        assert!(fit("/api/v1/items/{item}/notes", "{}/items/{}/notes"));
        assert!(fit("/files/{name:path}", "/files/a/b/c"));
        assert!(fit("/{kind}/3", "/items/3"));
        assert!(!fit("/items/{item}", "/items"));
        assert!(!fit("/items", "/users"));
        assert!(!fit("/items", "/"));
        assert!(fit("/", "/"));
    }

    #[test]
    fn a_request_counts_once_and_one_of_holes_alone_never() {
        let made = ["/a", "/a", "/{}/{}", "{}/b"].map(|path| ("GET".to_owned(), path.to_owned()));
        let requests = Requests::of(made.iter());
        assert_eq!([&["a"][..], &["a", "b"], &["{x}", "b"]].map(|route| requests.count(None, route)), [1, 1, 1]);
    }
}
