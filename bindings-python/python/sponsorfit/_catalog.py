"""Many pairs: rankings over whole catalogs."""

from __future__ import annotations

import sys
import time
import warnings
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from . import _lowlevel
from ._errors import IgnoredFieldWarning
from ._results import explanation
from ._scorer import Scorer
from ._source import library, source
from ._table import Table, like

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from typing import Unpack

    import altair as alt

    from ._lowlevel import AudienceInsights, Event, MatchScore, ScoringConfig, SponsorProfile
    from ._results import Explanation
    from .types import ConfigLike, Leaf, RulesLike



class Filters(TypedDict, total=False):
    """Which pairs are ranked.

    Attributes:
        rules: Which pairs may be ranked at all.
        min_score: The least score, 0 to 1.
        categories: Events in any of these.
        from_: Events that start then or later.
        until: Events that start then or earlier.
    """

    rules: RulesLike | None
    min_score: float | None
    categories: Sequence[str] | None
    from_: str | date | None
    until: str | date | None


class Catalog:
    """Sponsors and events, ready for ranking each side against the other.

    Rankings are exact: the pairs and the bits of their scores are those of `Scorer.score`, by score
    descending and then by the other side's id ascending, whatever the number of threads.

    Rows come as a frame (polars, pandas, pyarrow, DuckDB: anything with `__arrow_c_stream__`), a dict
    of columns, a list of dicts or of typed objects, or the path of an NDJSON, JSON, CSV (also gzipped)
    or Parquet file. Columns are the database's own; lists, structs and maps are read as they come,
    and text as a cell of CSV: JSON, or Postgres' arrays.

    Rankings come back in the library that the sponsors (or else the events) came in: polars in,
    polars out. For all other sources they are a `Table`, which every library reads.

    Args:
        sponsors: The rows of `sponsor_profiles`.
        events: The rows of `events`.
        insights: The rows of `event_audience_insights`; what they would tell is unknown without them.
        config: A `ScoringConfig`, a dict or JSON text.
        objectives: A callable of a sponsor and an event, as `Scorer` takes it. It is called on this
            thread, so rankings are single-threaded then.
        scorer: A scorer instead of `config` and `objectives`.
        on_error: `raise` raises the first wrong row; `skip` leaves wrong rows out, and keeps them in
            `rejects`.

    Raises:
        SponsorfitError: for a wrong row, with its `row` and the `path` of its field.

    >>> sponsors = [{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "preferred_categories": ["music"]}]
    >>> events = {"event_id": ["0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"], "categories": [["Music"]]}
    >>> catalog = Catalog(sponsors, events)
    >>> catalog.top_events("6f9619ff-8b86-d011-b42d-00c04fc964ff").to_dicts()[0]["categories"]
    1.0
    """

    __slots__ = ("_core", "_library")

    _core: _lowlevel.Catalog
    _library: str | None

    def __init__(
        self,
        sponsors: Any,
        events: Any,
        insights: Any = None,
        config: ConfigLike | None = None,
        *,
        objectives: Callable[[Any, Any], float | None] | None = None,
        scorer: Scorer | None = None,
        on_error: Literal["raise", "skip"] = "raise",
    ) -> None:
        if on_error not in ("raise", "skip"):
            raise ValueError(f"on_error: `{on_error}` is not `raise` or `skip`")
        if scorer is not None and (config is not None or objectives is not None):
            raise TypeError("give a scorer or its parts, not both")
        if scorer is None:
            scorer = Scorer(config, objectives)
        sources = (source(sponsors), source(events), source(insights))
        self._core = _lowlevel.Catalog(scorer, *sources, on_error == "skip")
        named = library(sponsors) or library(events)
        self._library = None if named == "duckdb" else named
        for table, field, count, nearest in self._core.ignored:
            if nearest is not None:
                message = f"{table}.{field}: ignored in {count} rows, did you mean `{nearest}`"
                warnings.warn(message, IgnoredFieldWarning, stacklevel=2)
        if self._core.ignored_insights:
            message = f"insights of {self._core.ignored_insights} events that the catalog does not have are ignored"
            warnings.warn(message, UserWarning, stacklevel=2)

    def _frame(self, arrow: Any) -> Any:
        return like(Table(arrow), self._library)

    @property
    def sponsor_count(self) -> int:
        """How many sponsors there are."""
        return self._core.sponsor_count

    @property
    def event_count(self) -> int:
        """How many events there are."""
        return self._core.event_count

    @property
    def config(self) -> ScoringConfig:
        """The configuration."""
        return self._core.config

    @property
    def fingerprint(self) -> str:
        """The SHA-256 that names the configuration, stored with every score."""
        return self._core.fingerprint

    @property
    def ignored_insights(self) -> int:
        """How many insights were left out, for want of their events."""
        return self._core.ignored_insights

    @property
    def rejects(self) -> Any:
        """The rows that were left out: `table`, `row` (from 0; a file's line, from 1), `code`, `path`, `message`."""
        return self._frame(self._core.rejects())

    @property
    def ignored_fields(self) -> list[dict[str, Any]]:
        """The fields of rows that no type has: `table`, `field`, in how many rows, and the `nearest` known name."""
        names = ("table", "field", "count", "nearest")
        return [dict(zip(names, row, strict=True)) for row in self._core.ignored]

    def with_config(self, config: ConfigLike) -> Catalog:
        """Return the catalog under another configuration; rows are shared, not copied."""
        other = object.__new__(Catalog)
        other._core, other._library = self._core.with_config(config), self._library
        return other

    def sponsor(self, sponsor_id: object) -> SponsorProfile:
        """Return a sponsor.

        Raises:
            UnknownIdError: when the catalog has no such sponsor.
        """
        return self._core.sponsor(sponsor_id)

    def event(self, event_id: object) -> tuple[Event, AudienceInsights | None]:
        """Return an event, and its insights where there are any.

        Raises:
            UnknownIdError: when the catalog has no such event.
        """
        return self._core.event(event_id)

    def score(self, sponsor_id: object, event_id: object) -> MatchScore:
        """Score a pair of the catalog.

        Raises:
            UnknownIdError: for an id that no row has.
            InsufficientDataError: when too little is known of the pair.
        """
        return self._core.score(sponsor_id, event_id)

    def top_events(self, sponsor_id: object, k: int = 20, **filters: Unpack[Filters]) -> Any:
        """Return the `k` best events for a sponsor, the best first.

        Args:
            sponsor_id: The sponsor's UUID.
            k: How many to return at most.
            **filters: As `rank` takes them.

        Raises:
            UnknownIdError: when the catalog has no such sponsor.
        """
        return self._frame(self._core.top("sponsor", sponsor_id, k, _checked(filters)))

    def top_sponsors(self, event_id: object, k: int = 20, **filters: Unpack[Filters]) -> Any:
        """Return the `k` best sponsors for an event, the best first.

        Args:
            event_id: The event's UUID.
            k: How many to return at most.
            **filters: As `rank` takes them.

        Raises:
            UnknownIdError: when the catalog has no such event.
        """
        return self._frame(self._core.top("event", event_id, k, _checked(filters)))

    def rank(
        self,
        for_each: Literal["event", "sponsor"] = "event",
        k: int = 20,
        *,
        threads: int | None = None,
        progress: bool | Callable[[int, int], object] = False,
        **filters: Unpack[Filters],
    ) -> Any:
        """Return the `k` best of the other side for every event, or for every sponsor.

        The columns: `sponsor_id`, `event_id`, `rank` (from 1), `score`, `lower`, `upper`, `coverage`, and
        the factors as they entered the score, all 0 to 1 (null for what was left out).

        Args:
            for_each: Whose lists these are; they come in the order in which the rows were read.
            k: How many to return at most for each.
            threads: How many threads work; None uses every core. The result does not depend on it.
            progress: True draws a bar on the standard error; a callable is told how many lists of
                how many are done.
            **filters: Which pairs are ranked: `rules` (a `Rules` or a dict), `min_score` (0 to 1),
                `categories` (events in any of them), `from_` and `until` (a date or
                ISO 8601 text).

        Raises:
            SponsorfitError: for a filter that is wrong, with its name as `path`.
            TypeError: for a filter that there is none of.
        """
        if for_each not in ("event", "sponsor"):
            raise ValueError(f"for_each: `{for_each}` is not `event` or `sponsor`")
        total = self.event_count if for_each == "event" else self.sponsor_count
        shown = _bar(total) if progress is True else _told(progress, total) if callable(progress) else None
        return self._frame(self._core.rank(for_each, k, threads, shown, _checked(filters)))

    def explain(self, sponsor_id: object, event_id: object) -> Explanation:
        """Score a pair of the catalog and say why.

        Raises:
            UnknownIdError: for an id that no row has.
            InsufficientDataError: when too little is known of the pair.
        """
        return explanation(*self._core.explain(sponsor_id, event_id))

    def plot_match(self, sponsor_id: object, event_id: object) -> alt.Chart:
        """Draw how the factors of a pair add up to its score; needs Altair (`sponsorfit[plots]`)."""
        return self.explain(sponsor_id, event_id).plot()

    def score_pairs(self, pairs: Any, *, threads: int | None = None) -> Any:
        """Return the scores of given pairs, in their order; a pair about which too little is known has null.

        Args:
            pairs: Pairs of a sponsor's and an event's UUID, or a frame with `sponsor_id` and `event_id`.
            threads: How many threads work; None uses every core. The result does not depend on it.

        Raises:
            UnknownIdError: for an id that no row has.
        """
        return self._frame(self._core.score_pairs(_pairs(pairs), threads))

    def features(self, past: Any, as_of: str | date, pairs: Any) -> Any:
        """Return what a ranker is told of pairs, from what happened before a date.

        One column a feature, each described by its field's metadata `definition`; null cannot be told.
        Train on these, and give `Ranker.predict` the same.

        Args:
            past: Past sponsorships: `sponsor_id`, `event_id`, `at` and so on, in any form that rows take.
            as_of: The date; nothing that happened on it or later enters.
            pairs: As `score_pairs` takes them.

        Raises:
            UnknownIdError: for an id that no row has.
        """
        return self._frame(self._core.features(source(past), as_of, _pairs(pairs)))

    def score_all(self, columns: Sequence[Literal["score", "coverage"] | Leaf] = ("score",)) -> Any:
        """Return every pair, sponsor by sponsor, with the columns asked for.

        Args:
            columns: `score`, `coverage`, and paths of leaves such as `audience_overlap.geo`.
        """
        return self._frame(self._core.score_all(list(columns)))

    def __repr__(self) -> str:
        return f"Catalog({self.sponsor_count} sponsors, {self.event_count} events, {self.config!r})"


