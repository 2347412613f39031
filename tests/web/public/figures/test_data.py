"""Open data as programs of anybody take it: valid, exact, of what is public at this minute, and asked for again."""

import csv
import gzip
import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from frictionless import Package, system

from app.config import Settings
from app.domain.dialogue.open_data.tables import CHANGES, TABLES
from app.domain.figures.editions.days import Showing
from app.domain.installation.public_results import Depth
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.jobs.editions import make_editions
from app.jobs.publishing import publish_rounds
from app.models import Account, Department, Place, SurveyVersion
from app.services.dialogue.commitments import approve, draft, propose
from app.services.dialogue.open_data.kept_tables import DATA_BUSY
from app.services.figures.editions.making import correct_edition
from app.services.figures.editions.print_files import FOLDER, making_alone
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.services.places.changes import set_names
from app.services.record.editions import keep_edition, newest_edition
from app.transaction import transaction
from app.web.context import Context
from tests.factories import add_responses
from tests.factories.dialogue.commitments import FIGURE, wording
from tests.factories.surveys.rounds import OPEN_AT, RESULTS_AT, add_ballot, answer, set_clock
from tests.web.public.figures.conftest import MONDAY, WEEK, Department_, Reader, text_of

pytestmark = pytest.mark.usefixtures("department")
TODAY = "2026-11-30"
HOSTILE = '=HYPERLINK("http://x.example","थाना"),\'@-+'


def taken(reader: Reader, folder: Path) -> Package:
    """The package as somebody has downloaded it."""
    described = reader.get("/r/data/datapackage.json").data
    (folder / "datapackage.json").write_bytes(described)
    for resource in json.loads(described)["resources"]:
        (folder / resource["path"]).write_bytes(reader.get(f"/r/data/{resource['path']}").data)
    with system.use_context(trusted=True):
        return Package(str(folder / "datapackage.json"))


def lines(reader: Reader, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reader.get(f"/r/data/{name}.csv").data.decode(), newline="")))


def correct(department: Department_, later: timedelta = timedelta()) -> None:
    """Of the busy station; what it says is what it said."""
    with transaction() as session:
        wrong = newest_edition(session, department.busy, Showing(MONDAY.date()))
        assert wrong is not None
        reason = {"hi": "भूल थी।", "en": "It was a mistake."}
        keep_edition(session, correct_edition(session, wrong, "error", reason), MONDAY + later)


def rename(code: str, name: str) -> None:
    with transaction() as session:
        set_names(session, code, BilingualName(name, name))


def test_it_is_valid_with_keys_digests_and_sizes(reader: Reader, department: Department_, tmp_path: Path) -> None:
    rename("S.D1/B-2", HOSTILE)
    correct(department)
    package = taken(reader, tmp_path)
    report = package.validate()
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])[:5]
    assert report.stats["tasks"] == len(TABLES)
    assert HOSTILE in [line["name_hi"] for line in lines(reader, "places")]


def test_with_promises_and_what_came_of_a_poll_it_is_valid_too(
    app: Flask, reader: Reader, department: Department_, tmp_path: Path
) -> None:
    set_clock(app, OPEN_AT)
    with transaction() as session:
        ballot = add_ballot(session)
        session.get_one(Place, ballot.state_id).page = "polled"
    answer(ballot, *[{"first": "traffic"}] * 30, *[{"first": "fraud"}] * 10)
    publish_rounds(RESULTS_AT)
    set_clock(app, MONDAY)
    with transaction() as session:
        for account in (ballot.planner, ballot.approver):
            session.get_one(Account, account).place_id = department.state
        promise = draft(session, department.busy, FIGURE, wording(), ballot.planner, MONDAY)
        propose(session, promise, ballot.planner, MONDAY)
        approve(session, promise, ballot.approver, MONDAY)
    package = taken(reader, tmp_path)
    report = package.validate()
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])[:5]
    assert [len(lines(reader, name)) for name in ("promises", "rounds")] == [1, 1]
    assert len(lines(reader, "round-figures")) > 1


def test_a_figure_that_does_not_belong_is_found(reader: Reader, tmp_path: Path) -> None:
    package = taken(reader, tmp_path)
    file = tmp_path / "figures-2026.csv"
    file.write_bytes(file.read_bytes().replace(b"s-d1-b-1,", b"elsewhere,", 1))
    found = {error.type for error in package.validate().tasks for error in error.errors}
    assert {"foreign-key", "hash-count"} <= found


