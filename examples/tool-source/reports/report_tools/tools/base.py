from pathlib import Path

from kubiya_sdk.tools import FileSpec, Tool

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"


class ReportTool(Tool):
    """Runs one of the scripts beside this package."""

    def __init__(self, name, description, script, args=None, **options):
        super().__init__(
            name=name,
            description=description,
            type="script",
            content="python3 /tmp/reports/%s" % script,
            args=args or [],
            with_files=[
                FileSpec(
                    destination="/tmp/reports/%s" % script,
                    content=(SCRIPTS / script).read_text(),
                )
            ],
            **options,
        )
