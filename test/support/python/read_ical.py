"""Reads a calendar from standard input with Debian's python3-icalendar, python3-dateutil and zoneinfo, and prints its times as JSON.

    read_ical.py events                      every VEVENT as it stands: uid, summary, start, end
    read_ical.py expand ZONE FROM TO         every time in [FROM, TO), rules worked out; floating times and whole days are in ZONE
"""

import json
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar

UTC = timezone.utc


def zone_of(prop, default):
    """The zone of a property's times, by its TZID alone: what icalendar made of it is not asked."""
    return ZoneInfo(prop.params["TZID"]) if "TZID" in prop.params else default


def wall_and_zone(value, prop, default):
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day), default
    if value.tzinfo is not None and "TZID" not in prop.params:
        return value.astimezone(UTC).replace(tzinfo=None), UTC
    return value.replace(tzinfo=None), zone_of(prop, default)


def instant(wall, zone):
    # PEP 495: fold=0 is the first of two, and in a gap the offset from before it.
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def listed(event, name):
    value = event.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def instants(event, name, default):
    for prop in listed(event, name):
        for item in prop.dts:
            wall, zone = wall_and_zone(item.dt, prop, default)
            yield instant(wall, zone)


def times_of(event, default, until):
    start = event["DTSTART"]
    wall, zone = wall_and_zone(start.dt, start, default)
    walls = {wall}
    for rule in listed(event, "RRULE"):
        rule = dict(rule)
        if "UNTIL" in rule:
            last = rule["UNTIL"][0]
            if isinstance(last, datetime) and last.tzinfo is not None:
                last = last.astimezone(zone).replace(tzinfo=None)
            elif not isinstance(last, datetime):
                last = datetime(last.year, last.month, last.day, 23, 59, 59)
            del rule["UNTIL"]
        else:
            last = datetime.max
        text = ";".join(f"{k}={','.join(str(v) for v in vs)}" for k, vs in rule.items())
        # RFC 5545, 3.8.5.3: DTSTART always counts as the first, also where its rule would not find it; dateutil leaves it out then.
        if "COUNT" in rule and next(iter(rrulestr(text, dtstart=wall)), None) != wall:
            text = text.replace(f"COUNT={rule['COUNT'][0]}", f"COUNT={int(rule['COUNT'][0]) - 1}")
            if int(rule["COUNT"][0]) == 1:
                continue
        for found in rrulestr(text, dtstart=wall):
            if found > last or found > until:
                break
            walls.add(found)
    excluded = set(instants(event, "EXDATE", default))
    # Where clocks jump, two wall times are one instant: the earlier one counts.
    starts = {instant(one, zone): one for one in sorted(walls, reverse=True)}
    for extra in instants(event, "RDATE", default):
        starts.setdefault(extra, extra.astimezone(zone).replace(tzinfo=None))
    end = event["DTEND"]
    end_wall, end_zone = wall_and_zone(end.dt, end, default)
    for at, one in starts.items():
        if at not in excluded:
            yield at, instant(end_wall + (one - wall), end_zone)


def expand(calendar, default, begin, finish):
    events = [part for part in calendar.walk("VEVENT")]
    changed = {}
    for event in events:
        if "RECURRENCE-ID" in event:
            prop = event["RECURRENCE-ID"]
            changed.setdefault(str(event["UID"]), set()).add(instant(*wall_and_zone(prop.dt, prop, default)))
    found = []
    for event in events:
        gone = set() if "RECURRENCE-ID" in event else changed.get(str(event["UID"]), set())
        if str(event.get("STATUS", "")) == "CANCELLED":
            continue
        for at, end in times_of(event, default, finish.replace(tzinfo=None) + timedelta(days=2)):
            if at not in gone and at < finish and end > begin and at < end:
                found.append([at, end, str(event.get("SUMMARY", ""))])
    return sorted(found)


def shown(at):
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def main():
    calendar = Calendar.from_ical(sys.stdin.buffer.read())
    if sys.argv[1] == "events":
        events = [
            {
                "uid": str(event["UID"]),
                "summary": str(event["SUMMARY"]),
                "start": shown(event["DTSTART"].dt),
                "end": shown(event["DTEND"].dt),
                "sequence": int(event["SEQUENCE"]),
            }
            for event in calendar.walk("VEVENT")
        ]
        print(json.dumps({"name": str(calendar.get("X-WR-CALNAME")), "events": events}))
    else:
        zone, begin, finish = sys.argv[2:5]
        times = expand(calendar, ZoneInfo(zone), datetime.fromisoformat(begin), datetime.fromisoformat(finish))
        print(json.dumps([[shown(at), shown(end), title] for at, end, title in times]))


main()
