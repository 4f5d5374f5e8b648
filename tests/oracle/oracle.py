#!/usr/bin/env python3
"""What `readings` and `outages` must find in the measured data, calculated without them.

    python3 tests/oracle/oracle.py           writes expected.json
    python3 tests/oracle/oracle.py --check   compares with it and writes nothing

Either way the data are first held against what their own page says of them. Needs the standard
library and the system's table of time zones.
"""

import json
import pathlib
import sys

sys.dont_write_bytecode = True  # the tree stays as it was found

import ceew  # noqa: E402
import lcl  # noqa: E402
import majors  # noqa: E402
import opsd  # noqa: E402
import simbench  # noqa: E402

EXPECTED = pathlib.Path(__file__).resolve().parent / "expected.json"
PARTS = {"opsd": opsd, "lcl": lcl, "ceew": ceew, "simbench": simbench, "majors": majors}


def text():
    found = {name: part.calculate() for name, part in PARTS.items()}
    return "{\n" + ",\n".join(part(name, value) for name, value in found.items()) + "\n}\n"


def part(name, value):
    """One line for each member of a part: short, and a difference shows where it is."""
    members = ",\n".join(f"  {json.dumps(key)}: {lines(member)}" for key, member in value.items())
    return f" {json.dumps(name)}: {{\n{members}\n }}"


def lines(member):
    if isinstance(member, dict) and any(isinstance(one, dict) for one in member.values()):
        inner = ",\n".join(f"   {json.dumps(key)}: {json.dumps(one)}" for key, one in member.items())
        return "{\n" + inner + "\n  }"
    return json.dumps(member)


def main(words):
    if words not in ([], ["--check"]):
        sys.exit(__doc__)
    found = text()
    if not words:
        EXPECTED.write_text(found)
        print(f"written: {EXPECTED.name}, {len(found)} characters")
    elif EXPECTED.read_text() != found:
        sys.exit(f"{EXPECTED.name} is not what the data give: run oracle.py and look at the difference")
    else:
        print("the data are as their page says, and expected.json is what they give")


main(sys.argv[1:])
