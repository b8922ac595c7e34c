"""The ways of the needles (approach, parapedicular) and the tools on them.

instruments: which tool is where; tools, tool_forms, tool_sizes: how they are made.
"""
