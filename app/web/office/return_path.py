"""Where to go on after a detour: only ever to a page of the office."""

from app.domain.addresses import parts_of


def own_path(address: str | None, otherwise: str = "/office/") -> str:
    """The address if it is a plain path of the office, whatever a stranger put into a link; else `otherwise`."""
    if not address or not address.isprintable() or "\\" in address:
        return otherwise
    parts = parts_of(address)
    if parts is None:
        return otherwise
    inside = parts.path == "/office" or parts.path.startswith("/office/")
    if parts.scheme or parts.netloc or not inside or "//" in parts.path or ".." in parts.path.split("/"):
        return otherwise
    return address
