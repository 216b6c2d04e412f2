"""What cannot be, of the days and numbers of a person in a case, as sentences that say what to do."""

import datetime as dt

LONGEST_LIFE = 125  # years: whoever types more has slipped
NHS_DIGITS = 10


def fault_of_days(born: dt.date | None, died: dt.date | None, today: dt.date) -> tuple[str, str] | None:
    """The field and the sentence where the two days cannot be: in the future, too long ago, or the wrong way round."""
    for field, day, what in (("born", born, "birth"), ("died", died, "death")):
        if day is not None and day > today:
            return field, f"The date of {what} is in the future. Enter a date up to today."
    if born is not None and today.year - born.year > LONGEST_LIFE:
        return "born", f"The date of birth is more than {LONGEST_LIFE} years ago. Check the year."
    if born is not None and died is not None and died < born:
        return "died", "The date of death is before the date of birth. Check both dates."
    return None


def fault_of_nhs_number(typed: str) -> str:
    """What is wrong with an NHS number, by its length and its last digit, which is computed; empty for a whole one."""
    digits = nhs_digits(typed)
    if len(digits) != NHS_DIGITS or not digits.isascii() or not digits.isdigit():
        return "An NHS number has 10 digits, such as 943 476 5919. Check it, or leave it out."
    weighed = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    check = (11 - weighed % 11) % 11
    if check != int(digits[9]):  # a check of 10 fits no digit
        return "This is not an NHS number: its last digit does not fit the others. Check it, or leave it out."
    return ""


def nhs_digits(typed: str) -> str:
    """An NHS number without the spaces and dashes that people write in it."""
    return typed.replace(" ", "").replace("-", "")


def nhs_in_words(digits: str) -> str:
    """``943 476 5919``: as it is written."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == NHS_DIGITS else digits


def fault_of_event(day: dt.date, today: dt.date, *, may_come: bool = False) -> str:
    """What is wrong with the day of an event that is said to have happened; ``may_come`` where it may be planned."""
    if day > today and not may_come:
        return "This date is in the future. Enter the day on which it happened."
    if today.year - day.year > LONGEST_LIFE:
        return f"This date is more than {LONGEST_LIFE} years ago. Check the year."
    return ""
