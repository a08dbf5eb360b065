"""Who looks after an item: the colleagues and regions to choose from."""

from collections.abc import Sequence

from assistant.accounts.account import Account
from assistant.desk.dependencies import SignedInAdviser
from assistant.desk.pages.parts import Choice, choices
from assistant.desk.wording import region_title
from assistant.editor.dependencies import edits_beside
from knowledge.catalogue import Catalogue
from knowledge.publishing.keeping import Keeper


def keeper_choices(
    editor: SignedInAdviser, catalogue: Catalogue, keeper: Keeper | None, colleagues: Sequence[Account]
) -> tuple[Choice, ...]:
    """Nobody, the editor, their colleagues, and everybody of a region; who looks after it now is among them."""
    me = editor.account
    people = {me.id: f"{me.name} (jij)"} | {
        each.id: each.name for each in colleagues if each.id != me.id and edits_beside(each, me)
    }
    regions = {region: f"Iedereen van {region_title(catalogue, region)}" for region in me.regions}
    chosen = (keeper.account_id or keeper.region) if keeper else ""
    now = {chosen: keeper.name or region_title(catalogue, chosen)} if keeper else {}
    return choices({"": "Niemand in het bijzonder"} | now | people | regions, chosen)
