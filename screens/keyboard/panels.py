"""Which panel serves which way of writing."""

from kiosk.text_entry.engines import Engines
from screens.keyboard.handwriting_panel import HandwritingPanel
from screens.keyboard.letters import LettersPanel, PadPanel, SymbolsPanel
from screens.keyboard.panel import Panel
from screens.keyboard.pinyin import PinyinPanel
from screens.keyboard.radical_panel import RadicalPanel
from screens.keyboard.ways import Way


def panel_for(way: Way, engines: Engines) -> Panel:
    """A new panel. LookupError for a way whose engine is not there: `ways_of` offers none such."""
    match way:
        case Way.PINYIN:
            if engines.pinyin is None:
                raise LookupError(way)
            return PinyinPanel(engines.pinyin)
        case Way.HANDWRITING:
            if engines.handwriting is None:
                raise LookupError(way)
            return HandwritingPanel(engines.handwriting)
        case Way.RADICALS:
            if engines.rare is None:
                raise LookupError(way)
            return RadicalPanel(engines.rare)
        case Way.LETTERS:
            return LettersPanel(chinese=bool(engines.pinyin or engines.handwriting))
        case Way.SYMBOLS:
            return SymbolsPanel()
        case Way.PAD:
            return PadPanel()
