"""Writing many rows at once."""


def numbered(rows):
    """``rows`` with their numbers from one."""
    return enumerate(rows, start=1)


def bulk(factory, rows):
    """Many rows of one model in one statement."""
    return factory._meta.model.objects.bulk_create([factory.build(**row) for row in rows])