def _checked(filters: Filters) -> dict[str, Any] | None:
    for name in filters:
        if name not in Filters.__annotations__:
            raise TypeError(f"`{name}` is no filter: {', '.join(Filters.__annotations__)}")
    given: dict[str, Any] = {name: value for name, value in filters.items() if value is not None}
    if isinstance(given.get("categories"), set | frozenset | tuple):
        given["categories"] = list(given["categories"])
    return given or None


def _pairs(given: Any) -> Iterable[Any]:
    kind, rows = source(given)
    if kind == "arrow":
        return _lowlevel.frame_texts(rows, ["sponsor_id", "event_id"])
    if kind == "rows":
        return ((pair["sponsor_id"], pair["event_id"]) if isinstance(pair, dict) else pair for pair in rows)
    raise TypeError("pairs are a frame, a dict of columns, or pairs of ids")


def _told(progress: Callable[[int, int], object], total: int) -> Callable[[int], None]:
    def tell(done: int) -> None:
        progress(min(done, total), total)

    return tell


def _bar(total: int) -> Callable[[int], None]:
    """Draw a bar on the standard error, at most ten times a second."""
    from ._display import bar

    last = [0.0]

    def draw(done: int) -> None:
        now = time.monotonic()
        if total == 0 or (done < total and now - last[0] < 0.1):
            return
        last[0] = now
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{bar(done / total):<24} {done} of {total}{end}")
        sys.stderr.flush()

    return draw
