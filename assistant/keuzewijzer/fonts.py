"""The fonts of the keuzewijzer: openly licensed (OFL), from packages, so that no system needs to have them."""

from functools import cache
from importlib.resources import as_file, files

import typst

_PACKAGES = ("fontpkg_source_sans_3", "fontpkg_source_serif_4")


@cache
def fonts() -> typst.Fonts:
    """Our fonts, and those that typst brings; never those of the system, which differ from machine to machine."""
    folders = []
    for package in _PACKAGES:
        with as_file(files(package) / "files") as folder:
            folders.append(folder)
    return typst.Fonts(include_system_fonts=False, font_paths=folders)
