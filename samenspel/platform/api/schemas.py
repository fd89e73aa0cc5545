# SPDX-FileCopyrightText: 2026 The Samenspel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every message of the API has in common: camelCase on the wire, links, pages.

Names of wire models and their fields are Dutch, because they are the published interface (API Design Rules,
/core/interface-language); all other code is English.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class ApiSchema(BaseModel):
    """A message. Fields are written in camelCase; unknown fields in a request are refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)


class Link(ApiSchema):
    """A reference to another resource."""

    href: Annotated[str, Field(description="Adres, zonder de naam van de server.")]
    titel: Annotated[
        str | None, Field(description="Naam van wat u daar vindt.", exclude_if=lambda title: title is None)
    ] = None


Links = Annotated[
    dict[str, Link],
    Field(description="Verwijzingen. De sleutel zegt wat u daar vindt, bijvoorbeeld self, next of prev."),
]


class Resource(ApiSchema):
    """A resource with links."""

    links: Annotated[Links, Field(alias="_links")]


class Page(Resource):
    """One page of a collection. A subclass adds the list itself."""

    totaal: Annotated[int, Field(ge=0, description="Hoeveel er zijn op alle bladzijden samen.")]
    pagina: Annotated[int, Field(ge=1, description="Welke bladzijde dit is; de eerste is 1.")]
    per_pagina: Annotated[int, Field(ge=1, description="Hoeveel er hoogstens op een bladzijde staan.")]


class Location(ApiSchema):
    """Where in the request an error is: the name of a query or path parameter, or a JSON pointer into the body."""

    name: Annotated[str | None, Field(description="Naam van de vraagparameter of het stuk van het adres.")] = None
    pointer: Annotated[str | None, Field(description="JSON-pointer naar het veld in het bericht.")] = None
    index: Annotated[int | None, Field(description="De hoeveelste waarde, te beginnen bij 0.")] = None


class InvalidField(ApiSchema):
    """One thing that is wrong with a request."""

    in_: Annotated[str, Field(alias="in", description="query, path, header of body.")]
    detail: Annotated[str, Field(description="Wat er niet klopt, in een zin.")]
    location: Annotated[Location | None, Field(description="Waar het niet klopt.")] = None
    code: Annotated[str | None, Field(description="Kort kenmerk van de fout, voor programma's.")] = None


class Suggestion(ApiSchema):
    """Something the client may have meant."""

    code: Annotated[str, Field(description="Code of kenmerk.")]
    naam: Annotated[str, Field(description="Naam.")]
    href: Annotated[str, Field(description="Adres, zonder de naam van de server.")]


class Problem(ApiSchema):
    """An error after RFC 9457. `detail` is a Dutch sentence; it never holds personal data."""

    type: Annotated[str, Field(description="Adres met uitleg over dit soort fout.")]
    title: Annotated[str, Field(description="Het soort fout in een paar woorden.")]
    status: Annotated[int, Field(ge=400, le=599, description="HTTP-statuscode.")]
    detail: Annotated[str, Field(description="Wat er is en wat u kunt doen.")]
    instance: Annotated[str, Field(description="Kenmerk van deze ene fout; noem het als u hulp vraagt.")]
    errors: Annotated[list[InvalidField] | None, Field(description="Alles wat er niet klopt, bij elkaar.")] = None
    suggesties: Annotated[list[Suggestion] | None, Field(description="Wat u misschien bedoelt.")] = None
