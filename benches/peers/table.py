"""Reads lines `name value unit` and prints the table of ratios that the README shows."""

import sys

measured: dict[str, float] = {}
for line in sys.stdin:
    parts = line.split()
    if len(parts) == 3:
        measured[parts[0]] = float(parts[1])


def rate(value: float) -> str:
    return f"{value / 1e6:,.2f} M pairs/s" if value < 1e8 else f"{value / 1e6:,.0f} M pairs/s"


def row(work: str, ours: str, other: str, ratio: float, bar: str, met: bool) -> None:
    print(f"| {work} | {ours} | {other} | {ratio:,.2f}× | {bar} | {'' if not bar else 'yes' if met else '**no**'} |")


m = measured
print("| work | ours | against | ratio | bar | met |\n|---|---|---|---|---|---|")
for size in (10_000, 100_000, 1_000_000):
    name = f"top 20 of {size:,} events, one sponsor, one core"
    ours = f"{m[f'engine_{size}']:.0f} µs"
    ratio = m[f"plain_{size}"] / m[f"engine_{size}"]
    bar = "≥ 8×" if size == 1_000_000 else ""
    row(name, ours, f"our plain scan, {m[f'plain_{size}']:,.0f} µs", ratio, bar, ratio >= 8 or not bar)
    ratio = m[f"hand_{size}"] / m[f"engine_{size}"]
    row(name, ours, f"masks scanned by hand, {m[f'hand_{size}']:,.0f} µs", ratio, bar, ratio >= 8 or not bar)
for work, key, peer, least in (
    ("top 20 of 10 k events for each of 10 k sponsors, all cores", "all_10k_10k", "numpy_counts", 60),
    ("the same", "all_10k_10k", "numpy_folded", 60),
    ("top 20 of 5 k events for each of 2 k sponsors, all cores", "all_2k_5k", "duckdb", 1000),
    ("the same (Polars: 500 × 2 k)", "all_2k_5k", "polars", None),
):
    ratio = m[key] / m[peer]
    bar = f"≥ {least:,}×" if least else ""
    row(work, rate(m[key]), f"{peer}, {rate(m[peer])}", ratio, bar, least is None or ratio >= least)
    ours, theirs = m[f"{key}_wall"], m[f"{peer}_wall"]
    row("— by the clock on the wall", rate(ours), f"{peer}, {rate(theirs)}", ours / theirs, "", True)
ratio = m["score_column"] / 3.5e8
row("`score_all`, the score, one core", rate(m["score_column"]), "a published popcount kernel, 350 M pairs/s", ratio, "≥ 1×", ratio >= 1)
ratio = m["all_columns"] / m["plain_stores"]
row("`score_all`, nine columns, one core", f"{m['all_columns'] / 1e9:.1f} GB/s", f"plain stores, {m['plain_stores'] / 1e9:.1f} GB/s", ratio, "≥ 0.7×", ratio >= 0.7)
ratio = m["all_columns"] / m["nine_streams"]
row("the same", f"{m['all_columns'] / 1e9:.1f} GB/s", f"nine columns copied side by side, {m['nine_streams'] / 1e9:.1f} GB/s", ratio, "", True)
ratio = m["one_pair"] / m["one_pair_by_hand"]
row("`score(sponsor_id, event_id)`", f"{m['one_pair']:.0f} ns", f"the formula by hand over masks, {m['one_pair_by_hand']:.1f} ns", ratio, "≤ 3×", ratio <= 3)
ratio = m["one_pair"] / m["one_pair_found_by_hand"]
row("the same", f"{m['one_pair']:.0f} ns", f"the same, its two rows found in a `HashMap`, {m['one_pair_found_by_hand']:.1f} ns", ratio, "", True)
ratio = m["recommended_1000000"] / m["engine_1000000"]
row("`reachable` + `audience_share`, 1 M events", f"{m['recommended_1000000']:.0f} µs", f"the default configuration, {m['engine_1000000']:.0f} µs", ratio, "≤ 2×", ratio <= 2)
row("`with_config`, 10 k events: weights", f"{m['with_weights']:.2f} ms", "", m["with_weights"] / 5, "≤ 5 ms", m["with_weights"] <= 5)
row("`with_config`, 10 k events: readings", f"{m['with_readings']:.2f} ms", "", m["with_readings"] / 5, "≤ 5 ms", m["with_readings"] <= 5)

print("\n| events | top 20, default | top 20, recommended | build | bytes an event | of them the engine's |\n|---|---|---|---|---|---|")
for size in (10_000, 100_000, 1_000_000, 10_000_000):
    if f"engine_{size}" in m:
        print(
            f"| {size:,} | {m[f'engine_{size}']:,.0f} µs | {m[f'recommended_{size}']:,.0f} µs | {m[f'build_{size}']:.2f} s "
            f"| {m[f'memory_{size}']:,.0f} | {m[f'memory_own_{size}']:,.0f} |"
        )
