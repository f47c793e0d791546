"""A signature's strokes as the path of an SVG picture."""

from collections.abc import Sequence

WIDTH = 600
HEIGHT = 200
"""The picture's units; the strokes are 0…1 of the pad's width and height."""

Stroke = Sequence[Sequence[float]]


def path_of(strokes: Sequence[Stroke]) -> str:
    """The `d` of one SVG path: each stroke a line of its own, a single point a dot."""
    parts = []
    for stroke in strokes:
        points = [f"{x * WIDTH:.1f} {y * HEIGHT:.1f}" for x, y in stroke]
        if points:
            parts.append("M" + "L".join(points if len(points) > 1 else points * 2))
    return "".join(parts)
