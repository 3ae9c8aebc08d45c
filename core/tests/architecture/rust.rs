//! The imports of a Rust crate, file by file, as far as text tells them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::files;
use super::graph::Graph;

type Segments = Vec<String>;

/// A file as a module: what it declares, passes on and uses.
#[derive(Default)]
struct Module {
    file: String,
    /// What `pub use` passes on: the name, and the path behind it.
    passed_on: Vec<(String, Segments)>,
    used: Vec<Segments>,
}

/// Returns the arrows between the files of a crate. Tests and documentation take no part.
pub(crate) fn arrows(root: &Path, crate_folder: &str) -> Graph {
    let source = root.join(crate_folder).join("src");
    let mut modules: BTreeMap<Segments, Module> = BTreeMap::new();
    let mut tests: BTreeSet<Segments> = BTreeSet::new();
    for (file, text) in files(root, &source, "rs") {
        let inside = file.split("/src/").last().unwrap_or_default();
        let mut path: Segments = inside.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        path.pop_if(|last| {
            last == "mod" || (inside.find('/').is_none() && (last == "lib" || last == "main"))
        });
        let code = code_of(&text);
        for line in text.split("#[cfg(test)]").skip(1) {
            if let Some(name) = line.trim_start().strip_prefix("mod ").and_then(|rest| rest.split(';').next())
            {
                tests.insert([path.clone(), vec![name.trim().to_owned()]].concat());
            }
        }
        let module = modules.entry(path).or_default();
        module.file = file;
        read(&code, module);
    }
    modules.retain(|path, _| !tests.contains(path));
    let mut graph = Graph::default();
    for (path, module) in &modules {
        for used in &module.used {
            if let Some(target) = resolve(&modules, path, used, 0) {
                graph.add(&module.file, &target.file);
            }
        }
    }
    graph
}

/// Drops comments, and the tests at the end of a file.
fn code_of(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    let lines = text[..end].lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn read(code: &str, module: &mut Module) {
    let mut rest = String::new();
    for statement in code.split_inclusive(';') {
        let Some(at) = use_at(statement) else {
            rest.push_str(statement);
            continue;
        };
        let (before, tree) = statement.split_at(at);
        let is_passed_on = before.lines().last().is_some_and(|line| line.trim_start().starts_with("pub"));
        rest.push_str(before);
        for (name, path) in leaves(tree["use ".len()..].trim_end_matches(';')) {
            if is_passed_on { module.passed_on.push((name, path)) } else { module.used.push(path) }
        }
    }
    module.used.extend(inline(&rest));
}

/// Returns where the `use` of a statement begins, if it is one.
fn use_at(statement: &str) -> Option<usize> {
    let mut at = 0;
    for line in statement.split_inclusive('\n') {
        let begin = line.trim_start();
        let visible = begin.strip_prefix("pub(crate) ").or(begin.strip_prefix("pub(super) "));
        let item = visible.or(begin.strip_prefix("pub ")).unwrap_or(begin);
        if item.starts_with("use ") {
            return Some(at + line.len() - item.len());
        }
        at += line.len();
    }
    None
}

/// Takes the tree of a `use` apart: each name with its whole path.
fn leaves(tree: &str) -> Vec<(String, Segments)> {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let (path, alias) = tree.split_once(" as ").unwrap_or((tree, ""));
        let path: Segments = path.trim().split("::").map(|segment| segment.trim().to_owned()).collect();
        let name =
            if alias.is_empty() { path.last().cloned().unwrap_or_default() } else { alias.trim().to_owned() };
        return vec![(name, path)];
    };
    let head: Segments =
        tree[..open].split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let inside = tree[open + 1..].trim_end().trim_end_matches('}');
    let mut depth = 0;
    let parts = inside.split(|character: char| {
        depth += i32::from(character == '{') - i32::from(character == '}');
        character == ',' && depth == 0
    });
    let with_head = |(name, path): (String, Segments)| (name, [head.clone(), path].concat());
    parts.filter(|part| !part.trim().is_empty()).flat_map(leaves).map(with_head).collect()
}

/// Returns the paths that code names without a `use`.
fn inline(code: &str) -> Vec<Segments> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_' || character == ':';
    let words = code.split(|character| !is_word(character));
    let paths =
        words.filter(|word| word.contains("::")).map(|word| word.split("::").map(str::to_owned).collect());
    paths.filter(|path: &Segments| path.iter().all(|segment| !segment.is_empty())).collect()
}

/// Returns the module in whose file a path ends, if it is one of ours.
fn resolve<'a>(
    modules: &'a BTreeMap<Segments, Module>,
    from: &Segments,
    path: &[String],
    depth: usize,
) -> Option<&'a Module> {
    let mut at = from.clone();
    let mut segments = path.iter().peekable();
    match path.first()?.as_str() {
        "crate" => at.clear(),
        "self" => {}
        "super" => {
            at.pop()?;
        }
        child => {
            let is_child = modules.contains_key(&[from.clone(), vec![child.to_owned()]].concat());
            if !is_child {
                return None;
            }
            segments = path.iter().peekable();
        }
    }
    if matches!(path.first()?.as_str(), "crate" | "self" | "super") {
        segments.next();
    }
    while let Some(segment) = segments.peek() {
        if *segment == "super" {
            at.pop()?;
        } else {
            let deeper = [at.clone(), vec![(*segment).clone()]].concat();
            if !modules.contains_key(&deeper) {
                break;
            }
            at = deeper;
        }
        segments.next();
    }
    let module = modules.get(&at)?;
    let Some(name) = segments.next() else { return Some(module) };
    if depth < 8 {
        let rest: Segments = segments.cloned().collect();
        for (passed, behind) in &module.passed_on {
            let longer = match passed.as_str() {
                "*" => [&behind[..behind.len() - 1], std::slice::from_ref(name), &rest].concat(),
                passed if passed == name => [behind.as_slice(), &rest].concat(),
                _ => continue,
            };
            let target = resolve(modules, &at, &longer, depth + 1);
            if target.is_some_and(|target| passed != "*" || target.file != module.file) {
                return target;
            }
        }
    }
    Some(module)
}
