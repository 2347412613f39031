"""Staff pages: a session, CSRF on every post, and a guard that lets nothing through by accident."""

from flask import Blueprint, Flask

from app.web.office import (
    account_changes,
    accounts,
    audit,
    batch_files,
    batch_making,
    batches,
    case_imports,
    department,
    devices,
    exact_figures,
    guard,
    handles,
    home,
    language,
    navigation,
    own_account,
    place_changes,
    place_imports,
    placement_ending,
    placement_issuing,
    placements,
    places,
    prints,
    quotas,
    recordings,
    reports,
    response_imports,
    role_names,
    screens,
    second_factor,
    share_kits,
    sightings,
    sign_in,
    slip_register,
    surveys,
    tallies,
    totp,
)


def register_office(app: Flask) -> None:
    office = Blueprint("office", __name__, url_prefix="/office")
    guard.register_guard(app, office)
    navigation.register_navigation(app)
    role_names.register_role_names(app)
    for noun in (sign_in, second_factor, home, language, own_account, totp, accounts, audit, department):
        noun.add_routes(office)
    account_changes.add_routes(office)
    reports.add_routes(office)
    tallies.add_routes(office)
    exact_figures.add_routes(office)
    places.add_routes(office)
    place_changes.add_routes(office)
    place_imports.add_routes(office)
    placements.add_routes(office)
    placement_issuing.add_routes(office)
    placement_ending.add_routes(office)
    screens.add_routes(office)
    prints.add_routes(office)
    sightings.add_routes(office)
    batches.add_routes(office)
    slip_register.add_routes(office)
    case_imports.add_routes(office)
    batch_making.add_routes(office)
    batch_files.add_routes(office)
    handles.add_routes(office)
    share_kits.add_routes(office)
    devices.add_routes(office)
    response_imports.add_routes(office)
    surveys.add_routes(office)
    recordings.add_routes(office)
    quotas.add_routes(office)
    app.register_blueprint(office)
