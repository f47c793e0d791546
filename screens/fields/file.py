"""A material: photographed or handed in as a file here, brought to the window, or promised for
later."""

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.forms.answers import BRING_ORIGINAL, SUPPLY_LATER, FileAnswer, KeptFile
from kiosk.forms.citizen_files import CitizenFiles
from kiosk.language import _
from screens.fields.camera_page import CameraPage
from screens.fields.field import Field
from screens.fields.measures import Measures, Way, later_words, option_padding, way_words
from screens.fields.options import Option, option_rows, turning
from screens.fields.sources import ask
from screens.fields.sub_page import SubPage
from screens.theme import look
from screens.widgets.buttons import PushButton
from screens.widgets.words import Words, text_width


class FileField(Field):
    def build(self) -> Widget:
        measures = self.measures
        grid = measures.ways(self.question)
        ways = [way for way in Way if self._offers(way)]
        wide = grid.wide if len(ways) > 1 else self.width
        self.options: dict[Way, Option] = {}
        for way in ways:
            option = Option(way_words(way), wide, grid.high, several=False, chosen=False)
            option.bind(on_release=partial(self._take, way))
            self.options[way] = option
        shown = list(self.options.values())
        rows = option_rows(shown, grid) if len(shown) > 1 else [shown]
        body = turning(rows, grid.gap, measures.capacity)
        if self.question.defer is not None:
            promised = Words(
                words=later_words(self.question.defer), font_size=look().type.least,
                color=look().colours.muted, width=self.width, size_hint_x=None,
            )  # fmt: skip
            ways, body = body, BoxLayout(orientation="vertical", spacing=measures.below_gap)
            body.height = ways.height + measures.later(self.question)
            body.add_widget(ways)
            body.add_widget(promised)
        self._show()
        return body

    def _offers(self, way: Way) -> bool:
        match way:
            case Way.PHOTOGRAPH:
                return self.desk.sources.camera is not None
            case Way.CHOOSE:
                return self.desk.sources.files is not None
            case Way.BRING:
                return True
            case Way.LATER:
                return self.question.defer is not None

    @property
    def _taken(self) -> Way | None:
        match self.draft:
            case FileAnswer(name=name) if name == f"{self.label}.jpg" and (
                Way.PHOTOGRAPH in self.options
            ):
                return Way.PHOTOGRAPH
            case FileAnswer():
                return Way.CHOOSE
            case KeptFile():
                return next(iter(self.options))
            case str() as way if way == BRING_ORIGINAL:
                return Way.BRING
            case str() as way if way == SUPPLY_LATER:
                return Way.LATER
            case _:
                return None

    def _show(self) -> None:
        taken = self._taken
        for way, option in self.options.items():
            option.chosen = way is taken
            option.say(self._words(way, option.chosen))

    def _words(self, way: Way, chosen: bool) -> str:
        if chosen and isinstance(self.draft, KeptFile):
            return _("以前交过的")
        if way is Way.PHOTOGRAPH and chosen:
            return _("已拍好")
        if way is Way.CHOOSE and chosen and isinstance(self.draft, FileAnswer):
            wide = self.options[way].width - option_padding(look())
            return shortened(_("已选文件") if self.question.private else self.draft.name, wide)
        return way_words(way)

    def _take(self, way: Way, _pressed: Option) -> None:
        """A second touch takes back what needs no page of its own."""
        self.desk.keyboard.dismiss()
        sources = self.desk.sources
        match way:
            case Way.PHOTOGRAPH if sources.camera is not None:
                self.desk.open_page(CameraPage(self.label, sources.camera, self.write))
            case Way.CHOOSE if sources.files is not None:
                self.desk.open_page(FilePicker(self.label, sources.files, self.write))
            case Way.BRING:
                self._turn(BRING_ORIGINAL)
            case Way.LATER:
                self._turn(SUPPLY_LATER)

    def _turn(self, answer: str) -> None:
        self.write("" if self.draft == answer else answer)
        self._show()


class FilePicker(SubPage):
    def __init__(self, title: str, files: CitizenFiles, picked) -> None:
        super().__init__()
        self.title = title
        self._files = files
        self._picked = picked
        self._names: tuple[str, ...] | None = None
        self._sentence = _("正在读取文件…")
        self._closed = False
        ask(files.names, self._list)

    def fill(self, column: BoxLayout) -> None:
        measures = Measures(look())
        if not self._names:
            column.add_widget(Words(words=self._sentence, width=measures.width))
            return
        rows: list[list[Widget]] = []
        for name in self._names:
            button = PushButton(
                shortened(name, measures.width * 0.8), icon="file-text", size_hint_x=None,
                width=measures.width, height=measures.option, border=look().colours.field_line,
            )
            button.bind(on_release=partial(self._choose, name))
            rows.append([button])
        column.add_widget(turning(rows, measures.option_gap, measures.capacity))

    def forget(self) -> None:
        self._closed = True
        self._names = None

    def _list(self, names: tuple[str, ...] | None) -> None:
        if self._closed:
            return
        self._names = names
        self._sentence = (
            _("读不到文件，请检查后重试，或选择带原件到窗口")
            if names is None
            else _("没有找到图片或 PDF 文件，可以选择带原件到窗口")
        )
        self.redraw()

    def _choose(self, name: str, *_args) -> None:
        self._names, self._sentence = None, _("正在读取文件…")
        self.redraw()
        ask(partial(self._files.read, name), self._take)

    def _take(self, file: FileAnswer | None) -> None:
        if self._closed:
            return
        if file is None:
            self._list(None)
            return
        self._picked(file)
        self.close()


def shortened(name: str, width: float) -> str:
    """A file's name on one line; its end says what kind of file it is, so the middle goes."""
    size = look().type.body
    if text_width(name, size) <= width:
        return name
    end = name[-8:]
    start = name
    while start and text_width(f"{start}…{end}", size) > width:
        start = start[:-1]
    return f"{start}…{end}"
