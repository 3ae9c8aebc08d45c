//! Arguments that teach, and arguments that are wrong.

use super::fixture::Folder;

#[test]
fn help_is_a_result_with_examples() {
    let folder = Folder::empty();
    for (arguments, expected) in [
        (&["--help"][..], "recommend --top 3"),
        (&["help"], "recommend --top 3"),
        (&["explain", "--help"], "recommend explain --sponsor 'Velvetine Amplifiers'"),
        (&["what-if", "--help"], "--set-visitors <REGION=COUNT>"),
        (&["evaluate", "--help"], "recommend evaluate --data outcomes --cut 2025-01-01"),
        (&["features", "--help"], "--horizon <DAYS>"),
        (&["validate", "--help"], "path:line: field: message"),
        (&["generate", "--help"], "--seed <S>"),
        (&["-h"], "--near-misses <FILE>"),
        (&["--version"], env!("CARGO_PKG_VERSION")),
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.err, "");
        assert!(run.out.contains(expected), "{}", run.out);
        run.done();
    }
}

#[test]
fn the_examples_of_the_help_run() {
    let folder = Folder::empty();
    let help = folder.run(&["--help"]).done();
    let examples = help.split_once("Examples:").unwrap().1.replace("\\\n", " ");
    let commands: Vec<&str> =
        examples.lines().filter_map(|line| line.trim().strip_prefix("recommend ")).collect();
    assert!(commands.len() >= 6, "{commands:?}");
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/");
    for (own, bundled) in [
        ("sponsor_profiles.ndjson", "sponsors.ndjson"),
        ("events.csv", "events.ndjson"),
        ("insights.json.gz", "insights.ndjson"),
        ("rules.json", "rules.json"),
    ] {
        std::fs::copy(format!("{data}{bundled}"), folder.path(own)).unwrap();
    }
    for command in commands {
        let mut arguments = Vec::new();
        for (at, part) in command.split('\'').enumerate() {
            if at % 2 == 1 { arguments.push(part) } else { arguments.extend(part.split_whitespace()) }
        }
        folder.run(&arguments).done();
    }
    assert!(folder.names().contains(&"matches.ndjson".to_owned()));
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let folder = Folder::new();
    for (arguments, told) in [
        (&["generate"][..], "Usage:"),
        (&["generate", "--sponsors", "-1"], "Usage:"),
        (&["no-such-command"], "Usage:"),
        (&["--no-such-option"], "Usage:"),
        (&["--format", "xml"], "[possible values: table, ndjson, json]"),
        (&["--for-each", "venue"], "[possible values: event, sponsor]"),
        (&["--top", "0"], "0 is not in 1.."),
        (&["--top", "few"], "--top <K>"),
        (&["--top", "3", "explain", "--sponsor", "a", "--event", "b"], "Usage:"),
        (&["--sponsors", "s.ndjson"], "error: --sponsors and --events go together\n"),
        (&["--events", "e.ndjson"], "error: --sponsors and --events go together\n"),
        (&["--insights", "i.ndjson"], "error: --insights needs the --sponsors and --events they are about\n"),
        (&["explain", "--sponsor", "Avo"], "--event <ID>"),
    ] {
        let refusal = folder.run(arguments).failed(2);
        assert!(refusal.contains(told), "{arguments:?}: {refusal}");
    }
}
