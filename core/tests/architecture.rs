//! Arrows point down: between crates, between modules of the core, and nowhere in a circle.
//!
//! `ARCHITECTURE.md` draws the floors that are declared here. Reads the sources of the repository,
//! and says nothing where the crate stands alone, as it does when it is packaged.

#[path = "architecture/faces.rs"]
mod faces;
#[path = "architecture/graph.rs"]
mod graph;
#[path = "architecture/rust.rs"]
mod rust;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use graph::Graph;

/// The floors of crates by folder, the lowest first. Those of one floor do not know each other.
const CRATES: &[&[&str]] = &[
    &["core", "bindings-wasm/pack"],
    &["core/learn"],
    &["core/arrow", "core/wire"],
    &["examples/recommend"],
    &["bindings-node", "bindings-python", "bindings-wasm", "examples/queue-worker", "benches"],
];

/// The floors of the core's modules, the lowest first.
const MODULES: &[&[&str]] = &[
    &["error"],
    &["small"],
    &["read"],
    &["model"],
    &["config"],
    &["factors", "objectives"],
    &["fold"],
    &["match_score"],
    &["score"],
    &["explain", "pair", "rows", "rules", "what_if"],
    &["batch", "catalog"],
    &["schema"],
];

/// Circles that are what they seem: the files of each, and why.
const HONEST: &[(&[&str], &str)] = &[(
    &["core/arrow/src/read/cell.rs", "core/arrow/src/read/nested.rs"],
    "a cell may hold a list, whose elements are cells",
)];

/// Returns the repository, or nothing where the crate stands alone.
fn repository() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    (root.join("ARCHITECTURE.md").exists() && root.join("core/Cargo.toml").exists()).then(|| root.to_owned())
}

/// Returns the files below a folder that end so, by their path in the repository, with their text.
fn files(root: &Path, folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                let name =
                    path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    found.sort();
    found
}

/// Returns the folders of the workspace's crates that exist, with their manifests.
fn crates(root: &Path) -> BTreeMap<&'static str, String> {
    let folders = CRATES.iter().copied().flatten().copied();
    folders
        .filter_map(|folder| Some((folder, fs::read_to_string(root.join(folder).join("Cargo.toml")).ok()?)))
        .collect()
}

/// Returns whether a file belongs to a module of the other file: what a module declares for its parts,
/// it declares for them.
fn is_within(part: &str, whole: &str) -> bool {
    let module =
        whole.strip_suffix("/mod.rs").or(whole.strip_suffix("/__init__.py")).or(whole.strip_suffix(".rs"));
    let module =
        module.map(|module| module.strip_suffix("/lib").or(module.strip_suffix("/main")).unwrap_or(module));
    module.is_some_and(|module| part.strip_prefix(module).is_some_and(|rest| rest.starts_with('/')))
}

fn floor_of(floors: &[&[&str]], name: &str) -> Option<usize> {
    floors.iter().position(|floor| floor.contains(&name))
}

/// Returns the name of a package, and what it needs to be used: not what tests need.
fn package(manifest: &str) -> (String, Vec<String>) {
    let (mut name, mut section) = ("", "");
    let mut needs = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
            if let Some(needed) = section.strip_prefix("dependencies.") {
                needs.push(needed.to_owned());
            }
        } else if section == "package" && line.starts_with("name ") {
            name = line.split('"').nth(1).unwrap_or_default();
        } else if section.ends_with("dependencies") && !section.starts_with("dev-") {
            let needed = line.split(['=', '.', ' ']).next().unwrap_or_default();
            needs.push(needed.to_owned());
        }
    }
    (name.to_owned(), needs)
}

#[test]
fn crates_use_those_below() {
    let Some(root) = repository() else { return };
    let crates = crates(&root);
    let members = fs::read_to_string(root.join("Cargo.toml")).expect("a workspace");
    let members =
        members.split("members = [").nth(1).and_then(|rest| rest.split(']').next()).expect("members");
    for member in members.split('"').skip(1).step_by(2) {
        assert!(crates.contains_key(member), "`{member}` stands on no floor");
    }
    let folders: BTreeMap<String, &str> =
        crates.iter().map(|(folder, manifest)| (package(manifest).0, *folder)).collect();
    let mut arrows = 0;
    for (folder, manifest) in &crates {
        let own = floor_of(CRATES, folder);
        for needed in package(manifest).1.iter().filter_map(|needed| folders.get(needed)) {
            arrows += 1;
            assert!(floor_of(CRATES, needed) < own, "`{folder}` must not use `{needed}`");
        }
    }
    assert!(arrows >= 5, "only {arrows} arrows between crates were read");
}

#[test]
fn modules_of_the_core_use_those_below() {
    let Some(root) = repository() else { return };
    let module = |file: &str| {
        let inside = file.strip_prefix("core/src/")?;
        Some(inside.split(['/', '.']).next()?.to_owned())
    };
    let mut arrows = 0;
    for (from, to) in rust::arrows(&root, "core").arrows() {
        let (Some(of_from), Some(of_to)) = (module(from), module(to)) else { continue };
        if of_from == "lib" || of_from == of_to {
            continue;
        }
        arrows += 1;
        let floor = |name: &str, file: &str| {
            floor_of(MODULES, name).unwrap_or_else(|| panic!("{file}: `{name}` stands on no floor"))
        };
        assert!(floor(&of_to, to) < floor(&of_from, from), "{from} must not use {to}");
    }
    assert!(arrows >= 100, "only {arrows} arrows between modules were read");
}

#[test]
fn nothing_goes_round_in_a_circle() {
    let Some(root) = repository() else { return };
    let mut graph = Graph::default();
    for folder in crates(&root).keys() {
        graph.extend(&rust::arrows(&root, folder));
    }
    graph.extend(&faces::python(&root, "bindings-python/python/sponsorfit", "sponsorfit"));
    for folder in
        ["bindings-wasm/js", "bindings-node/js", "examples/preview/src", "examples/supabase/functions"]
    {
        graph.extend(&faces::typescript(&root, folder));
    }
    graph.retain(|from, to| !is_within(from, to));
    let circles = graph.circles();
    for circle in &circles {
        let is_honest = HONEST.iter().any(|(files, _)| files == circle);
        assert!(is_honest, "in a circle: {circle:#?}");
    }
    for (files, _) in HONEST {
        assert!(circles.iter().any(|circle| circle == files), "no longer a circle: {files:?}");
    }
    assert!(HONEST.len() <= 2, "two circles are enough");
}
