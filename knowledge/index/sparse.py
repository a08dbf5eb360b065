"""Sparse vectors: Dutch tokens with BM25 weights, as Haystack components."""

from dataclasses import replace

from haystack import Document, component
from haystack.dataclasses import SparseEmbedding

from knowledge.index.vocabulary import Vocabulary, dimension_of


def sparse_embedding(weights: dict[str, float]) -> SparseEmbedding:
    """The weights of tokens as a sparse vector; tokens that share an index share the higher weight."""
    vector: dict[int, float] = {}
    for token, weight in weights.items():
        index = dimension_of(token)
        vector[index] = max(weight, vector.get(index, 0.0))
    return SparseEmbedding(indices=list(vector), values=list(vector.values()))


@component
class DutchSparseTextEmbedder:
    """Turns a question into a sparse vector, with the words of the generation that is searched."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    @component.output_types(sparse_embedding=SparseEmbedding)
    def run(self, text: str) -> dict[str, SparseEmbedding]:
        """
        :param text: What somebody asks, as typed.
        :returns: `sparse_embedding`, empty for a question of function words alone.
        """
        return {"sparse_embedding": sparse_embedding(self.vocabulary.query_weights(text))}


@component
class DutchSparseDocumentEmbedder:
    """Gives each passage its sparse vector: BM25 term weights; the engine multiplies with the IDF."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        """
        :param documents: `content` is what is searched: title, heading and text.
        :returns: `documents`, the same with `sparse_embedding`.
        """
        return {
            "documents": [
                replace(each, sparse_embedding=sparse_embedding(self.vocabulary.document_weights(each.content or "")))
                for each in documents
            ]
        }
