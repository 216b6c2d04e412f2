"""A text as tests read it: its HTML, the tags in it, and the sentences about what is wrong."""

from html.parser import HTMLParser

from reports import writing
from reports.writing import Figure, Picture

FIGURES = {"total": Figure("£258,792", "/reports/mk/figures/total/"), "share": Figure('57 % <b> & "more"')}
PICTURES = {
    "1": Picture("/reports/images/1/", 'A "bench" <script>'),
    "2": Picture("data:image/png;base64,AA==", "A tree"),
}


class Read(HTMLParser):
    """The tags of a text, each with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.others = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def html_of(text, figures=FIGURES, pictures=PICTURES):
    return "".join(block.html for block in writing.blocks(text, figures, pictures))


def sentences(text, figures=(), pictures=()):
    return [str(problem) for problem in writing.problems(text, figures, pictures)]
