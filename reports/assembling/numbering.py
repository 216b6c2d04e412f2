"""The numbers of parts and sections: chapters in order, sections of a part beneath its number, appendices by letter."""

from reports.models import Section

KIND = Section.Kind
REPRESENTATION, MONEY = "A", "B"
APPENDICES = {
    KIND.ATTENDANCE: (REPRESENTATION, "Appendix A: representation"),
    KIND.CONTRIBUTIONS: (MONEY, "Appendix B: money"),
    KIND.BUDGET: (MONEY, "Appendix B: money"),
}
WITHOUT_NUMBER = (KIND.GLOSSARY, KIND.CONTACTS)


def numbered(sections):
    """
    Copies of ``sections`` with their ``number``, the ``part`` they are printed in, and that part's number.

    A section without a part is a chapter of its own. Sections of one part that follow each other share its number:
    3.1, 3.2. The appendices are A, and B1 and B2 where there are two of money.
    """
    letters = [APPENDICES[section["kind"]][0] for section in sections if section["kind"] in APPENDICES]
    made, chapter, within, part = [], 0, 0, ""
    given = {}
    for section in sections:
        if section["kind"] in WITHOUT_NUMBER:
            made.append({**section, "number": "", "part_number": ""})
        elif section["kind"] in APPENDICES:
            letter, title = APPENDICES[section["kind"]]
            given[letter] = given.get(letter, 0) + 1
            number = f"{letter}{given[letter]}" if letters.count(letter) > 1 else letter
            made.append({**section, "number": number, "part": title, "part_number": letter})
        else:
            if not section["part"] or section["part"] != part:
                chapter, within = chapter + 1, 0
            within += 1
            number = f"{chapter}.{within}" if section["part"] else f"{chapter}"
            made.append({**section, "number": number, "part_number": f"{chapter}"})
        part = made[-1]["part"]
    return made
