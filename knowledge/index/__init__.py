"""Search: vectors, two engines, generations."""

import logging

# A pipeline logs each run of each component; a build has thousands.
logging.getLogger("haystack").setLevel(logging.WARNING)
