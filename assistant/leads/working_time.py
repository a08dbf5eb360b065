"""The clock of a loket: it runs on working days from nine to five, Dutch time, and stands still on holidays."""

from datetime import datetime, time, timedelta

from assistant.leads.working_days import END_OF_DAY, HERE, is_working_day

_BEGIN_OF_DAY = time(9)


def is_working_time(moment: datetime) -> bool:
    """Whether people are at work: a working day, from nine to five."""
    local = moment.astimezone(HERE)
    return is_working_day(local.date()) and _BEGIN_OF_DAY <= local.time() < END_OF_DAY


def working_time(start: datetime, end: datetime) -> timedelta:
    """
    How long the loket was open between two moments.

    :returns: Nothing if `end` is not after `start`. A day with a change of the clocks is a Sunday, and does not count.
    """
    begins, ends = start.astimezone(HERE), end.astimezone(HERE)
    total, day = timedelta(), begins.date()
    while day <= ends.date():
        if is_working_day(day):
            opens, closes = datetime.combine(day, _BEGIN_OF_DAY, HERE), datetime.combine(day, END_OF_DAY, HERE)
            total += max(min(ends, closes) - max(begins, opens), timedelta())
        day += timedelta(days=1)
    return total
