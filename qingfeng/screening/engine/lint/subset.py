"""The subset of SQL that rules may use: what both engines mean alike, and nothing that reaches outside.

What is allowed is listed; all else is refused. The refusals below only say better what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from qingfeng.screening.engine.lint.fault import Fault, fault
from qingfeng.screening.engine.macros import MACROS
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.statement import AS_OF

SHAPE = {
    exp.Select, exp.With, exp.CTE, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Subquery, exp.Table,
    exp.TableAlias, exp.Alias, exp.Identifier, exp.Column, exp.Paren, exp.Tuple, exp.Distinct, exp.Union, exp.Except,
    exp.Intersect, exp.Order, exp.Ordered, exp.Window, exp.WindowSpec, exp.Filter, exp.Placeholder, exp.Var,
}  # fmt: skip
VALUES = {exp.Literal, exp.Boolean, exp.Null, exp.DataType, exp.DataTypeParam, exp.Cast, exp.Neg}
OPERATORS = {
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In, exp.Is,
    exp.Like, exp.NullSafeEQ, exp.NullSafeNEQ, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.DPipe,
    exp.Exists,
}  # fmt: skip
FUNCTIONS = {
    exp.Count, exp.Sum, exp.Min, exp.Max, exp.Avg, exp.Median, exp.PercentileCont, exp.LogicalOr, exp.LogicalAnd,
    exp.CountIf, exp.Coalesce, exp.Nullif, exp.Case, exp.If, exp.Greatest, exp.Least, exp.Abs, exp.Length, exp.Lower,
    exp.Upper, exp.Trim, exp.Replace, exp.Substring, exp.Left, exp.Right, exp.StartsWith, exp.Contains, exp.Concat, exp.Pad,
    exp.RowNumber, exp.Rank, exp.DenseRank, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue,
}  # fmt: skip
ALLOWED = SHAPE | VALUES | OPERATORS | FUNCTIONS | {exp.Anonymous}
ALLOWED_NAMES = [
    "count",
    "sum",
    "min",
    "max",
    "avg",
    "median",
    "quantile_cont",
    "bool_or",
    "bool_and",
    "coalesce",
    "nullif",
    "greatest",
    "least",
    "abs",
    "length",
    "lower",
    "upper",
    "trim",
    "replace",
    "substr",
    "left",
    "right",
    "starts_with",
    "contains",
    "concat",
    "lpad",
    "row_number",
    "rank",
    "dense_rank",
    "lag",
    "lead",
    "first_value",
    "last_value",
]
ORDERED_ONLY = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)
CAST_TYPES = {
    "BIGINT",
    "INT",
    "SMALLINT",
    "TINYINT",
    "VARCHAR",
    "TEXT",
    "DATE",
    "DECIMAL",
    "BOOLEAN",
    "DOUBLE",
}
WHOLE_TYPES = {"BIGINT", "INT", "SMALLINT", "TINYINT"}
FRACTIONS = (exp.Div, exp.Avg, exp.Median, exp.PercentileCont)
DATE_MACROS = {name for name, macro in MACROS.items() if macro.returns == "DATE"}

INSTEAD: dict[type[exp.Expression], str] = {
    exp.Limit: "不能用 LIMIT：会漏掉命中；报告自己会限制显示的条数。",
    exp.Offset: "不能用 OFFSET：会漏掉命中。",
    exp.Fetch: "不能用 FETCH：会漏掉命中。",
    exp.TableSample: "不能抽样：每次结果会不同。",
    exp.Qualify: "不用 QUALIFY；请把窗口放进 WITH 子查询，再用 WHERE 筛选。",
    exp.Star: "不能用 *（count(*) 除外）；请逐列写出。",
    exp.Columns: "不能用 COLUMNS(…)；请逐列写出。",
    exp.Interval: "不用 INTERVAL；日期加减请用 add_days(日期, 天数)。",
    exp.TryCast: "不用 TRY_CAST：各引擎对怪日期、小数的处理不同；清洗在装载时已做完。",
    exp.Extract: "不用 EXTRACT；请用 year_of、quarter_of、month_of，工作日用 calendar 表。",
    exp.DayOfWeek: "不用 dayofweek：各引擎星期几的数法不同；请连接 calendar 表的 is_workday。",
    exp.DayOfWeekIso: "不用 isodow：各引擎星期几的数法不同；请连接 calendar 表的 is_workday。",
    exp.DateDiff: "不用 date_diff；天数用 days_between，周岁用 age_on，整月用 months_between_full。",
    exp.TimestampTrunc: "不用 date_trunc；请用 month_of、year_of、quarter_of。",
    exp.DateTrunc: "不用 date_trunc；请用 month_of、year_of、quarter_of。",
    exp.Year: "不用 year；请用 year_of(日期)。",
    exp.Month: "不用 month；请用 month_of、same_month 或 months_between_full。",
    exp.Quarter: "不用 quarter；请用 quarter_of(日期)。",
    exp.CurrentDate: "不用当前日期；请用 $as_of（数据截止日），结果才能重现。",
    exp.CurrentTimestamp: "不用当前时间；请用 $as_of（数据截止日），结果才能重现。",
    exp.Rand: "不用随机数：每次结果会不同。",
    exp.AnyValue: "不用 any_value：取到哪一行不固定；请用 min 或 max。",
    exp.IgnoreNulls: "不用 any_value 或 IGNORE NULLS；请用 min 或 max。",
    exp.ArgMax: "不用 arg_max：并列时取到哪一行不固定；请用以 rec 结尾排序的窗口。",
    exp.ArgMin: "不用 arg_min：并列时取到哪一行不固定；请用以 rec 结尾排序的窗口。",
    exp.GroupConcat: "不用 string_agg：次序不固定；引擎会把各行的值合并进说明。",
    exp.ArrayAgg: "不用 list：次序不固定；每行证据单独输出即可。",
    exp.Bracket: "不用 []；各引擎的下标从不同的数起。",
    exp.Array: "不用 []；名单请写成 list 参数，用 IN $名单。",
    exp.RegexpLike: "不用正则；请用 text_has、has_word、digits_only、tail_number。",
    exp.RegexpExtract: "不用正则；请用 tail_number、digits_only。",
    exp.RegexpReplace: "不用正则；请用 digits_only 或 replace。",
    exp.Levenshtein: "不用 levenshtein：它按字节数，汉字会算错；相近姓名由匹配步骤处理。",
    exp.ILike: "不用 ILIKE；请用 text_has。",
    exp.Round: "不用 round：各引擎舍入不同；比例请用 ratio(a, b)。",
    exp.ReadCSV: "规则不能读文件；数据先由 --data 装载成目录里的表。",
    exp.ReadParquet: "规则不能读文件；数据先由 --data 装载成目录里的表。",
    exp.Values: "不写 VALUES；对照表请写成 table 参数，用 param_名称。",
    exp.Lateral: "不用 LATERAL；请用 WITH 子查询。",
    exp.Pivot: "不用 PIVOT；请用 CASE 汇总。",
    exp.Parameter: "参数请写成 $名称。",
}


def faults(rule: Rule, tree: exp.Expression) -> Iterator[Fault]:
    """Everything in the statement that lies outside the subset."""
    yield from _whole(tree)
    for node in tree.walk():
        assert isinstance(node, exp.Expression)
        yield from _node(rule, node)


def _whole(tree: exp.Expression) -> Iterator[Fault]:
    for having in tree.find_all(exp.With):
        if having.args.get("recursive"):
            yield fault(having, "不用 WITH RECURSIVE：可能循环不止；请改用有限次的连接。")
    for select in tree.find_all(exp.Select):
        group, order = select.args.get("group"), select.args.get("order")
        if order:
            yield fault(order, "不写 ORDER BY（窗口之内除外）；次序由引擎决定。")
        if group and not group.expressions:
            yield fault(group, "不用 GROUP BY ALL 等写法；请逐列写出分组。")
        distinct = select.args.get("distinct")
        if distinct and distinct.args.get("on"):
            yield fault(distinct, "不用 DISTINCT ON：取到哪一行不固定；请用以 rec 结尾排序的窗口。")


def _node(rule: Rule, node: exp.Expression) -> Iterator[Fault]:
    kind = type(node)
    if kind is exp.Star and isinstance(node.parent, exp.Count):
        return
    if kind not in ALLOWED:
        yield fault(node, INSTEAD.get(kind) or _unknown(node))
        return
    special = _SPECIAL.get(kind)
    if special:
        yield from special(rule, node)


def _unknown(node: exp.Expression) -> str:
    if isinstance(node, exp.Func):
        names = "、".join([*ALLOWED_NAMES, *MACROS, "has_word"])
        return f"函数 {node.sql_name().lower()} 不在可用之列。可用：{names}。"
    return f"这种写法（{node.key}）不在规则可用的 SQL 之内，请看规则编写手册。"


def _anonymous(rule: Rule, node: exp.Expression) -> Iterator[Fault]:
    name = node.name.lower()
    if name == "has_word":
        words = node.expressions[1:]
        if len(words) != 1 or not isinstance(words[0], exp.Placeholder):
            yield fault(node, "has_word 应写成 has_word(文字, $名单)，名单是 list 参数。")
    elif name not in MACROS:
        if any(word in name for word in ("read_", "scan", "glob", "parquet", "csv", "json", "query")):
            yield fault(node, "规则不能读文件；数据先由 --data 装载成目录里的表。")
        else:
            names = "、".join([*ALLOWED_NAMES, *MACROS, "has_word"])
            yield fault(node, f"函数 {name} 不在可用之列。可用：{names}。")
    elif len(node.expressions) != len(MACROS[name].arguments):
        yield fault(
            node, f"{name} 要{len(MACROS[name].arguments)}个参数（{'、'.join(MACROS[name].arguments)}）。"
        )


def _placeholder(rule: Rule, node: exp.Expression) -> Iterator[Fault]:
    name = node.name
    known = {key: parameter.type for key, parameter in rule.parameters.items()} | {AS_OF: "date"}
    if name not in known:
        yield fault(node, f"没有声明参数 ${name}；已有：{'、'.join('$' + key for key in known)}。")
        return
    listed = isinstance(node.parent, exp.In) and node.arg_key == "field"
    worded = isinstance(node.parent, exp.Anonymous) and node.parent.name.lower() == "has_word"
    if known[name] == "list" and not (listed or worded):
        yield fault(node, f"${name} 是名单，只能写成“列 IN ${name}”或“has_word(列, ${name})”。")
    if known[name] == "table":
        yield fault(node, f"${name} 是对照表，请当作表 param_{name} 连接。")
    if known[name] not in {"list", "table"} and listed:
        yield fault(node, f"${name} 只是一个值，请用 = 比较。")


def _division(rule: Rule, node: exp.Expression) -> Iterator[Fault]:
    below = node.args["expression"].unnest()
    if isinstance(below, exp.Literal) and not below.is_string and float(below.name) != 0:
        return
    if isinstance(below, exp.Nullif) and below.expression.name == "0":
        return
    sign = "/" if isinstance(node, exp.Div) else "//" if isinstance(node, exp.IntDiv) else "%"
    yield fault(node, f"{sign} 的右边要写成 nullif(…, 0)；求比例请用 ratio(a, b)。")


def _arithmetic(rule: Rule, node: exp.Expression) -> Iterator[Fault]:
    for side in (node.this, node.args["expression"]):
        if is_date(rule, side):
            yield fault(node, "日期不能直接加减；请用 add_days(日期, 天数) 或 days_between(早, 晚)。")
            return


def is_date(rule: Rule, node: exp.Expression) -> bool:
    """Is this plainly a date? Judged by the names of the catalogue; the binder sees the rest."""
    bare = node.unnest()
    if isinstance(bare, exp.Column):
        return bare.name.endswith(("_date", "_day")) or bare.name in {"day", "period"}
    if isinstance(bare, exp.Cast):
        return bare.to.is_type("date")
    if isinstance(bare, exp.Anonymous):
        return bare.name.lower() in DATE_MACROS
    if isinstance(bare, exp.Placeholder):
        parameter = rule.parameters.get(bare.name)
        return bare.name == AS_OF or (parameter is not None and parameter.type == "date")
    return False


def _cast(rule: Rule, node: exp.Expression) -> Iterator[Fault]:
    assert isinstance(node, exp.Cast)
    name = node.to.this.name
    if name not in CAST_TYPES:
        yield fault(
            node, f"不能转成 {node.to.sql()}；可用：BIGINT、VARCHAR、DATE、DECIMAL、BOOLEAN、DOUBLE。"
        )
    elif name in WHOLE_TYPES and list(node.this.find_all(*FRACTIONS)):
        yield fault(node, "小数转整数各引擎舍入不同；请用 // 整除，或把比例留作 ratio。")
    elif name in {"VARCHAR", "TEXT"} and list(node.this.find_all(*FRACTIONS)):
        yield fault(node, "浮点数转文字各引擎不同；请把数值作为一列输出，由引擎显示。")


def _window(rule: Rule, node: exp.Expression) -> Iterator[Fault]:
    order = node.args.get("order")
    if order is None:
        if isinstance(node.this, ORDERED_ONLY):
            yield fault(node, "窗口函数要写 ORDER BY，并以 rec 结尾，次序才唯一。")
        return
    last = order.expressions[-1].this
    name = last.name if isinstance(last, exp.Column) else ""
    if not (name == "rec" or name.startswith("rec_") or name.endswith("_rec")):
        yield fault(node, "窗口的 ORDER BY 要以 rec（或 rec_… 列）结尾，次序才唯一。")


def _substring(rule: Rule, node: exp.Expression) -> Iterator[Fault]:
    start = node.args.get("start")
    if not (isinstance(start, exp.Literal) and not start.is_string and int(start.name) >= 1):
        yield fault(node, "substr 的起点要写成 1 或更大的数；从 0 起各引擎不同。")


def _in(rule: Rule, node: exp.Expression) -> Iterator[Fault]:
    if node.args.get("query") and isinstance(node.parent, exp.Not):
        yield fault(node, "不用 NOT IN (SELECT …)：遇空值会一行也不剩；请用 NOT EXISTS。")
    if isinstance(node.this.unnest(), exp.Tuple):
        yield fault(node, "不用多列 IN；请用 EXISTS 或连接。")


def _join(rule: Rule, node: exp.Expression) -> Iterator[Fault]:
    words = {str(node.args.get(key) or "").upper() for key in ("method", "kind")}
    for word in sorted(words & {"ASOF", "POSITIONAL", "NATURAL", "SEMI", "ANTI", "LATERAL"}):
        yield fault(node, f"不用 {word} JOIN；请用 JOIN … ON，或 EXISTS、NOT EXISTS。")


def _like(rule: Rule, node: exp.Expression) -> Iterator[Fault]:
    pattern = node.args["expression"]
    if not (isinstance(pattern, exp.Literal) and pattern.is_string and "\\" not in pattern.name):
        yield fault(node, "LIKE 右边要写成引号里的文字，且不含反斜杠；变动的词请用 text_has。")


_SPECIAL = {
    exp.Anonymous: _anonymous,
    exp.Placeholder: _placeholder,
    exp.Div: _division,
    exp.IntDiv: _division,
    exp.Mod: _division,
    exp.Add: _arithmetic,
    exp.Sub: _arithmetic,
    exp.Cast: _cast,
    exp.Window: _window,
    exp.Substring: _substring,
    exp.In: _in,
    exp.Join: _join,
    exp.Like: _like,
}
