"""A logo is whatever an adviser chose: it becomes a small clean PNG, or a sentence on what to do."""

import io
import random
from collections.abc import Callable

import pytest
from PIL import Image

from assistant.keuzewijzer.choosing import NotChosen
from assistant.keuzewijzer.logo import LARGEST_BYTES, Logo, read_logo

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">{}</svg>'
)
SQUARE = '<rect width="200" height="100" fill="#0a0"/>'


def svg(body: str) -> bytes:
    return SVG.format(body).encode()


def pixels(logo: Logo) -> Image.Image:
    return Image.open(io.BytesIO(logo.png)).convert("RGBA")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_becomes_a_png_of_its_own_shape(picture: Callable[..., bytes], kind: str) -> None:
    logo = read_logo(picture(kind))

    assert (logo.width, logo.height) == (320, 120)
    assert pixels(logo).size == (320, 120)


def test_what_a_camera_wrote_beside_the_pixels_is_left_behind(picture: Callable[..., bytes]) -> None:
    exif = Image.Exif()
    exif[0x010E] = "gemaakt bij Sam thuis"

    logo = read_logo(picture("JPEG", exif=exif))

    assert b"Sam thuis" not in logo.png
    assert not Image.open(io.BytesIO(logo.png)).getexif()


def test_a_large_picture_becomes_small_enough_to_send_along(picture: Callable[..., bytes]) -> None:
    wide = read_logo(picture(size=(4_000, 1_000)))
    chance = random.Random(7)  # noqa: S311
    noise = Image.frombytes("RGB", (700, 700), bytes(chance.randrange(256) for _ in range(700 * 700 * 3)))
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=60)

    noisy = read_logo(file.getvalue())

    assert (wide.width, wide.height) == (1_200, 300)
    assert len(noisy.png) < 600 * 1024


def test_an_svg_is_drawn() -> None:
    logo = read_logo(svg(SQUARE))

    assert logo.width == 2 * logo.height
    assert pixels(logo).getpixel((10, 10)) == (0, 170, 0, 255)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<rect width="9" height="9" onload="alert(1)"/>',
        '<image href="file:///etc/passwd" width="10" height="10"/>',
        '<image xlink:href="https://example.org/spy.png" width="10" height="10"/>',
        '<foreignObject width="50" height="50"><body xmlns="http://www.w3.org/1999/xhtml"><script>1</script></body></foreignObject>',
        '<use href="https://example.org/x.svg#a"/>',
        '<use xlink:href="#missing"/>',
        "<style>@import url(https://example.org/x.css); rect { fill: url(https://example.org/y) }</style>",
        '<a href="javascript:alert(1)"><text x="5" y="20">x</text></a>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<g id="a"><use href="#a"/></g>',
        '<filter id="f"><feGaussianBlur stdDeviation="999999"/></filter><g filter="url(#f)"><rect width="5" height="5"/></g>',
    ],
)  # fmt: skip
def test_a_hostile_svg_runs_nothing_reads_nothing_and_is_still_drawn(hostile: str) -> None:
    logo = read_logo(svg(SQUARE + hostile))

    assert pixels(logo).getpixel((logo.width - 5, logo.height - 5))[3] == 255
    assert len(logo.png) < LARGEST_BYTES


def test_an_svg_that_explodes_is_refused_in_no_time() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(12))
    laughs = f"<!DOCTYPE svg [{entities}]>{SVG.format('<text>&e11;</text>')}".encode()
    copies = "".join(f'<g id="c{n}">{f"<use href={chr(34)}#c{n - 1}{chr(34)}/>" * 10}</g>' for n in range(1, 12))

    for bomb in (laughs, svg(f'<g id="c0">{SQUARE}</g>{copies}')):
        with pytest.raises(NotChosen) as refused:
            read_logo(bomb)
        assert "SVG" in refused.value.dutch


def test_an_svg_does_not_decide_how_many_pixels_it_becomes() -> None:
    tall = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 900000"><rect width="1" height="900000"/></svg>'

    with pytest.raises(NotChosen, match=r"shows nothing|too small"):
        read_logo(tall)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "leeg"),
        (b"x" * (LARGEST_BYTES + 1), "te groot"),
        (b"dit is geen plaatje", "geen PNG, JPEG of SVG"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 200, "geen PNG, JPEG of SVG"),
        (b"%PDF-1.7", "geen PNG, JPEG of SVG"),
        (b"<svg><g></svg>", "SVG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "niets te zien"),
    ],
)
def test_what_is_no_logo_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(NotChosen) as refused:
        read_logo(data)

    assert refused.value.field == "logo"
    assert says in refused.value.dutch


def test_another_kind_of_picture_a_cut_off_one_and_one_of_nothing_are_refused(picture: Callable[..., bytes]) -> None:
    for data in (picture("GIF"), picture("WEBP"), picture(size=(1_000, 900))[:300], picture(size=(300, 3))):
        with pytest.raises(NotChosen):
            read_logo(data)


def test_a_small_file_that_says_it_is_enormous_is_refused(picture: Callable[..., bytes]) -> None:
    data = bytearray(picture())
    data[16:24] = (60_000).to_bytes(4, "big") * 2

    with pytest.raises(NotChosen):
        read_logo(bytes(data))
