"""Generations: built whole or not at all, switched in one step, and gone back to."""

import errno
import json
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from knowledge.index import edge
from knowledge.index.cache import VectorCache
from knowledge.index.dense import embedder_of
from knowledge.index.edge import EdgeEngine
from knowledge.index.engine import DiskFull, Engine, IndexProblem, NoGeneration, OtherEmbedder
from knowledge.index.generation import BuildStopped, Generations, Material
from tests.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant")


def test_a_generation_that_was_built_is_served(engine: Engine, material: Material) -> None:
    generations = Generations(engine, None)

    made = generations.build(material)

    assert generations.current() == made
    assert (made.kind, made.passages, made.catalogue) == ("lexical", 8, "v1")


def test_a_full_generation_remembers_the_embedder(engine: Engine, material: Material) -> None:
    embedder = embedder_of("e5")
    assert embedder is not None

    made = Generations(engine, embedder).build(material)

    assert (made.kind, made.embedder, made.dimension) == ("full", embedder.fingerprint, 384)


def test_questions_of_another_embedder_are_refused_with_the_command_to_rebuild(
    engine: Engine, material: Material
) -> None:
    Generations(engine, embedder_of("e5")).build(material)

    for other in (embedder_of("sentence-transformers:another"), None):
        with pytest.raises(OtherEmbedder, match="run `loket index build`"):
            Generations(engine, other).open()


def test_going_back_serves_the_one_before_and_using_serves_any(engine: Engine, material: Material) -> None:
    generations = Generations(engine, None)
    first, second = generations.build(material), generations.build(material)

    assert generations.back() == first
    assert generations.current() == first

    assert generations.use(second.id) == second
    assert generations.current() == second


def test_there_is_nothing_before_the_first(engine: Engine, material: Material) -> None:
    generations = Generations(engine, None)
    generations.build(material)

    with pytest.raises(NoGeneration, match="no older generation"):
        generations.back()


def test_what_is_not_there_cannot_be_used_or_opened(engine: Engine) -> None:
    generations = Generations(engine, None)

    with pytest.raises(NoGeneration, match="run `loket index build`"):
        generations.open()
    with pytest.raises(NoGeneration, match="there is no generation 'nothing'"):
        generations.use("nothing")


def test_three_generations_are_kept_and_the_served_one_always(engine: Engine, material: Material) -> None:
    generations = Generations(engine, None)
    made = [generations.build(material) for _ in range(3)]
    generations.use(made[0].id)

    newest = generations.build(material)

    assert generations.current() == newest
    assert [each.id for each in generations.manifests()] == [newest.id, made[2].id, made[1].id]
    generations.use(made[1].id)
    assert generations.prune(keep=1) == [made[2].id]


def test_a_build_that_fails_halfway_leaves_what_is_served(engine: Engine, material: Material) -> None:
    generations = Generations(engine, None)
    served = generations.build(material)

    def fail(done: int, total: int) -> None:
        raise RuntimeError(f"halfway, at {done} of {total}")

    with pytest.raises(RuntimeError, match="halfway"):
        generations.build(material, on_progress=fail)

    assert generations.current() == served
    assert generations.manifests() == [served]
    assert generations.open().manifest == served


def test_a_build_that_is_stopped_leaves_what_is_served(engine: Engine, material: Material) -> None:
    generations = Generations(engine, None)
    served = generations.build(material)

    with pytest.raises(BuildStopped):
        generations.build(material, is_stopped=lambda: True)

    assert generations.manifests() == [served]


def test_what_fits_already_is_not_built_again_unless_asked(engine: Engine, material: Material) -> None:
    generations = Generations(engine, None)
    first = generations.build(material)

    assert generations.build(material, anew=False) == first
    assert generations.build(material).id != first.id


def test_other_passages_or_another_glossary_fit_no_more(engine: Engine, material: Material) -> None:
    generations = Generations(engine, None)
    generations.build(material)

    assert generations.fitting(replace(material, passages=material.passages[1:]), "lexical") is None
    assert generations.fitting(replace(material, glossary=()), "lexical") is None
    assert generations.fitting(material, "full") is None


def test_a_disk_without_room_is_told_before_anything_is_written(
    tmp_path: Path, material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage(NamedTuple):
        free: int

    generations = Generations(EdgeEngine(tmp_path / "index"), None)
    served = generations.build(material)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=1_000_000))

    with pytest.raises(DiskFull, match=r"1 MB free .*free some room"):
        generations.build(material)

    assert generations.manifests() == [served]
    assert not list((tmp_path / "index").glob(".draft-*"))


