"""A small site of a loket that does not exist, in two versions, to try ingestion on."""
