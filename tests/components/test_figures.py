from components.figures import KeyFigure, build_figures
from components.plain_text import escaped


def test_texts_in_a_figure_stay_text() -> None:
    evil = "<script>alert('x')</script>\"q\""
    html = build_figures([KeyFigure(evil, evil, evil, evil)])
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 4


def test_what_waits_has_a_shape_beside_its_colour() -> None:
    html = build_figures([KeyFigure("a", "5", mark="waiting"), KeyFigure("b", "6")])
    assert '<div class="value waiting">◆ 5</div>' in html
    assert '<div class="value ">6</div>' in html


def test_a_name_survives_markdown_letter_by_letter() -> None:
    name = r"*Абай* [x](http://y) `$a$` :smile: <b> \ # 1. a|b ~c~"
    shown = escaped(name)
    assert shown.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\") == name
    for letter in "*[]()`$:<>#|~":
        assert f"\\{letter}" in shown
