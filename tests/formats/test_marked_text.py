"""Markdown of posts: a few elements, links to where citizens may be sent, and nothing that runs."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.marked_text import foreign_links, plain, render

OWN = "https://samvad.example.in"
DATA = Path(os.environ.get("SAMVAD_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
TAG = re.compile(r"<(?!/?(?:p|ul|ol|li|strong|h2)>|a href=\"[^\"<>]*\">|/a>|ol start=)")
LINK = re.compile(r'<a href="([^"]*)"')


def test_paragraphs_lists_bold_and_one_rank_of_headings() -> None:
    made = render("# One\n\n### Three\n\n**bold** *lean*\n\n- a\n- b\n\n1. c", OWN)
    assert made.split("\n") == [
        "<h2>One</h2>", "<h2>Three</h2>", "<p><strong>bold</strong> lean</p>",
        "<ul>", "<li>a</li>", "<li>b</li>", "</ul>", "<ol>", "<li>c</li>", "</ol>",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "link",
    [
        "https://mppolice.gov.in/a?b=1",
        "https://nalsa.nic.in",
        "https://samvad.example.in/v",
        "/v",
        "tel:112",
        "tel:+911",
    ],
)
def test_where_a_citizen_may_be_sent(link: str) -> None:
    assert foreign_links(f"[words]({link})", OWN) == []
    assert render(f"[words]({link})", OWN) == f'<p><a href="{link}">words</a></p>'


@pytest.mark.parametrize(
    "link",
    [
        "http://mppolice.gov.in", "https://evil.example", "https://gov.in", "https://gov.in.evil.example",
        "https://mppolice.gov.in@evil.example", "https://a.gov.in:8443/", "https://evilgov.in",
        "https://samvad.example.in.evil.example", "https://samvad.example.in@evil.example/", "//evil.example",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "tel:112;x=y", "mailto:a@b.gov.in", "x.html",
    ],
)  # fmt: skip
def test_a_foreign_link_is_named_and_would_stay_text(link: str) -> None:
    assert foreign_links(f"[words]({link})", OWN) == [link]
    assert LINK.findall(render(f"[words]({link})", OWN)) == []


def test_html_and_pictures_stay_the_text_that_they_are() -> None:
    written = '<script>alert(1)</script> <b onclick="x">b</b> ![p](https://evil.example/x.png) <https://evil.example>'
    assert plain(render(written, OWN)) == written
    assert TAG.findall(render(written, OWN)) == []


@pytest.mark.skipif(not (DATA / "blns.json").is_file(), reason="the list of hostile strings is not here")
def test_hostile_strings_are_text() -> None:
    for hostile in json.loads((DATA / "blns.json").read_text("utf-8")):
        holds_only_what_it_may(hostile)


@given(st.text("[]()<>*#-/\\:.&;'\"!`_ \nahtpsjvgonil1", max_size=200))
def test_whatever_is_written_holds_only_what_it_may(text: str) -> None:
    holds_only_what_it_may(text)


def holds_only_what_it_may(text: str) -> None:
    made = render(text, OWN)
    assert TAG.findall(made) == []
    for link in LINK.findall(made):
        assert re.match(r"/(?!/)|tel:[+0-9]|https://(samvad\.example\.in|[a-z0-9.-]+\.(gov|nic)\.in)(/|$|[?#])", link)


def test_nesting_and_repetition_cost_little() -> None:
    for hostile in ("[" * 2000, "**" * 1000, "- " * 1000, "*a " * 600, "> " * 1000, "[a](" * 500):
        assert len(render(hostile, OWN)) < 40_000


def test_plain_is_what_is_read() -> None:
    assert plain(render("**A & B**\n\n- c <d>", OWN)) == "A & B c <d>"