def test_a_disk_that_fills_up_while_building_leaves_what_is_served(
    tmp_path: Path, material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    generations = Generations(EdgeEngine(tmp_path / "index"), None)
    served = generations.build(material)

    def no_room(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(edge, "_point", no_room)
    with pytest.raises(DiskFull, match="filled up while building; the index is as it was"):
        generations.build(material)

    assert generations.current() == served
    assert not list((tmp_path / "index").glob(".draft-*"))


def test_a_disk_that_others_fill_while_building_is_noticed_before_the_engine_writes_into_it(
    tmp_path: Path, material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage(NamedTuple):
        free: int

    free = iter([10**9, 10**6])
    generations = Generations(EdgeEngine(tmp_path / "index"), None)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(next(free)))

    with pytest.raises(DiskFull):
        generations.build(material)

    assert generations.manifests() == []
    assert not list((tmp_path / "index").glob(".draft-*"))


_BUILD_SLOWLY = """
import sys, time
from pathlib import Path
from knowledge.index.edge import EdgeEngine
from knowledge.index.generation import Generations, Material
from knowledge.passage import Passage

passages = tuple(
    Passage(id=f"p#{n}", source_id="p", kind="document", title="T", text="tekst", publisher="P", as_of="2026")
    for n in range(200)
)
def wait(done, total):
    print("halfway", flush=True)
    time.sleep(600)
Generations(EdgeEngine(Path(sys.argv[1])), None).build(Material("v2", passages), on_progress=wait)
"""


def test_a_build_that_is_killed_leaves_what_is_served_and_the_next_one_cleans_up(
    tmp_path: Path, material: Material
) -> None:
    generations = Generations(EdgeEngine(tmp_path / "index"), None)
    served = generations.build(material)
    building = subprocess.Popen([sys.executable, "-c", _BUILD_SLOWLY, str(tmp_path / "index")], stdout=subprocess.PIPE)
    assert building.stdout is not None
    assert building.stdout.readline() == b"halfway\n"

    building.send_signal(signal.SIGKILL)
    building.wait()

    assert generations.current() == served
    assert generations.open().manifest == served
    assert len(list((tmp_path / "index").glob(".draft-*"))) == 1
    generations.build(material)
    assert not list((tmp_path / "index").glob(".draft-*"))


_ASK = """
import sys
from datetime import date
from pathlib import Path
from knowledge.index.edge import EdgeEngine
from knowledge.index.generation import Generations

search = Generations(EdgeEngine(Path(sys.argv[1])), None).open()
print("open", flush=True)
sys.stdin.readline()
print(search.search("collegegeld", on=date(2026, 9, 1))[0].passage.title, flush=True)
search.close()
"""


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_several_processes_have_one_generation_open_and_none_changes_it(tmp_path: Path, material: Material) -> None:
    generations = Generations(EdgeEngine(tmp_path / "index"), None)
    served = generations.build(material)
    before = _contents(tmp_path / "index" / served.id)

    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _ASK, str(tmp_path / "index")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    own = generations.open()
    for each in processes:
        assert each.stdout is not None
        assert each.stdout.readline() == "open\n"
    answers = [each.communicate("ask\n", timeout=PATIENCE_SECONDS)[0].strip() for each in processes]

    assert answers == ["Collegegeld", "Collegegeld"]
    own.close()
    assert _contents(tmp_path / "index" / served.id) == before


def test_a_generation_that_is_removed_can_still_be_asked_by_who_has_it_open(tmp_path: Path, material: Material) -> None:
    engine = EdgeEngine(tmp_path / "index")
    generations = Generations(engine, None)
    first = generations.build(material)
    opened = generations.open()
    generations.build(material)

    engine.delete(first.id)

    assert opened.search("collegegeld", on=date(2026, 9, 1))[0].passage.title == "Collegegeld"
    opened.close()


def test_a_damaged_generation_is_told_with_what_to_do(tmp_path: Path, material: Material) -> None:
    generations = Generations(EdgeEngine(tmp_path / "index"), None)
    served = generations.build(material)
    (tmp_path / "index" / served.id / "vocabulary.json").write_text("{")

    with pytest.raises(IndexProblem, match=r"cannot be opened .*run `loket index build`"):
        generations.open()


def test_a_generation_of_another_format_is_not_opened(tmp_path: Path, material: Material) -> None:
    generations = Generations(EdgeEngine(tmp_path / "index"), None)
    served = generations.build(material)
    path = tmp_path / "index" / served.id / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 0}))

    with pytest.raises(IndexProblem, match="older version; run `loket index build`"):
        generations.open()


def test_a_rebuild_embeds_only_what_changed(tmp_path: Path, material: Material, passage: Any) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite")
    generations = Generations(EdgeEngine(tmp_path / "index"), embedder_of("e5"), cache)
    assert generations.missing_vectors(material) == 8
    generations.build(material)

    changed = replace(material, passages=(*material.passages[1:], passage(9, "Nieuw", "Een nieuwe passage.")))

    assert generations.missing_vectors(material) == 0
    assert generations.missing_vectors(changed) == 1


def test_two_passages_with_one_id_are_refused(catalogue: Any, passage: Any) -> None:
    with pytest.raises(IndexProblem, match=r"two passages have the id 'plan#0'"):
        Material.of(catalogue, [passage(0, "A", "Een."), passage(0, "B", "Twee.")])
