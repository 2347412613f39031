"""Quotas of a survey by interview: how far it has come, on the page and as a table for spreadsheets."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.documents.figure_tables import write_quotas_csv
from app.domain.accounts.role import Permission
from app.domain.surveys.quotas import describe_cell
from app.services.devices.refusals import contacts_of_survey
from app.services.figures.quota_progress import report_quotas
from app.services.surveys.surveys import get_survey
from app.transaction import reading
from app.web.context import today
from app.web.languages import reader_language
from app.web.office.downloads import CSV, attachment
from app.web.office.guard import open_to


@open_to(Permission.MANAGE_SURVEYS, "/surveys/<slug>/quotas")
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


@open_to(Permission.MANAGE_SURVEYS, "/surveys/<slug>/quotas/quotas.csv")
def download_quotas(slug: str) -> ResponseReturnValue:
    with reading() as session:
        report = report_quotas(session, get_survey(session, slug))
    return attachment(write_quotas_csv(report), f"quotas-{slug}-{today().isoformat()}.csv", CSV)
