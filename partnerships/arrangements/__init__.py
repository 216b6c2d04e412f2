"""Arrangements as dated data: the rules of their time, and files of them read, loaded and written."""
