"""Open data: what there is, what every column says, and the tables themselves, for programs of anybody."""

import gzip
from collections.abc import Hashable, Iterator
from datetime import date
from pathlib import Path

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from app.domain.dialogue.open_data.tables import TABLES
from app.domain.figures.editions.days import shown_at
from app.domain.sentence import Sentence
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from app.formats.tables.data_package import PackagedTable, PackageHead, write_data_package
from app.services.dialogue.open_data.files import DataFile, data_file, data_files, is_made_now
from app.services.dialogue.open_data.scope import DataScope, scope_at
from app.services.dialogue.posts.hidings import hiding_now
from app.services.figures.editions.holding import what_is_shown
from app.services.installation.department_queries import describe_department
from app.services.record.changes import last_changes
from app.services.surveys.round_queries import public_states
from app.transaction import reading
from app.web.compression import choose_encoding
from app.web.context import context, now, today
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.public.figures.reach import own_address
from app.web.public.rendered import rendered_pages
from app.web.views import at

TITLE = Sentence("What people say about the police, as data")
ABOUT = Sentence(
    "Figures of what people answered about police stations, published on Mondays at 11:00 for everybody at the same "
    "minute. Most come from people who chose to answer: they say what those people said, and put no places in order."
)
_PIECE = 64 * 1024


@at("/r/data")
@at("/R/DATA")
def show_data() -> ResponseReturnValue:
    """In the order in which somebody asks: what there is, under what licence, what it means, what it cannot say."""

    def render() -> str:
        scope = scope_at(session, now())
        files = data_files(session, _instance(), scope) if scope.places else []
        return render_template(
            "public/figures/data.html",
            files=[(file, _day_of(file, scope)) for file in files],
            tables=TABLES,
            dataset=_dataset(session, scope, files),
            title=TITLE,
            about=ABOUT,
            licence=context().settings.data_licence,
            address=context().settings.address,
            own=own_address(url_for("public.figures.show_data")),
            size=size_in_words,
            reader=FigureReader(),
        )

    with reading() as session:
        key = "data", reader_language(), *_key(session)
        return rendered_pages().get(key, render).response()


@at("/r/data/datapackage.json")
@at("/R/DATA/DATAPACKAGE.JSON")
def show_package() -> ResponseReturnValue:
    """The tables with what is to be known of them, as Frictionless Data has it."""

    def render() -> str:
        scope = scope_at(session, now())
        files = data_files(session, _instance(), scope)
        packaged = [PackagedTable(file.name, file.table, file.measured.size, file.measured.digest) for file in files]
        return write_data_package(_head(session, scope), packaged).decode()

    with reading() as session:
        key = "package", *_key(session)
        return _open(rendered_pages().get(key, render, "application/json").response())


@at("/r/data/<name>.csv")
@at("/R/DATA/<name>.CSV")
def show_data_table(name: str) -> ResponseReturnValue:
    """Problems `data.unknown`, and `data.busy` while a large one is being made."""
    name = name.lower()

    with reading() as session:

        def file() -> DataFile:
            return data_file(session, _instance(), name, scope_at(session, now()))

        if is_made_now(name):
            key = "table", name, *_key(session)
            return _open(rendered_pages().get(key, lambda: (file().content or b"").decode(), "text/csv").response())
        kept = file()
    return _open(_packed(kept, kept.packed))


def _packed(file: DataFile, packed: Path | None) -> Response:
    """As it lies, to whoever takes it so; to others it is unpacked while it is sent."""
    if packed is None:
        raise ValueError("a table has its content or lies packed")
    is_packed = choose_encoding(request.headers.get("Accept-Encoding", ""), ["gzip"]) is not None
    digest = file.measured.digest[:20]
    response = Response(_pieces(packed, is_packed=is_packed), content_type="text/csv; charset=utf-8")
    response.content_length = packed.stat().st_size if is_packed else file.measured.size
    response.set_etag(f"{digest}-gzip" if is_packed else digest)
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.make_conditional(request)
    return response


def _pieces(packed: Path, *, is_packed: bool) -> Iterator[bytes]:
    """Opened when the first one is sent: whoever has the table already reads nothing."""
    with packed.open("rb") if is_packed else gzip.open(packed) as table:
        while piece := table.read(_PIECE):
            yield piece


def _open(response: Response) -> Response:
    """For programs of anybody; asked for again each time, since a correction may have come."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _key(session: Session) -> tuple[Hashable, ...]:
    """What the tables follow from."""
    moving = what_is_shown(session, now()), today(), hiding_now(session, now())
    return *moving, *public_states(session, now()), last_changes(session)


def _instance() -> Path:
    return context().settings.instance


def _day_of(file: DataFile, scope: DataScope) -> date:
    """The Monday up to which it tells."""
    days = scope.days_of(int(file.name[-4:])) if file.table.by_year else scope.days
    return days[-1] if days else scope.showing.latest


def _head(session: Session, scope: DataScope) -> PackageHead:
    name = describe_department(session).name
    publisher = {language: name.in_language(language) for language in REQUIRED_LANGUAGES}
    address, licence = own_address(url_for("public.figures.show_data")), context().settings.data_licence
    return PackageHead(TITLE, ABOUT, publisher, address, licence, shown_at(scope.showing.latest))


def _dataset(session: Session, scope: DataScope, files: list[DataFile]) -> dict[str, object]:
    """The page for search engines that look for data (schema.org, Dataset)."""
    address = own_address(url_for("public.figures.show_data"))
    licence, days = context().settings.data_licence, scope.days
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": TITLE.text(gettext),
        "description": ABOUT.text(gettext),
        "url": address,
        "inLanguage": list(REQUIRED_LANGUAGES),
        "isAccessibleForFree": True,
        "creator": {
            "@type": "GovernmentOrganization",
            "name": describe_department(session).name.in_language(reader_language()),
            "url": context().settings.address,
        },
        **({"license": licence[1]} if licence else {}),
        **({"temporalCoverage": f"{days[0].isoformat()}/..", "dateModified": days[-1].isoformat()} if days else {}),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": f"{file.name}.csv",
                "encodingFormat": "text/csv",
                "contentUrl": f"{address}/{file.name}.csv",
                "contentSize": f"{file.measured.size} B",
                "sha256": file.measured.digest,
            }
            for file in files
        ],
    }


def size_in_words(size: int) -> str:
    """As people say how large a file is: in kB or MB, as 1,000 and 1,000,000 bytes."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size, 1000) / 1e3:.0f} kB"
