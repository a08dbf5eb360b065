"""What ingestion remembers between runs: sources that were changed by hand, pages, runs and what was still to fetch."""
