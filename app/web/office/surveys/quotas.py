"""Quotas of a survey by interview: how far it has come, on the page and as a table for spreadsheets."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from app.domain.accounts.role import Permission
from app.formats.tables.spreadsheets import write_csv
from app.services.devices.refusals import contacts_of_survey
from app.services.figures.quota_progress import report_quotas
from app.services.surveys.quotas import describe_cell
from app.services.surveys.surveys import get_survey
from app.transaction import reading
from app.web.context import today
from app.web.languages import reader_language
from app.web.office.guard import allowed
from app.web.office.surveys import quota_targets

HEADER = ("questions", "group", "group_hi", "group_en", "target", "counted", "missing")


def add_routes(office: Blueprint) -> None:
    office.add_url_rule("/surveys/<slug>/quotas", view_func=show_quotas)
    office.add_url_rule("/surveys/<slug>/quotas/quotas.csv", view_func=download_quotas)
    quota_targets.add_routes(office)


@allowed(Permission.MANAGE_SURVEYS)
def show_quotas(slug: str) -> ResponseReturnValue:
    with reading() as session:
        survey = get_survey(session, slug)
        report = report_quotas(session, survey)
        contacts = contacts_of_survey(session, survey.id)
    return render_template(
        "office/surveys/quotas/quotas.html",
        survey=survey,
        report=report,
        contacts=contacts,
        words=lambda count: describe_cell(count.words, reader_language()),
    )


@allowed(Permission.MANAGE_SURVEYS)
def download_quotas(slug: str) -> ResponseReturnValue:
    with reading() as session:
        report = report_quotas(session, get_survey(session, slug))
    rows = [
        (
            " × ".join(report.quotas.questions),
            " × ".join(count.cell),
            describe_cell(count.words, "hi"),
            describe_cell(count.words, "en"),
            count.target,
            count.counted,
            count.missing,
        )
        for count in report.counts
    ] if report else []  # fmt: skip
    headers = {"Content-Disposition": f'attachment; filename="quotas-{slug}-{today().isoformat()}.csv"'}
    return Response(write_csv(HEADER, rows), content_type="text/csv; charset=utf-8", headers=headers)
