"""The sentences that are ours: what the templates of replies say between the fields of records."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from assistant.answering.sentences import normal, sentences_of

TEMPLATES = Path(__file__).parents[1] / "templates" / "replies"


@cache
def wordings() -> frozenset[str]:
    """Every stretch of words that stands in a template as it is, in the form of `normal`."""
    environment = Environment(autoescape=False)  # noqa: S701 - nothing is rendered
    found: set[str] = set()
    for path in sorted(TEMPLATES.rglob("*.md")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        texts = [each.data for each in tree.find_all(nodes.TemplateData)]
        texts += [each.value for each in tree.find_all(nodes.Const) if isinstance(each.value, str)]
        found |= {normal(sentence) for text in texts for sentence in sentences_of(text)}
    return frozenset(each for each in found if each)


@cache
def own_words() -> frozenset[str]:
    """Every word that a template uses itself."""
    return frozenset(word for each in wordings() for word in each.split())
