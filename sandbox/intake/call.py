"""A request as the service hands it to whatever answers it, and what it may say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from kiosk.intake.contract import ProblemType
from sandbox.intake.peer import Peer
from sandbox.intake.problems import Refusal, places

Body = TypeVar("Body", bound=BaseModel)


@dataclass(frozen=True)
class Call:
    """A request as it came; `key` is empty where the operation takes none. `named` is what
    stands in the path."""

    path: str
    named: Mapping[str, str]
    content: bytes
    key: str
    peer: Peer | None

    @property
    def peers_kiosk(self) -> str:
        """Whose certificate was shown; empty where there is none."""
        return self.peer.kiosk if self.peer is not None else ""

    def read(self, form: type[Body]) -> Body:
        try:
            return form.model_validate_json(self.content)
        except ValidationError as error:
            errors = error.errors(include_input=False, include_url=False, include_context=False)
            if errors[0]["type"] == "json_invalid":
                raise Refusal(ProblemType.MALFORMED) from None
            raise Refusal(ProblemType.OUTSIDE_CONTRACT, places(errors)) from None

    def asked(self, form: type[Body]) -> Body:
        """What the path asks for."""
        try:
            return form.model_validate(self.named)
        except ValidationError as error:
            raise Refusal(ProblemType.OUTSIDE_CONTRACT, places(error.errors())) from None

    def from_kiosk(self, kiosk: str) -> None:
        """That the certificate, where there is one, is this kiosk's."""
        if self.peer is not None and self.peer.kiosk != kiosk:
            raise Refusal(ProblemType.OTHER_KIOSK)


Answer = Callable[[Call], str]
"""Does what one path asks for and returns the answer's JSON, or raises Refusal."""
