#!/usr/bin/env python3
"""Writes THIRD-PARTY-NOTICES.md: every package that is shipped, builds the product or tests it, with its licence.

    dotnet restore
    python3 tools/third-party-notices.py            # writes the file
    python3 tools/third-party-notices.py --check    # fails if the file is not what would be written

Reads obj/project.assets.json of each project, the .nuspec files in the package folder that these name, and the lock
file of npm. Fails, and writes nothing, where a package has no licence that can be named.
"""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD-PARTY-NOTICES.md"
SHIPPED = ["RolloutDashboard", "RolloutDashboard.Core", "RolloutDashboard.StrategyApi", "RolloutDashboard.StrategyHost"]
# What these two are restored to is what lies in the output; the libraries' own restore knows no shared framework.
PROGRAMS = {"RolloutDashboard", "RolloutDashboard.StrategyHost"}
# Private to the build, but its scripts are served to browsers.
SERVED = {"microsoft.aspnetcore.app.internal.assets"}
# Kinds of files that reach the output.
DELIVERED = {"runtime", "native", "resource", "runtimeTargets"}
TESTS = ["RolloutDashboard.Tests"]
BENCHMARKS = ["RolloutDashboard.Benchmarks"]
NPM_LOCK = ROOT / "RolloutDashboard" / "package-lock.json"

# Packages that name their licence by an address only, and what stands there.
ADDRESSES = {
    "https://github.com/moodmosaic/Fare/blob/master/LICENSE": "MIT",
    "https://github.com/jdevillard/JmesPath.Net/blob/master/LICENSE": "Apache-2.0",
    "https://raw.githubusercontent.com/StefH/SimMetrics.Net/master/LICENSE": "MIT",
}

# Phrases, in lower case and with single spaces, by which the text of a licence is known; the first that fits counts.
TEXTS = [
    (["gnu lesser general public license", "either version 3"], "LGPL-3.0-or-later"),
    (["apache license", "version 2.0"], "Apache-2.0"),
    (["permission is hereby granted, free of charge, to any person obtaining a copy"], "MIT"),
    (["redistribution and use in source and binary forms", "neither the name"], "BSD-3-Clause"),
    (["redistribution and use in source and binary forms"], "BSD-2-Clause"),
    (["microsoft public license (ms-pl)"], "MS-PL"),
]


class Failure(Exception):
    """Something that a person has to put right."""


class Assets:
    """What one project was restored to."""

    def __init__(self, project):
        path = ROOT / project / "obj" / "project.assets.json"
        if not path.is_file():
            raise Failure(f"{path.relative_to(ROOT)} is missing; run 'dotnet restore' first.")
        document = json.loads(path.read_text(encoding="utf-8"))
        self.project = project
        self.folders = [Path(folder) for folder in document["packageFolders"]]
        self.libraries = document["libraries"]
        targets = document["targets"]
        self.target = targets[sorted(targets, key=len)[0]]
        self.keys = {key.split("/")[0].lower(): key for key in self.target}
        (framework,) = document["project"]["frameworks"].values()
        self.direct = {
            name.lower(): dependency.get("suppressParent") == "All"
            for name, dependency in framework.get("dependencies", {}).items()
        }

    def packages(self):
        return {key for key, library in self.target.items() if library["type"] == "package"}

    def delivered(self):
        """Packages with a file in the output: none that are private to the build, nor what only those need."""
        projects = [name for name, key in self.keys.items() if self.target[key]["type"] == "project"]
        waiting = [name for name, is_private in self.direct.items() if not is_private or name in SERVED] + projects
        seen = set()
        while waiting:
            key = self.keys.get(waiting.pop())
            if key is None or key in seen:
                continue
            seen.add(key)
            waiting.extend(name.lower() for name in self.target[key].get("dependencies", {}))
        return {
            key
            for key in seen & self.packages()
            if DELIVERED & self.target[key].keys() or key.split("/")[0].lower() in SERVED
        }

    def nuspec(self, key):
        for folder in self.folders:
            found = sorted((folder / self.libraries[key]["path"]).glob("*.nuspec"))
            if found:
                return found[0]
        raise Failure(f"{key} of {self.project} is in none of its package folders; run 'dotnet restore' first.")


