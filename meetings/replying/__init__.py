"""Replies to the invitation: by the link in the mail or signed in, and whose reply is wanted first."""
