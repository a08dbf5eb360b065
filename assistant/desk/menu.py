"""What stands in the menu on top, for whose work."""

from dataclasses import dataclass

from assistant.accounts.account import Account
from assistant.accounts.role import May


@dataclass(frozen=True)
class MenuItem:
    """One page of the menu."""

    label: str
    address: str


_ITEMS = (
    (MenuItem("Aanmeldingen", "/desk"), May.LEADS),
    (MenuItem("Gesprekken", "/desk/gesprekken"), May.LEADS),
    (MenuItem("Agenda", "/desk/agenda"), May.LEADS),
    (MenuItem("Meelopen", "/desk/meelopen"), May.LEADS),
    (MenuItem("Taken", "/desk/taken"), May.LEADS),
    (MenuItem("Scholen", "/desk/behoefte"), May.LEADS),
    (MenuItem("Cijfers", "/desk/cijfers"), May.LEADS),
    (MenuItem("Redactie", "/desk/redactie"), May.RECORDS),
    (MenuItem("Vragen", "/desk/vragen"), May.QUESTIONS),
    (MenuItem("Keuzewijzer", "/desk/keuzewijzer"), May.DOCUMENTS),
    (MenuItem("Kosten zij-instroom", "/desk/kosten-zij-instroom"), May.DOCUMENTS),
    (MenuItem("Team", "/desk/team"), May.TEAM),
    (MenuItem("Logboek", "/desk/logboek"), May.AUDIT),
    (MenuItem("Privacy", "/desk/privacy"), May.PRIVACY),
)


def menu_of(colleague: Account) -> tuple[MenuItem, ...]:
    """The pages for somebody's work, in whichever region, the first of which is where they begin."""
    return tuple(item for item, what in _ITEMS if colleague.may(what))


def home_of(colleague: Account) -> str:
    """The address where somebody begins; who has no role anywhere any more has an account."""
    return next((item.address for item in menu_of(colleague)), "/desk/account")
