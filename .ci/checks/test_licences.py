"""Whose code is used, and under which licence. `cargo deny` asks more in ci.yml, where it may download."""

from __future__ import annotations

import json
import subprocess
import unittest

from repository import ALLOWED, ROOT, choices, metadata, tracked

CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"
# Tools for tests and pages, of which nothing is published.
ALSO_IN_NPM = {"BlueOak-1.0.0", "CC-BY-4.0", "MPL-2.0", "Python-2.0"}


class Licences(unittest.TestCase):
    def test_expressions_are_understood(self) -> None:
        self.assertEqual(choices("MIT/Apache-2.0"), [{"MIT"}, {"Apache-2.0"}])
        self.assertEqual(choices("(MIT OR Zlib) AND ISC"), [{"MIT", "ISC"}, {"Zlib", "ISC"}])
        self.assertEqual(choices("Apache-2.0 WITH LLVM-exception"), [{"Apache-2.0 WITH LLVM-exception"}])
        self.assertFalse(any(choice <= ALLOWED for choice in choices("GPL-3.0-only AND MIT")))

    def test_crates_come_from_crates_io_under_licences_that_are_allowed(self) -> None:
        for package in metadata()["packages"]:
            with self.subTest(package["name"]):
                self.assertIn(package["source"], (None, CRATES_IO))
                if package["source"] is None:
                    self.assertTrue(package["manifest_path"].startswith(str(ROOT)))
                self.assertTrue(any(choice <= ALLOWED for choice in choices(package["license"])), package["license"])

    def test_npm_packages_too(self) -> None:
        for path in tracked("package-lock.json", "*/package-lock.json"):
            for place, package in json.loads(path.read_text())["packages"].items():
                if not place.startswith("node_modules/") or package.get("link"):
                    continue
                with self.subTest(f"{path.relative_to(ROOT)}: {place}"):
                    resolved = package.get("resolved", "https://registry.npmjs.org/")
                    self.assertTrue(resolved.startswith("https://registry.npmjs.org/"), resolved)
                    allowed = ALLOWED | ALSO_IN_NPM
                    licence = package.get("license", "none")
                    self.assertTrue(any(choice <= allowed for choice in choices(licence)), licence)

    def test_notices_are_those_of_what_is_linked(self) -> None:
        subprocess.run([ROOT / ".ci/notices", "--check"], check=True)

    def test_crates_carry_their_licence(self) -> None:
        for package in metadata()["packages"]:
            if package["source"] is not None or package["publish"] is not None:
                continue
            with self.subTest(package["name"]):
                command = ["cargo", "package", "--list", "--allow-dirty", "--package", package["name"]]
                packed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
                for needed in ("LICENSE-APACHE", "LICENSE-MIT", "README.md", "Cargo.toml"):
                    self.assertIn(needed, packed)


if __name__ == "__main__":
    unittest.main()
