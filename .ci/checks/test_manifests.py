"""What every manifest says, and that lock files are whole."""

from __future__ import annotations

import json
import tomllib
import unittest

from repository import ROOT, metadata, tracked

REPOSITORY = "https://github.com/sponsorfit/sponsorfit"


class Manifests(unittest.TestCase):
    def test_crates_say_where_they_come_from(self) -> None:
        for package in metadata()["packages"]:
            if package["source"] is None:
                with self.subTest(package["name"]):
                    self.assertEqual(package["license"], "MIT OR Apache-2.0")
                    self.assertTrue(package["description"])
                    self.assertEqual(package["rust_version"], metadata_of_workspace()["rust-version"])
                    if package["publish"] is None:
                        self.assertEqual(package["repository"], REPOSITORY)
                        self.assertTrue(package["readme"] and package["keywords"] and package["categories"])

    def test_dev_dependencies_between_our_crates_name_no_version(self) -> None:
        # With one, a crate could not be published before the crate that it is only tested with.
        ours = {package["name"] for package in metadata()["packages"] if package["source"] is None}
        for package in metadata()["packages"]:
            for dependency in package["dependencies"] if package["source"] is None else ():
                if dependency["name"] in ours and dependency["kind"] == "dev" and package["publish"] is None:
                    with self.subTest(f"{package['name']} on {dependency['name']}"):
                        self.assertEqual(dependency["req"], "*")

    def test_python_and_npm_say_it_too(self) -> None:
        project = tomllib.loads((ROOT / "bindings-python/pyproject.toml").read_text())["project"]
        self.assertEqual(project["urls"]["Repository"], REPOSITORY)
        self.assertEqual(project["license"], "MIT OR Apache-2.0")
        self.assertTrue(project["readme"] and project["keywords"] and project["license-files"])
        for path in tracked("package.json", "*/package.json"):
            manifest = json.loads(path.read_text())
            with self.subTest(str(path.relative_to(ROOT))):
                self.assertEqual(manifest["license"], "MIT OR Apache-2.0")
                if not manifest.get("private"):
                    self.assertEqual(manifest["repository"]["url"], f"git+{REPOSITORY}.git")
                    self.assertTrue(manifest["keywords"] and (path.parent / "README.md").exists())

    def test_lock_files_name_all_that_they_ask_for(self) -> None:
        """`npm ci` refuses a lock file that lacks a package, be it one for another platform."""
        for path in tracked("package-lock.json", "*/package-lock.json"):
            packages = json.loads(path.read_text())["packages"]
            manifest = json.loads((path.parent / "package.json").read_text())
            for kind in ("dependencies", "devDependencies", "optionalDependencies"):
                self.assertEqual(packages[""].get(kind, {}), manifest.get(kind, {}), f"{path}: {kind}")
            for place, package in packages.items():
                wanted = {**package.get("dependencies", {}), **package.get("optionalDependencies", {})}
                for name in wanted:
                    with self.subTest(f"{path.relative_to(ROOT)}: {place} asks for {name}"):
                        self.assertTrue(found_from(place, name, packages))


def found_from(place: str, name: str, packages: dict[str, object]) -> bool:
    """Return whether a package is in the folder that asks for it, or in one around it."""
    while True:
        if f"{place}/node_modules/{name}".removeprefix("/") in packages:
            return True
        if not place:
            return False
        place = place.rpartition("/node_modules/")[0] if "/node_modules/" in place else ""


def metadata_of_workspace() -> dict[str, str]:
    return tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["package"]


if __name__ == "__main__":
    unittest.main()
