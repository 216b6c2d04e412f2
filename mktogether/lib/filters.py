"""Filters of lists that stay in the address: each names its fields, and nothing else in an address changes a list."""

import django_filters


def named(data, name):
    """What the address, or a form, says for ``name``; empty for what nothing is called, as no database looks it up."""
    value = data.get(name, "")
    return "" if "\x00" in value else value


class Narrowing(django_filters.FilterSet):
    """A filter that can say what was chosen, for links and for its own form; a choice that is none is left out."""

    NOUNS = {}

    def chosen(self):
        """What was chosen, by the name of the filter."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def options(self, name):
        """The choices of one filter as (value, label, whether it is chosen)."""
        chosen = self.chosen().get(name, "")
        return [(value, label, value == chosen) for value, label in self.filters[name].extra["choices"]]

    def refused(self):
        """
        The filters whose choice is none, in words, so that the page can say that it was left out.

        ``NOUNS`` says what a filter is called where its name in the address is no word that people would use.
        """
        self.form.is_valid()
        return [self.NOUNS.get(name, name) for name in sorted(self.form.errors)]
