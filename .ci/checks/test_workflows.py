"""What holds for every workflow: little is allowed, actions are pinned, and releases are tested first."""

from __future__ import annotations

import re
import unittest
from typing import Any

import yaml
from repository import ROOT

FOLDER = ROOT / ".github/workflows"
WORKFLOWS: dict[str, dict[Any, Any]] = {
    path.name: yaml.safe_load(path.read_text()) for path in sorted(FOLDER.glob("*.yml"))
}
RELEASES = {"crates.yml", "release-npm.yml", "wheels.yml"}
CI = "./.github/workflows/ci.yml"


def jobs() -> list[tuple[str, str, dict[str, Any]]]:
    return [(file, name, job) for file, flow in WORKFLOWS.items() for name, job in flow["jobs"].items()]


def steps() -> list[tuple[str, str, dict[str, Any]]]:
    return [(file, name, step) for file, name, job in jobs() for step in job.get("steps", [])]


def before(flow: dict[str, Any], name: str) -> set[str]:
    """Return the jobs that must have passed before a job begins."""
    needs = flow["jobs"][name].get("needs", [])
    found = set(needs if isinstance(needs, list) else [needs])
    return found.union(*(before(flow, needed) for needed in found)) if found else found


class Workflows(unittest.TestCase):
    def test_all_are_here(self) -> None:
        self.assertEqual(set(WORKFLOWS), RELEASES | {"ci.yml"})

    def test_reading_is_all_that_is_allowed(self) -> None:
        for file, flow in WORKFLOWS.items():
            with self.subTest(file):
                self.assertEqual(flow["permissions"], {"contents": "read"})
                # YAML takes `on` for a truth value.
                self.assertNotIn("pull_request_target", flow[True])
        for file, name, job in jobs():
            with self.subTest(f"{file}: {name}"):
                allowed = job.get("permissions", {"contents": "read"})
                if "id-token" in allowed:
                    self.assertEqual((file in RELEASES, name), (True, "publish"))
                    self.assertEqual(allowed, {"contents": "read", "id-token": "write"})
                    self.assertEqual(job["environment"], "release")
                else:
                    self.assertEqual(allowed, {"contents": "read"})

    def test_actions_are_pinned_by_commit(self) -> None:
        for path in FOLDER.glob("*.yml"):
            for line in re.findall(r"uses: *(.*)", path.read_text()):
                with self.subTest(f"{path.name}: {line}"):
                    self.assertRegex(line, rf"^({re.escape(CI)}|[\w.-]+/[\w.-]+@[0-9a-f]{{40}} # v[\d.]+)$")

    def test_checkouts_keep_no_credentials(self) -> None:
        for file, name, step in steps():
            if step.get("uses", "").startswith("actions/checkout@"):
                with self.subTest(f"{file}: {name}"):
                    self.assertIs(step["with"]["persist-credentials"], False)

    def test_what_others_may_name_is_no_part_of_a_command(self) -> None:
        for file, name, step in steps():
            with self.subTest(f"{file}: {name}"):
                self.assertNotRegex(step.get("run", ""), r"\$\{\{ *(github|inputs|needs|steps)\.")

    def test_no_install_script_runs_beside_a_token(self) -> None:
        for file, name, step in steps():
            command = step.get("run", "")
            with self.subTest(f"{file}: {name}: {command}"):
                if file in RELEASES and re.search(r"\bnpm (ci|i|install)\b", command):
                    self.assertIn("--ignore-scripts", command)
                if name == "publish":
                    self.assertNotRegex(command, r"\b(npm (ci|i|install)|npx|pip|cargo (build|test|install))\b")
                    if "cargo publish" in command:
                        self.assertIn("--no-verify", command)
        self.assertIn('"--ignore-scripts"', (ROOT / "bindings-node/pack/publish.mjs").read_text())

    def test_releases_are_tested_whole_and_named_by_their_version(self) -> None:
        for file in RELEASES:
            flow = WORKFLOWS[file]
            with self.subTest(file):
                self.assertEqual(flow[True], {"push": {"tags": ["v*"]}})
                self.assertEqual(flow["jobs"]["ci"], {"uses": CI})
                runs = [step.get("run") for step in flow["jobs"]["version"]["steps"]]
                self.assertIn('.ci/version --tag "$GITHUB_REF_NAME"', runs)
                self.assertLessEqual({"ci", "version"}, before(flow, "publish"))
        self.assertIn("workflow_call", WORKFLOWS["ci.yml"][True])

    def test_ci_runs_every_part_of_make_test(self) -> None:
        parts = re.search(r"^test: (.*?) *##", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
        parts.remove("setup")
        self.assertEqual(WORKFLOWS["ci.yml"]["jobs"]["make"]["strategy"]["matrix"]["target"], parts)

    def test_wheels_and_npm_have_the_same_platforms(self) -> None:
        text = (ROOT / "bindings-node/pack/platforms.mjs").read_text()
        platforms = dict(re.findall(r'"([\w-]+)": \{ target: "([\w-]+)"', text))
        self.assertEqual(len(platforms), 8)
        for file, job in (("release-npm.yml", "native"), ("wheels.yml", "wheel")):
            built = WORKFLOWS[file]["jobs"][job]["strategy"]["matrix"]["include"]
            with self.subTest(file):
                self.assertEqual({one["platform"]: one["target"] for one in built}, platforms)


if __name__ == "__main__":
    unittest.main()
