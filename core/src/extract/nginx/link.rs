//! The link step: expands includes from every file where nginx may start, and states what is in force.

use std::collections::{BTreeSet, HashMap};

use super::File;
use super::includes::{Included, Resolver};
use super::scope::Scope;
use super::{servers, upstreams};
use crate::extract::TreeIndex;
use crate::facts::schema::nginx::{NginxInclude, NginxIncluded};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{FileId, Span};
use crate::syntax::nginx::{Directive, DirectiveId};

/// Deepest chain of includes.
const MAX_INCLUDE_DEPTH: usize = 8;
/// Most directives that all expansions together may bring.
const MAX_EXPANDED: usize = 100_000;

/// A directive of one of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct At {
    pub(super) file: usize,
    pub(super) id: DirectiveId,
}

/// The directives of a block, includes expanded.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) directives: Vec<At>,
    pub(super) is_incomplete: bool,
}

/// All files, for reading.
pub(super) struct Tree<'m> {
    files: &'m [(FileId, &'m File)],
}

impl<'m> Tree<'m> {
    pub(super) fn directive(&self, at: At) -> &'m Directive {
        self.files[at.file].1.config.directive(at.id)
    }

    pub(super) fn span(&self, at: At) -> Span {
        let (id, file) = self.files[at.file];
        let range = &self.directive(at).range;
        Span::new(id, file.base + range.start..file.base + range.end)
    }

    pub(super) fn row(&self, at: At) -> RowId {
        self.files[at.file].1.rows[at.id.0 as usize]
    }

    pub(super) fn file(&self, file: usize) -> &'m File {
        self.files[file].1
    }
}

/// The state of one link step.
pub(super) struct Link<'m, 'f> {
    pub(super) tree: Tree<'m>,
    pub(super) facts: &'f mut FactSet,
    /// Row of the file where reading starts.
    pub(super) config: RowId,
    /// Upstreams of the configuration by name.
    pub(super) upstreams: HashMap<String, RowId>,
    resolver: Resolver<'m>,
    main: usize,
    includes: HashMap<At, Included>,
    budget: usize,
}

/// States everything that several files say together.
pub(super) fn state<'m>(files: &'m [(FileId, &'m File)], tree: &TreeIndex<'m>, facts: &mut FactSet) {
    let mut link = Link {
        tree: Tree { files },
        facts,
        config: RowId(0),
        upstreams: HashMap::new(),
        resolver: Resolver::new(files, tree),
        main: 0,
        includes: HashMap::new(),
        budget: MAX_EXPANDED,
    };
    for main in link.starts("main") {
        link.start(main);
    }
    let included = link.included();
    for site in link.starts("http").into_iter().filter(|site| !included.contains(site)) {
        link.start(site);
    }
    link.state_includes();
}

impl<'m> Link<'m, '_> {
    fn starts(&self, role: &str) -> Vec<usize> {
        (0..self.tree.files.len()).filter(|&at| self.tree.file(at).role == role).collect()
    }

    fn start(&mut self, main: usize) {
        let file = self.tree.file(main);
        (self.main, self.config) = (main, file.row);
        self.upstreams.clear();
        let top = self.expand(main, &file.config.top);
        let scope = Scope::default();
        if file.role == "http" {
            return self.http(&top, &scope, "http");
        }
        let outer = Block {
            directives: top
                .directives
                .iter()
                .copied()
                .filter(|&at| &*self.tree.directive(at).name == "error_log")
                .collect(),
            is_incomplete: false,
        };
        let scope = scope.inner(&outer, &self.tree);
        for at in top.directives {
            let protocol = match &*self.tree.directive(at).name {
                "http" => "http",
                "stream" => "stream",
                "mail" => "mail",
                _ => continue,
            };
            let block = self.block(at);
            self.http(&block, &scope, protocol);
        }
    }

    /// The servers of an `http`, `stream` or `mail` block.
    fn http(&mut self, block: &Block, outer: &Scope<'m>, protocol: &'static str) {
        let scope = outer.inner(block, &self.tree);
        upstreams::state(self, block);
        for &at in &block.directives {
            if &*self.tree.directive(at).name == "server" && self.tree.directive(at).children.is_some() {
                servers::state(self, at, &scope, protocol);
            }
        }
    }

    /// What the block that `at` opens holds, includes expanded.
    pub(super) fn block(&mut self, at: At) -> Block {
        let children = self.tree.file(at.file).config.children(at.id);
        self.expand(at.file, children)
    }

    fn expand(&mut self, file: usize, ids: &[DirectiveId]) -> Block {
        let mut block = Block::default();
        let mut stack = vec![file];
        self.expand_into(ids, &mut stack, &mut block);
        block
    }

    fn expand_into(&mut self, ids: &[DirectiveId], stack: &mut Vec<usize>, block: &mut Block) {
        let Some(&file) = stack.last() else { return };
        for &id in ids {
            let at = At { file, id };
            let directive = self.tree.directive(at);
            if &*directive.name == "include" && directive.children.is_none() {
                self.expand_include(at, stack, block);
            } else if self.budget > 0 {
                self.budget -= 1;
                block.directives.push(at);
            } else {
                block.is_incomplete = true;
            }
        }
    }

    fn expand_include(&mut self, at: At, stack: &mut Vec<usize>, block: &mut Block) {
        let pattern = self.tree.directive(at).arg(0).unwrap_or_default();
        let included = self.resolver.resolve(pattern, self.main, at.file);
        block.is_incomplete |= !included.is_resolved && !included.holds_sites;
        let known = self.includes.entry(at).or_default();
        if known.files.is_empty() {
            *known = included.clone();
        }
        for file in included.files {
            if stack.contains(&file) || stack.len() >= MAX_INCLUDE_DEPTH {
                block.is_incomplete = true;
                continue;
            }
            stack.push(file);
            let top = &self.tree.file(file).config.top;
            self.expand_into(top, stack, block);
            stack.pop();
        }
    }

    fn included(&self) -> BTreeSet<usize> {
        self.includes.values().flat_map(|included| included.files.iter().copied()).collect()
    }

    fn state_includes(&mut self) {
        let mut includes: Vec<(At, Included)> = self.includes.drain().collect();
        includes.sort_unstable_by_key(|(at, _)| *at);
        for (at, included) in includes {
            let span = self.tree.span(at);
            let certainty = if included.is_resolved { Certainty::Certain } else { Certainty::Unresolved };
            self.facts.push(NginxInclude {
                span,
                certainty,
                directive: self.tree.row(at),
                pattern: self.tree.directive(at).arg(0).unwrap_or_default().to_owned(),
                matches: included.files.len() as i64,
                is_resolved: included.is_resolved,
            });
            for file in included.files {
                let path = self.resolver.path(file).to_owned();
                self.facts.push(NginxIncluded { span, certainty, nginx_file: self.tree.file(at.file).row, path });
            }
        }
    }
}
