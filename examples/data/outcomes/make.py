#!/usr/bin/env python3
"""Writes events.ndjson, event_audience_insights.ndjson and sponsorships.csv.

Nothing here happened: events, sponsors and the countries XA to XF are invented. Sponsors
mostly sponsor near home and what they like, the popular ones anywhere, so that rankers have
something to find.

    python make.py
"""
import json
import random
import uuid
from pathlib import Path

SEED = 4
YEARS = range(2021, 2026)
COUNTRIES = ["XA", "XB", "XC", "XD", "XE", "XF"]
CATEGORIES = ["web", "data", "games", "security", "hardware", "design", "testing", "maps"]
NAMESPACE = uuid.UUID("b7a1c9d2-5e0f-4c8a-9d36-0f4be0c0ffee")
TIERS = [("Gold", 1), ("Silver", 2), ("Bronze", 3), ("Partner", 4)]


def identifier(name):
    return str(uuid.uuid5(NAMESPACE, name))


def choose(rng, items, count):
    """Draws without repetition, in the order of `items`."""
    order = sorted(range(len(items)), key=lambda _: rng.random())
    return [items[at] for at in sorted(order[:count])]


def series(rng):
    for number in range(1, 11):
        country = COUNTRIES[min(int(rng.random() * rng.random() * 6), 5)]
        yield {
            "name": f"Sample Conf {number}", "country": country, "city": f"{country} City {1 + number % 2}",
            "categories": choose(rng, CATEGORIES, 2 + int(rng.random() * 2)), "size": 0.5 + rng.random(),
            "first": 2021 + int(rng.random() * 3), "month": 1 + int(rng.random() * 12),
        }


def sponsors(rng):
    for number in range(1, 101):
        yield {
            "id": identifier(f"sponsor {number}"), "home": COUNTRIES[min(int(rng.random() * rng.random() * 6), 5)],
            "likes": choose(rng, CATEGORIES, 2), "size": 0.3 + 1.2 * rng.random() ** 3,
            "first": 2021 + int(rng.random() ** 2 * 5),
        }


def chance(sponsor, event, year):
    near = 0.22 if sponsor["home"] == event["country"] else 0.03
    liked = 1 + len(set(sponsor["likes"]) & set(event["categories"]))
    return 0.0 if year < sponsor["first"] else near * liked * sponsor["size"] * event["size"]


def main():
    rng = random.Random(SEED)
    all_series, all_sponsors = list(series(rng)), list(sponsors(rng))
    events, insights, rows = [], [], []
    for year in YEARS:
        for held in all_series:
            if year < held["first"]:
                continue
            title, start_at = f"{held['name']} {year}", f"{year}-{held['month']:02}-{1 + int(rng.random() * 28):02}"
            event_id = identifier(title)
            events.append({
                "event_id": event_id, "slug": title.lower().replace(" ", "-"), "title": title, "start_at": start_at,
                "city": held["city"], "country": held["country"], "categories": ["software", *held["categories"]],
                "regions": [held["country"], held["city"]],
            })
            insights.append({
                "event_id": event_id, "geo_distribution": {held["country"]: 1},
                # Measured while the event took place: it must not inform a score for it.
                "engagement_score": round(rng.random(), 2), "ticket_conversion_rate": None,
            })
            for sponsor in all_sponsors:
                drawn = rng.random()
                tier, level = TIERS[int(rng.random() ** 0.5 * 4)]
                if drawn < chance(sponsor, held, year):
                    rows.append((event_id, sponsor["id"], start_at, tier, level, "accepted"))
                elif drawn > 0.985:
                    rows.append((event_id, sponsor["id"], start_at, "", "", "rejected" if drawn > 0.995 else "shown"))
    # The same sponsor at two tiers of one event.
    rows.insert(1, (*rows[0][:3], "Workshop", 7, "accepted"))
    folder = Path(__file__).parent
    for name, table in [("events", events), ("event_audience_insights", insights)]:
        text = "".join(json.dumps(row) + "\n" for row in table)
        (folder / f"{name}.ndjson").write_text(text)
    head = "event_id,sponsor_id,start_at,tier,level,outcome\n"
    lines = "".join(",".join(map(str, row)) + "\n" for row in rows)
    (folder / "sponsorships.csv").write_text(head + lines)


if __name__ == "__main__":
    main()
