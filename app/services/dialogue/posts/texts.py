"""What a version says, as its row holds it, and the document that its digest is made of."""

import hashlib
import json
from collections.abc import Mapping

from app.domain.dialogue.post import PostText
from app.formats.canonical_json import write_json
from app.models import Post, PostVersion


def as_json(texts: Mapping[str, str]) -> str:
    return write_json(texts).decode()


def texts_in(column: str) -> dict[str, str]:
    """By language."""
    texts: dict[str, str] = json.loads(column)
    return texts


def text_of(version: PostVersion) -> PostText:
    """As it was written."""
    return PostText(
        title=texts_in(version.title),
        body=texts_in(version.body),
        sources=texts_in(version.sources),
        alt=texts_in(version.alt),
        change_note=texts_in(version.change_note),
        review_on=version.review_on,
    )


def document_of(post: Post, version: PostVersion) -> bytes:
    """All that a published version says, for everybody. SHA-256 of it is its digest, and stands in the record."""
    text = text_of(version)
    return write_json(
        {
            "schema": 1,
            "post": post.number,
            "version": version.number,
            "kind": post.kind,
            "title": text.title,
            "body": text.body,
            "sources": text.sources,
            "picture": version.picture_digest,
            "alt": text.alt,
            "change_note": text.change_note,
            "review_on": text.review_on.isoformat() if text.review_on else None,
            "salt": version.salt,
        }
    )


def digest_of(post: Post, version: PostVersion) -> str:
    return hashlib.sha256(document_of(post, version)).hexdigest()
