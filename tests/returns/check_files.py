# SPDX-License-Identifier: GPL-3.0-or-later
"""A return's files, opened by programs that are not ours: the workbook as zip and XML, the pages by pdftotext."""
import csv
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SECRETS = ["NP77231", "QZX", "gwallt coch hir"]
results = []


def check(title):
    """One test: what would be broken if it failed is its title."""
    def run(function):
        try:
            function()
            results.append((True, title))
        except Exception as problem:
            for line in f"{type(problem).__name__}: {problem}".splitlines():
                print(f"# {line}")
            results.append((False, title))
    return run


class Book:
    """As much of a workbook as the checks need."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        assert self.zip.testzip() is None
        self.strings = ["".join(item.itertext()) for item in self.xml("xl/sharedStrings.xml").findall(f"{MAIN}si")]
        styles = self.xml("xl/styles.xml")
        self.number_formats = {int(f.get("numFmtId")): f.get("formatCode") for f in styles.iter(f"{MAIN}numFmt")}
        self.cell_formats = [int(f.get("numFmtId")) for f in styles.find(f"{MAIN}cellXfs")]
        self.names = [sheet.get("name") for sheet in self.xml("xl/workbook.xml").iter(f"{MAIN}sheet")]

    def xml(self, name):
        return ElementTree.fromstring(self.zip.read(name))

    def sheet(self, index):
        return self.xml(f"xl/worksheets/sheet{index + 1}.xml")

    def cells(self, index):
        """Rows of (value, number format); text as str, numbers as float."""
        rows = []
        for row in self.sheet(index).iter(f"{MAIN}row"):
            cells = {}
            for cell in row:
                assert cell.find(f"{MAIN}f") is None, "a formula"
                value = cell.find(f"{MAIN}v")
                if value is None:
                    continue
                column = re.match("[A-Z]+", cell.get("r")).group()
                code = self.number_formats.get(self.cell_formats[int(cell.get("s", 0))])
                text = self.strings[int(value.text)] if cell.get("t") == "s" else float(value.text)
                cells[column] = (text, code)
            rows.append(cells)
        return rows


directory = tempfile.TemporaryDirectory()
subprocess.run([sys.argv[1], directory.name], check=True, stdout=subprocess.DEVNULL)


def path(name):
    return os.path.join(directory.name, name)


def pages(language):
    return subprocess.run(["pdftotext", "-layout", path(f"return-{language}.pdf"), "-"], check=True, capture_output=True,
                          text=True).stdout


@check("the workbook has every sheet, in its language")
def _():
    assert Book(path("return-en.xlsx")).names == ["Summary", "Calls by reason", "Homes", "Calls", "Issues",
                                                  "Changes since the last issue"]
    assert Book(path("return-cy.xlsx")).names[:4] == ["Crynodeb", "Galwadau yn ôl rheswm", "Cartrefi", "Galwadau"]


@check("cells are real dates and numbers, in London's time also when the clocks change")
def _():
    calls = Book(path("return-en.xlsx")).cells(3)
    received = {row["C"][0]: row for row in calls[1:]}
    day = 25569 + 20751  # 2026-10-25
    for ref, clock in (("C2", "UTC+1"), ("C3", "UTC")):
        value, code = received[ref]["D"]
        assert abs(value - (day + 90 / 1440)) < 1e-9, value
        assert code == "dd/mm/yyyy hh:mm" and received[ref]["E"][0] == clock
    summary = Book(path("return-en.xlsx")).cells(0)
    values = {row["A"][0]: row.get("B") for row in summary[1:]}
    assert values["First day"] == (25569 + 20727, "dd/mm/yyyy")
    assert values["Calls to the police"][0] == 5
    assert values["Calls missing from the home's log"] == (67, '0" %"')


@check("Welsh words and letters arrive whole")
def _():
    calls = Book(path("return-cy.xlsx")).cells(3)
    assert [cell[0] for cell in calls[0].values()][:5] == ["Rhif cofrestru", "Cartref", "Cyfeirnod y digwyddiad",
                                                           "Derbyniwyd", "Cloc"]
    assert calls[1]["B"][0] == "Tŷ Gwyn" and calls[1]["F"][0] == "Ar goll"
    homes = Book(path("return-cy.xlsx")).cells(2)
    assert any(cell[0] == "Hydref 2026: Wedi'i sbarduno" for cell in homes[1].values())
    assert any(cell[0] == "Rheolwr newydd ers y 10fed; tŷ llawn." for cell in homes[1].values())


@check("headers are frozen, sheets can be filtered and print as they should")
def _():
    book = Book(path("return-en.xlsx"))
    for index in range(len(book.names)):
        sheet = book.sheet(index)
        assert sheet.find(f".//{MAIN}pane").get("state") == "frozen"
        assert sheet.find(f"{MAIN}autoFilter") is not None
        setup = sheet.find(f"{MAIN}pageSetup")
        assert setup.get("paperSize") == "9" and setup.get("orientation") == "landscape"
    assert "xl/charts/chart1.xml" in book.zip.namelist()
    assert "drawing" in book.zip.read("xl/worksheets/_rels/sheet1.xml.rels").decode(), "no chart on the summary"


@check("a home's name that looks like a formula stays text")
def _():
    for language in ("en", "cy"):
        assert any(cell[0].startswith("=HYPERLINK") for row in Book(path(f"return-{language}.xlsx")).cells(2)
                   for cell in row.values() if isinstance(cell[0], str))
    with open(path("homes-en.csv"), encoding="utf-8-sig", newline="") as file:
        assert any(field.startswith("'=HYPERLINK") for row in csv.reader(file) for field in row)


@check("a re-issue says what changed")
def _():
    changes = Book(path("return-en.xlsx")).cells(5)
    assert any(row["B"][0] == "Call added" and row["C"][0] == "LATE" for row in changes[1:])


@check("pages say it in Welsh, with the figures beside the chart")
def _():
    text = pages("cy")
    for words in ("Datganiad misol, Hydref 2026, cyhoeddiad 2", "Galwadau yn ôl rheswm", "Tŷ Gwyn", "tudalen 1",
                  "Heddlu Dyffryn", "Newidiadau ers y cyhoeddiad diwethaf", "25/10/2026"):
        assert words in text, words
    assert "Monthly return" in pages("en")


@check("no file names a child")
def _():
    for name in os.listdir(directory.name):
        with open(path(name), "rb") as file:
            content = file.read()
        if name.endswith(".xlsx"):
            book = zipfile.ZipFile(path(name))
            content = b"".join(book.read(part) for part in book.namelist())
        for secret in SECRETS:
            assert secret.encode() not in content, f"{secret} in {name}"
    for language in ("en", "cy"):
        assert not any(secret in pages(language) for secret in SECRETS)


print(f"1..{len(results)}")
for number, (good, title) in enumerate(results, 1):
    print(f"{'ok' if good else 'not ok'} {number} files: {title}")
sys.exit(not all(good for good, _ in results))
