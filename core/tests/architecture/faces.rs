//! The imports of the faces' own Python and TypeScript, file by file.

use std::path::Path;

use super::files;
use super::graph::Graph;

/// Returns the arrows between the files of a Python package. What only a type checker imports is none.
pub(crate) fn python(root: &Path, folder: &str, package: &str) -> Graph {
    let mut graph = Graph::default();
    let sources = files(root, &root.join(folder), "py");
    let is_file = |file: &str| sources.iter().any(|(other, _)| other == file);
    // A module is a file, or a folder's `__init__.py`.
    let module = |path: &str| {
        let candidates = [format!("{folder}/{path}.py"), format!("{folder}/{path}/__init__.py")];
        candidates
            .into_iter()
            .find(|file| is_file(&file.replace("//", "/")))
            .map(|file| file.replace("//", "/"))
    };
    for (file, text) in &sources {
        let inside = file.strip_prefix(&format!("{folder}/")).unwrap_or(file);
        let own: Vec<&str> = inside.split('/').collect();
        for statement in executed(text).replace("(\n", "(").split('\n') {
            let Some((from, names)) =
                statement.trim().strip_prefix("from ").and_then(|rest| rest.split_once(" import "))
            else {
                continue;
            };
            let dots = from.len() - from.trim_start_matches('.').len();
            let base = match from.strip_prefix(package) {
                Some(rest) if rest.is_empty() || rest.starts_with('.') => {
                    rest.trim_start_matches('.').to_owned()
                }
                _ if dots > 0 => {
                    let up = own.len().saturating_sub(dots);
                    let rest = from[dots..].to_owned();
                    [own[..up].join("/"), rest].join("/").trim_matches('/').to_owned()
                }
                _ => continue,
            };
            let base = base.replace('.', "/");
            for name in names.trim_matches(['(', ')']).split(',') {
                let name = name.split(" as ").next().unwrap_or_default().trim();
                let deeper = format!("{base}/{name}");
                if let Some(target) = module(deeper.trim_matches('/')).or_else(|| module(&base)) {
                    graph.add(file, &target);
                }
            }
        }
    }
    graph
}

/// Drops the blocks that Python never runs.
fn executed(text: &str) -> String {
    let mut is_typing = false;
    let kept = text.lines().filter(|line| {
        is_typing = line.starts_with("if TYPE_CHECKING:")
            || (is_typing && (line.is_empty() || line.starts_with(' ')));
        !is_typing
    });
    kept.collect::<Vec<_>>().join("\n")
}

/// Returns the arrows between the files of a folder of TypeScript.
pub(crate) fn typescript(root: &Path, folder: &str) -> Graph {
    let mut graph = Graph::default();
    for (file, text) in files(root, &root.join(folder), "ts") {
        let inside = file.strip_prefix(&format!("{folder}/")).unwrap_or(&file).to_owned();
        for found in text.split("from \"").skip(1).chain(text.split("import(\"").skip(1)) {
            let Some(target) = found.split('"').next().filter(|target| target.starts_with('.')) else {
                continue;
            };
            let mut path: Vec<&str> = inside.split('/').collect();
            path.pop();
            for part in target.split('/') {
                match part {
                    "." => {}
                    ".." => drop(path.pop()),
                    part => path.push(part),
                }
            }
            let target = path.join("/");
            let stem = target.strip_suffix(".js").or(target.strip_suffix(".ts")).unwrap_or(&target);
            graph.add(&file, &format!("{folder}/{stem}.ts"));
        }
    }
    graph
}
