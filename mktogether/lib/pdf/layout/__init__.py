"""The program that lays out one document. It runs in a process of its own and is never imported by the site.

Started as ``python -m layout`` in its parent folder, so that it loads the layout library and nothing of the portal.
"""
