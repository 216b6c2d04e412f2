"""Ways in which a document can ask for something outside itself. Each is tried with an address of each kind."""

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>t</title>'
QUOTED_DRAWING = "%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%229%22 height=%229%22%3E"

# {url} is the address asked for. What is not in DEAD was seen to reach it with the bare library.
WAYS = {
    "image": '<img alt="x" src="{url}">',
    "image in an object": '<object data="{url}" type="image/png"></object>',
    "embedded": '<embed src="{url}" type="image/png">',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "import": '<style>@import "{url}";</style>',
    "import by url()": "<style>@import url({url});</style>",
    "import in a style sheet in data": '<link rel="stylesheet" href="data:text/css,@import%20%22{url}%22;">',
    "import after import": "<style>@import \"data:text/css,@import '{url}';\";</style>",
    "attachment of the document": '<link rel="attachment" href="{url}">',
    "attachment of a link": '<a rel="attachment" href="{url}">paper</a>',
    "background": "<p style=\"background: url('{url}')\">x</p>",
    "background image": "<p style=\"background-image: linear-gradient(red, blue), url('{url}')\">x</p>",
    "list mark": "<ul><li style=\"list-style-image: url('{url}')\">x</li></ul>",
    "border image": "<p style=\"border: 5px solid; border-image-source: url('{url}')\">x</p>",
    "content": "<style>.c{n}::before {{ content: url('{url}') }}</style><p class=\"c{n}\">x</p>",
    "content of an element": "<p style=\"content: url('{url}')\">x</p>",
    "page background": "<style>@page {{ background: url('{url}') }}</style>",
    "page margin": "<style>@page {{ @left-middle {{ content: url('{url}') }} }}</style>",
    "font": "<style>@font-face {{ font-family: F{n}; src: url('{url}') }}</style>",
    "picture in a drawing": DRAWING + '<image width="9" height="9" href="{url}"/></svg>',
    "old picture in a drawing": DRAWING
    + '<image xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9" xlink:href="{url}"/></svg>',
    "use in a drawing": DRAWING + '<use href="{url}#a"/></svg>',
    "style in a drawing": DRAWING + '<style>@import "{url}";</style></svg>',
    "paint in a drawing": DRAWING + '<rect width="9" height="9" fill="url({url}#a)"/></svg>',
    "drawing in data": '<img alt="x" src="data:image/svg+xml,'
    + QUOTED_DRAWING
    + '%3Cimage width=%229%22 height=%229%22 href=%22{url}%22/%3E%3C/svg%3E">',
    "drawing in data that says it is a PNG": '<img alt="x" src="data:image/png,'
    + QUOTED_DRAWING
    + '%3Cimage width=%229%22 height=%229%22 href=%22{url}%22/%3E%3C/svg%3E">',
    "text of a target": "<style>.t{n}::after {{ content: target-text(url('{url}#a')) }}</style><p class=\"t{n}\">x</p>",
    "frame": '<iframe src="{url}"></iframe>',
    "film": '<video poster="{url}" src="{url}"></video>',
    "icon": '<link rel="icon" href="{url}">',
    "body background": '<table background="{url}"><tr><td>x</td></tr></table>',
    "refresh": '<meta http-equiv="refresh" content="0; url={url}">',
    "script": '<script src="{url}"></script>',
    "picture of a set": '<img alt="x" srcset="{url} 2x">',
    "source of a picture": '<picture><source srcset="{url}"><img alt="x" src="{url}#set"></picture>',
    "picture of a button": '<input type="image" alt="x" src="{url}">',
    "sound": '<audio src="{url}"><source src="{url}"></audio>',
    "style sheet for print": '<link rel="alternate stylesheet" media="print" href="{url}">',
    "background by a variable": "<p style=\"--u{n}: url('{url}'); background-image: var(--u{n})\">x</p>",
    "set of images": "<p style=\"background-image: image-set('{url}' 1x)\">x</p>",
    "mask": "<p style=\"mask-image: url('{url}')\">x</p>",
    "cut": "<p style=\"clip-path: url('{url}#a')\">x</p>",
    "filter": "<p style=\"filter: url('{url}#a')\">x</p>",
    "cursor": "<p style=\"cursor: url('{url}'), auto\">x</p>",
    "shape": "<p style=\"float: left; shape-outside: url('{url}')\">x</p>",
    "mark of a counter": "<style>@counter-style c{n} {{ system: cyclic; symbols: url('{url}') }}</style>"
    '<ul style="list-style: c{n}"><li>x</li></ul>',
    "running picture": "<style>@page {{ @top-center {{ background: url('{url}') no-repeat; content: 'x' }} }}</style>",
    "filter picture in a drawing": DRAWING + '<filter id="f{n}"><feImage href="{url}"/></filter>'
    '<rect width="9" height="9" filter="url(#f{n})"/></svg>',
    "pattern in a drawing": DRAWING + '<pattern id="p{n}" width="9" height="9"><image width="9" height="9" '
    'href="{url}"/></pattern><rect width="9" height="9" fill="url(#p{n})"/></svg>',
    "page within a drawing": DRAWING + '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" alt="x" '
    'src="{url}"/></foreignObject></svg>',
    "frame with its own page": '<iframe srcdoc="&lt;img src={url}&gt;"></iframe>',
    "manifest": '<link rel="manifest" href="{url}"><link rel="preload" as="image" href="{url}">',
    "quoted from": '<blockquote cite="{url}">x</blockquote><q cite="{url}">x</q>',
}
# The library lets the refusal of a colour profile through as a fault of the whole document, so it is tried by itself.
COLOUR_PROFILE = (
    "<html lang=\"en\"><head><style>@color-profile --p {{ src: url('{url}') }}</style></head><body>x</body></html>"
)
DEAD = {
    "content of an element",
    "use in a drawing",
    "style in a drawing",
    "paint in a drawing",
    "text of a target",
    "frame",
    "film",
    "icon",
    "body background",
    "refresh",
    "script",
    "page background",
    "page margin",
    "picture of a set",
    "picture of a button",
    "sound",
    "style sheet for print",
    "set of images",
    "mask",
    "cut",
    "filter",
    "cursor",
    "shape",
    "mark of a counter",
    "filter picture in a drawing",
    "frame with its own page",
    "manifest",
    "quoted from",
}


def document(address):
    """One document that tries every way; ``address(n)`` is what the n-th asks for."""
    tries = "".join(way.format(url=address(n), n=n) for n, way in enumerate(WAYS.values()))
    return f'<html lang="en"><head><title>t</title></head><body><p>Before.</p>{tries}<p>After.</p></body></html>'


def numbers(live):
    """The numbers of the ways that reach their address with the bare library, or of those that do not."""
    return {n for n, name in enumerate(WAYS) if (name not in DEAD) is live}
