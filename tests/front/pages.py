"""What the tests ask of a page's HTML."""

from html.parser import HTMLParser

REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls")
VOID = {"input", "meta", "link", "img", "br", "hr", "path", "rect", "circle"}


class Page(HTMLParser):
    """The elements of a page, each as (tag, attributes), in their order."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, tag, **attrs):
        """The attributes of every ``tag`` that has ``attrs``."""
        return [
            found for name, found in self.elements if name == tag and all(found.get(k) == v for k, v in attrs.items())
        ]

    @property
    def ids(self):
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    def broken_references(self):
        """Every reference of the page to an id that no element of it has."""
        known = set(self.ids)
        wanted = [
            (name, target)
            for _, attrs in self.elements
            for name in REFERENCES
            for target in (attrs.get(name) or "").split()
        ]
        wanted += [
            ("href", attrs["href"][1:])
            for tag, attrs in self.elements
            if tag == "a" and (attrs.get("href") or "").startswith("#") and len(attrs["href"]) > 1
        ]
        return [(name, target) for name, target in wanted if target not in known]

    def targets_of_error_summary(self):
        """Tag and type of the element that each link of the error summary leads to."""
        by_id = {attrs["id"]: (tag, attrs.get("type", "")) for tag, attrs in self.elements if "id" in attrs}
        links = [a["href"][1:] for a in self.all("a") if (a.get("href") or "").startswith("#id_")]
        return {link: by_id.get(link) for link in links}
