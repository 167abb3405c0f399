"""What manuals say, and how people ask of them: at length, of what they have, and where they are."""

import pytest
from conftest import BaseOf, article, first_quote

from bot.answer import answer
from bot.answer.reading import read

MANUAL = {
    "corpus/cache.md": article(
        "Downloads", "The binary is kept in a cache, in a folder of your home, so it is downloaded once."
    ),
    "corpus/disk.md": article(
        "Storage", "A slow disk is erased before it is given away.", "Wacom pens have a mode of their own."
    ),
    "corpus/files.md": article(
        "Files", "Files are sorted by their date of modification with a click.", "Lost files are in the trash."
    ),
    "corpus/mac.md": article(
        "Platforms", "Linux and Windows are supported.", "Frames are drawn before they are shown."
    ),
    "corpus/volume.md": article("Sound", "Change the volume of an application with its own slider."),
    "corpus/setup.md": article(
        "Setup", "Run setup before you plug in the printer.", "Passwords have 14 characters or more."
    ),
    "corpus/review.md": article("Reviews", "A denial is sent to whoever asked."),
    "corpus/print.md": article("Printing", "The pages of a PDF are printed in their order."),
    **{f"corpus/page{n}.md": article(f"Page {n}", f"Nothing is said on page {n}.") for n in range(30)},
}
KOREAN = {
    "corpus/disk.md": article("저장 장치", "디스크를 남에게 주기 전에 지운다.", language="ko"),
    "corpus/root.md": article("루트 파일시스템", "루트 파일시스템에 ext3를 설치할 수 있다.", language="ko"),
    **{f"corpus/page{n}.md": article(f"{n}쪽", f"{n}쪽에는 아무것도 없다.", language="ko") for n in range(30)},
}


@pytest.mark.parametrize(
    ("files", "question", "said"),
    [
        pytest.param(
            MANUAL,
            "where on Linux is the folder of the binary in the download cache, the slider of the printer is slow",
            "kept in a cache",
            id="a platform",
        ),
        pytest.param(MANUAL, "How can I sort files by modification date?", "with a click", id="a date in a how"),
        pytest.param(MANUAL, "lost files of a PDF", "in the trash", id="an acronym that is no name"),
        pytest.param(MANUAL, "password length?", "14 characters", id="a length that is no time"),
        pytest.param(MANUAL, "디스크를 지우는 법", "is erased", id="a device, of pages in English"),
        pytest.param(KOREAN, "how do I wipe a disk", "지운다", id="and of pages in Korean"),
    ],
)
def test_a_page_is_found_whatever_else_a_question_says(
    files: dict[str, str], question: str, said: str, base_of: BaseOf
) -> None:
    assert said in first_quote(answer(question, base_of(files)))


@pytest.mark.parametrize(
    ("files", "question"),
    [
        pytest.param(MANUAL, "how long does setup take before I plug in the printer", id="a before is no time"),
        pytest.param(KOREAN, "ZFS를 루트 파일시스템으로 설치할 수 있나요?", id="a name in Latin at the beginning"),
    ],
)
def test_a_page_that_does_not_say_it_is_not_quoted(files: dict[str, str], question: str, base_of: BaseOf) -> None:
    assert answer(question, base_of(files)).kind == "not_found"


def test_a_word_of_the_dictionary_is_no_slip_for_another(base_of: BaseOf) -> None:
    found = answer("dental cover", base_of(MANUAL))
    assert (found.kind, found.reading) == ("not_found", None)


def test_a_word_in_small_letters_is_no_name(base_of: BaseOf) -> None:
    """Whoever asks of a frame in a window means no Windows."""
    assert "Frames are drawn" in first_quote(answer("slow frames in a window", base_of(MANUAL)))


@pytest.mark.parametrize(("question", "how"), [("are files sorted already", "already"), ("파일 정렬은 원래", "원래")])
def test_what_tells_how_weighs_less_than_a_thing(question: str, how: str, base_of: BaseOf) -> None:
    weights = {word.surface: word.weight for word in read(question, base_of(MANUAL)).words}
    assert weights.pop(how) < min(weights.values())
