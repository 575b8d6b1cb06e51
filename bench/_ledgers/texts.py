"""Made-up wording: sentences from lists of words, a few of which are rare on purpose, so that a search finds little."""

from __future__ import annotations

from random import Random

PLACES = [
    "便民服务窗口",
    "社区公示栏",
    "惠民资金台账",
    "村级财务账册",
    "政务服务大厅",
    "养老服务站",
    "农贸市场",
    "物业管理处",
    "临时救助档案",
    "工程验收资料",
    "公车使用登记",
    "项目招标文件",
    "值班记录",
    "信访登记簿",
    "低保评审会议",
    "库房物资台账",
]
FAULTS = [
    "未按规定公开",
    "超期没有办结",
    "登记不完整",
    "缺少经办人签字",
    "存在吃拿卡要苗头",
    "重复发放补助",
    "收费标准不一致",
    "审批层层加码",
    "擅自扩大范围",
    "没有留存影像资料",
    "服务态度生硬",
    "入户核查走过场",
    "资金拨付滞后",
    "报销手续不齐",
    "台账与实物不符",
    "一次性告知没有落实",
]
FACTS = [
    "涉及居民反映较多",
    "抽查中当场发现",
    "经核对原始凭证属实",
    "与公示内容不一致",
    "群众来电反映",
    "连续两个月没有更新",
    "责任没有落实到人",
    "台账之间互相矛盾",
    "比对系统数据后发现",
    "现场走访得到证实",
]
RARE = ["渡口摆渡船票", "古井取水", "蚕桑补贴", "石桥限重牌", "戏台租赁", "祠堂修缮"]
"""Each of them stands in about one text of a thousand."""
COMMON_WORD, RARE_WORD, TWO_LETTERS = "台账", "蚕桑补贴", "窗口"
MEASURES = [
    "召开专题会议研究整改",
    "对照清单逐项核对",
    "组织经办人员重新培训",
    "完善登记并补齐签字",
    "在公示栏重新公开",
    "约谈责任人并限期改正",
    "逐户上门核实情况",
]
SUGGESTIONS = [
    "对照方案逐项整改并公开结果",
    "举一反三开展自查",
    "完善内部流程",
    "明确专人负责登记",
    "按月核对台账",
]
RULES = ["窗口首问负责办法", "惠民资金公示办法", "物资出入库登记办法", "入户核查工作规范"]
CONTENTS = ["惠民资金发放情况", "窗口服务作风", "工程项目管理", "村级财务公开", "公务用车管理"]
DUTIES = ["负责整改落实", "牵头整改并按期报结果", "具体承办"]
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = "明文华晓建国志强海波丽娟静芳秀兰春梅立群若谷清越沐阳知秋世安雨田一宁守既白"


def problem_text(chance: Random) -> str:
    """What was found, in one to three sentences."""
    pick = chance.choice
    text = f"{pick(PLACES)}{pick(FAULTS)}，{pick(FACTS)}"
    if chance.random() < 0.5:
        text += f"；{pick(PLACES)}{pick(FAULTS)}"
    if chance.random() < 0.006:
        text += f"，另有{pick(RARE)}问题"
    return text + "。"


def given_name(chance: Random) -> str:
    return chance.choice(FAMILY) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
