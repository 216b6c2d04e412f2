"""
The law of cases: kinds, stages and limits as data; the counting of deadlines; likeness; and what cannot be.

Pure Python. Nothing here knows of a database or of what day it is: facts in, an explained answer out.
"""
