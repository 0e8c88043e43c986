"""One tool per team of the source's dynamic configuration: {"teams": {"web": ["ann", "bob"]}}."""

from kubiya_sdk.tools import Arg, KubiyaArgType, Tool, Volume
from kubiya_sdk.tools.registry import tool_registry
from kubiya_sdk.tools.secret import Secret

teams = tool_registry.dynamic_config.get("teams") or {"platform": ["ada", "grace"]}

for team, people in sorted(teams.items()):
    tool_registry.register(
        "oncall",
        Tool(
            name="who_is_on_call_%s" % team,
            description="Tells who of the %s team is on call in a week" % team,
            type="script",
            content='set -- %s\nshift $((week %% %d))\necho "$1"\n' % (" ".join(people), len(people)),
            args=[
                Arg(
                    name="week",
                    type=KubiyaArgType.Integer,
                    description="The number of the week",
                    required=True,
                )
            ],
        ),
    )

tool_registry.register(
    "oncall",
    Tool(
        name="note",
        description="Keeps notes between runs and shows them all",
        type="script",
        content='if [ -n "$text" ]; then echo "$text" >> /notes/notes.txt; fi\ncat /notes/notes.txt 2>/dev/null || true\n',
        args=[Arg(name="text", description="A note to add")],
        secrets=[Secret(name="NOTES_KEY")],
        with_volumes=[Volume(name="oncall-notes", path="/notes")],
    ),
)
