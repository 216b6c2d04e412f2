"""The words and phrases of the language, and the token that each becomes.

The order matters: the first that fits at a place is taken, so the longer phrases come first.
"""

from __future__ import annotations

import re

from partnerships.rules.names import NUMBERS, ORDINALS

TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
SMALL = "|".join(sorted(NUMBERS, key=len, reverse=True))
NUM = rf"(?:\d+|(?:{TENS})[- ](?:one|two|three|four|five|six|seven|eight|nine)|(?:{SMALL}))"
PARTS = "|".join(sorted((f"{word}s?" for word in ORDINALS), key=len, reverse=True))
PEOPLE = r"(?:members?|places?|seats?|people|persons?|individuals?|attendees|participants?)"
DATE = r"(?:\d{1,2} [a-z]+ \d{4}|\d{4}-\d{2}-\d{2})"
VACANCIES = (
    r"(?:the |any |all )*(?:current |existing |unfilled )*(?:vacanc(?:y|ies)|(?:vacant|unfilled|empty) (?:places?|"
    r"seats?|posts?|positions?|offices?)|(?:places|seats|posts|those) (?:that are |which are )?(?:vacant|unfilled))"
)
BODY = r"(?:board|committee|partnership|group|panel|body|forum|sub-?committee|working group|assembly|executive|council)"

