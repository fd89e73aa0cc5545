# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django's PostgreSQL backend, which starts the embedded server at the first connection."""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from django.db.backends.postgresql.features import DatabaseFeatures as PostgresFeatures
from django.db.utils import OperationalError

from samenspel.platform.database import bootstrap, embedded, roles


class DatabaseFeatures(PostgresFeatures):
    """What we ask of the server."""

    minimum_database_version = (15,)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL; with `EMBEDDED` the server of the data folder, started when first needed."""

    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        """The connection's parameters; for an embedded database after making sure that it runs."""
        if self.settings_dict.get("EMBEDDED"):
            server = bootstrap.ready_server(settings.DATA_FOLDER)
            self.settings_dict["HOST"] = server.socket_folder
            self.settings_dict["USER"] = roles.current_role()
            self.settings_dict["PASSWORD"] = server.password
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A new connection; an embedded server that was killed since is started again, once."""
        try:
            return super().get_new_connection(conn_params)
        except OperationalError:
            if not self.settings_dict.get("EMBEDDED"):
                raise
            embedded.ensure_running(settings.DATA_FOLDER)
            return super().get_new_connection(conn_params)
