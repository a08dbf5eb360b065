"""An optional language model behind an OpenAI-compatible address: asked for other words, never for facts."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from datetime import timedelta
from typing import Any, Protocol

from pybreaker import CircuitBreaker, CircuitBreakerError

_log = logging.getLogger(__name__)
_FAILURES = 3
"""After so many failures in a row the model is left alone for a while."""
_LEFT_ALONE_SECONDS = 60
_AT_ONCE = 8
"""Calls under way; who comes when all are taken gets the plain reply."""
_MOST_TOKENS = 700


class LanguageModel(Protocol):
    """Anything that answers an instruction and a text with another text."""

    def write(self, instruction: str, text: str) -> str | None:
        """The model's text; None if it gave none in time."""
        ...


class ChatModel:
    """
    A model by Haystack's chat generator: timed out as a whole, and left alone after failures in a row.

    Nothing of what goes to or comes from the model is logged.
    """

    def __init__(self, url: str, model: str, key: str = "", timeout: timedelta = timedelta(seconds=4)) -> None:
        """
        :param url: The address up to and including `/v1`.
        :param key: Sent as a bearer token; many servers of one's own want none.
        :param timeout: Of the whole call, connecting and a reply that drips in included.
        """
        self._model = model
        self._url = url
        self._key = key
        self._seconds = timeout.total_seconds()
        self._breaker = CircuitBreaker(fail_max=_FAILURES, reset_timeout=_LEFT_ALONE_SECONDS)
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="model")
        self._under_way: set[Future[str]] = set()
        self._generator: Any = None

    def write(self, instruction: str, text: str) -> str | None:
        """The model's text; None if it is slow, away, busy or speechless. Never an exception."""
        if len(self._under_way) >= _AT_ONCE:
            return None
        try:
            # Not `breaker.call`, which lets one call through at a time.
            with self._breaker.calling():
                return self._in_time(instruction, text)
        except CircuitBreakerError:
            return None
        except TooLate:
            _log.warning("model %s gave no answer within %.1f s; check LOKET_MODEL_URL", self._model, self._seconds)
        except Exception as error:
            # Whatever a server or its client may come up with: the plain reply is there in any case.
            _log.warning("model %s failed: %s; check LOKET_MODEL_URL", self._model, type(error).__name__)
        return None

    def _in_time(self, instruction: str, text: str) -> str:
        call = self._pool.submit(self._written, instruction, text)
        self._under_way.add(call)
        call.add_done_callback(self._under_way.discard)
        return call.result(timeout=self._seconds)

    def _written(self, instruction: str, text: str) -> str:
        """
        :raises ValueError: If the model says nothing.
        """
        from haystack.dataclasses import ChatMessage

        asked = [ChatMessage.from_system(instruction), ChatMessage.from_user(text)]
        [reply, *_] = self._made().run(messages=asked)["replies"]
        if not reply.text or not reply.text.strip():
            raise ValueError("the model said nothing")
        return str(reply.text).strip()

    def _made(self) -> Any:
        if self._generator is None:
            # Haystack's client takes a while to load, and an installation without a model never needs it.
            from haystack.components.generators.chat import OpenAIChatGenerator
            from haystack.utils import Secret

            self._generator = OpenAIChatGenerator(
                api_key=Secret.from_token(self._key or "none"),
                model=self._model,
                api_base_url=self._url,
                timeout=self._seconds,
                max_retries=0,
                generation_kwargs={"temperature": 0, "max_tokens": _MOST_TOKENS},
            )
        return self._generator
