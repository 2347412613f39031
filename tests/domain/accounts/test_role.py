"""Roles: who may do what."""

from app.domain.accounts.role import Permission, Role


def who_may(permission: Permission) -> set[Role]:
    return {role for role in Role if role.may(permission)}


def test_whom_the_answers_are_about_sees_releases_only() -> None:
    """Live counts would tell who answered, and the tablet that holds answers is managed above the station."""
    assert who_may(Permission.READ_TALLIES) == {Role.STATE_ADMIN}
    assert Role.STATION_HEAD in who_may(Permission.READ_RELEASES)
    assert who_may(Permission.MANAGE_DEVICES) == {Role.STATE_ADMIN, Role.DISTRICT_HEAD}


def test_whoever_makes_codes_reads_no_results() -> None:
    makes = who_may(Permission.ISSUE_PLACEMENTS) | who_may(Permission.ISSUE_BATCHES) | who_may(Permission.ISSUE_HANDLES)
    assert makes & who_may(Permission.READ_RELEASES) == {Role.STATE_ADMIN}


def test_an_auditor_reads_the_record_and_changes_nothing() -> None:
    assert who_may(Permission.READ_AUDIT) == {Role.STATE_ADMIN, Role.AUDITOR}
    may = {permission for permission in Permission if Role.AUDITOR.may(permission)}
    assert not any(permission.value.startswith(("manage", "issue", "revoke")) for permission in may)


def test_everybody_looks_after_the_own_account_and_headquarters_after_everything() -> None:
    assert who_may(Permission.OWN_ACCOUNT) == set(Role)
    assert all(Role.STATE_ADMIN.may(permission) for permission in Permission)
