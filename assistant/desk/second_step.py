"""Whether a code opens an account."""

from assistant.accounts.account import Account
from assistant.accounts.second_step import Vault, recovery_hash, step_of
from assistant.accounts.signed import signing_secret
from assistant.settings import Settings
from assistant.storage.accounts import AccountStore
from assistant.storage.clock import utc_now


def opens(accounts: AccountStore, settings: Settings, account: Account, code: str) -> bool:
    """Whether a code of the app, or one kept for when it is lost, opens this account. Each does so once."""
    sealed = accounts.sealed_secret(account.id)
    secret = Vault(signing_secret(settings)).opened(sealed) if sealed else None
    step = step_of(secret, code, utc_now()) if secret else None
    if step is not None:
        return accounts.use_step(account.id, step)
    return accounts.use_recovery(account.id, recovery_hash(code))
