"""The sheet from which an installation's keys are typed in again."""

from dataclasses import replace

import pypdfium2

from app.documents.key_sheets import draw_key_sheet
from app.formats.crypto.secret_files import draw_secret, draw_secrets, read_sheet, sheet_lines


def test_a_sheet_of_many_keys_goes_over_pages_and_is_read_whole() -> None:
    held = replace(
        draw_secrets(),
        signing={at: draw_secret() for at in range(12)},
        sealing={at: draw_secret() for at in range(1, 13)},
    )
    document = pypdfium2.PdfDocument(draw_key_sheet(sheet_lines(held), "samvad.example.in"))
    texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) > 1
    assert read_sheet("\n".join(texts)) == held
    assert "samvad.example.in" in texts[0]
