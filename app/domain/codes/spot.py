"""The spot where a code hangs: at the place that it asks about, or elsewhere.

A spot is said in free words. It is at the place if every word is one that people use for the parts of a police
station or office: "main gate", "मुख्य द्वार, आवेदन काउंटर के पास". With any other word it is elsewhere ("court, main
gate", "राशन दुकान"), and so it is with a word like "near" before the station itself. Whatever is not understood is
elsewhere too: a sheet that names its station is right at the station as well, and one that says "this station" is
wrong at a court.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\s\d,;:/().…।·|–—_\"'’“”-]+")
# Signs that people write or leave out as they like, and marks that nobody sees.
_LEFT_OUT = dict.fromkeys(map(ord, "\u093c\u200c\u200d"), None) | {ord("ँ"): "ं"}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().translate(_LEFT_OUT)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_folded(text)))


_PARTS = _words(
    """
    main gate gates door entrance entry counter counters desk desks helpdesk help table window waiting seating visitor
    visitors area hall lobby reception veranda verandah corridor notice board wall women woman mahila urja child
    children enquiry inquiry information application applications duty officer officers inspector sho room rooms floor
    ground first second third upper lower parking courtyard lock up bench stairs no number the a an of at on in by s
    to and left right side inside

    मुख्य मेन गेट द्वार दरवाज़ा दरवाज़े प्रवेश प्रवेशद्वार काउंटर काउन्टर डेस्क हेल्पडेस्क हेल्प सहायता मेज़ टेबल खिड़की
    प्रतीक्षा प्रतीक्षालय बैठक बैठने जगह स्थान आगंतुक आगन्तुक कक्ष कमरा कमरे हॉल हाल लॉबी स्वागत रिसेप्शन पूछताछ
    बरामदा बरामदे गलियारा गलियारे नोटिस सूचना बोर्ड पटल दीवार महिला ऊर्जा बाल आवेदन ड्यूटी अधिकारी प्रभारी मंज़िल तल
    भूतल पहला पहली दूसरा दूसरी ऊपर नीचे पार्किंग आँगन सीढ़ी नंबर नम्बर नं का के की को पर में से और एवं व दाएँ बाएँ ओर
    तरफ़ अंदर अन्दर भीतर
    """
)
_PLACES = _words(
    """
    police station stations thana outpost chowki office building premises compound campus
    पुलिस थाना थाने चौकी स्टेशन कार्यालय दफ़्तर भवन परिसर
    """
)
_AROUND = _words("near next beside behind opposite outside front पास निकट बगल सामने पीछे बाहर")


def is_at_place(spot: str) -> bool:
    """Whether the words for a spot are all of the place itself."""
    said = _words(spot)
    if said & _AROUND and said & _PLACES:
        return False
    return said <= _PARTS | _PLACES | _AROUND
