"""Fields of study, as people name them, and what they mean for a route."""

from knowledge.record import Frozen, Slug


class StudyField(Frozen):
    """A field in which people hold a diploma."""

    id: Slug
    title: str
    also_called: tuple[str, ...] = ()
    education_or_care: bool = False
    """Whether a degree in it counts as one in education or health care, which decides the tuition fee."""
    subjects: tuple[str, ...] = ()
    """School subjects to which such a degree is usually close."""


class Intent(Frozen):
    """Something visitors ask, by examples in their own words."""

    name: str
    examples: tuple[str, ...]
