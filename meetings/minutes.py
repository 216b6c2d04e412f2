"""x"""


def register():
    pass
