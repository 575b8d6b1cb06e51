"""What can be compared between two records, and the steps of agreement that each comparison knows.

A field turns one column of a list into prepared columns (once a record) and two records into one level (once a pair).
Everything is said in DuckDB's SQL, character by character, so that a million records are compared without leaving the
database. The weights here are set by hand from what offices' lists look like; `weights.learn` corrects them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from qingfeng.screening.cleaning.ids import CHECK_DIGITS, WEIGHTS

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*\Z")
# Full-width forms of what an ID, a telephone number or a date is written with.
WIDE = "０１２３４５６７８９ＸｘＡＢ－／．　"
NARROW = "0123456789XXAB-/. "


@dataclass(frozen=True)
class Level:
    """One step of agreement. `m`: how often records of one person stand so; `u`: records of two people.

    `rarity` names a prepared column with the bits of surprise that this very value carries (a rare name weighs more);
    it then stands for `u`. A `fixed` level is not learned: its `u` cannot be seen in random pairs.
    """

    title: str
    condition: str
    m: float
    u: float
    rarity: str = ""
    fixed: bool = False


@dataclass(frozen=True)
class Field:
    """A column of the lists, its kind, and its levels from best to worst. Level 0 is “one of the two is missing”."""

    column: str
    title: str
    prepared: Mapping[str, str]
    levels: tuple[Level, ...]
    present: str
    shown: str = ""
    frequencies: Mapping[str, str] = field(default_factory=dict)
    # The column's text made plain before anything is prepared from it; nothing where the text is taken as it is.
    cleaned: str = ""
    # Said of a household rather than of a person: a mother and her daughter share it.
    household: bool = False

    def __post_init__(self) -> None:
        if not IDENTIFIER.match(self.column):
            raise ValueError(f"not a column name: {self.column!r}")

    def level_sql(self) -> str:
        """The level of a pair `l`, `r` as a number; the first condition that holds."""
        cases = " ".join(
            f"WHEN {level.condition} THEN {number}" for number, level in enumerate(self.levels, 1)
        )
        return f"CASE WHEN l.{self.present} IS NULL OR r.{self.present} IS NULL THEN 0 {cases} END"

    def rarity_sql(self) -> str:
        """The bits of the value that met, for levels that have them; else 0."""
        cases = " ".join(
            f"WHEN {number} THEN least(l.{level.rarity}, r.{level.rarity})"
            for number, level in enumerate(self.levels, 1)
            if level.rarity
        )
        return f"CASE g_{self.column} {cases} ELSE 0 END" if cases else "0"


# Texts of nothing else stay as they are when they are made narrow, and hold no blank, comma or bracket.
PLAIN_TEXT = r"[0-9A-Z\x{4e00}-\x{9fa5}./#\-]+"


def narrow(column: str) -> str:
    """SQL: the text trimmed, upper-case, in half-width characters."""
    text = f"upper(trim({column}))"
    wide = f"CASE WHEN regexp_matches({column}, '[^\\x00-\\x7F]') THEN translate({text}, '{WIDE}', '{NARROW}') ELSE {text} END"
    return usual(column, PLAIN_TEXT, column, f"nullif({wide}, '')")


def usual(column: str, shape: str, quick: str, otherwise: str) -> str:
    """SQL: what the column comes to, the quick way for texts of the usual shape, for which both ways agree."""
    return f"CASE WHEN regexp_full_match({column}, '{shape}') THEN {quick} ELSE {otherwise} END"


def name_field(column: str = "name", title: str = "姓名") -> Field:
    """A person's name. `preparing` fills characters, sounds and frequencies, for they need more than one expression."""
    c = column
    alike = " + ".join(f"(l.{c}_c{place} IS NOT DISTINCT FROM r.{c}_c{place})::INT" for place in (1, 2, 3, 4))
    sounds = " + ".join(
        f"(l.{c}_s{place} IS NOT DISTINCT FROM r.{c}_s{place})::INT" for place in (1, 2, 3, 4)
    )
    without_one = (
        f"(l.{c}_n = 3 AND r.{c}_n = 2 AND r.{c} IN (l.{c}_c1 || l.{c}_c2, l.{c}_c1 || l.{c}_c3, l.{c}_c2 || l.{c}_c3))"
        f" OR (r.{c}_n = 3 AND l.{c}_n = 2 AND l.{c} IN "
        f"(r.{c}_c1 || r.{c}_c2, r.{c}_c1 || r.{c}_c3, r.{c}_c2 || r.{c}_c3))"
        f" OR (l.{c}_n > 3 AND r.{c}_n > 2 AND starts_with(l.{c}, r.{c}))"
        f" OR (r.{c}_n > 3 AND l.{c}_n > 2 AND starts_with(r.{c}, l.{c}))"
    )
    levels = (
        Level("相同", f"l.{c} = r.{c}", 0.86, 1e-5, rarity=f"{c}_rare"),
        Level("读音相同", f"l.{c}_sound = r.{c}_sound", 0.05, 4e-5, rarity=f"{c}_sound_rare"),
        Level("字序不同", f"l.{c}_sorted = r.{c}_sorted", 0.01, 1e-5),
        Level("一字不同", f"l.{c}_n = r.{c}_n AND l.{c}_n > 2 AND {alike} = 3", 0.03, 2e-3),
        Level("多一字或少一字", without_one, 0.012, 2e-3),
        Level("一字读音不同", f"l.{c}_n = r.{c}_n AND l.{c}_n > 2 AND {sounds} = 3", 0.004, 8e-3),
        Level("同姓", f"l.{c}_c1 = r.{c}_c1", 0.014, 0.05),
        Level("不同", "TRUE", 0.02, 0.94),
    )
    frequencies = {f"{c}_rare": c, f"{c}_sound_rare": f"{c}_sound"}
    return Field(column, title, {}, levels, present=c, shown=c, frequencies=frequencies)


