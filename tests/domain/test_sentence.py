"""Sentences are said later, in the language of whoever reads them."""

from app.domain.sentence import Sentence

HINDI = {"about %(n)d answers": "लगभग %(n)d उत्तर", "100 % of them": "उनमें से 100 %"}.__getitem__


def test_what_stands_in_a_sentence_is_put_in_after_it_was_translated() -> None:
    said = Sentence("about %(n)d answers", {"n": 30})
    assert (said.text(), said.text(HINDI)) == ("about 30 answers", "लगभग 30 उत्तर")


def test_a_sentence_without_details_may_hold_a_percent_sign() -> None:
    assert Sentence("100 % of them").text(HINDI) == "उनमें से 100 %"
