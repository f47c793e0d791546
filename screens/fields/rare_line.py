"""One line of text whose characters need more than one face, drawn as a texture.

It is kept in no store: what a citizen typed goes with the widget that shows it.
"""

from kivy.core.text.markup import MarkupLabel
from kivy.graphics.texture import Texture

from kiosk.faces import Face, drawable, runs
from screens.glyphs import REGULAR
from screens.widgets.words import marked_up, ruler


def rare_texture(text: str, size: float) -> Texture:
    """As high as a line of the main face."""
    label = MarkupLabel(
        text="".join(map(marked_up, runs(drawable(text)))), font_name=REGULAR, font_size=size
    )
    label.refresh()
    drawn = label.texture
    width, height = drawn.size
    line = ruler(Face.MAIN, size, False).get_extents("")[1]
    if height <= line:
        return drawn
    # Kivy makes a line of several pieces too high, below the text: the rows above are kept.
    kept = Texture.create(size=(width, line), colorfmt="rgba")
    kept.blit_buffer(drawn.pixels[: width * line * 4], colorfmt="rgba", bufferfmt="ubyte")
    kept.flip_vertical()
    return kept
