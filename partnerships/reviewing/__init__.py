"""The quarterly review of access: begun for all, gone through by each organisation, kept as evidence."""
