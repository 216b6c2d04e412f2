"""Grants and exclusions: who is let in by exception, who is kept out, and who says so."""
