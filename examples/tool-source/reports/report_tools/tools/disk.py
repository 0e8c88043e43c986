from kubiya_sdk.tools.registry import tool_registry

from .base import ReportTool

disk_report = ReportTool(
    name="disk_report",
    description="Shows how full the disk is",
    script="disk.py",
    mermaid="flowchart LR\n  disk --> report",
)

tool_registry.register("reports", disk_report)
