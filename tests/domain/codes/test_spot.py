"""Spots as officers write them: at the station, or elsewhere."""

import unicodedata

import pytest

from app.domain.codes.spot import is_at_place


@pytest.mark.parametrize(
    "spot",
    [
        "main gate",
        "Main Gate, left side",
        "MAIN GATE 2",
        "मुख्य द्वार",
        "मुख्य द्वार, आवेदन काउंटर के पास",
        "प्रतीक्षा कक्ष",
        "महिला डेस्क",
        "ऊर्जा महिला हेल्प डेस्क",
        "महिला-डेस्क (कमरा नं. २)",
        "गेट १",
        "थाने का मुख्य दरवाजा",
        "थाने का मुख्य दरवाज़ा",
        "थाना परिसर",
        "counter 3",
        "Next to the duty officer's table",
        "Waiting hall of the police station",
        "सामने की दीवार",
        "बाएं खिडकी",
        "—",
    ],
)
def test_what_belongs_to_a_station_is_at_the_station(spot: str) -> None:
    assert is_at_place(spot)
    assert is_at_place(unicodedata.normalize("NFD", spot))


@pytest.mark.parametrize(
    "spot",
    [
        "राशन दुकान",
        "न्यायालय परिसर",
        "जन सुविधा केंद्र",
        "ज़िला अस्पताल, मुख्य द्वार",
        "रेलवे स्टेशन",
        "बस स्टेशन",
        "पंचायत भवन",
        "थाने के पास",
        "थाने के सामने",
        "near the police station",
        "court",
        "Court, main gate",
        "Ration shop counter",
        "Railway station",
        "Post office",
        "Collector's office",
        "Gatehouse",
        "ਮੁੱਖ ਦੁਆਰ",
    ],
)
def test_all_else_is_elsewhere(spot: str) -> None:
    """Also what is not understood: naming the station is never wrong."""
    assert not is_at_place(spot)
