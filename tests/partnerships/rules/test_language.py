"""What people type, and how it is printed back."""

import pytest

from partnerships.rules import parse_terms

PHRASINGS = {
    # the sources
    "one from each of MKCC, ICB, TVP": "one from each of MKCC, ICB and TVP",
    "at least one representative each from the Council, the ICB and TVP": "one from each of Council, ICB and TVP",
    "A quorum of a minimum of four representatives of the Responsible Authorities will be required.": (
        "four different Responsible Authorities"
    ),
    "The quorum for the Board will consist of six members, of whom no more than half will be Councillors.": (
        "six members, of whom no more than half may be Councillors"
    ),
    "The quorum for the Board will consist of one representative from the local authority, police and health plus the "
    "independent Chair.": "one from each of local authority, police and health and one independent Chair",
    "The quorum for the programme board will be one third of the membership.": "one third of the places",
    "one third of the members in post, rounded up": "one third of the members in post, rounded up",
    # numbers
    "not fewer than twenty-one members": "21 members",
    "six (6) members": "six members",
    "more than three members": "four members",
    "a minimum of 50% of members": "50 % of the members in post",
    "half the members plus one": "a majority of the members in post",
    "a quarter of members, rounded up to the nearest whole number": "one quarter of the members in post, rounded up",
    "one quarter of the members or three, whichever is the greater": (
        "one quarter of the members in post, or three, whichever is the greater"
    ),
    "three members or one quarter of the members, whichever is the greater": (
        "one quarter of the members in post, or three, whichever is the greater"
    ),
    "one third of the total membership, subject to a minimum of three": (
        "one third of the places, or three, whichever is the greater"
    ),
    "two thirds of the members entitled to vote": "two thirds of the voting members",
    # who
    "four of the responsible authorities": "four different responsible authorities",
    "at least 3 of the 5 district councils": "three different district councils",
    "two of MKCC, ICB, TVP": "two of MKCC, ICB and TVP",
    "two from MKCC or ICB": "two members from MKCC or ICB",
    "all three statutory partners": "each of the statutory partners",
    "representatives of at least three different agencies": "three different agencies",
    "six voting members (excluding the chair)": "six voting members other than chair",
    "five members, at least one of whom must be a lay member": "five members and one lay member",
    "eight members, including the chair or, in the chair's absence, the vice-chair": (
        "eight members and one chair or vice-chair"
    ),
    "the chair or vice-chair present and presiding, and three other members": (
        "(chair or vice-chair presiding) and three members, distinct people"
    ),
    "four members, no more than two of whom may be from the same organisation": (
        "four members, no more than two from any one agency"
    ),
    "six members, of whom no more than half of everybody present may be councillors": (
        "six members, no more than half of everybody present may be councillors"
    ),
    "seven members, to include at least two councillors, one from health and one from the police": (
        "seven members and two councillors and one member from health and one member from police"
    ),
    "all three statutory partners, and every health agency": (
        "(each of the statutory partners) and (every health agency)"
    ),
    "two thirds of the places, excluding vacancies": "two thirds of the members in post",
    "two thirds of the places (excluding vacant places)": "two thirds of the members in post",
    "one third of the membership, disregarding vacancies": "one third of the members in post",
    "one third of the whole number of members not counting any vacant seats": "one third of the members in post",
    "one third of the voting places, not counting vacancies": "one third of the voting members",
    "one third of the members, including vacancies": "one third of the places",
    "at least one non-executive director and at least one executive director, and a total of four directors": (
        "one non-executive director and one executive director and four directors"
    ),
    "at least one councillor from each of the member councils": "one councillor from each of member councils",
    "one from each of MKCC, ICB, TVP; distinct people": "one from each of MKCC, ICB and TVP, distinct people",
    "six members; of whom no more than half may be councillors": (
        "six members, of whom no more than half may be councillors"
    ),
    # branches
    "one from each of local authority, police and health, and either the independent chair or the vice-chair": (
        "one from each of local authority, police and health and one independent chair or vice-chair"
    ),
    "one from each of Council and Police and either the chair or the vice-chair, and two members": (
        "one from each of Council and Police and one chair or vice-chair and two members"
    ),
    "one from each of Council, Police, and the chair or vice-chair": (
        "one from each of Council and Police and one chair or vice-chair"
    ),
    "four members, including one from each of Council, Police, and either the chair or vice-chair": (
        "four members and one from each of Council and Police and one chair or vice-chair"
    ),
    "one from each of Council, Police and health, or the chair": (
        "one from each of Council, Police and health or one chair"
    ),
    "three if there are ten or fewer members, otherwise five": (
        "(three members) if there are no more than ten members in post, otherwise (five members)"
    ),
    "either the chair and two members, or four members": "(one chair and two members) or four members",
    "three of the following: the chair, the vice-chair, a lay member, a clinician": (
        "three of the following: (one chair), (one vice-chair), (one lay member), (one clinician)"
    ),
    "three members if a chair has been appointed, otherwise two": (
        "(three members) if chair has been appointed, otherwise (two members)"
    ),
    "five members provided that at least one councillor is present": "five members and one councillor",
    'one from each of "Health and Care", TVP': 'one from each of "Health and Care" and TVP',
    "No business shall be transacted unless at least one quarter of the whole number of members are present.": (
        "one quarter of the places"
    ),
    "Five members shall constitute a quorum.": "five members",
    "quorum: no business shall be transacted unless four members are present": "four members",
    "quorum: four members shall form a quorum": "four members",
    "quorum: those present": "one member",
    "quorum: the members present shall be a quorum": "one member",
    "quorum: whoever is present": "one member",
    "Such members as are present shall be a quorum.": "one member",
    "four or more members": "four members",
    "4+ members": "four members",
    "7 out of 13 members": "seven members",
    "members from Council, Police and ICB": "one from each of Council, Police and ICB",
    "Council, Police and ICB": "one Council and one Police and one ICB",
    "at least five of the seven member agencies": "five different agencies",
    "1 from each of the following: Council, Police": "one from each of Council and Police",
    "three trustees or one third of the trustees (whichever is greater)": (
        "one third of the trustees in post, or three, whichever is the greater"
    ),
    "The quorum necessary for the transaction of business shall be three members.": "three members",
    "For a meeting to be quorate, at least 50% of members must be present.": "50 % of the members in post",
    "At least two safeguarding partners must be present for the meeting to be quorate.": (
        "two different safeguarding partners"
    ),
    "A meeting shall be quorate when at least 4 members are present, one of whom is the chair or deputy chair.": (
        "four members and one chair or deputy chair"
    ),
    "the Chair (or Vice-Chair) and at least four other members": (
        "one Chair or Vice-Chair and four members, distinct people"
    ),
    "at least 6 members with no single organisation having more than 2": (
        "six members, no more than two from any one agency"
    ),
    "a majority of the directors, at least half of whom are lay directors": (
        "a majority of the directors in post, of whom no more than half may be directors other than lay directors"
    ),
    "one half of the governors in post (rounded up to a whole number)": "half of the governors in post, rounded up",
    "one third of the members, one of whom must be the Director of Care or their deputy": (
        "(one third of the members in post) and one Director of Care"
    ),
    "eight members, a majority of whom must be lay members": "eight members and five lay members",
    "one from each of Ward 1, Ward 2": 'one from each of "Ward 1" and "Ward 2"',
}
VOTES = {
    "more votes for than against": "more votes for than against",
    "a simple majority": "more votes for than against",
    "a majority of those present and voting": "a majority of votes cast",
    "two thirds of the members present": "two thirds of those present",
    "a majority of all members": "a majority of the members in post in favour",
    "at least five in favour": "five in favour",
    "unanimous": "unanimity",
    "consensus": "nobody against",
    "two-thirds majority": "two thirds of votes cast",
    "the unanimous agreement of all safeguarding partners": "(each of the safeguarding partners) in favour",
    "at least one vote from each of LA, ICB": "(one from each of LA and ICB) in favour",
    "every responsible authority in favour": "(every responsible authority) in favour",
    "a majority of votes cast, including the chair or vice-chair in favour": (
        "a majority of votes cast and (one chair or vice-chair) in favour"
    ),
    "the affirmative vote of all five Responsible Authorities": "(each of the Responsible Authorities) in favour",
    "a majority of the votes cast, including at least one councillor in favour": (
        "a majority of votes cast and (one councillor) in favour"
    ),
    "not stated": "not stated",
}
STATEMENTS = {
    "quorum for financial decisions at adjourned meetings from 1 April 2025: five members": None,
    "quorum for decisions on the budget: five members": "quorum for budget decisions: five members",
    "quorum for items about pensions: five members": "quorum for pensions decisions: five members",
    "votes for constitutional changes: two thirds of votes cast": None,
    "votes for any decision: two thirds of votes cast": "votes: two thirds of votes cast",
    "quorum for changes to the constitution at adjourned meetings: five members": None,
    "quorum for approving the budget: five members": None,
    "quorum at the annual general meeting: five members": "quorum at annual general meetings: five members",
    "quorum at AGMs: five members": "quorum at agm meetings: five members",
    "quorum for meetings of the Board: five members": "quorum: five members",
    "quorum at any meeting of the board: five members": "quorum: five members",
    "quorum at adjourned meetings: those present": "quorum at adjourned meetings: one member",
    "votes: majority of votes cast, each agency has one vote": (
        "votes: a majority of votes cast\nblock: one vote for each agency"
    ),
    "votes: majority of votes cast, each member having one vote": "votes: a majority of votes cast",
    "votes: a simple majority, the chair having a casting vote": (
        "votes: more votes for than against\ncasting vote: the chair"
    ),
    "casting vote: the chair has a second or casting vote": "casting vote: the chair",
    "casting vote: the chair shall have a casting vote": "casting vote: the chair",
    "casting vote: the person presiding has a casting vote": "casting vote: the chair",
    "casting vote: in the event of a tie, the person presiding at the meeting": "casting vote: the chair",
    "casting vote: the chair will have a second vote in a tie": "casting vote: the chair",
    "casting vote: the vice-chair has a casting vote": "casting vote: vice-chair",
    "casting vote: the chair or vice-chair": "casting vote: chair or vice-chair",
    "casting vote: the chair does not have a casting vote": "casting vote: none",
    "Only core members will have the right to vote.": "voters: core members",
    "substitutes for councillors: count and vote, with notice before the start": None,
    "Remote members do not count and may not vote.": "remote: do not count, do not vote",
    "deputies: count, do not vote, with 24 hours' notice": "deputies: count, do not vote, with notice 24 hours before",
    "scope: at the opening and at each vote": None,
    "The Chair has a casting vote.": "casting vote: the chair",
    "each district shall have one vote": "block: one vote for each district",
    "declared interests: count": None,
    "deputies: count, with notice one working day before": None,
    "deputies for vacant places: count": None,
    "discretion: the chair may proceed with items 2 and 5": None,
    "note: the document is silent": None,
}


