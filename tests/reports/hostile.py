"""What people who mean harm write, and marks of Markdown and HTML, to be put together at random."""

from hypothesis import strategies as st

# fmt: off
PIECES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<a href='javascript:x'>",
    "<style>@import 'http://127.0.0.1'</style>", "<link rel=attachment href=file:///etc/passwd>", "<iframe src=//x>",
    "<math><mtext><table><mglyph><style><!--</style>", '<img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<svg></p><style><a id='</style><img src=1 onerror=x>'>", "<noscript><p title='</noscript><img src=x>'>",
    "<form><math><mtext></form><form><mglyph><style></math>", "<table><td colspan=1000000>", "</td></table>", "</p>",
    "[a](javascript:alert(1))", "[a](JaVa&#x09;Script:alert(1))", "[a](java\\\nscript:x)", "[a](data:text/html,x)",
    "[a](file:///etc/passwd)", "[a](//host/x)", "[a](/\\host)", "[a](https://www.gov.uk)", "[a](/boards/)",
    "[a](http://127.0.0.1)", "[a](http://[::1]:80)", "[a](mailto:a@b.example)", "[a](vbscript:x)", "[a](blob:x)",
    "<javascript:alert(1)>", "<https://www.gov.uk>", "<file:///etc/passwd>", "[a]: javascript:x", "[a][a]", "[a]",
    "![a](image:1)", "![a](image:2)", "![a](image:9)", "![a](file:///etc/passwd)", "![a](data:image/svg+xml,x)",
    "![a](http://127.0.0.1/x.png)", '![" onerror="x](image:1)', "[![a](image:1)](javascript:x)", "![a][b]",
    "{total}", "{share}", "{nothing of the kind}", "{", "}", "{<b>}", "{total", "`{total}`", "\\{total}", "# ",
    "###### ", "- ", "1. ", "999999999. ", "> ", "```\n", "~~~html\n", "    ", "|", "|---|--:|\n", "---\n", "===\n",
    "*", "**", "_", "`", "``", "[", "]", "(", ")", "](", "![", "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[",
    "]]>", "&lt;", "&gt;", "&#60;", "&#x3c;", "&amp;lt;", "&quot;", "&#0;", "&Tab;", "\\", "\\<", '"', "'", "\n",
    "\n\n", "\t", "\x00", "\x0b", "\u2028", "\u202e", "\ufeff", "é", "😀", "word", " ",
]
# fmt: on

texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map("".join)
