"""The tiers below a valid number: one slip with the same name; name, birth date and village; scored as possible.

Only records whose key is missing are looked at, and each distinct record only once. Names alone never match.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from qingfeng.screening.cleaning.ids import birth_of, normalised
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.matching.preparing import insert
from qingfeng.screening.matching.resolving.roles import BESIDE, PersonRole
from qingfeng.screening.matching.resolving.slips import put_right

# A possible person must be this likely, and no other may come near.
LEAST_PROBABILITY = 0.8
LARGEST_BLOCK = 50
# Bits that agreement adds, beyond those of the name itself; a value shared by many adds less.
MOST_BITS = {
    "birth_date": 14.0,
    "village": 8.0,
    "account_key": 15.0,
    "phone_key": 13.0,
    "address_key": 11.0,
    "household_no": 11.0,
}
MOST_NAME_BITS = 18.0
TITLES = {
    "birth_date": "出生日期相同",
    "village": "村社区相同",
    "account_key": "账号相同",
    "phone_key": "电话相同",
    "address_key": "住址相同",
    "household_no": "户编号相同",
}

LINK_COLUMNS = '"table" VARCHAR, role VARCHAR, rec BIGINT, person_key VARCHAR, birth_date DATE, tier TINYINT, score DOUBLE, why VARCHAR'


@dataclass(frozen=True)
class Resolution:
    """How many records were open, and how many found their person in which tier."""

    open: int
    by_tier: dict[int, int] = field(default_factory=dict)

    @property
    def left(self) -> int:
        return self.open - sum(self.by_tier.values())


def resolve_people(
    connection: DuckDBPyConnection,
    roles: Sequence[PersonRole],
    keys: Keys,
    vault: str,
    known_roles: Sequence[PersonRole] | None = None,
) -> Resolution:
    """Fill the temporary table `person_links` for the open records of `roles`, whose tables lie in the connection.

    `vault` is a relation (table, rec, column, value) with the clear ID numbers of open records; `known_roles` are
    where known persons are taken from (the same roles, if not given).
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE person_links ({LINK_COLUMNS})")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE open_people AS {_open(roles)}")
    still = _count(connection, "open_people")
    if not still:
        return Resolution(0)
    _known(connection, known_roles or roles)
    _numbers(connection, vault)
    _one_slip(connection, keys)
    _same_birth_and_village(connection)
    _possible(connection)
    tiers = connection.execute(
        "SELECT tier, count(*) FROM person_links GROUP BY tier ORDER BY tier"
    ).fetchall()
    return Resolution(still, {int(tier): int(count) for tier, count in tiers})


def _count(connection: DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _open(roles: Sequence[PersonRole]) -> str:
    """Records whose person is not known; those alike in all that can be compared are one case."""
    parts = [
        f'SELECT {role.picked()} FROM "{role.table}" WHERE "{role.key}" IS NULL AND "{role.name_column}_key" IS NOT NULL'
        for role in roles
    ]
    return " UNION ALL ".join(parts) or "SELECT 1 WHERE FALSE"


def _known(connection: DuckDBPyConnection, roles: Sequence[PersonRole]) -> None:
    """`known_people`: what is said anywhere of persons with a valid number who bear a name that is open."""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW all_known AS {_sayings(roles)}")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE known_people AS SELECT DISTINCT person_key, name_key, birth_date, {', '.join(BESIDE)} "
        "FROM all_known WHERE name_key IN (SELECT name_key FROM open_people)"
    )


def _sayings(roles: Sequence[PersonRole]) -> str:
    parts = [
        f'SELECT {role.picked()} FROM "{role.table}" WHERE "{role.key}" IS NOT NULL AND "{role.tier}" <= 2'
        for role in roles
    ]
    return " UNION ALL ".join(parts)


def _numbers(connection: DuckDBPyConnection, vault: str) -> None:
    """`open_numbers`: the clear numbers of open records as they were written; only these leave the vault here."""
    connection.execute(
        'CREATE OR REPLACE TEMP TABLE open_numbers AS SELECT o."table", o.role, o.rec, o.name_key, v.value '
        f'FROM open_people o JOIN {vault} v ON v."table" = o."table" AND v.rec = o.rec AND v."column" = o.role'
    )


