"""The rows that `recommend features` wrote: queries, each an event as of a cut with its candidates."""
import json
import math
from dataclasses import dataclass
from datetime import date

import numpy as np


@dataclass
class Query:
    """An event, and every sponsor who had sponsored anything before the cut."""

    cut: date
    event_id: str
    features: np.ndarray  # candidates × all features, NaN where unknown
    labels: np.ndarray  # 1 who really sponsored it
    # Candidates are in the order of their ids, which is how ties are broken.


def read(path):
    """Returns the features' names and the queries in the file's order."""
    with open(path, encoding="utf-8") as lines:
        header = json.loads(next(lines, "{}"))
        if "features" not in header:
            raise SystemExit(f"{path}, line 1: no `features`; is this what `recommend features` wrote?")
        names, groups = header["features"], {}
        for number, line in enumerate(lines, 2):
            row = json.loads(line)
            if len(row["features"]) != len(names):
                raise SystemExit(f"{path}, line {number}: {len(row['features'])} features instead of {len(names)}")
            values, labels = groups.setdefault((row["cut"], row["event_id"]), ([], []))
            values.append([math.nan if value is None else value for value in row["features"]])
            labels.append(row["label"])
    return names, [
        Query(date.fromisoformat(cut[:10]), event, np.array(values, float), np.array(labels, float))
        for (cut, event), (values, labels) in groups.items()
    ]


def start_dates(path):
    """Returns the day on which each event of events.ndjson begins."""
    with open(path, encoding="utf-8") as lines:
        events = [json.loads(line) for line in lines if line.strip()]
    return {event.get("event_id") or event["id"]: date.fromisoformat(event["start_at"][:10]) for event in events}


def columns(names, chosen):
    """Returns the places of the chosen features."""
    absent = [name for name in chosen if name not in names]
    if absent:
        raise SystemExit(f"the rows have no feature {', '.join(absent)}: write them with the current `recommend`")
    return [names.index(name) for name in chosen]
