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
    r"(?:the |any |all ){0,3}(?:current |existing |unfilled ){0,3}(?:vacanc(?:y|ies)|(?:vacant|unfilled|empty) "
    r"(?:places?|"
    r"seats?|posts?|positions?|offices?)|(?:places|seats|posts|those) (?:that are |which are )?(?:vacant|unfilled))"
)
BODY = (
    r"(?:board|committee|partnership|group|panel|body|forum|sub-?committee|working group|assembly|executive|commission)"
)
# A body that may be this one or an agency that sends members to it.
COUNCIL = r"(?:council|authority|trust|association|company|society|union|corporation|charity|federation|club|college)"
# What may follow where the name of a body ends; anything else carries the name on.
ENDS = (
    r"(?=\s*(?:$|[,.;:()]|(?:and|or|plus|including|includes?|with|who|whom|present|must|shall|should|will|are|is|be|"
    r"then|"
    r"entitled|eligible|whichever|but|subject|provided|providing|at|excluding|other|rounded|in|being|having|has|have|"
    r"attend|attending|if|when|where|until|from|for|voting|holding|appointed|currently|distinct)\b))"
)
UNITS = (
    r"(?:agenc(?:y|ies)|organi[sz]ations?|bod(?:y|ies)|partners?|employers?|councils?|authorit(?:y|ies)|districts?|"
    r"boards?|"
    r"schools?|trusts?|boroughs?|parish(?:es)?|wards?|colleges?|practices?|unions?|departments?|sectors?)"
)
ALL_OF_IT = r"(?:entire|whole|full|total|complete)"

