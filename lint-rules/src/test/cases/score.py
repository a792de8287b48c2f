#!/usr/bin/env python3
"""Compares a checker's text output with the markers in the cases.

usage: score.py [--optional] [--src DIR] FINDINGS.txt

FINDINGS.txt   lines 'path:line:column: error|warning|info: [rule-id] message' (or [rule-id/reason]);
               other lines are counted and skipped. Files are matched by name, so paths may be relative or absolute.
--optional     judge OptionalCases.java only (findings of a run with --rules sync-throw,unused-suppression).
               Without it that file is left out.
--src DIR      where the cases are; default: src beside this script.

Markers, at the end of a line:
  // expect: rule[/reason][, rule...]     each of these rules must be found on this line
  // expect-oneof(name): rule[/reason]    the rule must be found on at least one line of this name in this file
  // allow: rule[, rule...]               found or not, both are right
Every other finding is a false alarm. Reasons never count; a different one is listed at the end.
Exit 0: nothing missed and no false alarm; 1: something; 2: wrong usage.
"""
import os
import re
import sys
from collections import defaultdict

OPTIONAL = "OptionalCases.java"
FINDING = re.compile(r"^(.*?):(\d+):(\d+): (error|warning|info): \[([a-z0-9-]+)(?:/([a-z0-9-]+))?\] ?(.*)$")
MARKER = re.compile(r"// (expect|allow|expect-oneof\((\w+)\)): ([^/]*(?:/[a-z-]+[^/]*)*?)(?=\s*//|\s*$)")
CASE = re.compile(r"// case([+-]) ([a-z-]+) \| (.*)")


def ids(text):
    for item in text.split(","):
        rule, _, reason = item.strip().partition("/")
        if not re.fullmatch(r"[a-z-]+", rule):
            raise SystemExit(f"bad marker: {text!r}")
        yield rule, reason


class Cases:
    def __init__(self, folder, names):
        self.lines = {}  # file -> lines
        self.expected = {}  # (file, line, rule) -> reason
        self.oneof = defaultdict(set)  # (file, group, rule) -> lines
        self.oneof_at = {}  # (file, line, rule) -> group key
        self.reasons = {}
        self.allowed = set()
        self.count = defaultdict(lambda: [0, 0])
        for name in names:
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                self.lines[name] = f.read().split("\n")
            for number, line in enumerate(self.lines[name], 1):
                case = CASE.search(line)
                if case:
                    self.count[case[2]][case[1] == "-"] += 1
                found = list(MARKER.finditer(line))
                if re.search(r"// (expect|allow)", line) and not found:
                    raise SystemExit(f"{name}:{number}: marker not understood")
                for kind, group, rules in (m.groups() for m in found):
                    for rule, reason in ids(rules):
                        key = (name, number, rule)
                        if kind == "allow":
                            self.allowed.add(key)
                        elif kind == "expect":
                            self.expected[key] = reason
                        else:
                            self.oneof[name, group, rule].add(number)
                            self.oneof_at[key] = (name, group, rule)
                        self.reasons[key] = reason

    def case_of(self, name, number):
        for i in range(min(number, len(self.lines[name])), 0, -1):
            case = CASE.search(self.lines[name][i - 1])
            if case:
                return f"case{case[1]} {case[2]} | {case[3]}"
        return "no case"


def main(args):
    optional = "--optional" in args
    args = [a for a in args if a != "--optional"]
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "src")
    if "--src" in args[:-1]:
        at = args.index("--src")
        folder = args[at + 1]
        del args[at:at + 2]
    if len(args) != 1 or args[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    names = sorted(n for n in os.listdir(folder) if n.endswith(".java") and (n == OPTIONAL) == optional)
    cases = Cases(folder, names)

    findings, skipped = {}, 0
    try:
        with open(args[0], encoding="utf-8") as f:
            for line in f.read().split("\n"):
                m = FINDING.match(line)
                if not m:
                    skipped += bool(line.strip())
                    continue
                name = re.split(r"[/\\]", m[1])[-1]
                if name in cases.lines:
                    findings[name, int(m[2]), m[5]] = (m[6], m[4], m[7])
    except OSError as e:
        print(e, file=sys.stderr)
        return 2

    expected, found, right, alarms = (defaultdict(int) for _ in range(4))
    missed, false_alarms = defaultdict(list), defaultdict(list)
    for (name, number, rule) in cases.expected:
        expected[rule] += 1
        if (name, number, rule) in findings:
            found[rule] += 1
        else:
            missed[rule].append((name, number))
    for (name, group, rule), numbers in cases.oneof.items():
        expected[rule] += 1
        if any((name, n, rule) in findings for n in numbers):
            found[rule] += 1
        else:
            missed[rule].append((name, min(numbers)))
    for key in sorted(findings):
        name, number, rule = key
        if key in cases.expected or key in cases.oneof_at:
            right[rule] += 1
        elif key not in cases.allowed:
            alarms[rule] += 1
            false_alarms[rule].append((name, number, findings[key][1], findings[key][2]))

    rules = sorted(set(expected) | set(alarms) | set(cases.count), key=lambda r: (r != "un-awaited", r))
    row = "{:22} {:>6} {:>6} {:>9} {:>6} {:>7} {:>12} {:>7} {:>10}"
    percent = lambda a, b: f"{a / b:.3f}" if b else "-"
    print(row.format("rule", "cases+", "cases-", "expected", "found", "missed", "false alarms", "recall", "precision"))
    total = [0] * 6
    for rule in rules:
        pos, neg = cases.count[rule]
        e, f, r, a = expected[rule], found[rule], right[rule], alarms[rule]
        print(row.format(rule, pos, neg, e, f, e - f, a, percent(f, e), percent(r, r + a)))
        total = [x + y for x, y in zip(total, (pos, neg, e, f, r, a))]
    pos, neg, e, f, r, a = total
    print(row.format("all", pos, neg, e, f, e - f, a, percent(f, e), percent(r, r + a)))

    for rule in rules:
        for name, number in sorted(missed[rule]):
            print(f"\nmissed {rule}: {name}:{number}\n    {cases.lines[name][number - 1].strip()}\n    {cases.case_of(name, number)}")
    for rule in rules:
        for name, number, level, message in false_alarms[rule]:
            text = cases.lines[name][number - 1].strip() if number <= len(cases.lines[name]) else ""
            print(f"\nfalse alarm {rule}: {name}:{number}: {level}: {message}\n    {text}\n    {cases.case_of(name, number)}")
    other = [(k, cases.reasons[k], findings[k][0]) for k in sorted(findings)
             if cases.reasons.get(k) and findings[k][0] and cases.reasons[k] != findings[k][0]]
    if other:
        print("\nother reasons (not counted):")
        for (name, number, rule), want, got in other:
            print(f"  {name}:{number}: {rule}: expected {want}, got {got}")
    if skipped:
        print(f"\n{skipped} lines were no findings")
    return 1 if a or e - f else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenPipeError:
        os._exit(0)
