"""Finished prints: read and looked at as their readers do."""

import pypdfium2
import zxingcpp
from PIL import Image

#: at which pages are looked at, as a cheap printer draws them
DPI = 100
HARD = "क्ष त्र ज्ञ श्र ङ्गु र्थ्य कोतवाली कृपया विद्यार्थी स्त्री प्रतिक्रिया ट्ठ द्ध उच्छ्वास श्री ज़िला क़स्बा"


def page(body: str, lang: str = "hi") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>नमूना</title></head>'
        f"<body>{body}</body></html>"
    )


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())


def pictures(pdf: bytes, dpi: int = DPI) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]
