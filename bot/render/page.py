"""A page that grows downwards, with matplotlib: texts, lines and bars in points, from the top left corner.

Drawn on Figure objects without pyplot, which is not for threads.
"""

import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

FONTS = Path(__file__).parent / "fonts"
LATIN = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"  # has Cyrillic and more
FILES = {"Gakju Sans": FONTS / "GakjuSans.otf", "Gakju Sans Bold": FONTS / "GakjuSansBold.otf", "Gakju Latin": LATIN}

mpl.rcdefaults()  # a matplotlibrc of the user's changes nothing
mpl.rcParams.update({"text.hinting": "no_hinting", "svg.hashsalt": "gakju", "hatch.linewidth": 0.9})
# By names that no system font has, so that the same font is found everywhere.
fontManager.ttflist += [FontEntry(fname=str(path), name=name, weight="normal") for name, path in FILES.items()]
KNOWN = frozenset[int]().union(*(get_font(str(path)).get_charmap() for path in FILES.values()))
UNKNOWN = "□"

INCH = 72
DPI = 200
MOST_PIXELS = 9900  # of width and height together: Telegram takes 10,000 for a photo
WIDTH = 432.0  # 1200 pixels
MARGIN = 20.0
LEFT, RIGHT = MARGIN, WIDTH - MARGIN

INK = "#16202a"
Side = Literal["left", "center", "right"]
Point = tuple[float, float]


@dataclass(frozen=True)
class Style:
    """How a text is set."""

    size: float
    colour: str = INK
    bold: bool = False

    @property
    def font(self) -> FontProperties:
        family = ["Gakju Sans", "Gakju Latin"]  # the bold font has only the 2,350 common syllables
        return FontProperties(family=["Gakju Sans Bold", *family] if self.bold else family, size=self.size)

    @property
    def leading(self) -> float:
        return round(self.size * 1.36, 1)


class Page:
    """A picture that grows downwards."""

    def __init__(self) -> None:
        self.y = MARGIN
        self._figure = Figure(facecolor="white")
        self._down = Affine2D()  # known when the height is
        self._place = self._down + self._figure.dpi_scale_trans
        self._ruler = RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]
        self._widths: dict[tuple[str, Style], float] = {}

    def add(self, artist: Artist) -> None:
        artist.set_transform(self._place)
        artist.set_figure(self._figure)
        self._figure.add_artist(artist)

    def text(self, x: float, text: str, style: Style, side: Side = "left", drop: float = 0) -> None:
        """Set one line at the cursor, or so much below it."""
        y = self.y + style.size + drop
        line = Text(x, y, text, color=style.colour, horizontalalignment=side, fontproperties=style.font)
        line.set_parse_math(False)  # a dollar sign begins no formula
        self.add(line)

    def paragraph(self, text: str, style: Style, most: int, x: float = LEFT) -> None:
        """Set `text` over the width, in at most so many lines, and move the cursor below it."""
        for line in self.wrapped(text, style, RIGHT - x, most):
            self.text(x, line, style)
            self.y += style.leading

    def line(self, start: Point, end: Point, colour: str, width: float = 0.9, below: bool = False) -> None:
        line = Line2D(*zip(start, end, strict=True), color=colour, linewidth=width, solid_capstyle="butt")
        line.set_zorder(0 if below else 2)
        self.add(line)

    def box(self, left: float, right: float, height: float, colour: str, hatching: str | None = None) -> None:
        """A box below the cursor, hatched in another colour where there is one."""
        box = Rectangle((left, self.y), right - left, height, facecolor=colour, linewidth=0)
        if hatching:
            box.set(hatch="////", edgecolor=hatching)
        self.add(box)

    def arrow(self, tip: float, outward: int, height: float, colour: str) -> None:
        """The head of an arrow beside the cursor, to the right (1) or the left (-1)."""
        back = tip - outward * 5
        self.add(
            Line2D(
                (back, tip, back), (self.y + 2, self.y + height / 2, self.y + height - 2), color=colour, linewidth=1.5
            )
        )

    def width(self, text: str, style: Style) -> float:
        if (text, style) not in self._widths:
            wide, _, _ = self._ruler.get_text_width_height_descent(  # type: ignore[no-untyped-call]
                text, style.font, ismath=False
            )
            self._widths[text, style] = float(wide) * INCH / DPI
        return self._widths[text, style]

    def wrapped(self, text: str, style: Style, width: float, most: int | None = None) -> list[str]:
        """`text` in lines of at most `width`, broken at spaces, and in a word only where it is longer than a line."""
        lines = [""]
        for word in _printable(text).split():
            longer = f"{lines[-1]} {word}" if lines[-1] else word
            if self.width(longer, style) <= width:
                lines[-1] = longer
                continue
            if lines[-1]:
                lines.append("")
            for char in word:
                if lines[-1] and self.width(lines[-1] + char, style) > width:
                    lines.append("")
                lines[-1] += char
            if most and len(lines) > most:
                break
        if most and len(lines) > most:
            last = lines[most - 1]
            while last and self.width(f"{last}…", style) > width:
                last = last[:-1]
            lines = [*lines[: most - 1], f"{last.rstrip()}…"]
        return lines

    def file(self, form: str) -> bytes:
        """The page down to the cursor, with nothing in it that tells when or by what it was made."""
        height = self.y + MARGIN - 4
        self._figure.set_size_inches(WIDTH / INCH, height / INCH)
        self._down.scale(1 / INCH, -1 / INCH).translate(0, height / INCH)
        nothing = {"png": ["Software"], "svg": ["Date", "Creator"], "pdf": ["CreationDate", "Creator", "Producer"]}
        dpi = min(DPI, MOST_PIXELS * INCH / (WIDTH + height))
        file = io.BytesIO()
        self._figure.savefig(file, format=form, dpi=dpi, metadata=dict.fromkeys(nothing[form]))
        return file.getvalue()


def _printable(text: str) -> str:
    """`text` without what cannot be seen, and a box for every character that no font here has."""
    seen = (
        char for char in unicodedata.normalize("NFC", text) if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return "".join(char if char.isspace() or ord(char) in KNOWN else UNKNOWN for char in seen)


def between(first: str, second: str, share: float) -> str:
    """A colour so far from the first to the second."""
    red, green, blue = (a + (b - a) * share for a, b in zip(to_rgb(first), to_rgb(second), strict=True))
    return to_hex((red, green, blue))
