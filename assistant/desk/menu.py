"""What stands in the menu on top, for whose work."""

from dataclasses import dataclass

from assistant.accounts.role import May, Role


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


def menu_of(role: Role) -> tuple[MenuItem, ...]:
    """The pages for the work of a role, the first of which is where they begin."""
    return tuple(item for item, what in _ITEMS if role.may(what))


def home_of(role: Role) -> str:
    """The address where somebody with this role begins."""
    return menu_of(role)[0].address
