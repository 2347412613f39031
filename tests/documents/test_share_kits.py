"""Pictures for official accounts: whatever the settings say stands in them whole."""

import pypdfium2
import pytest

from app.documents.share_kits import draw_page
from app.domain.codes.print_formats import PaperLanguage, ShareShape
from app.domain.codes.share_kit import ShareKit
from app.domain.installation.department_view import DepartmentView
from app.domain.places.place import BilingualName

ADDRESS = "citizen-feedback.district.state-police.gov.in"
NAME = BilingualName(
    "मध्य प्रदेश पुलिस, जन संवाद शाखा, पुलिस मुख्यालय", "Police of a State, Public Dialogue Branch, Headquarters"
)


@pytest.mark.parametrize("language", [PaperLanguage.HINDI, PaperLanguage.ENGLISH])
@pytest.mark.parametrize("shape", ShareShape)
def test_a_long_name_and_address_stay_in_the_picture(shape: ShareShape, language: PaperLanguage) -> None:
    department = DepartmentView(NAME, demonstration=True)
    kit = ShareKit(
        department, BilingualName("राज्य", "State"), f"https://{ADDRESS}/s/ceaebwjyqabcdefghijklmnopq", ADDRESS
    )
    with pypdfium2.PdfDocument(draw_page(kit, shape, language)) as document:
        page = document[0]
        words = page.get_textpage()
        for text in (ADDRESS, NAME.in_language(language.first), ": 112"):
            found = words.search(text).get_next()
            assert found, text
            boxes = [words.get_charbox(found[0] + at) for at in range(found[1])]
            assert max(box[2] for box in boxes) < page.get_width()
            assert min(box[1] for box in boxes) > 0
            assert max(box[3] for box in boxes) < page.get_height()