def _one_slip(connection: DuckDBPyConnection, keys: Keys) -> None:
    """Tier 2: the number with one digit put right, or two neighbours changed back, is a known person of this name."""
    values = connection.execute("SELECT DISTINCT value FROM open_numbers").fetchall()
    connection.execute("CREATE OR REPLACE TEMP TABLE put_right (value VARCHAR, number VARCHAR, slip VARCHAR)")
    insert(connection, "put_right", (row for (value,) in values for row in put_right(value)))
    key = keys.sql("person", "number")
    connection.execute(
        "INSERT INTO person_links SELECT \"table\", role, rec, min(person_key), min(birth_date), CASE WHEN bool_or(slip LIKE '位数%') THEN 3 ELSE 2 END, "
        "NULL, '证号有误：' || min(slip) || '；姓名相同' FROM ("
        '  SELECT DISTINCT n."table", n.role, n.rec, k.person_key, k.birth_date, p.slip FROM open_numbers n '
        f"  JOIN (SELECT value, slip, {key} AS person_key FROM put_right) p ON p.value = n.value "
        "  JOIN (SELECT DISTINCT person_key, name_key, birth_date FROM known_people) k "
        "    ON k.person_key = p.person_key AND k.name_key = n.name_key) "
        'GROUP BY "table", role, rec HAVING count(DISTINCT person_key) = 1'
    )
    connection.execute("DROP TABLE put_right")


def _same_birth_and_village(connection: DuckDBPyConnection) -> None:
    """Tier 3: name, birth date and village are equal and one known person alone has them.

    The birth date may stand in a number that is otherwise no good: cut off, or turned into a float.
    """
    values = connection.execute("SELECT DISTINCT value FROM open_numbers").fetchall()
    connection.execute("CREATE OR REPLACE TEMP TABLE births (value VARCHAR, birth_date DATE)")
    insert(connection, "births", ((value, birth) for (value,) in values if (birth := _birth_in(value))))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE still_open AS "
        "SELECT o.* REPLACE (coalesce(o.birth_date, b.birth_date) AS birth_date) FROM open_people o "
        'LEFT JOIN open_numbers n ON n."table" = o."table" AND n.role = o.role AND n.rec = o.rec '
        "LEFT JOIN births b ON b.value = n.value "
        'ANTI JOIN person_links l ON l."table" = o."table" AND l.role = o.role AND l.rec = o.rec'
    )
    connection.execute(
        'INSERT INTO person_links SELECT o."table", o.role, o.rec, k.person_key, k.birth_date, 3, NULL, '
        "'姓名、出生日期、村社区相同，且只有一人' FROM still_open o JOIN ("
        "  SELECT name_key, birth_date, village, min(person_key) AS person_key FROM known_people "
        "  WHERE birth_date IS NOT NULL AND village IS NOT NULL "
        "  GROUP BY name_key, birth_date, village HAVING count(DISTINCT person_key) = 1) k "
        "USING (name_key, birth_date, village)"
    )


def _birth_in(value: str) -> str | None:
    """The birth date inside a number whose other digits are wrong or lost."""
    number = normalised(value).split(".")[0]
    if not 14 <= len(number) <= 19 or len(number) == 15 or not number[:14].isdigit():
        return None
    birth = birth_of(number)
    return birth.isoformat() if birth else None