# The order matters: the first that fits is taken, so the longer phrases come first.
PHRASES: tuple[tuple[str, str], ...] = (
    ("QUOTED", r"[\"“][^\"“”\n]*[\"”]"),
    ("SINCE", rf"(?:on or after|from|since) {DATE}"),
    ("UNTIL", rf"(?:until|up to and including) {DATE}|before {DATE}"),
    ("MEETING", r"(?:if |when |where )?(?:the|it is an?|this) ?meeting is (?:an? )?[a-z-]+(?: meeting)?"),
    ("DECISION", r"(?:if |when |where )?the decision is (?:an? )?[a-z-]+(?: (?:decision|one|matter))?"),
    ("PLUSONE", r"plus (?:one|1)(?: (?:more|other|additional|further))?(?: (?:member|person))?"
                r"(?=\s*(?:$|[,.;)]|(?:or|of whom|including)\b))"),
    ("DIFFERENTAGENCIES", r"(?:each )?(?:from|representing) (?:\w+ )?(?:different|separate) (?:agencies|organisations|"
                          r"organizations|bodies|partners|employers|agency|organisation|organization|body)|"
                          r"no two (?:of (?:them|whom) )?(?:may be )?(?:from|of) the same (?:agency|"
                          r"organisation|body)"),
    ("SINGLEMAX", rf"no (?:single |one )?(?:agency|organisation|organization|body|partner|employer) (?:having|"
                  rf"has|have|with|"
                  rf"providing|may have|may provide|shall have) more than (?:{NUM})(?: {PEOPLE}| representatives?)?"),
    ("ORDEPUTY", r"or (?:(?:their|his|her|its|a|an|the|named|nominated) )*(?:deput(?:y|ies)|nominee|nominees|"
                 r"substitutes?|"
                 r"alternates?|nominated representatives?)(?=\s*(?:$|[,.;)]|(?:and|or|plus|is|are|must|shall|"
                 r"present)\b))"),
    ("ORMORE", r"or more(?! than)"),
    ("WHOLLY", r"all be"),
    ("ABSENCE", r"in (?:the |their |his |her )?(?:[\w’'-]+ )?absence(?: of the [\w-]+)?"),
    ("WHICH", r"(?:whichever|if) (?:is|be|number is) (?:the )?"
              r"(?:greater|higher|larger|more|lower|lesser|smaller|fewer|less)(?: number)?"),
    ("WHICHEVER", rf"or {NUM}(?: {PEOPLE})?,? (?:whichever|if) (?:is|be|number is) (?:the )?"
                  r"(?:greater|higher|larger|more|lower|lesser|smaller|fewer|less)(?: number)?"),
    ("GREATEROF", r"(?:whichever is )?(?:the )?(?:greater|higher|larger) of"),
    ("LOWEROF", r"(?:whichever is )?(?:the )?(?:lower|lesser|smaller|fewer) of"),
    ("ROUNDED", r"(?:which (?:shall|is to) be )?(?:rounded|rounding|rounds) (?:up|down|to (?:the )?nearest)"
                r"(?: (?:to (?:the |a )?(?:next |nearest )?)?(?:whole )?(?:number|person|member))?"),
    ("EVERYBODY", r"of (?:all |everybody |everyone |those |the members |the people |the persons )+"
                  r"(?:who are )?(?:present|attending|in attendance|there)|of attendees"),
    ("DISTINCT", r"(?:being |who are |all |with )?(?:distinct|different) (?:people|persons|individuals|members)|"
                 r"(?:with )?no(?:body| ?one| person| member)? (?:is |being |may be |to be )?counted (?:twice|"
                 r"for two)"),
    ("PERAGENCY", r"(?:from |of |representing )?(?:any (?:one|single|given)|the same|a single|one|each|every|any) "
                  r"(?:agency|organisation|organization|body|employer|partner|authority)(?! [a-z])"),
    ("FOLLOWING", r"of (?:the )?following(?: (?:conditions|clauses|requirements))?(?: (?:is|are) met)?:?"),
    ("INPOSTCMP", rf"there (?:are|is|be) (?:fewer than|less than|more than|at least|no more than|at most|no fewer than|"
                  rf"not fewer than|exactly)? ?{NUM}(?: or (?:fewer|less|more))? (?:members in post|members|"
                  rf"vacanc(?:y|ies)|vacant (?:places|seats))"),
    ("VACANT", r"(?:is|are) (?:vacant|not in post)|(?:has|have) not(?: yet)? been appointed|is not(?: yet)? appointed"),
    ("APPOINTED", r"(?:has|have) been appointed|(?:is|are) (?:in post|in office|appointed|filled)"),
    ("OTHERWISE", r"(?:and |or )?(?:otherwise|else|failing (?:that|which)|in any other case|if not)"),
    ("IF", r"(?:but )?(?:if|where|whenever|when|in the event that)(?: and only if)?"),
    ("ATLEAST", r"(?:at (?:the )?least|(?:but |and )?(?:not|no|never) (?:fewer|less) than|(?:with )?(?:an? )?"
                r"(?:minimum|min)(?: number)? of|minimum|min\.?|subject to a minimum of|not under|or at least)"),
    ("NOMORE", r"(?:(?:and |but )?(?:no|not|never) more than|at most|(?:an? )?(?:maximum|max)(?: number)? of|maximum|"
               r"not exceeding|up to|no greater than)"),
    ("MORETHAN", r"(?:more than|over|in excess of|greater than)"),
    ("OFWHOM", r"(?:of|among|amongst) (?:whom|which|them|these|those|that number|their number)"),
    ("VACANCIES", rf"(?:(?:excluding|disregarding|discounting|ignoring|(?:but )?not (?:counting|including)|less|net of|"
                  rf"leaving out|other than|except(?:ing)?(?: for)?|apart from|exclusive of|including|counting|"
                  rf"inclusive of) {VACANCIES}|whether (?:or not )?(?:they are )?(?:filled|vacant)(?: or "
                  rf"(?:vacant|filled|not))?)"),
    ("INCLUDING", r"(?:(?:but )?(?:always |which |that |who |and )*(?:must |shall |should |is to |are to |to )?"
                  r"(?:include|includes|including|comprise|comprising)|provided(?: always)?(?: that)?|"
                  r"providing(?: that)?|"
                  r"so long as|as long as|on condition that|inclusive of|with(?! (?:the |a )?(?:right to vote|"
                  r"voting rights|vote\b)))"
                  r"(?: (?:they|these|those|this|it|there)?(?: (?:must |shall )?(?:include|includes|including))?"
                  r"(?: (?:is|are))?)?(?= |$)"),
    ("EXCLUDING", r"(?:other than|excluding|except(?:ing)?(?: for)?|apart from|not (?:counting|including)|besides|"
                  r"exclusive of)"),
    ("PRESIDING", r"(?:(?:is |are |being )?(?:present )?(?:and )?(?:presiding|presides|in the chair|chairing))"),
    ("INPOST", r"(?:who are |that are |then |currently |for the time being )*"
               r"(?:in post|in office|appointed|filled|holding office|for the time being|at that time)"),
    ("VOTING", r"(?:who are |with |having )?(?:the )?(?:right to vote|entitled to vote|eligible to vote|with (?:a|the) "
               r"(?:vote|right to vote)|vote-holding|voting(?: rights)?|a vote)"),
    ("FRACTION", rf"(?:\d+ ?/ ?\d+|\d+(?:\.\d+)? ?(?:%|per ?cent)|(?:{NUM}[- ])?(?:{PARTS})(?![a-z-])|half|one[- ]half)"
                 r"(?:[- ]majority(?: vote)?)?"),
    # Verbs and small words that no name holds without quotation marks: a sentence that was not understood.
    ("REFUSED", r"(?:unless|not|without|than|during|whose|whom|having|have|has|requires?|needs?|quorate|quorum|"
                r"necessary|"
                r"those|whoever|whomever|whatever|disregarding|ignoring|discounting|nobody|but|no|because|decisions?|employees?|when|while|until|cannot|only|in|case|it|remaining)"),
    ("MAJORITY", r"(?:simple |overall |absolute |bare )?majority(?: (?:vote|decision))?"),
    ("NUMBER", NUM + r"\+?(?![a-z%])(?: \((?:\d+|[a-z-]+)\))?"),
    ("MEMBERBODIES", r"member (?:agencies|organisations|organizations|councils|authorities|bodies|practices|"
                     r"trusts|schools)"),
    ("WHOLE", r"(?:the )?(?:total |whole |full |entire |overall |current )*(?:number of (?:the )?)?"
              r"(?:membership|complement|strength|(?:places|seats)(?! filled)|establishment)|"
              r"(?:total|whole|full) (?:number of )?(?:the )?(?:members|board|committee)"),
    ("MEMBERS", rf"(?:total )?(?:number of (?:the )?)?(?:existing |board |committee |individual )*"
                rf"(?:{PEOPLE}|representatives?|representation|reps?|delegates?|nominees?)"),
    ("EACH", r"each of the following(?: (?:agencies|organisations|bodies|partners))?:?|each(?: one)?|every(?: one)?"),
    ("ALL", r"all"),
    ("EITHER", r"either|both|one or more"),
    ("OTHERS", r"others"),
    ("OTHER", r"(?:other|further|additional)(?! than)"),
    ("DIFFERENT", r"(?:different|separate|distinct)"),
    ("FROM", r"(?:from(?: among(?:st)?)?|drawn from|representing|on behalf of|appointed by|nominated by|among|"
             r"amongst|for)"),
    ("OF", r"(?:out )?of"),
    ("PLUS", r"(?:plus|together with|as well as|along with|in addition to)"),
    ("AND", r"and(?: also)?|&"),
    ("OR", r"or"),
    ("NOISE", r"(?:(?:an? )?(?:overall |combined |grand )?total of(?= )|"
              r"the|a|an|must|shall|should|will|would|may|can|be|being|is|are|to|present|attending|attend|attends|"
              r"in attendance|there|that|who|which|also|their|its|least one of|any|named above|currently|required|"
              r"represented|personally|physically|in person|actually|(?:of|on) the " + BODY + r"(?=[,.;:)]|\s*$)|"
              r"(?:in|at) (?:the|a|any) (?:meeting|room)|in the room|at a time|more or|at any time|by|"
              r"remotely or in person)"),
    ("LPAR", r"\("),
    ("RPAR", r"\)"),
    ("COMMA", r","),
    ("SEMI", r";"),
    ("COLON", r":"),
    ("WORD", r"[a-z](?:[\w'’./\-‐‑&]*\w)?(?:['’](?![\w]))?"),
)  # fmt: skip
VOTE_PHRASES: tuple[tuple[str, str], ...] = (
    ("MOREFOR", r"(?:more (?:votes )?(?:are )?(?:cast )?(?:for|in favou?r)(?: (?:of )?(?:it|"
                r"the motion))? than against(?: it)?|"
                r"(?:a )?(?:simple |bare )?majority(?: vote| decision)?(?=\s*(?:$|[.,;]|and |including |with ))|"
                r"(?:a )?simple majority(?! (?:vote )?of))"),
    ("NOBODYAGAINST", r"(?:nobody|no ?one|no member|none|no votes?|no objections?)(?: (?:is|are|votes?|voting|cast))* "
                      r"against|no objections?|(?:a )?(?:general )?consensus|unanimity of (?:the )?votes cast|"
                      r"unanimous(?:ly)? of (?:the )?votes cast|nobody objects"),
    ("UNANIMOUSOF", r"unanimous (?:agreement|vote|support|consent|approval|decision) (?:of|by|from)|unanimity of"
                    r"(?! (?:the )?(?:votes|those))"),
    ("UNANIMOUS", r"(?:unanimity|unanimous(?:ly)?(?: (?:vote|decision|agreement))?|all (?:those )?(?:members )?"
                  r"(?:present )?in favou?r|every(?:body|one) (?:present )?in favou?r|all (?:those |members )?present "
                  r"(?:and voting )?in favou?r|all votes in favou?r)(?: of those present)?"),
    ("CAST", r"(?:of )?(?:all )?(?:the )?(?:valid )?votes(?: (?:that are |which are )?(?:validly )?cast)?"
             r"(?: (?:by|at|of) (?:the |a )?(?:meeting|members|those)(?: present)?(?: and voting)?)?(?! in favou?r)|"
             r"(?:of )?(?:all )?(?:the |those )*(?:members |voters |people |persons |representatives )?(?:who are )?"
             r"(?:present,? )?(?:and |who are )?(?:entitled to vote and )?(?:actually )?(?:voting|who vote)"
             r"(?! members| places| seats| [a-z]+s\b)(?: (?:in person|at the meeting|on the (?:motion|question|"
             r"matter)))?"),
    ("PRESENTBASE", r"(?:of )?(?:all )?(?:the |those )*(?:voting |core )?(?:members |voters |people |persons |"
                    r"representatives )?(?:who are |that are )?(?:present|attending|in attendance|in the room)"
                    r"(?: at (?:the|a) (?:meeting|vote))?(?:,? (?:and )?(?:entitled|eligible) to vote)?"),
    ("INFAVOUROF", r"(?:the )?(?:affirmative|positive|favourable|concurring)?(?: )?(?:votes?|agreement|support|"
                   r"approval|"
                   r"consent) (?:in favou?r )?(?:of|from|by)"),
    ("INFAVOUR", r"(?:(?:must |shall |to )?(?:be |is |are )?(?:(?:vote|votes|voting) )?in favou?r(?: of (?:it|"
                 r"the motion))?|"
                 r"(?:must |to )?(?:vote|votes|voting) for(?: it)?|affirmative votes?|votes for|"
                 r"(?:must |to )?(?:agree|agrees|agreeing|support|supports|consent|consents|approve|approves))"),
)  # fmt: skip


def compiled(phrases: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """One expression that finds the first phrase that stands at a place, whole words only."""
    symbols = {"QUOTED", "LPAR", "RPAR", "COMMA", "SEMI", "COLON"}
    return re.compile(
        "|".join(
            f"(?P<{kind}>{pattern})" if kind in symbols else rf"(?P<{kind}>{pattern})(?![A-Za-z])"
            for kind, pattern in phrases
        ),
        re.IGNORECASE,
    )


SCAN = compiled(PHRASES)
SCAN_VOTE = compiled((PHRASES[0], *VOTE_PHRASES, *(phrase for phrase in PHRASES[1:] if phrase[0] != "EVERYBODY")))
