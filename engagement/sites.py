"""Hosts of web addresses, and which belong to a site: asked by whoever tells our own pages from those of others."""

from urllib.parse import urlsplit


def address_of_site(site: str) -> str:
    """Return the address of a site as somebody named it: they may leave out the scheme."""
    return site if "://" in site else f"https://{site}"


def host_of(url: str) -> str:
    """Return the host of an address, in lower case and without `www.`; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        # Brackets that enclose no IPv6 address.
        return ""


def belongs_to(host: str, site: str) -> bool:
    """Say whether `host` is the host `site` or one below it; to an empty one belongs none."""
    return bool(site) and (host == site or host.endswith(f".{site}"))
