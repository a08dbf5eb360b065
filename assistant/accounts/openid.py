"""Logging in at the organisation's own login, by OpenID Connect: the code flow with PKCE, state and nonce."""

import secrets
from dataclasses import asdict, dataclass
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from assistant.errors import LoketError

_ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Public keys alone: a token signed with something that others know too is not taken."""
_TIMEOUT_SECONDS = 10


class LoginElsewhereFailed(LoketError):
    """The organisation's login did not answer, or said something that cannot be trusted."""

    status_code = 502
    title = "Login elsewhere failed"
    visitor_message = "Inloggen via je organisatie lukte niet. Probeer het opnieuw, of log in met je wachtwoord."

    def __init__(self, why: str) -> None:
        super().__init__(f"OpenID Connect failed ({why}); check LOKET_OIDC_ISSUER, LOKET_OIDC_CLIENT_ID and the secret")


@dataclass(frozen=True)
class Begun:
    """What the browser keeps meanwhile, signed: without it nobody comes back."""

    state: str
    nonce: str
    verifier: str

    def as_dict(self) -> dict[str, Any]:
        """As it goes into a cookie."""
        return asdict(self)


@dataclass(frozen=True)
class Somebody:
    """Who it is there. `email` is empty unless the organisation vouches for it."""

    subject: str
    email: str


class OpenIdLogin:
    """One organisation's login."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, back_to: str) -> None:
        """:param back_to: Our address to which the browser comes back."""
        self._issuer = issuer.rstrip("/")
        self._client_id = client_id
        self._client_secret = client_secret
        self._back_to = back_to

    def begin(self) -> tuple[str, Begun]:
        """
        Where the browser goes, and what it keeps.

        :raises LoginElsewhereFailed: If the organisation's login does not say where that is.
        """
        begun = Begun(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._about()["authorization_endpoint"],
                state=begun.state,
                nonce=begun.nonce,
                code_verifier=begun.verifier,
            )
        return str(address), begun

    def finish(self, begun: Begun, code: str) -> Somebody:
        """
        Who came back.

        :raises LoginElsewhereFailed: If the code is not taken, or what comes for it is not signed by the organisation,
            for us, now, and for this login.
        """
        about = self._about()
        try:
            with self._client() as client:
                token = client.fetch_token(about["token_endpoint"], code=code, code_verifier=begun.verifier)
            keys = KeySet.import_key_set(self._json(about["jwks_uri"]))  # type: ignore[arg-type]
            claims = jwt.decode(token["id_token"], keys, algorithms=_ALGORITHMS).claims
            jwt.JWTClaimsRegistry(
                leeway=60,
                iss={"essential": True, "value": about["issuer"]},
                aud={"essential": True, "value": self._client_id},
                nonce={"essential": True, "value": begun.nonce},
                exp={"essential": True},
                sub={"essential": True},
            ).validate(claims)
            if "email" not in claims and about.get("userinfo_endpoint"):
                claims |= self._of_user(about["userinfo_endpoint"], token["access_token"], claims["sub"])
        except (AuthlibBaseError, JoseError, httpx.HTTPError, KeyError, ValueError) as error:
            raise LoginElsewhereFailed(type(error).__name__) from error
        email = str(claims.get("email", "")) if claims.get("email_verified") is True else ""
        return Somebody(f"{self._issuer} {claims['sub']}"[:300], email)

    def _about(self) -> dict[str, Any]:
        about = self._json(f"{self._issuer}/.well-known/openid-configuration")
        if str(about.get("issuer", "")).rstrip("/") != self._issuer:
            raise LoginElsewhereFailed("it calls itself otherwise")
        return about

    def _of_user(self, address: str, access_token: str, subject: str) -> dict[str, Any]:
        told = self._json(address, {"Authorization": f"Bearer {access_token}"})
        return told if told.get("sub") == subject else {}

    def _json(self, address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        try:
            answer = httpx.get(address, headers=headers, timeout=_TIMEOUT_SECONDS)
            answer.raise_for_status()
            content = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise LoginElsewhereFailed(type(error).__name__) from error
        if not isinstance(content, dict):
            raise LoginElsewhereFailed("it answers no object")
        return content

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self._client_id,
            self._client_secret,
            scope="openid email",
            redirect_uri=self._back_to,
            code_challenge_method="S256",
            timeout=_TIMEOUT_SECONDS,
        )
