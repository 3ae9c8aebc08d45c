"""Write `python/sponsorfit/types.py` from the core's JSON Schema.

Run it after a change of `core/schema`; a test holds the file to what this prints.
"""

from __future__ import annotations

import json
import keyword
import textwrap
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parents[1] / "core" / "schema"
TYPES = HERE.parent / "python" / "sponsorfit" / "types.py"

# Inputs first: where an input and a result share a name, the input takes more.
ROWS = {"sponsor_profile": "SponsorRow", "event": "EventRow", "audience_insights": "InsightsRow"}
ROOTS = [*ROWS, "scoring_config", "rules", "change", "stored_match_score", "stored_explanation", "what_if"]
NAMES = {"ScoringConfig": "ConfigDict", "Rules": "RulesDict"}
# The rows, as questions call them.
CLASSES = {"SponsorProfile": "SponsorRow", "Event": "EventRow", "AudienceInsights": "InsightsRow"}
SUFFIX = "Dict"
PRIMITIVES = {"string": "str", "number": "float", "integer": "int", "boolean": "bool", "null": "None"}

HEADER = '''"""The shapes of rows, settings and answers as plain dicts.

Made from the core's JSON Schema by `tools/make_types.py`: change the Rust types instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NotRequired, Required, TypeAlias, TypedDict, Union
from uuid import UUID

from ._lowlevel import AudienceInsights, Event, ScoringConfig, SponsorProfile
from ._lowlevel import Rules as _Rules
'''

FOOTER = '''
SponsorLike: TypeAlias = Union[SponsorProfile, SponsorRow, Mapping[str, Any]]
"""What is taken for a sponsor: a typed object, a dict, or any mapping such as a driver's row."""

EventLike: TypeAlias = Union[Event, EventRow, Mapping[str, Any]]
"""What is taken for an event."""

InsightsLike: TypeAlias = Union[AudienceInsights, InsightsRow, Mapping[str, Any]]
"""What is taken for an audience's insights."""

ConfigLike: TypeAlias = Union[ScoringConfig, ConfigDict, Mapping[str, Any], str]
"""What is taken for a configuration: an object, a dict or JSON text."""

RulesLike: TypeAlias = Union[_Rules, RulesDict, Mapping[str, Any], str]
"""What is taken for rules."""
'''


