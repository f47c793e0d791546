"""The process that reads handwriting: jobs come by standard input, answers go by standard output.

onnxruntime and its model take 85 MB, of which a process gets back less than half when it lets go
of them. So they live in a process of their own, which ends with the visit. It ends by itself when
the kiosk has gone, since then its input ends.
"""

import sys
from pathlib import Path

from kiosk.text_entry.handwriting.wire import (
    Answer,
    HandwritingFault,
    NotOpened,
    Opened,
    Read,
    answer_line,
    job_of,
)


def main(config: Path, model: Path | None) -> int:
    """The exit status. Reads by the model that is installed, or by another file if one is given."""
    try:
        from kiosk.text_entry.handwriting.characters import load_characters
        from kiosk.text_entry.handwriting.recogniser import (
            Recogniser,
            installed_model,
            is_measured,
        )
    except ImportError:
        return _close(HandwritingFault.NO_LIBRARY)
    model = model or installed_model()
    if model is None:
        return _close(HandwritingFault.NO_MODEL)
    if not is_measured(model):
        return _close(HandwritingFault.OTHER_MODEL)
    recogniser = Recogniser(model, load_characters(config))
    _answer(Opened())
    for line in sys.stdin.buffer:
        job = job_of(line)
        _answer(Read(job.number, recogniser.read(job.strokes, job.room)))
    return 0


def _close(fault: HandwritingFault) -> int:
    _answer(NotOpened(fault))
    return 1


def _answer(answer: Answer) -> None:
    sys.stdout.buffer.write(answer_line(answer))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    folder, *other_model = map(Path, sys.argv[1:])
    sys.exit(main(folder, other_model[0] if other_model else None))
