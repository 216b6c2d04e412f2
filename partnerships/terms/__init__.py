"""A new version of terms of reference: its rules typed or built from lists, and what it changes."""
