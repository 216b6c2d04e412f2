"""
The floor: the portal's rows on the plainest pages that Django can make of them.

``views`` is what a competent developer writes without tuning: default middleware, sessions in the database, model
instances with their relations, stock templates. ``by_hand`` is the same page by cursor and f-strings. Neither asks who
may see what, judges a quorum by terms of reference, or keeps history: that is what the portal does above its floor.
"""
