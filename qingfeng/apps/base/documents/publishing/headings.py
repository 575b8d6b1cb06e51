"""What the heading of a column, or the word left of a cell, says that the cell holds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Holds = Literal[
    "id", "account", "phone", "address", "house", "group", "person", "child", "class", "age", "born", "illness", "money"
]  # fmt: skip

_HOLDS: tuple[tuple[Holds, str, str], ...] = (
    (
        "id",
        r"身份证|证件|公民身份|身份号码|身份证明|证号",
        r"类型|类别|种类|名称|许可|证书|产权|权证|执照|准考|复印|份数",
    ),
    (
        "account",
        r"账号|帐号|账户|帐户|卡号|银行卡|一卡通|存折",
        r"金额|余额|元|户数|张数|名称|户名|开户行|补贴",
    ),
    ("phone", r"电话|手机|联系方式|联系号码|座机", r"次数|数量|话费|费用|金额|部数"),
    ("house", r"门牌|房号|室号|房间号", r"数"),
    ("address", r"住址|地址|住所|居住地|户籍地|家庭所在", r"网址"),
    ("group", r"^(?:村民)?小?组$|组别", r"人数"),
    ("child", r"学生|儿童|子女|孩子|幼儿|婴儿|未成年|孤儿|儿子|女儿|孙", r"数|率|金额|类|标准|学校|班|年级|年龄"),
    ("class", r"班级|年级", r"数"),
    ("age", r"年龄|周岁|岁数", r"段|组|人数|平均|范围"),
    ("born", r"出生", r"率|人数|人口|地"),
    (
        "illness",
        r"病种|病情|病名|疾病|患病|病因|诊断|残疾|残障|伤残|残别|健康状况|身体状况",
        r"数|金额|标准|率|发放|号",
    ),
    ("money", r"金额|元[)）]?$|资金|收入|支出|预算|决算|款$|数$|量$|面积|合计|产值|单价|总价|余额|得票|标准", r"$^"),
    (
        "person",
        r"姓名|名字|户主|申请人|当事人|代表人|责任人|负责人|联系人|经办人|监护人|家属|成员|受助人|受益人|补贴对象|救助对象|"
        r"领取人|购机者|承租人|承包人|征收人|反映人|举报人|投诉人|来电人|来访人|采购员|法人代表|配偶|父亲|母亲|持有人|共有人|人员$",
        r"数|类|称谓|单位|关系|电话|手机|号|意见|职务|得分|签名栏",
    ),
)  # fmt: skip
_ORDINARY = re.compile(
    r"姓名|户主|序号|编号|号$|号码|单位|村|组|镇|街道|金额|元[)）]?$|日期|时间|期限|类别|类型|种类|项目|名称|内容|备注|说明|"
    r"面积|数量?$|岗位|职务|结果|状态|标准|级别?$|等级|性别|民族|年龄|地址|住址|原因|情况|房型|机具|物资|网格|性质|变动|事项|"
    r"人$|者$|对象|所在|分红|补贴|补偿|补助|减免|房|幢|栋|单元|室$|前段|后段|子女|账|帐|卡|证|电话|手机|联系|班|病|残"
)
_LONGEST_HEADING = 24


@lru_cache(maxsize=20_000)
def holds(heading: str) -> frozenset[Holds]:
    """What stands under this heading; empty where it says nothing of it."""
    words = re.sub(r"\s", "", heading)
    if not words or len(words) > _LONGEST_HEADING:
        return frozenset()
    return frozenset(
        kind for kind, marks, unless in _HOLDS if re.search(marks, words) and not re.search(unless, words)
    )


def is_ordinary(text: str) -> bool:
    """It reads like a heading: short, without a number in it."""
    words = re.sub(r"\s", "", text)
    return (
        0 < len(words) <= _LONGEST_HEADING
        and not re.search(r"\d{3}", words)
        and _ORDINARY.search(words) is not None
    )
