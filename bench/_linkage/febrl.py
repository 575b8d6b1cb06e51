"""The public Febrl sets as our matching sees them: fields of an Australian register instead of ours."""

from __future__ import annotations

from qingfeng.screening.matching.fields import date_field, number_field, text_field
from qingfeng.screening.matching.persons import Key, Model

FIELDS = (
    number_field("soc_sec_id", u=1e-6, fixed=True),
    text_field("given_name"),
    text_field("surname"),
    date_field("birth_date"),
    number_field("street_number", m=0.8, u=0.01),
    text_field("address_1", m=0.75, u=1e-3),
    text_field("address_2", m=0.7, u=1e-2),
    text_field("suburb", m=0.85, u=1e-3),
    number_field("postcode", m=0.85, u=1e-3),
    text_field("state", m=0.9, u=0.3),
)
BIRTH = ("birth_date",)
KEYS = (
    Key("insurance number", ("soc_sec_id",), ("soc_sec_id",)),
    Key("birth date", ("birth_date",), BIRTH),
    Key("both names", ("given_name || surname", "surname || given_name"), ("given_name", "surname")),
    Key("surname and postcode", ("surname || postcode",), ("surname", "postcode")),
    Key("given name and postcode", ("given_name || postcode",), ("given_name", "postcode")),
    Key("given name and year", ("given_name || birth_date_year",), ("given_name", *BIRTH)),
    Key("surname and year", ("surname || birth_date_year",), ("surname", *BIRTH)),
    Key("street", ("street_number || address_1",), ("street_number", "address_1")),
    Key("suburb and number", ("suburb || street_number",), ("suburb", "street_number")),
    Key("address and postcode", ("address_1 || postcode",), ("address_1", "postcode")),
    Key("insurance number, front", ("soc_sec_id[1:5] || postcode",), ("soc_sec_id", "postcode")),
    Key("insurance number, back", ("soc_sec_id[3:7]",), ("soc_sec_id",)),
    Key("insurance number, first five", ("soc_sec_id[1:5]",), ("soc_sec_id",)),
)
FEBRL = Model(FIELDS, KEYS)
