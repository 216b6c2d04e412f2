"""Highlight reports and the annual report: the one app that reads all others."""
