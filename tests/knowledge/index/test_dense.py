"""The embedders behind the one setting."""

import importlib.util
import sys
import types
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from haystack import Document
from haystack.core.component import Component

from knowledge.index import dense
from knowledge.index.cache import VectorCache
from knowledge.index.dense import DocumentEmbedder, TextEmbedder, embedder_of
from knowledge.index.engine import IndexProblem


def test_a_question_is_nearer_to_the_passage_that_answers_it() -> None:
    question = np.array(TextEmbedder().run("Wat kost de pabo per jaar?")["embedding"])
    texts = ["Het collegegeld voor de pabo is 2.694 euro per jaar.", "De onderwijsregio overlegt elke maand."]
    documents = [Document(content=text, meta={"digest": text}) for text in texts]

    made = DocumentEmbedder().run(documents)["documents"]

    near, far = (float(question @ np.array(each.embedding)) for each in made)
    assert near > far
    assert np.linalg.norm(question) == pytest.approx(1, abs=1e-3)


def test_threads_that_embed_at_the_same_time_get_what_they_would_get_alone() -> None:
    questions = [f"Vraag {number} over de opleiding" for number in range(12)]
    alone = [TextEmbedder().run(each)["embedding"] for each in questions]

    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(lambda each: TextEmbedder().run(each)["embedding"], questions))

    assert np.allclose(alone, together, atol=1e-5)


def test_a_passage_that_was_embedded_before_is_not_embedded_again(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite")
    embedder = embedder_of("e5")
    assert embedder is not None
    mark = np.full(384, 0.5, dtype=np.float32)
    cache.keep(embedder.fingerprint, {"known": mark})

    [made] = DocumentEmbedder("e5", cache).run([Document(content="Iets.", meta={"digest": "known"})])["documents"]

    assert made.embedding == mark.tolist()


def test_a_setting_that_names_no_embedder_is_refused_with_what_may_be_used() -> None:
    with pytest.raises(IndexProblem, match="LOKET_EMBEDDER is 'gpt'; use `e5`, `none` or"):
        embedder_of("gpt")
    with pytest.raises(IndexProblem, match="sentence-transformers:<model or folder>"):
        embedder_of("sentence-transformers:")


def test_other_embedders_have_other_fingerprints() -> None:
    one, other = embedder_of("sentence-transformers:a"), embedder_of("sentence-transformers:b")

    assert one is not None
    assert other is not None
    assert one.fingerprint != other.fingerprint
    assert embedder_of("none") is None


@pytest.mark.skipif(importlib.util.find_spec("sentence_transformers") is not None, reason="the extra is installed")
def test_a_missing_extra_is_named() -> None:
    embedder = embedder_of("sentence-transformers:some-model-that-is-not-there")
    assert embedder is not None

    with pytest.raises(IndexProblem, match=r"pip install 'loketgids\[transformers\]'"):
        _ = embedder.model


def test_a_sentence_transformer_embeds_questions_and_passages_with_its_own_prompts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Torch does not fit here: a module with the two functions that we call stands in for sentence-transformers."""

    class SentenceTransformer:
        def __init__(self, name: str) -> None:
            self.name = name

        def encode_query(self, texts: list[str], **_: object) -> np.ndarray:
            return np.array([[1.0, 0.0]] * len(texts))

        def encode_document(self, texts: list[str], **_: object) -> np.ndarray:
            return np.array([[0.0, 1.0]] * len(texts))

    stand_in = types.ModuleType("sentence_transformers")
    stand_in.SentenceTransformer = SentenceTransformer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", stand_in)
    dense._model.cache_clear()

    try:
        question = TextEmbedder("sentence-transformers:stand-in").run("Vraag?")["embedding"]
        [made] = DocumentEmbedder("sentence-transformers:stand-in").run(
            [Document(content="Antwoord.", meta={"digest": "a"})]
        )["documents"]
    finally:
        dense._model.cache_clear()

    assert question == [1.0, 0.0]
    assert made.embedding == [0.0, 1.0]


@pytest.mark.parametrize("embedder", [TextEmbedder("e5"), DocumentEmbedder("e5")])
def test_an_embedder_is_a_component_that_keeps_its_setting(embedder: Component) -> None:
    assert isinstance(embedder, Component)
    assert embedder.setting == "e5"  # type: ignore[attr-defined]
