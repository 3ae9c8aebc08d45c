//! Which file uses which, and where that goes round in a circle.

use std::collections::{BTreeMap, BTreeSet};

/// Arrows between files, from the one that uses to the one that is used.
#[derive(Default)]
pub(crate) struct Graph(BTreeMap<String, BTreeSet<String>>);

impl Graph {
    pub(crate) fn add(&mut self, from: &str, to: &str) {
        if from != to {
            self.0.entry(from.to_owned()).or_default().insert(to.to_owned());
        }
    }

    pub(crate) fn extend(&mut self, other: &Self) {
        for (from, to) in other.arrows() {
            self.add(from, to);
        }
    }

    pub(crate) fn arrows(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(from, to)| to.iter().map(move |to| (from.as_str(), to.as_str())))
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&str, &str) -> bool) {
        for (from, targets) in &mut self.0 {
            targets.retain(|to| keep(from, to));
        }
    }

    fn reachable(&self, from: &str) -> BTreeSet<&str> {
        let mut waiting: Vec<&str> = vec![from];
        let mut found = BTreeSet::new();
        while let Some(file) = waiting.pop() {
            for next in self.0.get(file).into_iter().flatten() {
                if found.insert(next.as_str()) {
                    waiting.push(next);
                }
            }
        }
        found
    }

    /// Returns the largest sets of files of which each reaches every other.
    pub(crate) fn circles(&self) -> Vec<Vec<&str>> {
        let reach: BTreeMap<&str, BTreeSet<&str>> =
            self.0.keys().map(|file| (file.as_str(), self.reachable(file))).collect();
        let mut circles: Vec<Vec<&str>> = Vec::new();
        for (file, reached) in &reach {
            if !reached.contains(file) || circles.iter().any(|circle| circle.contains(file)) {
                continue;
            }
            let back = |other: &&&str| reach.get(**other).is_some_and(|of_other| of_other.contains(file));
            circles.push(reached.iter().filter(back).copied().collect());
        }
        circles
    }
}

#[test]
fn circles_are_found() {
    let mut graph = Graph::default();
    for (from, to) in [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("f", "f")] {
        graph.add(from, to);
    }
    assert_eq!(graph.circles(), [["a", "b", "c"]]);
}
