"""What stands in a body's sealed parts, looked at before anything is done with it."""

from collections.abc import Sequence
from math import isfinite
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from kiosk.intake.contract import Attachment, ProblemType
from sandbox.intake.opening import CannotOpen
from sandbox.intake.problems import Refusal, places
from sandbox.intake.sealing_keys import SealingKeys

Content = TypeVar("Content", bound=BaseModel)


class SealedContents:
    """Every refusal is a `Refusal`."""

    def __init__(self, keys: SealingKeys) -> None:
        self._keys = keys

    def read(self, sealed: str, form: type[Content]) -> Content:
        try:
            content = form.model_validate_json(self._keys.open(sealed))
        except CannotOpen as error:
            raise Refusal(ProblemType.CANNOT_OPEN, str(error)) from None
        except ValidationError as error:
            raise Refusal(
                ProblemType.CONTENT_INVALID,
                places(error.errors(include_input=False, include_url=False)),
            ) from None
        # JSON has no infinity, but its numbers can be too large for a float.
        if not _finite(content.model_dump()):
            raise Refusal(ProblemType.CONTENT_INVALID, "a number is too large")
        return content

    def files(self, sealed: Sequence[str]) -> tuple[Attachment, ...]:
        return tuple(self.read(part, Attachment) for part in sealed)


def _finite(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_finite, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_finite, value))
    return not isinstance(value, float) or isfinite(value)
