"""Records in the manner of pydantic, without pydantic: keywords, defaults, extra fields kept.

Validation is deliberately thin. What a tool definition must look like is decided in one place, the
server; here a mistake is refused only where the module's author would otherwise lose the spot.
"""

import copy
import enum
import json
from typing import Any, Dict, List, Optional, Tuple

_MISSING = object()
_CONFIGURATION = ("model_config", "Config")


class ValidationError(ValueError):
    """A record was given a value it cannot hold."""

    def __init__(self, model: str, problems: List[Tuple[str, str]]) -> None:
        self.model = model
        self.problems = problems
        super().__init__(
            "%s: %s" % (model, "; ".join("%s %s" % problem for problem in problems))
        )

    def errors(self) -> List[Dict[str, Any]]:
        return [{"loc": (field,), "msg": message} for field, message in self.problems]


def _annotations(cls: type) -> Dict[str, Any]:
    try:
        # Python 3.14 evaluates annotations lazily; names that do not resolve must not hurt.
        import annotationlib

        return dict(annotationlib.get_annotations(cls, format=annotationlib.Format.STRING))
    except ImportError:
        return dict(cls.__dict__.get("__annotations__", {}))


def _is_field(name: str, annotation: Any) -> bool:
    return not name.startswith("_") and name not in _CONFIGURATION and "ClassVar" not in str(annotation)


class Model:
    """Base of every record. Fields are the annotations of the class and of its bases."""

    __model_fields__: Dict[str, Any] = {}

    def __init_subclass__(cls, **_ignored: Any) -> None:
        fields = dict(cls.__model_fields__)
        for name, annotation in _annotations(cls).items():
            if _is_field(name, annotation):
                fields[name] = annotation
        cls.__model_fields__ = fields

    def __init__(self, *positional: Any, **values: Any) -> None:
        kind = type(self).__name__
        if positional:
            raise TypeError("%s takes keyword arguments only, such as %s(name=…)" % (kind, kind))
        problems = []
        for name in type(self).__model_fields__:
            if name in values:
                continue
            default = getattr(type(self), name, _MISSING)
            if default is _MISSING:
                # A record that its own __init__ already gave the field is complete.
                if name not in self.__dict__:
                    problems.append((name, "is required"))
            else:
                # Copied, so that appending to one record's list never changes another's.
                self.__dict__.setdefault(name, copy.deepcopy(default))
        self.__dict__["_set"] = set(values)
        for name, value in values.items():
            try:
                self.__dict__[name] = self._accept(name, value)
            except (TypeError, ValueError) as problem:
                problems.append((name, str(problem)))
        if problems:
            raise ValidationError(kind, problems)
        self.model_post_init(None)

    def _accept(self, name: str, value: Any) -> Any:
        """Turns what was given for a field into what is kept; a ValueError says why it cannot be."""
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        if name in type(self).__model_fields__:
            try:
                value = self._accept(name, value)
            except (TypeError, ValueError) as problem:
                raise ValidationError(type(self).__name__, [(name, str(problem))]) from problem
        self.__dict__[name] = value
        self.__dict__.setdefault("_set", set()).add(name)

    def model_post_init(self, __context: Any) -> None:
        """For subclasses that finish themselves here."""

    # Reading it back, in both spellings of pydantic.

    @property
    def model_fields_set(self) -> set:
        return set(self.__dict__.get("_set", ()))

    __fields_set__ = model_fields_set

    def model_dump(
        self,
        *,
        include: Any = None,
        exclude: Any = None,
        exclude_none: bool = False,
        exclude_unset: bool = False,
        **_ignored: Any
    ) -> Dict[str, Any]:
        dumped = {}
        for name, value in self.__dict__.items():
            if name.startswith("_") or (include is not None and name not in include):
                continue
            if exclude is not None and name in exclude:
                continue
            if (exclude_none and value is None) or (exclude_unset and name not in self.__dict__["_set"]):
                continue
            dumped[name] = plain(value)
        return dumped

    dict = model_dump

    def model_dump_json(self, *, indent: Optional[int] = None, **options: Any) -> str:
        return json.dumps(self.model_dump(**options), indent=indent, default=str)

    json = model_dump_json

    def model_copy(self, *, update: Optional[Dict[str, Any]] = None, deep: bool = False) -> "Model":
        twin = copy.deepcopy(self) if deep else copy.copy(self)
        twin.__dict__["_set"] = set(self.__dict__.get("_set", ()))
        for name, value in (update or {}).items():
            setattr(twin, name, value)
        return twin

    copy = model_copy

    @classmethod
    def model_validate(cls, values: Any) -> "Model":
        return values if isinstance(values, cls) else cls(**values)

    parse_obj = model_validate

    @classmethod
    def model_rebuild(cls, **_ignored: Any) -> None:
        """Nothing is built ahead of time."""

    update_forward_refs = model_rebuild

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and self.model_dump() == other.model_dump()

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        shown = ", ".join("%s=%r" % field for field in self.model_dump(exclude_unset=True).items())
        return "%s(%s)" % (type(self).__name__, shown)


def plain(value: Any) -> Any:
    """Records, enums and collections of them as dictionaries, values and lists."""
    if isinstance(value, Model):
        return value.model_dump()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return value
