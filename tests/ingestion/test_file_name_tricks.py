"""Files with names that try something: each is read as what it is, or refused by that name, and nothing is written elsewhere."""

from pathlib import Path

import pytest

from ingestion.convert import PageConverter, files_in

TEXT = "Werven\n\nPool West is een invalpool van schoolbesturen in de regio Haaglanden.\n"
META = {"source_id": "plan", "title": "", "publisher": "Gemeente", "as_of": "2026"}
NAMES = [
    "plan\n2026.txt",
    "plan\r\nX-Header: 1.txt",
    'plan"; rm -rf .txt',
    "plan <script>alert(1)<script>.txt",
    "plan \u202efdp.txt",
    "-rf.txt",
    "~.txt",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd.txt",
    "map\\..\\plan.txt",
    "CON.txt",
    "plan.pdf.txt",
    "PLAN.TXT",
    "pl\u0061\u0301n.txt",
    "p" * 240 + ".txt",
    "{{ 7 * 7 }}.txt",
    "$(id).txt",
    "plan\udcff.txt",
]
REFUSED = ["plan.txt.exe", "plan.html\u00a0", "plan.", "plan.pdf"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_file_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_text(TEXT)

    found = PageConverter().run([str(each) for each in files_in(tmp_path / "in")], META, str(tmp_path / "in"))

    assert found["refused"] == []
    [page] = found["pages"]
    assert "Pool West" in (page.content or "")
    told = "".join(map(str, page.meta.values())).encode()
    assert b"\n" not in told
    assert b"\r" not in told
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "in", tmp_path / "in" / name], "nothing is written beside it"


@pytest.mark.parametrize("name", REFUSED, ids=ascii)
def test_a_file_that_is_not_what_its_name_says_is_refused_by_that_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT)

    found = PageConverter().run([str(each) for each in files_in(tmp_path)], META, str(tmp_path))

    assert found["pages"] == []
    [refused] = found["refused"]
    assert refused["file"].encode()
