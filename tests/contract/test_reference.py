"""The reference pages are what `make docs` makes of the catalogue and the code today."""

import pytest

from docs import generate

PAGES = generate.pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_up_to_date(name: str) -> None:
    page = generate.REFERENCE / name
    assert page.exists(), "run `make docs`"
    assert page.read_text(encoding="utf-8") == PAGES[name], f"{name} is out of date: run `make docs`"


def test_there_is_no_other_page() -> None:
    assert {page.name for page in generate.REFERENCE.iterdir()} == set(PAGES)
