"""Files of scenarios: a membership, rules, attendance and votes, and the verdicts that they should have.

The format is public and has a version; ``docs/quorum.md`` describes it.
"""

from partnerships.rules.scenarios.files import Expectation, Scenario, load
from partnerships.rules.scenarios.reading import FileError
from partnerships.rules.scenarios.running import Report, run

__all__ = ["Expectation", "FileError", "Report", "Scenario", "load", "run"]
