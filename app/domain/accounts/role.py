"""Roles, and what each of them may do. Every role is bound to a place and what lies below it."""

from enum import StrEnum


class Permission(StrEnum):
    MANAGE_DEPARTMENT = "manage_department"
    MANAGE_PLACES = "manage_places"
    MANAGE_SURVEYS = "manage_surveys"
    MANAGE_ACCOUNTS = "manage_accounts"
    ISSUE_PLACEMENTS = "issue_placements"
    ISSUE_BATCHES = "issue_batches"
    MANAGE_DRAWS = "manage_draws"
    ISSUE_HANDLES = "issue_handles"
    REVOKE_PLACEMENTS = "revoke_placements"
    CHECK_PLACEMENTS = "check_placements"
    MANAGE_DEVICES = "manage_devices"
    READ_RELEASES = "read_releases"
    ASK_FOR_JOBS = "ask_for_jobs"
    READ_TALLIES = "read_tallies"
    JUDGE_COPIES = "judge_copies"
    PROPOSE_COMMITMENT = "propose_commitment"
    APPROVE_COMMITMENT = "approve_commitment"
    WRITE_POSTS = "write_posts"
    APPROVE_POSTS = "approve_posts"
    HIDE = "hide"
    REMOVE = "remove"
    PLAN_ROUNDS = "plan_rounds"
    APPROVE_ROUNDS = "approve_rounds"
    SET_QUIET = "set_quiet"
    READ_AUDIT = "read_audit"
    OWN_ACCOUNT = "own_account"


class Role(StrEnum):
    STATE_ADMIN = "state_admin"
    DISTRICT_HEAD = "district_head"
    STATION_HEAD = "station_head"
    PRINTING_OFFICER = "printing_officer"
    OUTREACH = "outreach"
    AUDITOR = "auditor"

    def may(self, permission: Permission) -> bool:
        return permission in ROLE_PERMISSIONS[self]


# A station head sees releases only: live counts would tell who answered, where three people come a day. Nor does
# whom the answers are about manage the tablet that holds them.
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.STATE_ADMIN: frozenset(Permission),
    Role.DISTRICT_HEAD: frozenset(
        {
            Permission.READ_RELEASES,
            Permission.ASK_FOR_JOBS,
            Permission.MANAGE_DEVICES,
            Permission.CHECK_PLACEMENTS,
            Permission.PROPOSE_COMMITMENT,
            Permission.APPROVE_COMMITMENT,
            Permission.WRITE_POSTS,
            Permission.APPROVE_POSTS,
            Permission.HIDE,
            Permission.OWN_ACCOUNT,
        }
    ),
    Role.STATION_HEAD: frozenset(
        {
            Permission.READ_RELEASES,
            Permission.ASK_FOR_JOBS,
            Permission.CHECK_PLACEMENTS,
            Permission.PROPOSE_COMMITMENT,
            Permission.OWN_ACCOUNT,
        }
    ),
    Role.PRINTING_OFFICER: frozenset(
        {
            Permission.ISSUE_PLACEMENTS,
            Permission.ISSUE_BATCHES,
            Permission.REVOKE_PLACEMENTS,
            Permission.CHECK_PLACEMENTS,
            Permission.OWN_ACCOUNT,
        }
    ),
    Role.OUTREACH: frozenset(
        {
            Permission.ISSUE_HANDLES,
            Permission.WRITE_POSTS,
            Permission.HIDE,
            Permission.PLAN_ROUNDS,
            Permission.OWN_ACCOUNT,
        }
    ),
    Role.AUDITOR: frozenset({Permission.READ_RELEASES, Permission.READ_AUDIT, Permission.OWN_ACCOUNT}),
}