def test_bytes_are_as_tables_for_programs_have_them(reader: Reader) -> None:
    rename("S.D1/B-2", HOSTILE)
    data = reader.get("/r/data/places.csv").data
    assert data.startswith(b"place,code,")
    assert data.count(b"\r\n") == data.count(b"\n") == 5
    assert HOSTILE in [line["name_en"] for line in lines(reader, "places")]
    figures = reader.get("/r/data/figures-2026.csv").data.decode()
    header = (
        "place,edition,survey,version,evidence,first_week,last_week,question,row,answer,share_kind,share,low,high,"
        "bound,base_kind,base,chosen_themselves,digest"
    )
    assert figures.splitlines()[0] == header


def test_places_stand_in_the_order_of_their_pages_and_never_of_figures(app: Flask, reader: Reader) -> None:
    with transaction() as session:
        quiet, version = session.query(Place).filter_by(page="s-d1-b-2").one(), session.query(SurveyVersion).one()
        add_responses(session, quiet, version, WEEK + timedelta(weeks=4), [{"overall": 5}] * 90)
        session.flush()
        publish_releases(session, MONDAY + timedelta(days=6))
    make_editions(MONDAY + timedelta(days=6, hours=23, minutes=30))
    app.config["CLOCK"] = lambda: MONDAY + timedelta(days=7)
    for name in ("places", "editions", "figures-2026", "sections-2026", "trends-2026"):
        told = [(line["place"], line.get("edition", "")) for line in lines(reader, name)]
        assert told == sorted(told), name
        assert told


def test_only_what_is_public_and_not_a_second_earlier(app: Flask, reader: Reader) -> None:
    with transaction() as session:
        busy, version = session.query(Place).filter_by(page="s-d1-b-1").one(), session.query(SurveyVersion).one()
        add_responses(session, busy, version, WEEK + timedelta(weeks=4), [{"overall": 1}] * 200)
        session.flush()
        publish_releases(session, MONDAY + timedelta(days=6))
    make_editions(MONDAY + timedelta(days=6, hours=23, minutes=30))
    names = ["editions", "figures-2026", "sections-2026", "trends-2026"]

    def at(moment: timedelta) -> dict[str, bytes]:
        app.config["CLOCK"] = lambda: MONDAY + moment
        return {name: reader.get(f"/r/data/{name}.csv").data for name in names}

    now, before, after = at(timedelta()), at(timedelta(days=7, seconds=-1)), at(timedelta(days=7))
    assert before == now
    assert all(b"2026-12-07" in after[name] and b"2026-12-07" not in now[name] for name in names)
    with transaction() as session:
        decide_public_results(session, Depth.DISTRICT, (MONDAY + timedelta(days=7)).date(), None, MONDAY)
    for name in ("places", *names):
        assert {line["place"] for line in lines(reader, name)} <= {"s", "s-d1"}
    with transaction() as session:
        decide_public_results(session, Depth.NONE, (MONDAY + timedelta(days=7)).date(), None, MONDAY)
    # That it was decided so, and when, is for everybody all the same.
    assert {line["kind"] for line in lines(reader, CHANGES.name)} == {"results_decided"}
    for table in (table for table in TABLES if table is not CHANGES):
        answer = reader.get(f"/r/data/{table.name}{'-2026' if table.by_year else ''}.csv")
        assert (answer.status_code, answer.text) == (200, f"{','.join(table.header)}\r\n")
    assert "Results are not public" in text_of(reader.get("/r/data?lang=en").text)
    assert reader.get("/r/data/datapackage.json").status_code == 200


def test_a_correction_takes_the_place_of_what_was_wrong_and_says_so(reader: Reader, department: Department_) -> None:
    wrong = lines(reader, "figures-2026")
    correct(department)
    first, second = (line for line in lines(reader, "editions") if line["place"] == "s-d1-b-1")
    assert (first["number"], first["replaced_by"], first["cause"]) == ("1", second["digest"], "")
    assert (second["number"], second["previous"], second["replaced_by"]) == ("2", first["digest"], "")
    assert (second["cause"], second["reason_hi"], second["reason_en"]) == ("error", "भूल थी।", "It was a mistake.")
    right = lines(reader, "figures-2026")
    assert {line["digest"] for line in right if line["place"] == "s-d1-b-1"} == {second["digest"]}
    assert len(right) == len(wrong)
    for line in (first, second):
        document = reader.get(f"/r/{line['place']}/{line['edition']}/{line['number']}.json").data
        assert hashlib.sha256(document).hexdigest() == line["digest"]


