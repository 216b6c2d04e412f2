"""Bringing rows up to what the files say: by natural key, added or changed in place, and never deleted."""


def settle(queryset, wanted, key, *, update=()):
    """
    Have a row like each of ``wanted`` (unsaved instances), and return them all by their key.

    ``key`` names the columns of the natural key, ``update`` those that follow the files when the row is there already.
    Rows of ``queryset`` that the files do not name stay as they are.
    """
    model = queryset.model
    found = {_key(row, key): row for row in queryset}
    new, changed = {}, []
    for row in wanted:
        present = found.get(_key(row, key))
        if present is None:
            new[_key(row, key)] = row
        elif _bring_up_to(present, row, update):
            changed.append(present)
    model.objects.bulk_create(new.values())
    if changed:
        model.objects.bulk_update(changed, update)
    return found | new


def _key(row, columns):
    return tuple(getattr(row, column) for column in columns)


def _bring_up_to(present, row, columns):
    different = [column for column in columns if getattr(present, column) != getattr(row, column)]
    for column in different:
        setattr(present, column, getattr(row, column))
    return bool(different)