# The order matters: the first that fits is taken, so the longer phrases come first.
PHRASES: tuple[tuple[str, str], ...] = (
    ("QUOTED", r"[\"“][^\"“”\n]*[\"”]"),
    ("SINCE", rf"(?:on or after|from|since) {DATE}"),
    ("UNTIL", rf"(?:until|up to and including) {DATE}|before {DATE}"),
    ("MEETING", r"(?:if |when |where )?(?:the|it is an?|this) ?meeting is (?:an? )?[a-z-]+(?: meeting)?"),
    ("DECISION", r"(?:if |when |where )?the decision is (?:an? )?[a-z-]+(?: (?:decision|one|matter))?"),
    ("HALFPLUS", r"(?:one[- ]half|half|50 ?(?:%|per ?cent)|fifty per ?cent) ?(?:plus|\+) ?(?:one|1)(?= of\b)"),
    ("PLUSONE", r"(?:plus|\+) ?(?:one|1)(?: (?:more|other|additional|further))?(?: (?:member|person))?"
                r"(?=\s*(?:$|[,.;)]|(?:or|of whom|including)\b))"),
    ("DIFFERENTAGENCIES", rf"(?:each )?(?:from|representing) (?:an? )?(?:different|separate) {UNITS}(?= *(?:$|[,.;)]|"
                          rf"and\b))|"
                          rf"no two (?:of (?:them|whom) )?(?:may be |being |are )?(?:from|of) the same {UNITS}"),
    ("SINGLEMAX", rf"no (?:single |one )?(?:agency|organisation|organization|body|partner|employer) (?:having|"
                  rf"has|have|with|"
                  rf"providing|may have|may provide|shall have) more than (?:{NUM})(?: {PEOPLE}| representatives?)?"),
    ("ORDEPUTY", r"or (?:(?:their|his|her|its|his/her|his or her|a|an|the|named|nominated|duly|appointed|authori[sz]ed|"
                 r"designated|respective) ){0,4}(?:deput(?:y|ies)|nominee|nominees|"
                 r"substitutes?|"
                 r"alternates?|designees?|nominated representatives?)(?=\s*(?:$|[,.;)]|(?:and|or|plus|is|are|must|"
                 r"shall|"
                 r"present)\b))"),
    ("ORMORE", r"or more(?! than)"),
    ("WHOLLY", r"all be"),
    ("ABSENCE", r"in (?:the |their |his |her )?(?:[\w’'-]+ )?absence(?: of the [\w-]+)?"),
    ("ORWHERE", r"or,? (?:if|where|when) (?:(?:that|it|this) is )?(?:the )?(?:greater|higher|larger|more)(?: in "
                r"number)?,?"),
    ("WHICH", r"(?:if (?:that|this|it) (?:is|be) (?:the )?(?:greater|higher|larger|more|lower|less|fewer|smaller)|"
              r"(?:whichever|if) (?:is|be|number is) (?:the )?"
              r"(?:greater|higher|larger|more|lower|lesser|smaller|fewer|less)(?: number)?)(?! of\b)"),
    ("WHICHEVER", rf"or {NUM}(?: {PEOPLE})?,? (?:whichever|if) (?:is|be|number is) (?:the )?"
                  r"(?:greater|higher|larger|more|lower|lesser|smaller|fewer|less)(?: number)?"),
    ("GREATEROF", r"(?:whichever is )?(?:the )?(?:greater|higher|larger) of"),
    ("PRESENCEOF", r"(?:the )?(?:presence|attendance) of"),
    ("LOWEROF", r"(?:whichever is )?(?:the )?(?:lower|lesser|smaller|fewer) of"),
    ("ROUNDED", r"(?:which (?:shall|is to) be )?(?:rounded|rounding|rounds) (?:up|down|to (?:the )?nearest)"
                r"(?: (?:to (?:the |a )?(?:next |nearest )?)?(?:whole )?(?:number|person|member))?"),
    ("EVERYBODY", r"of (?:all |everybody |everyone |those |the members |the people |the persons ){1,4}"
                  r"(?:who are )?(?:present|attending|in attendance|there)|of attendees"),
    ("DISTINCT", r"(?:being |who are |all |with )?(?:distinct|different) (?:people|persons|individuals|members)|"
                 r"(?:with )?no(?:body| ?one| person| member)? (?:is |being |may be |to be )?counted (?:twice|"
                 r"for two)"),
    ("PERAGENCY", r"(?:from |of |representing |for )?(?:any (?:one|single|given)|the same|a single|one|each|every|"
                  r"any|per) "
                  rf"(?:agency|organisation|organization|body|employer|partner|authority){ENDS}"),
    ("FOLLOWING", rf"of (?:the )?following(?: {NUM})?(?: (?:conditions|clauses|requirements|posts|people|persons|"
                  rf"members|"
                  r"officers|roles|positions|offices|office holders|individuals))?(?: (?:is|are) (?:met|present))?:?"),
    ("NOTALLSAME", r"not all (?:of (?:whom|them) )?(?:may be |being |must be |can be )?(?:from|of) (?:the same|one|a "
                   r"single) "
                   r"(?:agency|organisation|organization|body|employer|partner|authority)"),
    ("INPOSTCMP", rf"(?:the )?(?:total )?number of members(?: in post)? (?:is|be) (?:fewer than|less than|more than|"
                  rf"at least|"
                  rf"no more than|at most|no fewer than|not fewer than|exactly)? ?{NUM}(?: or (?:fewer|less|more))?|"
                  rf"(?:there (?:are|is|be)|(?:the )?{BODY} has) (?:fewer than|less than|more than|at least|no more "
                  rf"than|at most|no fewer than|"
                  rf"not fewer than|exactly)? ?{NUM}(?: or (?:fewer|less|more))? (?:members in post|members|"
                  rf"vacanc(?:y|ies)|vacant (?:places|seats))"),
    ("VACANT", r"(?:is|are) (?:vacant|not in post)|(?:has|have) not(?: yet)? been appointed|is not(?: yet)? appointed"),
    ("APPOINTED", r"(?:has|have) been appointed|(?:is|are) (?:in post|in office|appointed|filled)"),
    ("OTHERWISE", r"(?:and |or )?(?:otherwise|else|thereafter|from then on|after that|failing (?:that|which)|in any "
                  r"other case|if not)"),
    ("IF", r"(?:but )?(?:if|where|whenever|when|in the event that)(?: and only if)?"),
    ("ATLEAST", r"(?:at (?:the )?least|(?:(?:but |and )?in no case|and never|but never) (?:to be )?(?:fewer|less) than|"
                r"(?:but |and )?(?:not|no|never) (?:fewer|less) than|(?:with )?(?:an? )?"
                r"(?:minimum|min)(?: number)? of|minimum|min\.?|subject to a minimum of|not under|or at least)"),
    ("NOMORE", r"(?:(?:and |but )?(?:no|not|never) more than|at most|(?:an? )?(?:maximum|max)(?: number)? of|maximum|"
               r"not exceeding|up to|no greater than)"),
    ("MORETHAN", r"(?:more than|over|in excess of|greater than)"),
    ("OFWHOMNOT", r"(?:of|among|amongst) (?:whom|which|them) (?:is|are|must|shall|should|may) not(?: be)?(?: an?)?"),
    ("ALLWHOM", r"(?:all|both|each|every one) (?:of )?(?:whom|which|them)(?: (?:must|shall|should|may|are|will))?(?: "
                r"all)?"
                r"(?: be)?"),
    ("NONEWHOM", r"none of whom (?:may|must|shall|should|can|is|are|will)(?: be)?(?: an?)?|(?:who|that) (?:is|are) not"
                 r"(?: an?| also| themselves){0,4}(?= [a-z])|not being(?: an?)?(?= (?!counted|present|included|"
                 r"taken)[a-z])"),
    ("OFWHOM", r"(?:of|among|amongst) (?:whom|which|them|these|those|that number|their number)"),
    ("VACANCIES", rf"(?:(?:excluding|disregarding|discounting|ignoring|(?:but )?not (?:counting|including)|less|net of|"
                  rf"leaving out|other than|except(?:ing)?(?: for)?|apart from|exclusive of|including|counting|"
                  rf"inclusive of) {VACANCIES}(?! (?:and|or|nor)\b)|whether (?:or not )?(?:they are )?(?:filled|"
                  rf"vacant)(?: or "
                  rf"(?:vacant|filled|not))?)"),
    ("INCLUDING", r"(?:provided (?:that )?(?:the|that|such|this) majority (?:includes|include|included)|(?:but "
                  r")?(?:always |which |that |who |and ){0,4}(?:must |shall |should |is to |are to |to )?"
                  r"(?:include|includes|including|comprise|comprising)|provided(?: always)?(?: that)?|"
                  r"providing(?: that)?|"
                  r"so long as|as long as|on condition that|inclusive of|with(?! (?:the |a )?(?:right to vote|"
                  r"voting rights|vote\b)))"
                  r"(?: (?:they|these|those|this|it|there)?(?: (?:must |shall )?(?:include|includes|including))?"
                  r"(?: (?:is|are))?)?(?= |$)"),
    ("EXCLUDING", r"(?:other than|excluding|except(?:ing)?(?: for)?|apart from|not (?:counting|including)|besides|"
                  r"exclusive of)"),
    ("PRESIDING", r"(?:(?:is |are |being )?(?:present )?(?:and )?(?:presiding|presides|in the chair|chairing))"),
    ("INPOST", r"(?:who are |that are |then |currently |for the time being ){0,4}"
               r"(?:in post|in office|appointed|filled|holding office|for the time being|at that time)"),
    ("VOTING", r"(?:who are |with |having )?(?:the )?(?:right to vote|entitled to vote|eligible to vote|with (?:a|the) "
               r"(?:vote|right to vote)|vote-holding|voting(?: rights)?|a vote)"),
    ("FRACTION", rf"(?:\d+ ?/ ?\d+|(?:\d+(?:\.\d+)?|(?:{TENS})(?:[- ](?:one|two|three|five|six))?|ten|five) ?"
                 rf"(?:%|per ?cent)|(?:{NUM}[- ])?(?:{PARTS})(?![a-z-])|half|one[- ]half)"
                 r"(?:[- ](?:majority(?: vote)?|vote(?= of)))?"),
    ("NEARESTTO", r"(?:the |a |that )?(?:whole )?number nearest to"),
    ("TOTAL", r"(?:the )?(?:total|whole|full|complete|entire|maximum|authori[sz]ed|fixed|prescribed) number(?: of(?: "
              r"the|"
              r" all| its| our)?)?(?= [a-z])"),
    ("THEBODY", rf"(?:of|on) (?:the|this|our|that) (?:(?:governing|said|joint|management|executive) "
                rf"){{0,4}}{BODY}{ENDS}|"
                rf"(?:of|on) this {COUNCIL}{ENDS}|(?:the|this|our) {BODY}['’]s(?= (?:total |whole |full |entire "
                rf"){{0,4}}"
                r"(?:members?|membership|places|seats)\b)"),
    ("THECOUNCIL", rf"(?:of|on) (?:the )?{COUNCIL}{ENDS}"),
    ("INROOM", r"(?:present )?(?:in person|physically(?: present)?|personally(?: present)?|present in the room)"
               r"(?! or (?:remotely|online|virtually|by))"),
    ("INWORDS", r"(?:(?:whether )?(?:in person or (?:remotely|online|virtually)|remotely or in person)|in attendance|"
                r"(?:in|at) (?:the|a|any|each|that) (?:meeting|sitting)s?|at (?:any|the same|the) (?:one )?time|at a "
                r"time|"
                r"immediately before the (?:meeting|start)(?: (?:begins|starts|commences|of the meeting))?|on the "
                r"(?:question|motion|"
                r"matter|resolution)|thereon|in total|in all|in number|"
                r"at the (?:date|time) of (?:the|that) (?:meeting|vote))"),
    ("WITHPLUS", r"in addition to|over and above"),
    ("ANOTHER", r"another"),
    ("MEMBERREPS", r"(?:(?:scheme|pension|fund|active|deferred|pensioner) ){0,4}members?['’]?[- ](?:representatives?|"
                   r"nominees?|nominated [a-z]+)"),
    ("WHOLE", rf"(?:the |all ){{0,4}}(?:members? of |membership of )?(?:the )?{ALL_OF_IT} (?:{BODY}|{COUNCIL}){ENDS}|"
              r"(?:the )?(?:total |whole |full |entire |overall |current ){0,4}(?:number of (?:the )?)?"
              r"(?:membership|complement|strength|(?:places|seats)(?! filled)|establishment)|"
              r"(?:total|whole|entire) (?:the )?members"),
    # Verbs and small words that no name holds without quotation marks: a sentence that was not understood.
    ("REFUSED", r"(?:unless|not|without|than|during|whose|whom|having|have|has|had|requires?d?|needs?|needed|quorate|"
                r"inquorate|quorum|necessary|those|these|such|whoever|whomever|whatever|whichever|disregarding|"
                r"ignoring|"
                r"discounting|nobody|none|neither|nor|but|no|because|decisions?|decides?|decided|employees?|when|while|"
                r"until|cannot|only|(?:in|on)(?! (?:each|every)\b)|"
                r"at|by|into|onto|under|within|between|after|before|against|towards?|per|"
                r"case|it|"
                r"he|she|they|them|we|us|my|number|numbers|nearest|more|most|less|least|fewer|fewest|greater|greatest|"
                r"lesser|lower|higher|whole|total|entire|several|some|many|few|same|following|remaining|thereof|"
                r"thereon|"
                r"votes?|voted|voters?|cast|casting|ties?|tied|majorities|favou?r|for(?! (?:each|every)\b)|"
                r"abstentions?|abstaining|"
                r"agreed|determines?d?|confirmed|maintained|reduced|increased|falls?|becomes?|remains?|was|were|been|"
                r"do|"
                r"does|did|vacanc(?:y|ies)|thereafter|subject|wherever|possible|weighted|prox(?:y|ies)|notwithstanding|"
                r"presence|attendance|rounded|throughout|twice|proportion|percentage|n/a|tbc|tbd|every(?:body|one)|"
                r"any(?:body|one)|somebody|"
                r"someone)(?!['’])"),
    ("MAJORITY", r"(?:simple |overall |absolute |bare )?majority(?: (?:vote|decision))?"),
    ("NUMBER", NUM + r"\+?(?![a-z%])(?: \((?:\d+|[a-z-]+)\))?"),
    ("MEMBERBODIES", r"member (?:agency|authority|council|school|trust|practice|union|agencies|organisations|"
                     r"organizations|councils|authorities|bodies|practices|"
                     r"trusts|schools)"),
    ("MEMBERS", rf"(?:total )?(?:number of (?:the )?)?(?:existing |board |committee |individual ){{0,4}}"
                rf"(?:{PEOPLE}|representatives?|representation|reps?|delegates?|nominees?)"),
    ("EACH", r"each of the following(?: [a-z-]+){0,2}:|each of the following(?: (?:agencies|organisations|bodies|"
             r"partners))?|each(?: one)?|every(?: one)?"),
    ("ALL", r"all"),
    ("EITHER", r"either|both|one or more"),
    ("OTHERS", r"others"),
    ("OTHER", r"(?:other|further|additional)(?! than)"),
    ("DIFFERENT", r"(?:different|separate|distinct)"),
    ("FROM", r"(?:from(?: among(?:st)?)?|drawn from|representing|on behalf of|appointed by|nominated by|among|"
             r"amongst|(?:for|in|on)(?= (?:each|every)\b))"),
    ("OF", r"of (?:the )?(?:current |actual |existing )?number of(?: the)?|(?:out )?of"),
    ("PLUS", r"(?:plus|together with|as well as|along with|\+)"),
    ("AND", r"and(?: also)?|&"),
    ("OR", r"or"),
    ("NOISE", r"(?:(?:an? )?(?:overall |combined |grand )?total of(?= )|"
              r"the|a|an|must|shall|should|will|would|may|can|be|being|is|are|to|present|attending|attend|attends|"
              r"there|that|who|which|also|their|its|least one of|any|named above|currently|required|"
              r"represented|actually|more or)"),
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
    ("NOBODYAGAINST", r"(?:nobody|no ?one|no member|none|no votes?|no objections?)(?: (?:is|are|votes?|voting|"
                      r"cast)){0,4} "
                      r"against|no objections?|(?:a )?(?:general )?consensus|unanimity of (?:the )?votes cast|"
                      r"(?:unanimity|unanimous vote) of (?:the |those )?(?:members )?(?:present and )?voting|"
                      r"unanimous(?:ly)? of (?:the )?votes cast|nobody objects"),
    ("UNANIMOUSOF", r"(?!unanimous \w+ of (?:all )?(?:the |those )?(?:\w+ )?present)(?:unanimous (?:agreement|vote|"
                    r"support|consent|approval|decision) (?:of|by|from)|unanimity of"
                    r"(?! (?:the )?(?:votes|those)))"),
    ("UNANIMOUS", r"(?:"
                  r"unanimous (?:vote|decision|agreement|consent|approval) of (?:all )?(?:the |those )?(?:members |"
                  r"directors |"
                  r"trustees )?present|unanimity|unanimous(?:ly)?(?: (?:vote|decision|agreement|consent|approval))?|"
                  r"all (?:those )?(?:members )?"
                  r"(?:present )?in favou?r|every(?:body|one) (?:present )?in favou?r|all (?:those |members )?present "
                  r"(?:and voting )?in favou?r|all votes in favou?r)(?: of those present)?"),
    ("CAST", r"(?:of )?(?:the |those )?(?:members )?present,? (?:excluding|disregarding|ignoring|not counting) "
             r"(?:any )?"
             r"abstentions|(?:of )?(?:all )?(?:the )?(?:total )?(?:number of )?(?:valid )?votes(?: (?:that are |"
             r"which are )?(?:validly )?cast)?"
             r"(?: (?:by|at|of) (?:the |a )?(?:meeting|members|those)(?: present)?(?: and voting)?)?"
             r"(?:,? (?:excluding|disregarding|ignoring|not counting) (?:any )?abstentions|,? abstentions (?:being |"
             r"are )?(?:not "
             r"counted|excluded|disregarded|ignored))?(?! in favou?r)|"
             r"(?:of )?(?:all )?(?:the |those ){0,4}(?:members |voters |people |persons |representatives )?(?:who "
             r"are )?"
             r"(?:present,? )?(?:and |who are )?(?:entitled to vote and )?(?:actually )?(?:voting|who vote)(?! in "
             r"favou?r| for\b)"
             r"(?! members?\b| places?\b| seats?\b| [a-z]+s\b)(?: (?:in person|at the meeting|on the (?:motion|"
             r"question|"
             r"matter)))?"),
    ("PRESENTBASE", r"(?:of )?(?:all )?(?:the |those ){0,4}(?:voting |core )?(?:members |voters |people |persons |"
                    r"representatives )?(?:who are |that are )?(?:present|attending|in attendance|in the room)"
                    r"(?: at (?:the|a) (?:meeting|vote))?(?:,? (?:and )?(?:entitled|eligible) to vote)?"),
    ("INFAVOUROF", r"(?:the )?(?:affirmative|positive|favourable|concurring)?(?: )?(?:votes?|agreement|support|"
                   r"approval|"
                   r"consent) (?:in favou?r )?(?:of|from|by)"),
    ("INFAVOUR", r"(?:(?:must |shall |to )?(?:be |is |are )?(?:(?:vote|votes|voting) )?in favou?r(?: of (?:it|"
                 r"the motion))?|"
                 r"(?:must |to )?(?:vote|votes|voting) for(?: it)?|affirmative votes?|votes for|votes?(?=\s*(?:$|"
                 r"[,.;]|and\b))|"
                 r"(?:must |to )?(?:agree|agrees|agreeing|support|supports|consent|consents|approve|approves))"),
)  # fmt: skip


def compiled(phrases: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """One expression that finds the first phrase that stands at a place, whole words only.

    It reads small letters alone: ignoring case would cost many times as much.
    """
    symbols = {"QUOTED", "LPAR", "RPAR", "COMMA", "SEMI", "COLON"}
    return re.compile(
        "|".join(
            f"(?P<{kind}>{pattern})" if kind in symbols else rf"(?P<{kind}>{pattern})(?![A-Za-z])"
            for kind, pattern in phrases
        )
    )


SCAN = compiled(PHRASES)
SCAN_VOTE = compiled((PHRASES[0], *VOTE_PHRASES, *(phrase for phrase in PHRASES[1:] if phrase[0] != "EVERYBODY")))