def date_field(column: str = "birth_date", title: str = "出生日期") -> Field:
    """A birth date as eight digits. Levels know what hands and calendars do: swapped, one digit, a farmers' month."""
    c = column
    levels = (
        Level("相同", f"l.{c} = r.{c}", 0.9, 4e-5, rarity=f"{c}_rare"),
        Level("月日互换", f"l.{c} = r.{c}_swapped", 0.01, 2e-5),
        Level("一位数字不同或相邻两位互换", f"damerau_levenshtein(l.{c}, r.{c}) = 1", 0.04, 1e-3),
        Level("相差不到两个月（农历与公历）", f"abs(l.{c}_day - r.{c}_day) <= 55", 0.015, 3e-3),
        Level(
            "同年，一处只写到年（1月1日）",
            f"l.{c}_year = r.{c}_year AND '0101' IN (l.{c}_md, r.{c}_md)",
            0.01,
            1e-4,
        ),
        Level("同年", f"l.{c}_year = r.{c}_year", 0.02, 0.014),
        Level("同月同日", f"l.{c}_md = r.{c}_md", 0.008, 2.7e-3),
        Level("不同", "TRUE", 0.007, 0.98),
    )
    digits = f"regexp_replace({narrow(c)}, '[^0-9]', '', 'g')"
    value = usual(
        c,
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        f"replace({c}, '-', '')",
        f"CASE WHEN length({digits}) = 8 THEN {digits} END",
    )
    return Field(column, title, {c: value}, levels, present=c, shown=c, frequencies={f"{c}_rare": c})


def sex_field(column: str = "sex", title: str = "性别") -> Field:
    c = column
    value = f"CASE WHEN trim({c}) IN ('男', '1', 'M', 'm', '男性') THEN '男' WHEN trim({c}) IN ('女', '2', 'F', 'f', '女性') THEN '女' END"
    levels = (Level("相同", f"l.{c} = r.{c}", 0.985, 0.5), Level("不同", "TRUE", 0.015, 0.5))
    return Field(column, title, {c: value}, levels, present=c, shown=c)


