"""
Reads one PDF in a process of its own: `python -m ingestion.pdf FILE` writes its pages as JSON.

A PDF can be made to take hours or all memory. The process has a limit to both, so that it ends and the rest goes on.
"""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_MEMORY_BYTES = 1_500_000_000
_MAX_PAGES = 2_000
_MAX_CHARS = 5_000_000


class UnreadablePdf(Exception):
    """The PDF gives no text; `fix` says what to do."""

    def __init__(self, why: str, fix: str) -> None:
        super().__init__(why)
        self.fix = fix


@dataclass(frozen=True)
class PdfText:
    """What a PDF says, a text a page, and the title it gives itself."""

    pages: tuple[str, ...]
    title: str = ""


def read_pdf(path: Path, time_limit_seconds: float) -> PdfText:
    """
    The text of a PDF.

    :raises UnreadablePdf: If it is damaged, encrypted, empty, or takes too long or too much.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the path is an argument, not a command
            [sys.executable, "-m", "ingestion.pdf", str(path.absolute())],
            capture_output=True,
            timeout=time_limit_seconds,
            cwd=Path(__file__).parents[1],
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadablePdf(
            f"reading it took more than {time_limit_seconds:.0f} s", "save it again as PDF, or as text, and retry"
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise UnreadablePdf("reading it took too much memory", "save it again as PDF, or as text, and retry") from error
    if "why" in answer:
        raise UnreadablePdf(answer["why"], answer["fix"])
    return PdfText(tuple(answer["pages"]), answer["title"])


def _read(path: Path) -> dict[str, object]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"why": "it is encrypted", "fix": "save it without a password"}
        if len(reader.pages) > _MAX_PAGES:
            return {"why": f"it has more than {_MAX_PAGES} pages", "fix": "split it"}
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > _MAX_CHARS:
                return {"why": f"it has more than {_MAX_CHARS:,} characters of text", "fix": "split it"}
        title = (reader.metadata.title if reader.metadata else None) or ""
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as error:
        return {"why": f"it is damaged ({type(error).__name__})", "fix": "open it in a viewer and save it again as PDF"}
    if not any(text.strip() for text in pages):
        return {"why": "it holds no text, only pictures", "fix": "have its text recognised (OCR) first"}
    return {"pages": pages, "title": title}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    import logging

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    sys.stdout.write(json.dumps(_read(Path(sys.argv[1]))))
