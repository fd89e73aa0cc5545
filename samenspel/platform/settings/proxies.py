# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which proxies in front are believed about the visitor's address: a number of them, or their addresses."""

import ipaddress
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """So many proxies, or those on these networks; none of both: nobody is believed."""

    count: int = 0
    networks: tuple[Network, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.count or self.networks)

    def holds(self, address: str) -> bool:
        """Whether this is the address of one of the proxies that were named by address."""
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        return any(found in network for network in self.networks)


def read_trusted_proxies(text: str) -> TrustedProxies:
    """From "" (none), "1" (so many) or "10.0.0.5,192.168.1.0/24" (these). Raises ImproperlyConfigured."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if len(words) == 1 and words[0].isascii() and words[0].isdigit():
        return TrustedProxies(count=int(words[0]))
    try:
        return TrustedProxies(networks=tuple(ipaddress.ip_network(word) for word in words))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"TRUSTED_PROXIES must be a number of proxies (1) or their addresses (10.0.0.5,192.168.1.0/24): {error}."
        ) from None