def id_field(column: str = "id_no", title: str = "身份证号") -> Field:
    """An ID number of any length; fifteen digits are compared as the eighteen they became."""
    c = column
    raw = usual(c, "[0-9X]+", c, f"regexp_replace({narrow(c)}, '[^0-9X]', '', 'g')")
    value = (
        f"CASE WHEN length({c}) = 15 THEN {c}[1:6] || '19' || {c}[7:15] WHEN length({c}) >= 12 THEN {c} END"
    )
    body = f"l.{c}[1:17] = r.{c}[1:17]"
    slip = f"damerau_levenshtein(l.{c}[1:17], r.{c}[1:17]) = 1"
    levels = (
        Level("相同", body, 0.93, 1e-9, fixed=True),
        Level("一位不同或相邻两位互换", slip, 0.05, 2e-7, fixed=True),
        Level(
            "出生日期和末四位相同",
            f"l.{c}[7:14] = r.{c}[7:14] AND l.{c}[15:17] = r.{c}[15:17]",
            0.002,
            1e-7,
            fixed=True,
        ),
        Level("不同（两个证号都有效）", f"l.{c}_right AND r.{c}_right", 0.0005, 0.8, fixed=True),
        Level("不同", "TRUE", 0.0175, 0.2, fixed=True),
    )
    return Field(column, title, {c: value, f"{c}_right": _right(c)}, levels, present=c, shown=c, cleaned=raw)


def _right(number: str) -> str:
    """SQL: whether a number of 18 agrees with its check digit."""
    weighed = " + ".join(
        f"n // {10 ** (17 - place)} % 10 * {weight}" for place, weight in enumerate(WEIGHTS, 1)
    )
    # The seventeen digits are read once, as one number.
    total = f"list_transform([try_cast({number}[1:17] AS BIGINT)], lambda n: {weighed})[1]"
    return f"coalesce(length({number}) = 18 AND '{CHECK_DIGITS}'[({total}) % 11 + 1] = {number}[18], FALSE)"


def phone_field(column: str = "phone", title: str = "电话") -> Field:
    c = column
    digits = f"regexp_replace({narrow(c)}, '[^0-9]', '', 'g')"
    value = usual(c, "[0-9]{7,11}", c, f"CASE WHEN length({digits}) >= 7 THEN right({digits}, 11) END")
    levels = (
        Level("相同", f"l.{c} = r.{c}", 0.4, 2e-5, rarity=f"{c}_rare"),
        Level("一位不同或相邻两位互换", f"damerau_levenshtein(l.{c}, r.{c}) = 1", 0.02, 1e-6, fixed=True),
        Level("后七位相同", f"right(l.{c}, 7) = right(r.{c}, 7)", 0.005, 1e-6, fixed=True),
        Level("不同", "TRUE", 0.57, 1.0),
    )
    return Field(
        column, title, {c: value}, levels, present=c, shown=c, frequencies={f"{c}_rare": c}, household=True
    )


PLACE_TAIL = "(村民委员会|居民委员会|村委会|居委会|行政村|自然村|社区|村|居)$"


def place_field(column: str = "village", title: str = "村社区") -> Field:
    c = column
    value = f"nullif(regexp_replace(regexp_replace({c}, '\\s', '', 'g'), '{PLACE_TAIL}', ''), '')"
    levels = (
        Level("相同", f"l.{c} = r.{c}", 0.6, 0.01, rarity=f"{c}_rare"),
        Level("不同", "TRUE", 0.4, 0.99),
    )
    return Field(
        column, title, {c: value}, levels, present=c, shown=c, frequencies={f"{c}_rare": c}, household=True
    )


ADMINISTRATIVE = "^([^省市区县旗]{2,7}(省|自治区))?([^省市区县旗]{1,7}(市|自治州|盟))?([^省市区县旗街镇乡村路]{1,5}(区|县|旗))?"


