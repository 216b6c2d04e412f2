"""How often a board or group met, against what its terms of reference ask of a year."""
