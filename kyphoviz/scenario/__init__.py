"""Scenarios: what a film is made of, and how its file is read."""

from kyphoviz.scenario.model import Case, Scenario

__all__ = ["Case", "Scenario"]