def address_field(column: str = "address", title: str = "住址") -> Field:
    """An address without its province, city and district; its numbers are its strongest part."""
    c = column
    plain = usual(c, PLAIN_TEXT, c, f"regexp_replace({narrow(c)}, '[\\s,，、()（）]', '', 'g')")
    # A text without any of these has no province, city or district to lose.
    short = (
        f"CASE WHEN regexp_matches({c}, '[省区市州盟县旗]') THEN regexp_replace({plain}, '{ADMINISTRATIVE}', '') "
        f"ELSE {plain} END"
    )
    value = f"nullif({c}, '')"
    numbers = f"nullif(trim(regexp_replace({c}, '[^0-9]+', '-', 'g'), '-'), '')"
    words = f"nullif(regexp_replace({c}, '[0-9号组栋幢室单元座层楼\\-#]+', '', 'g'), '')"
    many = f"l.{c}_numbers = r.{c}_numbers AND contains(l.{c}_numbers, '-')"
    near = f"(starts_with(l.{c}_words, r.{c}_words) OR starts_with(r.{c}_words, l.{c}_words))"
    levels = (
        Level("相同", f"l.{c} = r.{c}", 0.25, 3e-5, rarity=f"{c}_rare"),
        Level("门牌各号相同", f"{many}", 0.2, 1e-4),
        Level(
            "一处写得更短",
            f"length(least(l.{c}, r.{c})) > 3 AND (contains(l.{c}, r.{c}) OR contains(r.{c}, l.{c}))",
            0.08,
            2e-3,
        ),
        Level(
            "门牌只差一位", f"damerau_levenshtein(l.{c}_numbers, r.{c}_numbers) = 1 AND {near}", 0.01, 3e-4
        ),
        Level("同一地段", near, 0.08, 0.01),
        Level("不同", "TRUE", 0.38, 0.98),
    )
    prepared = {c: value, f"{c}_numbers": numbers, f"{c}_words": words}
    return Field(
        column,
        title,
        prepared,
        levels,
        present=c,
        shown=c,
        frequencies={f"{c}_rare": c},
        cleaned=short,
        household=True,
    )


def text_field(
    column: str, title: str = "", *, close: float = 0.92, near: float = 0.8, m: float = 0.85, u: float = 0.01
) -> Field:
    """Words in Latin letters; for lists that are not Chinese."""
    c = column
    value = f"nullif(lower(trim({c})), '')"
    likeness = f"jaro_winkler_similarity(l.{c}, r.{c})"
    levels = (
        Level("相同", f"l.{c} = r.{c}", m, u, rarity=f"{c}_rare"),
        Level("很像", f"{likeness} >= {close}", 0.08, u),
        Level("相像", f"{likeness} >= {near}", 0.03, u * 3),
        Level("不同", "TRUE", 1 - m - 0.09, 1 - 5 * u),
    )
    return Field(c, title or c, {c: value}, levels, present=c, shown=c, frequencies={f"{c}_rare": c})


def number_field(
    column: str, title: str = "", *, m: float = 0.9, u: float = 1e-3, fixed: bool = False
) -> Field:
    """A number kept as text (postcode, house number, insurance number): equal, one slip, different."""
    c = column
    value = f"nullif(regexp_replace({narrow(c)}, '\\s', '', 'g'), '')"
    levels = (
        Level("相同", f"l.{c} = r.{c}", m, u, fixed=fixed, rarity="" if fixed else f"{c}_rare"),
        Level("一位不同或相邻两位互换", f"damerau_levenshtein(l.{c}, r.{c}) = 1", 0.07, u * 5, fixed=fixed),
        Level("不同", "TRUE", 1 - m - 0.07, 1.0, fixed=fixed),
    )
    return Field(
        c, title or c, {c: value}, levels, present=c, shown=c, frequencies={} if fixed else {f"{c}_rare": c}
    )


def firm_field(column: str = "firm_name", title: str = "单位") -> Field:
    """A firm or employer beside a person; firms themselves are matched by `firms`."""
    c = column
    tail = "(有限责任公司|股份有限公司|有限公司|农民专业合作社|专业合作社|合作社|公司|经营部|商行)$"
    value = f"nullif(regexp_replace(regexp_replace({narrow(c)}, '[\\s()（）]', '', 'g'), '{tail}', ''), '')"
    levels = (
        Level("相同", f"l.{c} = r.{c}", 0.6, 2e-3, rarity=f"{c}_rare"),
        Level("一处写得更短", f"contains(l.{c}, r.{c}) OR contains(r.{c}, l.{c})", 0.1, 2e-3),
        Level("不同", "TRUE", 0.3, 0.99),
    )
    return Field(column, title, {c: value}, levels, present=c, shown=c, frequencies={f"{c}_rare": c})
