"""The words of every mail, from its template. Plain text: there is nothing to escape, and a template that names what is not there must not be sent."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_env = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates" / "mail"),
    autoescape=False,  # noqa: S701 - plain text
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def mail_text(template: str, **words: object) -> str:
    """
    The text of a mail.

    :param template: Its file in `templates/mail`.
    :raises jinja2.UndefinedError: If the template names a word that is not given.
    """
    return _env.get_template(template).render(words)