class Writer:
    """Collects the classes that the schemas need, each once."""

    def __init__(self) -> None:
        self.written: dict[str, str] = {}
        self.read = True
        # Not classes: choices, and unions of classes.
        self.aliases = {"Change"}
        # What is said to nobody.
        self.untold = {"Nothing"}

    def root(self, name: str) -> None:
        schema = parsed(name)
        self.read = name in ROWS or name in ("scoring_config", "rules", "change")
        self.aliases |= {child for child, own in schema.get("$defs", {}).items() if "properties" not in own}
        for child, definition in schema.get("$defs", {}).items():
            self.define(child, definition)
        title = schema["title"]
        self.define(ROWS.get(name, title), schema)

    def questions(self, part: str) -> None:
        """Define what requests are read as, or answers are written as."""
        definitions = {CLASSES.get(name, name): one for name, one in parsed("questions")["$defs"][part].items()}
        self.read = part == "read"
        self.aliases |= {name for name, own in definitions.items() if "properties" not in own and name not in ROWS.values()}
        for name, definition in definitions.items():
            if name not in self.untold:
                self.define(name, definition)

    def define(self, title: str, schema: dict[str, Any]) -> None:
        name = self.name(title)
        if name in self.written:
            return
        if "properties" in schema:
            self.written[name] = self.typed_dict(name, schema)
            return
        if "oneOf" in schema and all("properties" in variant for variant in schema["oneOf"]):
            union = []
            for variant in schema["oneOf"]:
                own = f"{title}{self.variant(variant)}"
                self.written[self.name(own)] = self.typed_dict(self.name(own), variant)
                union.append(self.name(own))
            body = "Union[\n" + "".join(f"    {one},\n" for one in union) + "]"
        else:
            body = self.type(schema)
        doc = schema.get("description", title).replace("null", "None")
        self.written[name] = f'{name}: TypeAlias = {body}\n"""{doc}"""\n'

    @staticmethod
    def variant(schema: dict[str, Any]) -> str:
        kind = schema["properties"].get("kind", {}).get("const") or next(iter(schema["properties"]))
        return "".join(word.capitalize() for word in kind.split("_"))

    def name(self, title: str) -> str:
        title = CLASSES.get(title, title)
        if title in self.aliases or title in ROWS.values():
            return title
        return NAMES.get(title, title + SUFFIX)

    def typed_dict(self, name: str, schema: dict[str, Any]) -> str:
        required = set(schema.get("required", ()))
        if any(keyword.iskeyword(field) for field in schema["properties"]):
            # A name such as `from` is no identifier.
            fields = ", ".join(f'"{field}": "{self.type(own)}"' for field, own in schema["properties"].items())
            return f'{name} = TypedDict("{name}", {{{fields}}}, total=False)\n{self.doc(schema, "")}\n'
        lines = [f"class {name}(TypedDict, total=False):"]
        lines.append(self.doc(schema, "    "))
        for field, own in schema["properties"].items():
            kind = self.type(own)
            lines.append(f"    {field}: {f'Required[{kind}]' if field in required else kind}")
            if "description" in own:
                lines.append(self.doc(own, "    "))
        return "\n".join(lines) + "\n"

    @staticmethod
    def doc(schema: dict[str, Any], indent: str) -> str:
        text = schema.get("description", "One of several shapes.").replace("null", "None")
        text = text.replace('"', "`")
        first, *rest = text.split("\n\n")
        if not rest and len(first) < 90:
            return f'{indent}"""{first}"""'
        wrapped = ["\n".join(textwrap.wrap(one, 100)) for one in (first, *rest)]
        body = textwrap.indent("\n\n".join(wrapped), indent).strip()
        return f'{indent}"""{body}\n{indent}"""'

    def type(self, schema: dict[str, Any]) -> str:
        if "$ref" in schema:
            return self.name(schema["$ref"].rsplit("/", 1)[1])
        if "const" in schema:
            return f"Literal[{schema['const']!r}]"
        if "enum" in schema:
            return f"Literal[{', '.join(repr(one) for one in schema['enum'])}]"
        if "anyOf" in schema or "oneOf" in schema:
            return self.union(schema.get("anyOf") or schema["oneOf"])
        kinds = schema.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        return " | ".join(dict.fromkeys(self.plain(kind, schema) for kind in kinds)) or "Any"

    def union(self, schemas: list[dict[str, Any]]) -> str:
        if all("const" in one for one in schemas):
            return f"Literal[{', '.join(repr(one['const']) for one in schemas)}]"
        return " | ".join(dict.fromkeys(self.type(one) for one in schemas))

    def plain(self, kind: str, schema: dict[str, Any]) -> str:
        if kind == "array":
            if "prefixItems" in schema:
                kinds = [self.type(one) for one in schema["prefixItems"]]
                return f"Sequence[{' | '.join(dict.fromkeys(kinds))}]" if self.read else f"tuple[{', '.join(kinds)}]"
            item = self.type(schema["items"])
            if not self.read:
                return f"list[{item}]"
            return f"Sequence[{item}] | Set[{item}]" if item == "str" else f"Sequence[{item}]"
        if kind == "object":
            values = schema.get("additionalProperties")
            value = self.type(values) if isinstance(values, dict) else "Any"
            return f"Mapping[str, {value}]" if self.read else f"dict[str, {value}]"
        if kind == "string" and self.read:
            if schema.get("format") == "uuid":
                return "str | UUID"
            if schema.get("pattern", "").startswith("^[0-9]{4}-"):
                return "str | date"
        if kind == "integer" and self.read and schema.get("maximum", 0) > 1:
            return "int | float | Decimal"
        return PRIMITIVES[kind]


def parsed(name: str) -> dict[str, Any]:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def made() -> str:
    """Return the module as text."""
    writer = Writer()
    for root in ROOTS:
        writer.root(root)
    for part in ("read", "written"):
        writer.questions(part)
    # A type is written before it is used in an alias.
    bodies = "\n\n".join(writer.written.values())
    names = sorted([*writer.written, "ConfigLike", "EventLike", "InsightsLike", "RulesLike", "SponsorLike"])
    exported = "__all__ = [\n" + "".join(f'    "{name}",\n' for name in names) + "]\n"
    needed = [name for name in ("NotRequired",) if f"{name}[" not in bodies]
    header = HEADER
    for name in needed:
        header = header.replace(f"{name}, ", "")
    return f"{header}\n{exported}\n\n{bodies}\n{FOOTER}"


if __name__ == "__main__":
    TYPES.write_text(made(), encoding="utf-8")
