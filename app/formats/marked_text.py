"""The Markdown of posts (markdown-it-py), made into the few elements that a post may hold (nh3).

Paragraphs, lists, bold, one rank of headings, and links to where a citizen may be sent. Whatever else somebody writes,
HTML among it, stays the text that it is.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "ul", "ol", "li", "strong", "h2", "a"}
RULES = ["paragraph", "list", "heading", "emphasis", "link", "newline", "escape"]

#: of a host with a name, so that nothing before an @ and no port can say another one
_HOST = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]+)?)(?:[/?#][^\s\\]*)?", re.I)
_GOVERNMENT = re.compile(r"(?:[a-z0-9-]+\.)+(?:gov|nic)\.in", re.I)
_TELEPHONE = re.compile(r"tel:\+?[0-9]{2,15}")
_HERE = re.compile(r"/(?![/\\])[^\s\\]*")


def render(text: str, own_address: str) -> str:
    """HTML that can stand in a page. `own_address` is that of this installation, such as https://samvad.example.in."""

    def allowed(link: str) -> bool:
        return may_lead_to(link, own_address)

    markdown = _markdown(allowed)
    tokens = markdown.parse(text)
    for token in _with_children(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h2"
    html = str(markdown.renderer.render(tokens, markdown.options, {}))
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        attribute_filter=lambda _tag, _name, link: link if allowed(link) else None,
        url_schemes={"https", "http", "tel"},
        link_rel=None,
    ).strip()


def foreign_links(text: str, own_address: str) -> list[str]:
    """Where its links lead that may not, in their order; each would come out as the text that it is."""
    tokens = _with_children(_markdown(lambda _link: True).parse(text))
    links = (str(token.attrGet("href")) for token in tokens if token.type == "link_open")
    return [link for link in links if not may_lead_to(link, own_address)]


def may_lead_to(link: str, own_address: str) -> bool:
    if _TELEPHONE.fullmatch(link) or _HERE.fullmatch(link):
        return True
    host = _HOST.fullmatch(link)
    if host is None:
        return False
    is_own = f"{own_address}/".startswith(f"{link.split('//')[0]}//{host[1]}/")
    return is_own or (link.startswith("https://") and _GOVERNMENT.fullmatch(host[1]) is not None)


def plain(html: str) -> str:
    """What `render` made, as one line of text."""
    return " ".join(unescape(nh3.clean(html, tags=set())).split())


def _with_children(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _markdown(allows: Callable[[str], bool]) -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False, "linkify": False, "maxNesting": 10}).enable(RULES)
    markdown.validateLink = allows  # type: ignore[method-assign, assignment]
    return markdown
