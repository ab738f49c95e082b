//! Which files Compose would merge into one project, from what lies in the folders and what names what.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::model::FileModel;
use crate::extract::role;
use crate::facts::path_join;

const BASES: &[&str] = &["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];
const OVERRIDES: &[&str] =
    &["compose.override.yaml", "compose.override.yml", "docker-compose.override.yaml", "docker-compose.override.yml"];

/// A list of files as in `docker compose -f a -f b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    pub folder: String,
    pub files: Vec<String>,
    pub role: &'static str,
    pub is_default: bool,
}

/// Plans the projects of a tree, those closest to production first.
pub(super) fn plan(models: &BTreeMap<&str, &FileModel>, command_lines: &[Vec<String>]) -> Vec<Plan> {
    let parts = parts(models);
    let mut folders: BTreeMap<&str, Vec<&FileModel>> = BTreeMap::new();
    for model in models.values().filter(|model| !model.services().is_empty() || model.root.get("include").is_some()) {
        folders.entry(model.folder()).or_default().push(model);
    }
    let mut plans: Vec<Plan> =
        folders.iter().flat_map(|(folder, files)| folder_plans(folder, files, models, &parts)).collect();
    for files in command_lines.iter().filter(|files| files.iter().all(|path| models.contains_key(path.as_str()))) {
        add_command_line(&mut plans, files);
    }
    plans.sort_by_key(|plan| (rank(plan), plan.files.len(), plan.files.clone()));
    plans.dedup_by(|a, b| a.files == b.files);
    plans
}

/// A named combination replaces the guess about its last file.
fn add_command_line(plans: &mut Vec<Plan>, files: &[String]) {
    let Some((first, last)) = files.first().zip(files.last()) else { return };
    if files.len() > 1 {
        plans.retain(|plan| plan.files.last() != Some(last) || plan.is_default);
    }
    if plans.iter().all(|plan| plan.files != files) {
        let folder = crate::extract::dotenv::folder(first).to_owned();
        plans.push(Plan { folder, files: files.to_vec(), role: role_of(files), is_default: false });
    }
}

/// Files that are parts of others: only extended or included, never started by themselves.
fn parts(models: &BTreeMap<&str, &FileModel>) -> BTreeSet<String> {
    let named = models.values().flat_map(|model| {
        let paths = model.named_files().into_iter();
        paths.filter_map(|(path, _)| path_join(model.folder(), path)).filter(|path| *path != model.path)
    });
    named.collect()
}

/// The base that the files of a folder of overlays are laid over: that of the folder above.
fn base_above(folder: &str, models: &BTreeMap<&str, &FileModel>) -> Option<String> {
    let name = folder.rsplit('/').next()?;
    if !matches!(name, "override" | "overrides" | "overlay" | "overlays") {
        return None;
    }
    let above = crate::extract::dotenv::folder(folder);
    let paths = BASES.iter().filter_map(|name| path_join(above, name));
    paths.into_iter().find(|path| models.contains_key(path.as_str()))
}

fn folder_plans(
    folder: &str,
    files: &[&FileModel],
    models: &BTreeMap<&str, &FileModel>,
    parts: &BTreeSet<String>,
) -> Vec<Plan> {
    let by_name: HashMap<&str, &FileModel> =
        files.iter().map(|model| (model.path.rsplit('/').next().unwrap_or(&model.path), *model)).collect();
    let find = |names: &[&str]| names.iter().find_map(|name| by_name.get(name)).map(|model| model.path.clone());
    let base = find(BASES).or_else(|| base_above(folder, models));
    let automatic = find(OVERRIDES);
    let is_overlays = base.as_ref().is_some_and(|base| crate::extract::dotenv::folder(base) != folder);
    let plan =
        |files: Vec<String>, is_default| Plan { folder: folder.to_owned(), role: role_of(&files), files, is_default };
    let mut plans = Vec::new();
    if let Some(base) = base.as_ref().filter(|_| !is_overlays) {
        plans.push(plan(std::iter::once(base.clone()).chain(automatic.clone()).collect(), true));
    }
    for model in files {
        let path = &model.path;
        let is_taken = Some(path) == base.as_ref() || (base.is_some() && Some(path) == automatic.as_ref());
        if is_taken || parts.contains(path) {
            continue;
        }
        match &base {
            Some(base) if is_overlays || model.is_overlay() => {
                plans.push(plan(vec![base.clone(), path.clone()], false));
            }
            _ => plans.push(plan(vec![path.clone()], false)),
        }
    }
    settle_roles(&mut plans);
    plans
}

/// A base with its automatic override is how developers start it, where the same base also has a production overlay.
fn settle_roles(plans: &mut [Plan]) {
    let Some(base) = plans.iter().find(|plan| plan.is_default).and_then(|plan| plan.files.first().cloned()) else {
        return;
    };
    let has_production = plans.iter().any(|plan| {
        !plan.is_default
            && plan.files.len() > 1
            && plan.files.first() == Some(&base)
            && plan.files.last().is_some_and(|last| names_production(last))
    });
    for plan in plans.iter_mut().filter(|plan| plan.is_default) {
        plan.role = match plan.files.as_slice() {
            [_] => plan.role,
            _ if has_production => "development",
            [first, ..] => role::role(first),
            [] => plan.role,
        };
    }
}

fn names_production(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let words = |text: &'static [&str]| move |word: &str| text.contains(&word);
    folder.split(['/', '.', '-', '_']).any(words(&["prod", "production"]))
        || name.split(['.', '-', '_']).any(words(&["prod", "production", "deploy", "deployment", "live"]))
}

fn role_of(files: &[String]) -> &'static str {
    let roles = files.iter().map(|path| role::role(path));
    roles.max_by_key(|role| role::rank(role)).unwrap_or("production")
}

/// Named production first, then what starts by default, then the rest.
fn rank(plan: &Plan) -> (usize, usize) {
    let is_production = plan.files.last().is_some_and(|last| names_production(last));
    let within = match (is_production, plan.is_default) {
        (true, _) => 0,
        (_, true) => 1,
        _ => 2,
    };
    (role::rank(plan.role), within)
}
