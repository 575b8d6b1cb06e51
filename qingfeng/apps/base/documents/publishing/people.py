"""Names of persons: those on a list, and what looks like one where a person is to stand.

A list alone is not enough: the persons of a notice are mostly none that the platform knows. Surnames: the common ones of
the national statistics of the Ministry of Public Security, and the compound ones.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from qingfeng.apps.base.documents.publishing.reading import fold

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁"
    "岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟"
    "艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎"
    "甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴"
    "盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战"
    "慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
COMPOUND = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "司徒",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "轩辕",
        "长孙",
        "宇文",
        "夏侯",
        "闻人",
        "澹台",
        "淳于",
        "单于",
        "太史",
        "申屠",
        "公羊",
        "赫连",
        "钟离",
        "端木",
        "南宫",
        "西门",
        "东郭",
        "百里",
        "呼延",
        "独孤",
        "纳兰",
        "万俟",
        "拓跋",
        "完颜",
        "贺兰",
    ]
)
_NEVER_LAST = frozenset(
    "镇村区县市乡局办组社部委队所站院校厂店街路费款额数率表号级类型别码期值量费户等式件证卡项"
)
_NO_NAMES = frozenset(
    [
        "金额",
        "单价",
        "时间",
        "方式",
        "项目",
        "单位",
        "高龄",
        "成员",
        "方案",
        "安排",
        "向上",
        "平均",
        "全部",
        "全体",
        "全家",
        "全镇",
        "全村",
        "公开",
        "公示",
        "公告",
        "国家",
        "信息",
        "信用",
        "计划",
        "计算",
        "相关",
        "相应",
        "应当",
        "应该",
        "应急",
        "和谐",
        "和平",
        "文明",
        "文化",
        "文件",
        "平安",
        "安全",
        "明细",
        "明确",
        "农村",
        "农业",
        "农户",
        "农民",
        "干部",
        "关于",
        "关系",
        "管理",
        "解决",
        "解聘",
        "续聘",
        "路灯",
        "时限",
        "常年",
        "常住",
        "成立",
        "强化",
        "利益",
        "利息",
        "居民",
        "居住",
        "初步",
        "初审",
        "原因",
        "容易",
        "宣传",
        "监护",
        "印发",
        "索引",
        "计生",
    ]
)
_HIDDEN = re.compile(r"[某*×○●Xx]")
_WITH_DOT = re.compile(r"[\u4e00-\u9fff]{2,6}[·•・][\u4e00-\u9fff]{2,8}")


def is_name(text: str) -> bool:
    """It looks like a person's full name: a surname, one or two letters more, nothing masked."""
    name = re.sub(r"\s", "", fold(text))
    if _WITH_DOT.fullmatch(name):
        return True
    if not re.fullmatch(r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003134f]{2,4}", name) or _HIDDEN.search(
        name
    ):
        return False
    if name in _NO_NAMES or name[-1] in _NEVER_LAST:
        return False
    return name[:2] in COMPOUND and len(name) >= 3 or name[0] in SURNAMES and len(name) <= 3


def names_in_cell(text: str) -> list[str]:
    """The full names of a cell under a heading of persons: one, or several side by side, with an addition in brackets."""
    if is_name(text):
        return [re.sub(r"\s", "", fold(text))]
    parts = re.split(r"[、,;/|\n\s]+", re.sub(r"\([^)]*\)", " ", fold(text)))
    return [name for part in parts if is_name(name := re.sub(r"(?:等\d*人?|同志|户|家)$", "", part))]


_CALLED = re.compile(
    r"(?:姓\s*名|户\s*主|申请人|当事人|监护人|举报人|反映人|投诉人|来电人|来访人|承包人|承租人|受助人|法定代表人|责任人|联系人)"
    r"\s*[:为是]\s*([\u4e00-\u9fff]\s?[\u4e00-\u9fff·]{1,4}?)(?=[,、。;()\s]|同志|$)"
    r"|(?:村民|户主|申请人|当事人|举报人|反映人|投诉人|来电人|来访人|承包人|承租人)"
    r"([\u4e00-\u9fff]{3,4}?)(?=[,、。;()\s]|同志|户|$)"
)


def called(folded: str) -> Iterator[tuple[int, int]]:
    """Where a text calls somebody by name: 户主：…, 村民…，."""
    for match in _CALLED.finditer(folded):
        group = 1 if match.group(1) else 2
        if is_name(match.group(group)):
            yield match.span(group)


_SOMEBODY = re.compile(
    r"其[子女夫妻父母]|本人|妻子|丈夫|之[子女妻夫]|儿子|女儿|孙[子女]|外孙|父亲|母亲|祖父|祖母|(?<!其)[他她](?!人|们|项|用)|该户|户主"
)


def speaks_of_somebody(folded: str) -> bool:
    """One particular person is meant, by a masked name, by kinship, or because somebody is called by name."""
    if _SOMEBODY.search(folded) or next(called(folded), None):
        return True
    return any(match.group()[0] in SURNAMES for match in re.finditer(r"[\u4e00-\u9fff](?:某|\*)", folded))


@dataclass
class Names:
    """The names that the office knows and those approved for the notice, found in one pass over a text."""

    known: Collection[str] = ()
    approved: Collection[str] = ()
    _at: dict[str, dict[str, bool]] = field(default_factory=dict)
    _begins: re.Pattern[str] | None = None

    def __post_init__(self) -> None:
        for names, is_approved in ((self.known, False), (self.approved, True)):
            for name in names:
                plain = re.sub(r"\s", "", fold(name))
                if len(plain) >= 2:
                    self._at.setdefault(plain[0], {})[plain] = is_approved
        if self._at:
            self._begins = re.compile(f"[{''.join(map(re.escape, self._at))}]")

    def approves(self, name: str) -> bool:
        """It stands on the approved list."""
        plain = re.sub(r"\s", "", fold(name))
        return self._at.get(plain[:1], {}).get(plain, False)

    def found(self, folded: str) -> Iterator[tuple[str, int, int, bool]]:
        """(name, start, end, approved) in a folded text, blanks between the letters or not; the longest counts."""
        if self._begins is None or not self._begins.search(folded):
            return
        places = [at for at, letter in enumerate(folded) if not letter.isspace()]
        text = "".join(folded[at] for at in places)
        at = 0
        while at < len(text):
            names = [name for name in self._at.get(text[at], ()) if text.startswith(name, at)]
            if not names:
                at += 1
                continue
            longest = max(names, key=len)
            yield longest, places[at], places[at + len(longest) - 1] + 1, self._at[text[at]][longest]
            at += len(longest)
