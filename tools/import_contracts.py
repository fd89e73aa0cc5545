# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""An import-linter contract: a storey is entered only through its service.py."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class ServiceDoorContract(Contract):
    """No module of one storey imports anything of another storey but its `service` module.

    `samenspel.methods` is not listed: a pure library is its own service.
    """

    storeys = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every direct import between two storeys."""
        trespasses: list[str] = []
        storeys: list[str] = list(self.storeys)  # type: ignore[call-overload]
        doors = {f"samenspel.{storey}.service" for storey in storeys}
        for module in sorted(graph.modules):
            parts = module.split(".")
            if len(parts) < 2 or parts[1] not in storeys:
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                target = imported.split(".")
                if target[0] != "samenspel" or len(target) < 2 or target[1] not in storeys or target[1] == parts[1]:
                    continue
                if imported not in doors:
                    trespasses.append(f"{module} imports {imported}; import it from samenspel.{target[1]}.service")
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say each trespass on a line of its own."""
        for trespass in check.metadata["trespasses"]:
            output.print_error(trespass)
