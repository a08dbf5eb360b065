"""Every setting, typed, with its unit; read once, in the composition roots, and handed to what needs it."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

if TYPE_CHECKING:
    from knowledge.catalogue import Catalogue
    from knowledge.index.home import IndexHome


class Settings(BaseSettings):
    """From the environment (`LOKET_*`), else from `loket.toml` in the working folder, else the defaults below."""

    model_config = SettingsConfigDict(env_prefix="LOKET_", toml_file="loket.toml", frozen=True, extra="forbid")

    var: Path = Path("var")
    """The data folder: databases, index generations, ingested passages, cache of vectors."""
    content: Path | None = None
    """The folder with the editors' YAML; empty: the content delivered with the product."""
    people_url: str = ""
    """SQLAlchemy address of the people store; empty: SQLite in the data folder."""
    knowledge_url: str = ""
    """SQLAlchemy address of the knowledge store; empty: SQLite in the data folder."""
    ingest: Literal["on", "off"] = "off"
    """Whether a running server looks at watched sources by itself; off, `loket ingest --due` does."""
    link_check: Literal["on", "off"] = "off"
    """Whether a running server asks at night whether the addresses in the content answer; off, `loket links check` does."""
    preview_ahead: Literal["on", "off"] = "on"
    """Whether what is published is asked behind the editors, once a publication, so that they hardly wait for a preview."""
    fetch_loopback: bool = False
    """Fetch sources on this machine, any port: for the demo site and for tests."""
    fetch_pause: timedelta = timedelta(seconds=1)
    """Between two pages of one site, if its robots.txt does not ask for more."""
    onderwijsloket_token: SecretStr = SecretStr("")
    """For the content API of Onderwijsloket (a source of that kind); told to nobody else."""
    region: str = "haaglanden"
    """The onderwijsregio of visitors whose page or words do not say another."""
    embedder: str = "e5"
    """`e5`, `none` (lexical search alone) or `sentence-transformers:<model or folder>`."""
    qdrant_url: str = ""
    """Address of a Qdrant server; empty: the embedded engine."""
    qdrant_api_key: SecretStr = SecretStr("")
    model_url: str = ""
    """Address of an OpenAI-compatible server, up to `/v1`; it may only re-word verified replies. Empty: no model."""
    model: str = ""
    """The name of the model there."""
    model_key: SecretStr = SecretStr("")
    model_timeout: timedelta = timedelta(seconds=4)
    """How long a visitor waits for other words before the plain reply is sent."""
    rate_limit: Literal["on", "off"] = "on"
    """`off` is for measurements on loopback."""
    messages_per_minute: int = Field(default=60, ge=1)
    """Allowed per address; conversations, leads and saved zelftests have a tenth of it."""
    max_message_chars: int = Field(default=2000, ge=100, le=100_000)
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ("*",)
    """Sites that may embed the widget, as origins with commas between them; `*` is any."""
    secret: SecretStr = SecretStr("")
    """Signs what browsers of colleagues carry, and seals their second steps; empty: made at first start and kept in the data folder."""
    session_idle: timedelta = timedelta(hours=2)
    """A colleague who did nothing for so long has to log in again."""
    session_length: timedelta = timedelta(hours=12)
    """And so long after logging in, whatever they did."""
    second_step_for: Annotated[tuple[str, ...], NoDecode] = ()
    """Regions, with commas between them, whose colleagues need a second step to log in; `*` is all of them."""
    oidc_issuer: str = ""
    """Address of the organisation's own login (OpenID Connect); empty: passwords alone."""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = "je organisatie"
    """What colleagues call it: it stands on the button."""
    secure_cookies: bool = False
    """Set true behind HTTPS."""
    smtp_host: str = ""
    """Mail server; empty: leads wait in the outbox and on the desk, and are not mailed."""
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: Literal["none", "starttls", "tls"] = "none"
    mail_from: str = "loketgids@localhost"
    mail_to: str = "loket@localhost"
    """Where leads go for a loket without a mailbox of its own."""
    mail_reply: str = Field(default="", pattern=r"^$|^[A-Za-z0-9._-]{0,30}@[A-Za-z0-9.-]{1,120}$")
    """Where answers to letters from the desk come in: `antwoord@loket.nl` makes `antwoord+CODE@loket.nl`, and `@antwoord.loket.nl`
    makes `CODE@antwoord.loket.nl`. The mail server hands them to `loket mail receive`. Empty: they go to the loket's mailbox."""
    public_url: str = "http://localhost:8000"
    """The address of this installation, for links in mail."""
    conversation_retention: timedelta = timedelta(days=30)
    """Conversations are erased this long after their last turn; a lead keeps its own copy of what was shared."""
    lead_retention: timedelta = timedelta(days=365)
    """Leads are erased this long after the last change."""
    receipt_retention: timedelta = timedelta(days=365)
    """Receipts of advice, and catalogues that are no longer published, are erased this long after their day."""
    audit_retention: timedelta = timedelta(days=730)
    """Lines of the log of who saw and changed what are erased this long after."""
    outbox_retention: timedelta = timedelta(days=30)
    """Of mail that was sent, address and subject are erased this long after it was made."""
    booking_retention: timedelta = timedelta(days=30)
    """Who came to an event is erased this long after it ended; who made an appointment is a lead."""
    saved_retention: timedelta = timedelta(days=90)
    """A zelftest that a visitor saved is erased this long after it was saved last."""

    @field_validator("allowed_origins", "second_step_for", mode="before")
    @classmethod
    def _between_commas(cls, value: Any) -> Any:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the code gives comes before the environment, and that before the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def people_address(self) -> str:
        """The SQLAlchemy address of the people store."""
        return self.people_url or f"sqlite:///{self.var / 'people.sqlite'}"

    @property
    def knowledge_address(self) -> str:
        """The SQLAlchemy address of the knowledge store."""
        return self.knowledge_url or f"sqlite:///{self.var / 'knowledge.sqlite'}"

    @property
    def catalogues(self) -> Path:
        """The folder of the catalogues that were published, by which receipts are replayed."""
        return self.var / "catalogues"

    def catalogue(self) -> "Catalogue":
        """
        What visitors of this installation are answered from.

        :raises ContentError, KnowledgeUnavailable: If it cannot be read; the message says what to do.
        """
        # Brings SQLAlchemy along, which the commands that only read settings do not need.
        from knowledge.publishing.opening import published_catalogue

        return published_catalogue(self.knowledge_address, self.content)

    def index_home(self) -> "IndexHome":
        """Where the search index of this installation is, and what it is made with."""
        # Brings Haystack along, which the commands that only read settings do not need.
        from knowledge.index.home import IndexHome

        return IndexHome(self.var, self.embedder, self.qdrant_url, self.qdrant_api_key.get_secret_value())
