"""Financial years, contributions, budget, spend and reconciliation."""
