"""The document of a version: all that it says, in one form, and the salt that keeps its digest from being guessed."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Post, PostVersion
from app.services.dialogue.posts.texts import digest_of, document_of, text_of
from tests.factories.dialogue.posts import NOW, add_officers, picture, post_text, published


def test_the_document_says_all_that_the_page_says(session: Session) -> None:
    who = add_officers(session)
    text, shown = post_text(alt="a phone"), picture()
    post = session.get_one(Post, published(session, who.author, who.admin, text, shown=shown, now=NOW))
    version = session.scalars(select(PostVersion).filter_by(post_id=post.id)).one()
    assert text_of(version) == text
    document = json.loads(document_of(post, version))
    salt = document.pop("salt")
    assert document == {
        "schema": 1, "post": 1, "version": 1, "kind": "tip", "title": text.title, "body": text.body,
        "sources": text.sources, "picture": shown.digest, "alt": text.alt, "change_note": {}, "review_on": "2027-06-01",
    }  # fmt: skip
    assert len(salt) == 32


def test_the_same_words_have_another_digest(session: Session) -> None:
    who = add_officers(session)
    for _ in range(2):
        published(session, who.author, who.admin)
    digests = [digest_of(session.get_one(Post, one.post_id), one) for one in session.scalars(select(PostVersion))]
    assert len(set(digests)) == 2
