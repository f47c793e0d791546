"""The print journal knows what may be out already, after anything, and nothing of anybody."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from paper_samples import NUMBER, REFERENCE, receipt, slip

from kiosk.devices import PrintOutcome
from kiosk.documents.print_journal import PrintJournal


def test_a_document_that_was_begun_before_is_a_copy(tmp_path: Path) -> None:
    """Same kind and reference count as one document, even when the intake's number came later."""
    journal = PrintJournal(tmp_path / "journal")
    assert 0 == journal.begin("first", receipt(number=None))
    journal.finish("first", PrintOutcome.FAILED)
    assert 1 == journal.begin("second", receipt())
    assert 0 == journal.begin("other kind", slip(number=REFERENCE))
    assert 0 == journal.begin("other reference", replace(receipt(), reference="JL03-261125-AAAAAA"))
    journal.close()


def test_what_was_refused_is_no_copy(tmp_path: Path) -> None:
    """Of a job for a printer that was not ready nothing can be out."""
    journal = PrintJournal(tmp_path / "journal")
    journal.refuse("refused", receipt())
    assert 0 == journal.begin("first", receipt())
    journal.close()


def test_documents_without_a_reference_are_like_no_other(tmp_path: Path) -> None:
    """Two slips without a number are not copies of each other."""
    journal = PrintJournal(tmp_path / "journal")
    assert [0, 0] == [journal.begin(job, replace(slip(), reference="")) for job in ("one", "two")]
    journal.close()


def test_a_job_in_which_the_kiosk_ended_is_seen_once(tmp_path: Path) -> None:
    """After a restart in the middle of a job the journal says so, and the next restart does not."""
    journal = PrintJournal(tmp_path / "journal")
    assert not journal.interrupted
    journal.begin("half", receipt())
    journal.close()
    assert [True, False] == [_reopened(tmp_path).interrupted for _time in range(2)]


def test_nothing_of_the_document_stands_in_the_file(tmp_path: Path) -> None:
    """Neither number nor reference nor name is written, in any of the journal's files."""
    journal = PrintJournal(tmp_path / "journal")
    journal.begin("first", receipt())
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"first" in content
    told = (NUMBER, REFERENCE, "张岩", "张*", "3504281952")
    assert [] == [text for text in told if text.encode() in content]
    journal.close()


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    """A file that is no journal is kept under another name, and a new journal begun."""
    (tmp_path / "journal").write_bytes(b"no journal at all, and long enough to be read" * 100)
    assert 0 == _reopened(tmp_path).begin("first", receipt())
    assert 1 == len(list(tmp_path.glob("journal.corrupt-*")))


def test_without_a_file_it_goes_on_in_memory(tmp_path: Path) -> None:
    """Where no file can be, a second copy of this run is marked all the same."""
    (tmp_path / "journal").mkdir()
    journal = _reopened(tmp_path)
    assert [0, 1] == [journal.begin(job, receipt()) for job in ("one", "two")]
    journal.close()


def _reopened(folder: Path) -> PrintJournal:
    return PrintJournal(folder / "journal")


class Journal(RuleBasedStateMachine):
    """Against a plain count, with restarts in between."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.journal = PrintJournal(Path(self.folder.name) / "journal")
        self.begun: dict[str, int] = {}
        self.jobs = 0

    def _job(self) -> str:
        self.jobs += 1
        return f"job {self.jobs}"

    @rule(reference=st.sampled_from("ABC"), outcome=st.sampled_from([None, *PrintOutcome]))
    def print(self, reference: str, outcome: PrintOutcome | None) -> None:
        job = self._job()
        expected = self.begun.get(reference, 0)
        assert expected == self.journal.begin(job, replace(receipt(), reference=reference))
        self.begun[reference] = expected + 1
        if outcome is not None:
            self.journal.finish(job, outcome)

    @rule(reference=st.sampled_from("ABC"))
    def refuse(self, reference: str) -> None:
        self.journal.refuse(self._job(), replace(receipt(), reference=reference))

    @rule()
    def restart(self) -> None:
        self.journal.close()
        self.journal = PrintJournal(Path(self.folder.name) / "journal")

    def teardown(self) -> None:
        if hasattr(self, "journal"):
            self.journal.close()
            self.folder.cleanup()


Journal.TestCase.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)
TestJournal = Journal.TestCase