def _possible(connection: DuckDBPyConnection) -> None:
    """Tier 4: the same name and something else besides, weighed by how rare each is; the likeliest by far."""
    row = connection.execute("SELECT approx_count_distinct(person_key) FROM all_known").fetchone()
    people = int(row[0]) if row else 0
    needed = math.log2(max(people, 2))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE cases AS SELECT *, row_number() OVER () AS case_no FROM ("
        f"SELECT DISTINCT name_key, birth_date, {', '.join(BESIDE)} FROM still_open o "
        'ANTI JOIN person_links l ON l."table" = o."table" AND l.role = o.role AND l.rec = o.rec)'
    )
    features = ["birth_date", *BESIDE]
    for feature in ["name_key", *features]:
        _bits(connection, feature, people)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE met AS {_meetings(features)}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE rated AS {_rated(features, needed)}")
    same = " AND ".join(f"o.{one} IS NOT DISTINCT FROM c.{one}" for one in ("name_key", *features))
    connection.execute(
        'INSERT INTO person_links SELECT o."table", o.role, o.rec, r.person_key, r.born, 4, r.probability, r.why '
        f"FROM rated r JOIN cases c USING (case_no) JOIN still_open o ON {same} "
        'ANTI JOIN person_links l ON l."table" = o."table" AND l.role = o.role AND l.rec = o.rec'
    )


def _bits(connection: DuckDBPyConnection, feature: str, people: int) -> None:
    """How rare each value of an open case is among known persons; ten imagined persons keep a short list modest."""
    most = MOST_BITS.get(feature, MOST_NAME_BITS)
    source = "known_people" if feature == "name_key" else f"all_known SEMI JOIN cases USING ({feature})"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE bits_{feature} AS SELECT {feature} AS v, count(DISTINCT person_key) AS people, "
        f"least({most}, log2({people + 10.0} / count(DISTINCT person_key))) AS bits "
        f"FROM {source} WHERE {feature} IS NOT NULL GROUP BY {feature}"
    )


def _meetings(features: Iterable[str]) -> str:
    """Cases and known sayings that share the name and one thing more, in blocks that say something."""
    return " UNION ".join(
        f"SELECT c.case_no, k.person_key FROM cases c JOIN known_people k ON k.name_key = c.name_key AND k.{one} = c.{one} "
        f"JOIN bits_name_key b ON b.v = c.name_key AND b.people <= {LARGEST_BLOCK * 100}"
        for one in features
    )


def _rated(features: Sequence[str], needed: float) -> str:
    """The likeliest person of each case with its probability and reasons; none when another comes near."""
    agree = ", ".join(
        f"bool_or(k.{one} = c.{one}) AS same_{one}, bool_and(k.{one} <> c.{one}) AS other_{one}"
        for one in features
    )
    plus = " + ".join(
        f"CASE WHEN same_{one} THEN coalesce(bits_{one}.bits, 0) ELSE 0 END" for one in features
    )
    minus = "CASE WHEN other_birth_date THEN 8 ELSE 0 END + CASE WHEN other_village THEN 2 ELSE 0 END"
    words = ", ".join(f"CASE WHEN same_{one} THEN '{TITLES[one]}' END" for one in features)
    joins = " ".join(f"LEFT JOIN bits_{one} ON bits_{one}.v = a.{one}" for one in features)
    against = (
        "CASE WHEN other_birth_date THEN '出生日期不同' END, CASE WHEN other_village THEN '村社区不同' END"
    )
    return f"""
        WITH agreed AS (SELECT m.case_no, m.person_key, min(k.birth_date) AS born, any_value(c.name_key) AS name_key,
            {", ".join(f"any_value(c.{one}) AS {one}" for one in features)}, {agree}
          FROM met m JOIN cases c USING (case_no) JOIN known_people k ON k.person_key = m.person_key AND k.name_key = c.name_key
          GROUP BY m.case_no, m.person_key),
        scored AS (SELECT a.*, bits_name_key.bits + {plus} - ({minus}) AS score,
            concat_ws('、', '姓名相同', {words}, {against}) AS words
          FROM agreed a LEFT JOIN bits_name_key ON bits_name_key.v = a.name_key {joins}),
        shares AS (SELECT *, pow(2, score - {needed}) / (1 + sum(pow(2, score - {needed})) OVER (PARTITION BY case_no)) AS probability
          FROM scored)
        SELECT case_no, person_key, born, probability, words || '，可能性' || round(100 * probability)::INT || '%' AS why
        FROM shares WHERE probability >= {LEAST_PROBABILITY}"""
