"""A material: the original is brought to the window, or a file is handed in here."""

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.forms.answers import BRING_ORIGINAL, FileAnswer
from kiosk.forms.citizen_files import CitizenFiles
from kiosk.language import _
from screens.fields.field import Field
from screens.fields.measures import Measures
from screens.fields.options import Option, turning
from screens.fields.sources import ask
from screens.fields.sub_page import SubPage
from screens.theme import look
from screens.widgets.buttons import PushButton
from screens.widgets.words import Words, text_width


class FileField(Field):
    def build(self) -> Widget:
        measures = self.measures
        column = BoxLayout(orientation="vertical", spacing=measures.option_gap)
        self.bring = self._option(_("带原件到窗口"))
        self.bring.bind(on_release=self._bring)
        column.add_widget(self.bring)
        column.height = measures.option
        self.hand_in: Option | None = None
        if self.desk.sources.files is not None:
            self.hand_in = self._option(self._file_words)
            self.hand_in.bind(on_release=self._open)
            column.add_widget(self.hand_in)
            column.height += measures.option_gap + measures.option
        self._show()
        return column

    def _option(self, words: str) -> Option:
        return Option(words, self.width, self.measures.option, several=False, chosen=False)

    @property
    def _file_words(self) -> str:
        if isinstance(self.draft, FileAnswer):
            name = _("已选文件") if self.question.private else self.draft.name
            return shortened(name, self.measures.width * 0.7)
        return _("选择文件")

    def _show(self) -> None:
        self.bring.chosen = self.draft == BRING_ORIGINAL
        if self.hand_in is not None:
            self.hand_in.chosen = isinstance(self.draft, FileAnswer)
            self.hand_in.say(self._file_words)

    def _bring(self, *_args) -> None:
        self.desk.keyboard.dismiss()
        self.write("" if self.bring.chosen else BRING_ORIGINAL)
        self._show()

    def _open(self, *_args) -> None:
        self.desk.keyboard.dismiss()
        files = self.desk.sources.files
        if files is not None:
            self.desk.open_page(FilePicker(self.label, files, self.write))


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
