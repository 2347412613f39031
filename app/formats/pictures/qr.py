"""QR codes as shapes (qrcode): a matrix, and one SVG path that any printer draws sharply."""

import re
from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

#: ISO/IEC 18004, 6.3.8: white on every side, in modules
QUIET_ZONE = 4
#: the smallest version drawn, so that short and long addresses give posters of one look
FIRST_VERSION = 3
# Any mask is legal, and trying all eight costs eight times as much.
_MASK = 2
_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+")
#: a text in pieces: what alphanumeric mode holds, and the # of one-time links, which it does not
_PIECES = re.compile(r"#|[^#]+")


@dataclass(frozen=True, slots=True)
class QrMatrix:
    """The dark modules of a code, row by row, without the quiet zone."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        """Modules along one side."""
        return len(self.rows)

    @property
    def version(self) -> int:
        return (self.size - 17) // 4

    def runs(self) -> list[tuple[int, int, int]]:
        """Each run of dark modules: the column it starts in, its row, its length."""
        return [(start, row, length) for row, modules in enumerate(self.rows) for start, length in _runs(modules)]

    def path(self) -> str:
        """SVG path data that draws each run of dark modules as one horizontal stroke, one module wide."""
        return "".join(f"M{start} {row}.5h{length}" for start, row, length in self.runs())

    @property
    def view_box(self) -> str:
        """The SVG view box of the path: the code with its quiet zone, one unit a module."""
        side = self.size + 2 * QUIET_ZONE
        return f"{-QUIET_ZONE} {-QUIET_ZONE} {side} {side}"


def encode_qr(text: str) -> QrMatrix:
    """The code of a text in capitals, at level M; ValueError for text that needs the larger byte mode."""
    if not _ALPHANUMERIC.fullmatch(text.replace("#", "")):
        raise ValueError("a printed code holds capitals, digits, # and $%*+-./: only")
    code = QRCode(FIRST_VERSION, ERROR_CORRECT_M, border=QUIET_ZONE, mask_pattern=_MASK)
    for piece in _PIECES.findall(text):
        mode = MODE_8BIT_BYTE if piece == "#" else MODE_ALPHA_NUM
        code.add_data(QRData(piece.encode("ascii"), mode=mode, check_data=False))
    code.make(fit=True)
    return QrMatrix(tuple(tuple(map(bool, row)) for row in code.modules))


def code_text(address: str, token: str) -> str:
    """What a printed code says: the address where citizens reach the product, then /S/ and the token."""
    return f"{address}/s/{token}".upper()


def one_time_code_text(address: str, token: str) -> str:
    """The same for a slip or an invitation: behind a #, so that no log and no preview ever holds the token."""
    return f"{address}/s/#{token}".upper()


def _runs(modules: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules in a row."""
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(modules):
        if dark and runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((column, 1))
    return runs
