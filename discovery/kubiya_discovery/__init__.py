"""Finds the tools that the Python projects of a folder define, by importing their modules.

``modules`` picks the files, ``projects`` groups them, ``parent`` runs one forked child per project,
``child`` imports, ``tracking`` knows which file is being imported, ``wire`` writes a tool as JSON.
"""
