"""A secret that a tool asks for by name; its value is never seen here."""

from typing import Any, Optional

from kubiya_sdk.tools.model import Model


class Secret(Model):
    name: str
    description: Optional[str] = None
    mount_path: Optional[str] = None

    def __init__(self, name: Any = None, **values: Any) -> None:
        if name is not None:
            values["name"] = name
        super().__init__(**values)

    def __str__(self) -> str:
        return str(self.name)


__all__ = ["Secret"]
