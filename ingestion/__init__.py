"""How outside information comes in, from source to index."""

import knowledge  # noqa: F401 - turns Haystack's telemetry off before a module here imports Haystack
