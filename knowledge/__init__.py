"""What Loketgids knows, and who says so: records, rules, the published catalogue and the search index."""

import os

# Haystack reports its use to its makers unless told not to before its first import; every part imports this package.
os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")
