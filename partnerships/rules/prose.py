"""Sentences that terms of reference are written in, and the heading and body that each of them makes.

The first that fits a line is taken. ``body`` is what the statement says, ``rest`` the qualifiers of its heading.
"""

from __future__ import annotations

import re

REMOTELY = (
    r"(?:remotely|virtually|online|electronically|by (?:video|tele)[ -]?(?:conference|conferencing|link|phone)|by "
    r"video|"
    r"by (?:telephone|phone|remote means|electronic means))"
)
PROSE: tuple[tuple[str, str], ...] = (
    (r"(?:the |a )?quorum (?:must|shall|should|will|is to|needs to|has to)(?: be)?(?P<rest>) (?:maintained|present|"
     r"kept|"
     r"in place|stand|remain)(?: be)? (?P<body>(?:throughout|at all times|for the (?:duration|whole)|at the|when|"
     r"whenever)"
     r".*)", "scope"),
    (r"(?:the |a )?(?:[\w'’-]+ ){1,4}?(?:is|are|(?:shall|will|can|may) be)(?P<rest>)(?: deemed| considered)? quorate"
     r"(?: only)? (?:if|when|where|with|provided(?: that)?)(?: there (?:are|is))? (?P<body>.+?)(?: (?:are|is) "
     r"present)?",
     "quorum"),
    (r"(?:the |a )?(?:[\w'’-]+ ){1,4}?(?:(?:is|are) not|(?:shall|will|can|may) not be|cannot be)(?P<rest>) quorate "
     r"unless"
     r"(?: there (?:are|is))? (?P<body>.+?)(?: (?:are|is) present)?", "quorum"),
    (r"(?:the |a )?(?:meeting|board|committee|business)s? (?:may|can|shall|will)(?: only)? (?:proceed|go ahead|take "
     r"place|"
     r"be held)(?P<rest>)(?: only)? (?:if|when|with)"
     r"(?: there (?:are|is))? (?P<body>.+?)(?: (?:are|is) present)?", "quorum"),
    (r"no meeting (?:shall|may|can|will) (?:be held|take place|proceed)(?P<rest>) unless(?: there (?:are|is))? "
     r"(?P<body>.+?)(?: (?:are|is) present)?", "quorum"),
    (r"a quorum (?:shall|will|does) exists?(?P<rest>) (?:when|if|where) (?P<body>.+)", "quorum"),
    (r"there (?:shall|will|must|should) be a quorum of(?P<rest>) (?P<body>.+)", "quorum"),
    (r"there (?:shall|will|must|should) be(?P<rest>) (?P<body>.+?)(?: present)? for (?:the|a|any) meeting to be "
     r"quorate",
     "quorum"),
    (r"(?:every|any|each) (?:question|matter|decision|motion|resolution)(?P<rest>) (?:shall|will|is to|must) be "
     r"(?:decided|"
     r"determined|resolved|taken|made) by (?P<body>.+)", "votes"),
    (r"no (?P<none>deputies|substitutes|alternates|designees)(?P<rest>) (?P<body>(?:are|is|will be|shall be|may be) "
     r"(?:allowed|permitted|accepted))", "standing"),
    (
        r"(?:in order )?(?:for (?:a|the) [\w-]+ )?to be quorate,?(?: (?:the|a|any) [\w-]+ (?:must|shall|should) have)?"
        r"(?: there (?:must|shall) be)?(?P<rest>) (?P<body>.+)",
        "quorum",
    ),
    (
        r"(?P<body>.+?) (?:must|shall|should|need to|needs to|has to) (?:be present|attend)(?P<rest>) (?:for|"
        r"in order for|"
        r"before) .*(?:quorate|quorum)",
        "quorum",
    ),
    (r"(?:nobody|no ?one|none) (?:but|except|other than) (?P<body>.+?)(?P<rest>) (?:may|can|shall|"
     r"will)(?: be able to)? vote", "voters"),
    (r"(?:decisions|resolutions|motions)(?P<rest>) (?:require|requires|need|needs) (?P<body>.+)", "votes"),
    (r"a quorum of (?P<body>.+?),? (?:will|shall|must|is|are)(?: be)? (?:required|needed|necessary|present)"
     r"(?P<rest>)", "quorum"),
    (r"(?:the |a )?quorum(?: necessary| required|"
     r" needed)?(?: for the transaction of(?: any)? business)?\b(?P<rest>(?: (?:for|of|at|from|until|before|in)\b.*?)?)"
     r"(?: shall| will| must)?\b (?:consist of|be|is|comprise|consists of|requires?|are|means|be constituted by)"
     r"(?: when| if)?(?: there (?:are|is)(?: present)?)?:? (?P<body>.+)", "quorum"),
    (r"(?P<body>.+?) (?:shall |will |must )?(?:constitutes?|forms?|makes? up|be|is|are) (?:a|the) quorum"
     r"(?P<rest>(?: for .*)?)", "quorum"),
    (r"(?:no (?:business|decisions?|items?) (?:shall|may|can|will|is to)(?: only)? ?be|(?:business|decisions?) "
     r"(?:(?:shall|may|can|will) not|cannot) be) (?:transacted|conducted|taken|made|dealt with|done)(?P<rest>.*?) "
     r"(?:unless|without)(?: there (?:are|is))? (?P<body>.+?)(?: (?:are|is) present)?", "quorum"),
    (r"(?:business|decisions?) (?:shall|may|can|will)(?: only)? ?be (?:transacted|conducted|taken|made|dealt with|done)"
     r"(?P<rest>.*?)(?: only)? (?:if|when|where)(?: there (?:are|is))? (?P<body>.+?)(?: (?:are|is) present)?",
     "quorum"),
    (r"(?:the |a )?(?:meeting|board|committee|partnership|group|panel)s? (?:is|will be|shall be|are) quorate(?P<rest>)"
     r" (?:if|when|where|with|provided(?: that)?|only if|only when)(?: there (?:are|is))? (?P<body>.+)", "quorum"),
    (r"(?:decisions|matters|questions|motions|votes|all (?:decisions|matters|questions))(?P<rest>(?: (?:on|"
     r"about|for) .*?)?)"
     r" (?:will|shall|must|are|is|may)(?: be)? (?:decided|taken|made|carried|determined|reached|passed|resolved) "
     r"(?:by|with|on) (?P<body>.+)", "votes"),
    (r"(?P<rest>[a-z-]+ (?:decisions|matters)) (?:require|requires|need|needs) (?P<body>.+)", "votes for"),
    (r"(?P<others>(?!deput|substitut|alternat|remote|members (?:who )?(?:attend|join|tak|partic|declar|with)|"
     r"members? of|"
     r"members? (?:may|shall|will|do|can)|a member|the )[\w -]{3,40}?)(?P<rest>) (?:may|shall|will|do|does|can|are|"
     r"have|is|"
     r"has)(?: ?not|no)(?: be| have)?(?: entitled to| the right to| a)? (?P<body>vote)s?", "voters"),
    (r"only (?P<body>.+?)(?P<rest>) (?:will|shall|may|can|are|have|has)(?: have| be)?(?: the)? ?(?:right to vote|"
     r"entitled to vote|vote|a vote)", "voters"),
    (r"(?P<body>one vote (?:for|per) .+|each .+ (?:has|have|shall have) one vote)(?P<rest>)", "block"),
    (r"(?P<subject>(?:named |nominated )?(?:deputies|alternates|designees)(?: for vacant places)?|substitutes|"
     r"remote members|"
     rf"(?:members|those|people|anybody|any member|a member) (?:who )?(?:is |are )?(?:attend(?:s|ing)?|join(?:s|ing)?|"
     rf"tak(?:es?|ing) part|participat(?:es?|ing)|present) {REMOTELY}|"
     r"remote attendance|"
     r"(?:any |a )?members? (?:who )?(?:has |have )?(?:declar(?:es?|ing|ed)|with) (?:an?|a conflict of|any)(?: "
     r"(?:disclosable|pecuniary|prejudicial|personal|financial|declared))* ?interest(?: and (?:has |have )?"
     r"withdr(?:aws?|ew|awn|awing)(?: from the (?:meeting|room|item))?)?|members (?:who )?(?:withdraw|recuse "
     r"themselves))"
     r"(?P<rest>(?: (?:for|of|from|until|before|at) [^,:]*?)?) (?P<body>(?:may(?! \d{4})|shall|will|do|does|"
     r"count|vote|can|cannot|are|"
     r"must|neither|also|not)\b.*)", "standing"),
    (r"(?:(?:in the (?:event|case) of|where|if|when) .*?(?:tied?|equal|equality|votes?)\b,? (?=the |whoever |"
     r"they ))?(?:the )?"
     r"(?P<body>(?:(?!(?:tied?|equal)\b)[\w\"“” -])+?) (?:has|have|shall have|will have|may use|is given) "
     r"(?:a |the )?(?:second |second (?:or|and) |additional |deciding |right to a )?casting vote(?P<rest>)"
     r"(?: .*)?", "casting vote"),
)  # fmt: skip
READY = tuple((re.compile(pattern + r"\.?", re.IGNORECASE), head) for pattern, head in PROSE)
