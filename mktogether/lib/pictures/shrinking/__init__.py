"""The program that makes one picture small. It runs in a process of its own and is never imported by the site.

Started as ``python -m shrinking`` in its parent folder, so that it loads the picture library and nothing of the portal.
"""
