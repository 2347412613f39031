import unicodedata

from tests.meta.product.messages import hindi, placeholders, sentences, translation_of


def test_sentences_are_found() -> None:
    found = {sentence.file.split("/")[0] for sentence in sentences()}
    assert {"app", "templates", "printables"} <= found


def test_every_sentence_has_its_hindi() -> None:
    catalog = hindi()
    missing = {sentence for sentence in sentences() if not translation_of(catalog, sentence.text)}
    assert [f"{at.file}:{at.line}: {at.text}" for at in sorted(missing, key=lambda at: (at.file, at.line))] == []


def test_placeholders_survive_translation() -> None:
    catalog = hindi()
    for sentence in sentences():
        translated = translation_of(catalog, sentence.text)
        if translated:
            assert placeholders(translated) == placeholders(sentence.text), sentence


def test_the_catalogue_holds_nothing_that_is_not_said() -> None:
    said = {sentence.text for sentence in sentences()}
    assert [message.id for message in hindi() if message.id and first_form(message.id) not in said] == []


def test_hindi_is_written_in_one_way() -> None:
    for message in hindi():
        text = message.string if isinstance(message.string, str) else "".join(message.string)
        assert text == unicodedata.normalize("NFC", text)


def first_form(message: object) -> str:
    """The singular: what a plural sentence is known by."""
    return message if isinstance(message, str) else message[0]
