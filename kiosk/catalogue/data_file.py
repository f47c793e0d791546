"""One checked YAML file: what stands in it, and on which line when it is wrong."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from kiosk.errors import ConfigurationError

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[int | str, ...]
"""The way to one part of a file: keys of mappings and positions in lists, from the top."""


class _Loader(yaml.CSafeLoader):
    """Safe YAML in which a key stands once; PyYAML itself would keep the last one silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(
                    problem="a key has to be one word", problem_mark=key.start_mark
                )
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"{key.value} stands twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class DataFile:
    """The content of a file, read once. Raises ConfigurationError when it is no YAML."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._text = path.read_text(encoding="utf-8")
            self.content: Any = yaml.load(self._text, Loader=_Loader)
        except OSError as error:
            raise ConfigurationError(path, 0, f"cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise ConfigurationError(path, 0, "is not UTF-8 text") from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            raise ConfigurationError(path, line, error.problem or "is no YAML") from error
        except yaml.YAMLError as error:
            raise ConfigurationError(path, 0, f"is no YAML: {error}") from error
        except ValueError as error:
            # PyYAML lets the constructor of a date that does not exist fail as it likes.
            raise ConfigurationError(path, 0, f"has a value that cannot be: {error}") from error

    def mapping(self) -> dict[str, Any]:
        """The content, which has to be a mapping."""
        if not isinstance(self.content, dict):
            raise self.error((), "a mapping of keys to values is needed here")
        return self.content

    def sequence(self, place: Place = ()) -> list[Any]:
        """The part at `place`, which has to be a list."""
        part = self.content
        for step in place:
            part = part[step]
        if not isinstance(part, list):
            raise self.error(place, "a list is needed here")
        return part

    def check(self, model: type[Model], data: object, place: Place = ()) -> Model:
        """`data`, which stands at `place`, as a checked model."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            inner = first["loc"]
            words = first["msg"].removeprefix("Value error, ")
            name = ".".join(str(step) for step in inner)
            raise self.error(place + inner, f"{name}: {words}" if name else words) from error

    def error(self, place: Place, reason: str) -> ConfigurationError:
        return ConfigurationError(self.path, self._line(place), reason)

    def _line(self, place: Place) -> int:
        """The line of the part at `place`, or of the innermost part around it that exists."""
        node = yaml.compose(self._text, Loader=yaml.CSafeLoader)
        if node is None:
            return 1
        line = node.start_mark.line
        for step in place:
            found = _step(node, step)
            if found is None:
                break
            line, node = found
        return line + 1


def _step(node: yaml.Node, step: int | str) -> tuple[int, yaml.Node] | None:
    """One step down: the line where the part begins (of its key in a mapping), and the part."""
    match node, step:
        case yaml.MappingNode(), str():
            for key, value in node.value:
                if key.value == step:
                    return key.start_mark.line, value
        case yaml.SequenceNode(), int() if step < len(node.value):
            return node.value[step].start_mark.line, node.value[step]
    return None
