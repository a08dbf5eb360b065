"""What Haystack would send to its makers."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["ingestion.pipeline", "knowledge.index.live"])
def test_no_part_of_ours_turns_telemetry_on(module: str) -> None:
    code = f"import {module}; import haystack.telemetry._telemetry as t; print(t.telemetry)"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "None"
