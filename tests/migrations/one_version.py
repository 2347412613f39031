"""Run by the code of an earlier version, or of this one, on the tables of this one: takes answers in, does the jobs.

Only what that version had may be used here. Reads an answer a line, and prints what came of it as JSON.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app.config import Settings
from app.factory import create_app
from app.jobs.schedule import run_once
from app.models import Release, Response, TallyMark
from app.services.figures.release_queries import verify_releases
from app.transaction import reading

OWN = Path(__file__).resolve().parents[2] / "app"


def serve(app: Flask, item: object) -> dict[str, object]:
    answer = app.test_client().post("/api/v1/responses", json={"responses": [item]})
    with app.app_context():
        run_once(app.app_context)
        with reading() as session:
            return {
                "code": "present" if Path(sys.modules["app"].__path__[0]) == OWN else "earlier",
                "receipts": [receipt["status"] for receipt in answer.get_json()["receipts"]],
                "answers": session.scalar(select(func.count()).select_from(Response)),
                "marks": session.scalar(select(func.count()).select_from(TallyMark)),
                "releases": session.scalar(select(func.count()).select_from(Release)),
                "faults": verify_releases(session).faults,
            }


def main(at: str) -> None:
    app = create_app(Settings.from_env())
    app.config["CLOCK"] = lambda: datetime.fromisoformat(at)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(serve(app, json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
