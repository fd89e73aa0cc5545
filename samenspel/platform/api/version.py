# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The version of the public API: the number in the address is the first part, the header carries all of it."""

# Semantic versioning of the interface, apart from the version of the program. Every change gets a line in
# docs/reference/api-changelog.md; a test compares the two.
API_VERSION = "1.2.0"

# Everything under this prefix is API, except the page for people at exactly this address.
API_PREFIX = "/api/"
BASE_PATH = "/api/v1"
