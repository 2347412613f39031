"""Sound files, told by their first bytes and not by what somebody called them."""

_BY_ENDING = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
}


def sound_type(name: str, content: bytes) -> str | None:
    """The media type of a sound file; None if the content is not what the ending of its name says."""
    promised = _BY_ENDING.get(name.rpartition(".")[2].lower())
    return promised if promised is not None and promised == _found(content[:12]) else None


def _found(start: bytes) -> str | None:
    if start[:4] == b"OggS":
        return "audio/ogg"
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return "audio/wav"
    if start[4:8] == b"ftyp":
        return "audio/mp4"
    # An ID3 tag, or the eleven set bits that every MPEG frame begins with, and a layer: AAC streams have none.
    frame = len(start) > 1 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0 and start[1] & 0x06 != 0
    return "audio/mpeg" if frame or start[:3] == b"ID3" else None
