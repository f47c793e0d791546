"""Characters as a hurried finger writes them, from the middle lines of their strokes."""

import random
from dataclasses import dataclass
from pathlib import Path

from kiosk.text_entry.handwriting.strokes import Strokes

MEDIANS = Path(__file__).with_name("medians.tsv")

SQUARE = 600
"""Pixels of a character's square."""
JITTER = 0.04
"""Of the square: as far as each point lies from its place at most, across and along."""
JOINED = 1 / 3
"""Of the strokes run on into the next one without the finger being lifted."""


@dataclass(frozen=True)
class Sample:
    group: str
    character: str
    strokes: Strokes


def samples(group: str) -> list[Sample]:
    found = []
    for line in MEDIANS.read_text(encoding="utf-8").splitlines():
        kind, character, strokes = line.split("\t")
        if kind == group:
            found.append(Sample(kind, character, tuple(map(_points, strokes.split()))))
    return found


def scrawled(
    sample: Sample, seed: int, left: float = 0, square: float = SQUARE, *, crossing: bool = False
) -> Strokes:
    """Jittered, in wrong order, and joined: each stroke with the one that follows it in the
    character, or, `crossing` it, with the one that comes next in the wrong order. Pixels to the
    right and up."""
    chance = random.Random(f"{seed} {sample.character}")
    strokes = [
        [
            (
                left + square * (x + chance.uniform(-JITTER, JITTER)),
                square * (y + chance.uniform(-JITTER, JITTER)),
            )
            for x, y in stroke
        ]
        for stroke in sample.strokes
    ]
    if crossing:
        chance.shuffle(strokes)
    pieces: list[list[tuple[float, float]]] = []
    for points in strokes:
        if pieces and chance.random() < JOINED:
            pieces[-1] += points
        else:
            pieces.append(points)
    if not crossing:
        chance.shuffle(pieces)
    return tuple(map(tuple, pieces))


def _points(digits: str) -> tuple[tuple[float, float], ...]:
    return tuple(
        (int(digits[at : at + 2]) / 100, int(digits[at + 2 : at + 4]) / 100)
        for at in range(0, len(digits), 4)
    )
