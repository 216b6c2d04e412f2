"""Pages of the structure: what terms state, boards as at a day, editions side by side, partners and places."""
