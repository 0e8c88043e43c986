from .disk import disk_report
from .lines import count_lines, longest_line

__all__ = ["count_lines", "disk_report", "longest_line"]
