"""What is done with money. Amounts are pounds as people read them; the ledger's signs are written here."""

from finance.actions.changing import Meanwhile
from finance.actions.contributions import (
    add_contribution,
    change_contribution,
    remove_contribution,
    restore_contribution,
)
from finance.actions.lines import add_line, change_line, move_line, remove_line, restore_line
from finance.actions.published import (
    enter_published_figure,
    explain_difference,
    remove_published_figure,
    restore_published_figure,
)
from finance.actions.years import note_export, open_year

__all__ = [
    "Meanwhile",
    "add_contribution",
    "add_line",
    "change_contribution",
    "change_line",
    "enter_published_figure",
    "explain_difference",
    "move_line",
    "note_export",
    "open_year",
    "remove_contribution",
    "remove_line",
    "remove_published_figure",
    "restore_contribution",
    "restore_line",
    "restore_published_figure",
]