def licence_of(nuspec):
    """The licence as a short name, or None."""
    metadata = ElementTree.parse(nuspec).getroot()[0]
    values = {element.tag.split("}")[-1]: element for element in metadata}
    licence = values.get("license")
    if licence is not None and licence.get("type") == "expression":
        return licence.text.strip()
    if licence is not None and licence.get("type") == "file":
        return named(nuspec.parent / licence.text.strip().replace("\\", "/"))
    address = (values["licenseUrl"].text or "").strip() if "licenseUrl" in values else ""
    expression = re.fullmatch(r"https://licenses\.nuget\.org/(.+)", address)
    return expression.group(1).replace("%20", " ") if expression else ADDRESSES.get(address)


def named(path):
    if not path.is_file():
        return None
    text = " ".join(path.read_text(encoding="utf-8-sig", errors="replace").lower().split())
    return next((name for phrases, name in TEXTS if all(phrase in text for phrase in phrases)), None)


class Notices:
    """Collects rows, and what has no licence."""

    def __init__(self):
        self.unnamed = []

    def nuget(self, found):
        """Rows of (package, version, licence, direct) from (assets, key) pairs."""
        rows = {}
        for assets, key in found:
            name, version = key.split("/")
            licence = licence_of(assets.nuspec(key))
            if licence is None:
                self.unnamed.append(f"{key} ({assets.project}), see {assets.nuspec(key)}")
                continue
            is_direct = name.lower() in assets.direct or rows.get((name, version), (None, False))[1]
            rows[name, version] = (licence, is_direct)
        by_name = sorted(rows.items(), key=lambda row: row[0][0].lower())
        return [(name, version, *row) for (name, version), row in by_name]

    def npm(self, lock):
        document = json.loads(lock.read_text(encoding="utf-8"))
        direct = document["packages"][""].get("dependencies", {})
        rows = []
        for path, package in sorted(document["packages"].items()):
            if not path:
                continue
            name = path.split("node_modules/")[-1]
            if not package.get("license"):
                self.unnamed.append(f"{name} {package['version']} ({lock.relative_to(ROOT)})")
                continue
            rows.append((name, package["version"], package["license"], name in direct))
        return rows


def table(rows):
    lines = ["| Package | Version | Licence | |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {version} | {licence} | {'direct' if is_direct else ''} |"
        for name, version, licence, is_direct in rows
    ]
    return "\n".join(lines)


def document():
    notices = Notices()
    shipped = [Assets(project) for project in SHIPPED]
    tests, benchmarks = [Assets(project) for project in TESTS], [Assets(project) for project in BENCHMARKS]
    delivered = {key for assets in shipped if assets.project in PROGRAMS for key in assets.delivered()}
    building = {key for assets in shipped for key in assets.packages()} - delivered
    testing = {key for assets in tests for key in assets.packages()} - delivered - building
    measuring = {key for assets in benchmarks for key in assets.packages()} - delivered - building - testing

    def rows(projects, keys):
        return notices.nuget((assets, key) for assets in projects for key in assets.packages() & keys)

    parts = [
        ("Shipped: NuGet", rows(shipped, delivered)),
        ("Shipped: npm", notices.npm(NPM_LOCK)),
        ("Only to build", rows(shipped, building)),
        ("Only in tests", rows(tests, testing)),
        ("Only in benchmarks", rows(benchmarks, measuring)),
    ]
    if notices.unnamed:
        raise Failure(
            "These have no licence that can be named. Look it up and add it to ADDRESSES or TEXTS in this script:\n  "
            + "\n  ".join(sorted(notices.unnamed))
        )

    head = (
        "# Third-party notices\n\n"
        "Made by `tools/third-party-notices.py` from the restored packages; do not edit by hand. *Direct* are those\n"
        "that a project file names, the others come with them. *Shipped* is what lies in the output of the server\n"
        "or of the strategy host. The text of each licence is in its package; the one of the chart library is\n"
        "served beside it (`lib/apexcharts/LICENSE`). `SQLitePCLRaw.lib.e_sqlite3` holds SQLite, which is in the\n"
        "public domain. The .NET and ASP.NET Core runtimes (MIT) are installed on the machine and are no part of\n"
        "the output.\n"
    )
    return head + "".join(f"\n## {title}\n\n{table(rows)}\n" for title, rows in parts)


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        text = document()
    except Failure as failure:
        print(f"third-party-notices: {failure}", file=sys.stderr)
        return 1
    if sys.argv[1:] == ["--check"]:
        if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text:
            return 0
        print(f"third-party-notices: {TARGET.name} is out of date; run this script without --check.", file=sys.stderr)
        return 1
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.name}: {text.count('direct |')} direct packages, {text.count(chr(10) + '| ') - 5} in all.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