@pytest.mark.parametrize(("typed", "printed"), PHRASINGS.items())
def test_it_reads_a_quorum_as_people_write_it(typed, printed):
    assert parse_terms(typed).text() == f"quorum: {printed}"


@pytest.mark.parametrize(("typed", "printed"), VOTES.items())
def test_it_reads_a_voting_rule_as_people_write_it(typed, printed):
    assert parse_terms(f"votes: {typed}").text() == f"votes: {printed}"


@pytest.mark.parametrize(("typed", "printed"), STATEMENTS.items())
def test_it_reads_the_other_statements(typed, printed):
    assert parse_terms(typed).text() == (printed or typed)


def test_lines_carry_on_when_indented_and_may_hold_comments():
    terms = parse_terms(
        "# the handbook\nquorum: six members,\n  of whom no more than half councillors  # page 12\n\nvotes: not stated"
    )
    assert terms.text() == "quorum: six members, of whom no more than half may be councillors\nvotes: not stated"


def test_several_sentences_on_a_line_are_several_statements():
    terms = parse_terms("The quorum is four members. Only core members may vote. The Chair has a casting vote.")
    assert terms.text() == "quorum: four members\nvoters: core members\ncasting vote: the chair"


def test_nothing_stated_is_said_in_english():
    assert parse_terms("").english() == ("Quorum: not stated.", "Votes: not stated.")
