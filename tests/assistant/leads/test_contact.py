"""A contact is one that can be used, or it is refused with what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import FieldsRefused
from assistant.leads.contact import clean_line, clean_text, parse_contact, parse_email, parse_phone, phone_as_read


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0612345678", "+31612345678"),
        ("06-12 34 56 78", "+31612345678"),
        ("+31 6 12345678", "+31612345678"),
        ("0031(0)6 12345678", "+31612345678"),
        ("+31 (0)70 123 45 67", "+31701234567"),
        ("(070) 123.45.67", "+31701234567"),
        ("+32 470 12 34 56", "+32470123456"),
        ("061234567", None),
        ("06123456789", None),
        ("112", None),
        ("bel me", None),
        ("+31 06123", None),
        ("0612345678; rm", None),
        ("٠٦١٢٣٤٥٦٧٨", None),
    ],
)
def test_a_phone_number_gets_one_spelling_or_none(typed: str, kept: str | None) -> None:
    assert parse_phone(typed) == kept


def test_a_dutch_number_is_read_as_people_write_it() -> None:
    assert phone_as_read("+31612345678") == "06 12345678"
    assert phone_as_read("+31701234567") == "070 1234567"
    assert phone_as_read("+31172123456") == "0172 123456"
    assert phone_as_read("+32470123456") == "+32470123456"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Sam.de+Vries@Example.ORG ", "Sam.de+Vries@example.org"),
        ("o'neill@sub.example.co.uk", "o'neill@sub.example.co.uk"),
        ("geen adres", None),
        ("a@b", None),
        ("a@@example.org", None),
        ("a..b@example.org", None),
        (".a@example.org", None),
        ("a@-example.org", None),
        ("a@example.org\r\nBcc: b@example.org", None),
        ("a@example.org,b@example.org", None),
        ("<a@example.org>", None),
        ("a" * 250 + "@example.org", None),
    ],
)
def test_an_email_address_is_one_address_or_none(typed: str, kept: str | None) -> None:
    assert parse_email(typed) == kept


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(FieldsRefused) as refused:
        parse_contact("", "fout", "fout", "appointment")

    assert set(refused.value.errors) == {"name", "email", "phone"}


@given(st.text(max_size=300), st.none() | st.text(max_size=300), st.none() | st.text(max_size=60))
def test_whatever_is_typed_a_contact_can_be_used_or_is_refused(name: str, email: str | None, phone: str | None) -> None:
    try:
        contact = parse_contact(name, email, phone, "appointment")
    except FieldsRefused:
        return

    assert contact.name
    assert contact.email or contact.phone
    for value in (contact.name, contact.email or "", contact.phone or ""):
        assert value.isprintable()


@given(st.text())
def test_a_cleaned_text_stays_the_same_when_cleaned_again(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert "\n" not in clean_line(text)
