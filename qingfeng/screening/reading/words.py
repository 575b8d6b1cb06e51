"""The words headers are made of: whose (领取人, 承租方), what is done (打卡, 拨付), what kind of thing (日期, 证件号码).

Two headers say the same when their parts do, however an office words them: `打卡时间` and `发放日期`, `学生证件号码`
and `身份证号`. A word that names somebody else (监护人, 经办人) stays unread, so that it never stands for the subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from qingfeng.screening.catalogue import Party, Table

# Words in one wording already (see headers.SAME: 号码 is 号, 时间 is 日期, 帐 is 账, 编码 is 编号).
GROUPS = {
    "ID": "公民身份证号 公民身份号 居民身份证号 居民身份证 身份证件号 身份证编号 身份证号 身份证件 身份证 有效证件号 证件号 "
    "公民身份 身份号 身份证明号 社会保障号 社保号 公民身份证件号",
    "NAME": "姓名 名字",
    "TITLE": "名称 全称 内容",
    "DATE": "日期 年月日",
    "START": "起始 开始 起租 期限起始 期限开始 期限起 期起 期限自",
    "END": "终止 结束 截止 到期 届满 终了 期限终止 期限结束 期限截止 期限止 期止 期限至",
    "MONTH": "月份 年月 月度",
    "AMOUNT": "金额 数额 款额 款项 总额",
    "FUND": "资金",
    "PAY": "入折 拨款 下拨 拨发 发放 打卡 拨付 支付 兑付 打款 发款 划拨 划转 代发 下发 付款 入账 到账 到卡 入卡 兑现 领取 转账 汇款 上账",
    "BENEFIT": "补贴 补助 救助 资助 津贴 待遇 惠农 惠民",
    "ITEM": "分类 项目 类别 种类 类型 事项 品种 险种",
    "ACTUAL": "实发 实付 实拨 实补 实领 实际 实收 实缴 实支",
    "DUE": "应缴费 应缴纳 应收取 应发 应付 应缴 应收 应交 应补 应拨",
    "ACCOUNT": "一折通账号 一折通号 卡账号 存折卡号 银行存折账号 银行卡账号 银行账号 银行卡号 银行账户 一卡通账号 一卡通卡号 一卡通号 社保卡账号 社保卡卡号 "
    "开户行账号 开户银行账号 开户账号 社保卡号 社保卡银行账号 社会保障卡号 社会保障卡账号 社保卡金融账号 惠农卡号 惠民卡号 存折账号 存折号 账户号 账号 卡号 账户账号 金融账号 储蓄账号 储蓄卡号 储蓄存折号 结算账号 存款账号",
    "HOLDER": "账户户名 账户名称 账户姓名 账户名 开户姓名 开户名 开户人 开户人姓名 户名 持卡人 持卡人姓名 账户人姓名",
    "CODE": "统一社会信用代码 统一社会信用编号 统一信用代码 社会信用代码 信用代码 统一代码 组织机构代码 纳税人识别号 "
    "纳税识别号 识别号 税号",
    "PHONE": "联系电话 联系方式 手机号 电话号 电话 手机",
    "UNIT": "单位 部门 机构 机关",
    "HOME": "户籍地址 户籍住址 户籍所在地 户口所在地 户口地址 户籍地详细地址 户籍详细地址 户口所在地详细地址",
    "VILLAGE": "村社区 村社 村居委会 村民委员会 行政村 村委会 居委会 村居 村别 村名 社区",
    "STREET": "乡镇街道 镇街道 街道乡镇 镇街 街镇 乡镇 街道 镇乡",
    "PLATE": "车辆号牌号 机动车号牌号 号牌号 号牌 车牌号 车牌照号 车辆号牌 车牌照 牌照号 车牌 车号 车辆牌号 车辆牌照",
    "NO": "编号 代码 代号 流水号",
    "PRICE": "单价",
    "AREA": "面积 亩数",
    "SIGN": "签订 签约 签署",
    "RENT": "租金 承包费 承包金 租赁费",
    "GIVE": "缴款 缴费 缴纳 交款 交费 上缴",
    "TAKE": "收款 收取 收缴",
    "APPROVE": "批复 审批 核定 批准 核准 审定",
    "SUM": "保障金 补贴金 补助金 救助金 资助金 养老金 供养金 抚恤金 优待金 低保金 救济金 慰问金 扶助金 奖励金 助学金",
    "LEASE": "租赁 承包 出租 承租 发包",
    "FAMILY": "户编号 家庭编号 户号",
    "": "所属 所在 本次 本期 本月 对应 关联 当月 当期 当前 具体 详细 最近 最新 有关 相关 信息 情况 登记的 的 现 每月 月",
}
# These count only as the last word of a header.
LAST = {
    "DATE": "日",
    "AMOUNT": "额 款 数 费用",
    "NO": "号",
    "VILLAGE": "村",
    "STREET": "乡 镇",
    "ITEM": "类",
    "START": "起",
    "END": "止 至",
}
# Words for people beside the one whom a record is about: a header with one of these is never taken for the subject.
OTHERS = re.compile(
    "监护|代领|经办|经手|联系人|配偶|妻|丈夫|父亲|母亲|父母|子女|亲属|家属|代理人|委托人|受托|担保|审批人|审核|审批员"
    "|录入|填报人|填表|制表|复核|介绍人|证明人|见证|驾驶|司机|负责人|户主|户口|申报人|代办|代缴|紧急|操作员|承办人|开户"
)
MARK = "~"
FIRM_ENDS = ("单位", "企业", "公司")


def _is_firm(table: Table, party: Party) -> bool:
    return any(one.type == "firm_name" for one in table.columns if one.name == party.name)


def _firms_called(party: Party) -> list[str]:
    """A firm is called unit, enterprise or company alike: 申报单位, 申报企业."""
    made = [word[:-2] + end for word in party.words if word[-2:] in FIRM_ENDS for end in FIRM_ENDS]
    return [word for word in made if len(word) > 2 and word not in party.words]


@cache
def _others(table: Table) -> tuple[tuple[str, str], ...]:
    """The words of a table: those of its parties, and those that only repeat what the table is about."""
    known = {word for words in (*GROUPS.values(), *LAST.values()) for word in words.split()}
    parties = [
        (word, f"@{number}")
        for number, party in enumerate(table.parties)
        for word in (*party.words, *(_firms_called(party) if _is_firm(table, party) else ()))
    ]
    taken = known | {word for word, _ in parties}
    return (*parties, *((word, MARK) for word in table.names if len(word) > 1 and word not in taken))


GENERAL = {word: group for group, words in GROUPS.items() for word in words.split()}
AT_THE_END = {word: group for group, words in LAST.items() for word in words.split()}


@cache
def _meanings(table: Table) -> dict[str, str]:
    return GENERAL | dict(_others(table))


LONGEST = 14


def _word_at(meant: Mapping[str, str], core: str, at: int) -> str:
    """The longest known word that begins at a place, or nothing."""
    for end in range(min(len(core), at + LONGEST), at, -1):
        if core[at:end] in meant or end == len(core) and core[at:end] in AT_THE_END:
            return core[at:end]
    return ""


@cache
def pieces(table: Table, core: str) -> tuple[tuple[str, str | None], ...]:
    """The words of a header for a table, each with its part; text that says nothing known has none."""
    found: list[tuple[str, str | None]] = []
    meant = _meanings(table)
    at = unread = 0
    while at < len(core):
        word = _word_at(meant, core, at)
        if not word:
            at += 1
            continue
        if unread < at:
            found.append((core[unread:at], None))
        found.append((word, meant.get(word) or AT_THE_END.get(word, "")))
        at = unread = at + len(word)
    return (*found, (core[unread:], None)) if unread < at else tuple(found)


@cache
def parts(table: Table, core: str) -> tuple[str, ...]:
    """The parts of a header for a table; text that says nothing known stands as it is, behind a question mark."""
    found: list[str] = []
    for word, group in pieces(table, core):
        said = f"?{word}" if group is None else group
        if said and said not in found[-1:]:
            found.append(said)
    return tuple(found)


@cache
def readings(table: Table, core: str) -> list[tuple[str, ...]]:
    """All that a header may say, plainest first: without words of naming, of the subject, of the table's matter."""
    whole = parts(table, core)
    made = [whole]
    for passed_over in (
        {"TITLE"},
        {"@0"},
        {MARK},
        {"BENEFIT"},
        {"LEASE"},
        {"UNIT"},
        {"ACTUAL", "DUE"},
        {"TITLE", "@0", MARK, "BENEFIT", "LEASE"},
    ):
        less = tuple(part for part in whole if part not in passed_over)
        made += [one for one in (less, _undated(less)) if one and one not in made]
    return [one for one in made if MARK not in one and not (MARK in whole and _unread(one))]


def _unread(said: tuple[str, ...]) -> bool:
    return all(part.startswith("?") for part in said)


def _undated(said: tuple[str, ...]) -> tuple[str, ...]:
    """A beginning or an end is a date, said or not."""
    if len(said) > 2 and {"START", "END"} & set(said):
        return tuple(part for part in said if part not in ("DATE", "MONTH"))
    return said


def speaks_of_others(table: Table, core: str) -> bool:
    """Whether a header names somebody beside the parties of its table."""
    rest = [part for part in parts(table, core) if part.startswith("?")]
    return any(OTHERS.search(part) for part in rest)


@cache
def party_wordings(table: Table) -> dict[tuple[str, ...], str]:
    """A party with a kind: @0 alone is its name, with ID or CODE its number."""
    made: dict[tuple[str, ...], str] = {}
    types = {column.name: column.type for column in table.columns}
    for place, party in enumerate(table.parties):
        mark = f"@{place}"
        if party.name:
            made |= {(mark,): party.name, (mark, "NAME"): party.name, (mark, "TITLE"): party.name}
        if party.number:
            kinds = ("ID",) if types[party.number] == "person_id" else ("CODE",)
            made |= {(mark, kind): party.number for kind in kinds}
    return made
