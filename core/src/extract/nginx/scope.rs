//! Inheritance: which directives are in force in a block.

use std::collections::BTreeMap;

use super::directives::{Inheritance, inheritance, shares_list};
use super::link::{At, Block, Tree};

/// A directive in force, or discarded, in a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The directive.
    pub(super) at: At,
    /// Whether an outer block sets it.
    pub(super) is_inherited: bool,
    /// Whether the block discards it.
    pub(super) is_dropped: bool,
}

/// The directives in force in a block, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope<'m> {
    settings: BTreeMap<&'m str, Vec<Setting>>,
    /// Whether an include in this block or an outer one was not resolved.
    pub(super) is_incomplete: bool,
}

impl<'m> Scope<'m> {
    /// The scope of a block within this one.
    pub(super) fn inner(&self, block: &Block, tree: &Tree<'m>) -> Self {
        let mut own: BTreeMap<&'m str, Vec<Setting>> = BTreeMap::new();
        for &at in &block.directives {
            let directive = tree.directive(at);
            if directive.children.is_none() && inheritance(&directive.name) != Inheritance::Never {
                own.entry(&directive.name).or_default().push(Setting { at, is_inherited: false, is_dropped: false });
            }
        }
        let mut inner = Self { settings: BTreeMap::new(), is_incomplete: self.is_incomplete || block.is_incomplete };
        for (name, outer) in &self.settings {
            let inherited = outer.iter().filter(|setting| !setting.is_dropped);
            let is_set = own.contains_key(name) || shares_list(name).iter().any(|other| own.contains_key(other));
            let kept = match inheritance(name) {
                Inheritance::Replace if is_set => continue,
                Inheritance::Discard if is_set => {
                    inherited.map(|s| Setting { is_inherited: true, is_dropped: true, ..*s }).collect()
                }
                _ => inherited.map(|s| Setting { is_inherited: true, ..*s }).collect(),
            };
            inner.settings.insert(name, kept);
        }
        for (name, settings) in own {
            inner.settings.entry(name).or_default().extend(settings);
        }
        inner
    }

    /// All settings, by name.
    pub(super) fn settings(&self) -> impl Iterator<Item = (&'m str, &[Setting])> {
        self.settings.iter().map(|(name, settings)| (*name, settings.as_slice()))
    }

    /// The settings in force of one directive.
    pub(super) fn in_force(&self, name: &str) -> impl Iterator<Item = At> {
        let settings = self.settings.get(name).map(Vec::as_slice).unwrap_or_default();
        settings.iter().filter(|setting| !setting.is_dropped).map(|setting| setting.at)
    }

    /// The one in force of a directive that is not collected.
    pub(super) fn last(&self, name: &str) -> Option<At> {
        self.in_force(name).last()
    }
}
