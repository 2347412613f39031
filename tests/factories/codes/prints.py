"""Sheets and orders for prints, without a database."""

import random
from dataclasses import replace
from datetime import date

from app.documents.slip_sheets import SlipOrder
from app.domain.codes.print_order import PrintedSheet, PrintOrder
from app.domain.installation.department_view import DepartmentView, Helpline
from app.domain.places.place import BilingualName, PlaceKind
from app.domain.slips.slip_batch import PACK, MadeSlip

TOKEN_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
CODE = "HTTPS://SAMVAD.MPPOLICE.GOV.IN/S/CEAEBWJYQABCDEFGHIJKLMNOPQ"
HARD_NAMES = (
    "थाना क्षत्रिय-ज्ञानपुर",
    "थाना श्रीरङ्गुपट्टनम् र्थ्य त्र",
    "थाना विद्यार्थी चौक, उच्छ्वास मार्ग",
    "थाना राजेन्द्रनगर औद्योगिक क्षेत्र (ज्ञानपुर–श्रीरामपुर मार्ग)",
    "अनुसूचित जाति एवं अनुसूचित जनजाति कल्याण पुलिस थाना, औद्योगिक विकास निगम परिसर, नर्मदापुरम संभाग मुख्यालय",
    "राष्ट्रीयस्वच्छतासर्वेक्षणपुरस्कारप्राप्तनगरपालिकापरिषद्क्षेत्रान्तर्गतऔद्योगिकस्वास्थ्यकेन्द्र",
)


def make_sheet(hi: str | None = "थाना कोतवाली", en: str | None = "Kotwali", **changed: object) -> PrintedSheet:
    made = PrintedSheet(
        place=BilingualName(hi, en),
        place_kind=PlaceKind.STATION,
        above=BilingualName("नमूनागढ़", "Namunagarh"),
        hung_at="मुख्य द्वार, आवेदन काउंटर के पास",
        number="73921846",
        issued_on=date(2026, 11, 23),
        expires_on=date(2027, 11, 22),
        code=CODE,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def make_order(*sheets: PrintedSheet, demonstration: bool = False, **changed: object) -> PrintOrder:
    helplines = (
        Helpline(BilingualName("महिला हेल्पलाइन", "Women"), "1090"),
        Helpline(BilingualName("साइबर ठगी", "Cyber fraud"), "1930"),
    )
    department = DepartmentView(BilingualName("नमूना पुलिस", "Sample Police"), demonstration, helplines)
    made = PrintOrder(department, "samvad.mppolice.gov.in", sheets, None, date(2026, 11, 23))
    return replace(made, **changed)  # type: ignore[arg-type]


KOTWALI = BilingualName("थाना कोतवाली", "Kotwali")


def make_slips(packs: int = 1, name: BilingualName = KOTWALI) -> tuple[MadeSlip, ...]:
    """Slips of whole packs, each with a link of its own, the same every time."""
    chance = random.Random(packs)  # noqa: S311 - nothing hangs on these
    links = ("".join(chance.choices(TOKEN_LETTERS, k=36)) for _ in range(packs * PACK))
    return tuple(
        MadeSlip(1 + at // PACK, "MP-1", name, "73921846", f"HTTPS://SAMVAD.MPPOLICE.GOV.IN/S/#{link}")
        for at, link in enumerate(links)
    )


def make_slip_order(slips: tuple[MadeSlip, ...], **changed: object) -> SlipOrder:
    department = DepartmentView(BilingualName("नमूना पुलिस", "Sample Police"), demonstration=False)
    made = SlipOrder(department, "samvad.mppolice.gov.in", 3, date(2027, 5, 15), slips)
    return replace(made, **changed)  # type: ignore[arg-type]