@pytest.mark.parametrize("name", ["places", "questions", "figures-2026", "editions"])
def test_packed_or_not_it_is_one_table_and_is_not_sent_twice(app: Flask, reader: Reader, name: str) -> None:
    address = f"/r/data/{name}.csv"
    described = json.loads(reader.get("/r/data/datapackage.json").data)["resources"]
    (resource,) = (one for one in described if one["name"] == name)
    client, found = app.test_client(), {}
    for encoding in ("identity", "gzip"):
        answer = client.get(address, headers={"Accept-Encoding": encoding})
        found[encoding] = answer.data if encoding == "identity" else gzip.decompress(answer.data)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert client.head(address, headers={"Accept-Encoding": encoding}).data == b""
        again = {"Accept-Encoding": encoding, "If-None-Match": answer.headers["ETag"]}
        assert client.get(address, headers=again).status_code == 304
    assert found["identity"] == found["gzip"]
    assert resource["bytes"] == len(found["gzip"])
    assert resource["hash"] == f"sha256:{hashlib.sha256(found['gzip']).hexdigest()}"


def test_only_tables_and_documents_are_for_pages_of_others(reader: Reader) -> None:
    for address in ("/r/data", "/r/feed.atom", "/r/s-d1-b-1/feed.atom", "/r/calendar.ics", "/r/s-d1-b-1"):
        assert "Access-Control-Allow-Origin" not in reader.get(address).headers, address
    assert reader.get("/r/data/datapackage.json").headers["Access-Control-Allow-Origin"] == "*"


def test_what_is_missing_is_made_anew_and_by_one_alone(app: Flask, reader: Reader) -> None:
    instance = app.extensions["samvad.settings"].instance
    first = reader.get("/r/data/figures-2026.csv").data
    for file in (instance / FOLDER).glob("figures-*"):
        file.unlink()
    with making_alone(instance, "lock-tables", Problem(DATA_BUSY)):
        busy = reader.get("/r/data/figures-2026.csv")
        assert (busy.status_code, reader.get("/r/data/places.csv").status_code) == (503, 200)
    assert busy.headers["Retry-After"] == "30"
    assert reader.get("/r/data/figures-2026.csv").data == first
    assert list((instance / FOLDER).glob("*.begun")) == []


@pytest.mark.parametrize(
    "name", ["figures-2025", "figures-20266", "places-2026", "figures", "secrets", "x-2026", "..%2Fx"]
)
def test_what_is_no_table_is_unknown(reader: Reader, name: str) -> None:
    assert reader.get(f"/r/data/{name}.csv").status_code == 404


class TestPage:
    def test_it_tells_of_every_table_and_column(self, reader: Reader) -> None:
        page = reader.get("/r/data?lang=en").text
        for table in TABLES:
            name = f"{table.name}-2026" if table.by_year else table.name
            assert re.search(rf'href="/r/data/{name}.csv" download>{name}.csv</a>\s*<span[^>]*>\d+ kB · ', page), name
            for column in table.columns:
                assert f"<li><b>{column.name}</b>" in page
                assert column.about.message in unescape(page)
        assert "An empty cell is not told. It is not zero." in page
        assert reader.get("/R/DATA").status_code == 200

    @pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "<!--<script>"])
    def test_search_engines_find_tables_that_are_there(self, reader: Reader, name: str) -> None:
        with transaction() as session:
            session.query(Department).update({"name_en": name})
        page = reader.get("/r/data?lang=en").text
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
        told = json.loads(block)
        assert (told["@type"], told["creator"]["name"]) == ("Dataset", name)
        assert 50 <= len(told["description"]) <= 5000
        assert len(told["distribution"]) == len(TABLES)
        for file in told["distribution"]:
            data = reader.get(file["contentUrl"].removeprefix("http://localhost")).data
            assert hashlib.sha256(data).hexdigest() == file["sha256"]
            assert f"{len(data)} B" == file["contentSize"]

    @pytest.mark.parametrize("licence", [None, ("GODL-India", "https://licence.example/godl")])
    def test_the_licence_is_the_departments(
        self, app: Flask, reader: Reader, settings: Settings, licence: tuple[str, str] | None
    ) -> None:
        found: Context = app.extensions["samvad.context"]
        app.extensions["samvad.context"] = replace(found, settings=replace(settings, data_licence=licence))
        page, package = reader.get("/r/data?lang=en").text, json.loads(reader.get("/r/data/datapackage.json").data)
        assert ("has not named a licence" in page) is (licence is None)
        assert ('<a href="https://licence.example/godl" rel="license">GODL-India</a>' in page) is bool(licence)
        assert package.get("licenses") == ([{"name": licence[0], "path": licence[1]}] if licence else None)

    def test_pages_of_results_lead_to_it(self, reader: Reader) -> None:
        for address in ("/r", "/r/s-d1-b-1", "/r/data"):
            page = reader.get(f"{address}?lang=en").text
            assert '<link rel="describedby" type="application/json" href="/r/data/datapackage.json">' in page
            feed = "/r/s-d1-b-1/feed.atom" if address == "/r/s-d1-b-1" else "/r/feed.atom"
            assert f'href="{feed}?lang=en">' in page
            assert address == "/r/data" or 'href="/r/data?lang=en"' in page
