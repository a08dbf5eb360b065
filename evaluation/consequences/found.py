"""Consequences: what a change of the content does, each answer and outcome old beside new."""

from typing import Literal

from knowledge.record import Frozen

Warned = Literal[
    "lost_citation",
    "became_wrong",
    "unanswered",
    "unverified",
    "dead_end",
    "impossible_route",
    "contradiction",
    "became_public",
]


class AnswerChange(Frozen):
    """One question that is answered otherwise."""

    id: str
    asked: str
    before: str
    after: str
    before_status: str
    after_status: str
    lost: tuple[str, ...] = ()
    """Records that were cited and are no more."""
    gained: tuple[str, ...] = ()
    became: Literal["right", "wrong", ""] = ""
    """By what advisers expect of the reply."""


class OutcomeChange(Frozen):
    """What changes for a group of visitors, all in the same way."""

    routes: tuple[str, ...]
    """`Titel: past → past niet`, one a route."""
    profiles: int
    example: dict[str, str]
    """What one of them told, in the words of the questions."""


class Warning(Frozen):
    """What an editor should look at before publishing."""

    kind: Warned
    dutch: str
    about: str = ""
    """A case, a route, a record or a rule."""


class Consequences(Frozen):
    """What a change does."""

    cases: int
    asked: int = 0
    """How many of the cases had to be asked after the change."""
    why: str = ""
    """Why the others cannot change, or why all were asked; in Dutch."""
    answers: tuple[AnswerChange, ...]
    profiles: int
    changed_profiles: int
    """Visitors with another verdict, another first route, or other money on a route that is within reach."""
    outcomes: tuple[OutcomeChange, ...]
    """The largest groups first."""
    warnings: tuple[Warning, ...]
    seconds: float

    def how_in_dutch(self) -> str:
        """How many cases were asked, and why the others need not be."""
        asked = "alle" if self.asked == self.cases else f"{self.asked} van de"
        return f"We hebben {asked} {self.cases} testvragen opnieuw gesteld. {self.why}".strip()

    def in_dutch(self) -> str:
        """The whole in one sentence."""
        share = 100 * self.changed_profiles / self.profiles if self.profiles else 0.0
        told = f"{share:.1f}".replace(".", ",")
        if self.changed_profiles and told == "0,0":
            told = "minder dan 0,1"
        return (
            f"Deze wijziging verandert {len(self.answers)} van de {self.cases} antwoorden, "
            f"en de uitkomst van {told}% van de profielen."
        )
