"""Ending what somebody holds: one thing, or everything in one act when they leave; first what that would change."""
