"""Is the document a plan? Evidence for and against, each told in a Chinese sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qingfeng.planreader.lines import Line
from qingfeng.planreader.model import Obligation, Stage
from qingfeng.planreader.outline import Outline

_OTHER_TITLES = (
    (r"总结(?:报告)?(?:[（(].*[)）]|\d|[一二三四五六七八九]篇)*$", "标题是“总结”，写的是已经做过的工作"),
    (r"讲话(?:稿|提纲)?$|致辞$|发言(?:稿|材料|提纲)?$|主持词$|动员词$", "标题是讲话、发言一类文稿"),
    (
        r"(?:情况|工作|自查|述职|述廉|调研|调查|整改)(?:的)?报告$|报告$",
        "标题是“报告”，是向上级汇报情况的公文",
    ),
    (
        r"汇报(?:材料)?$|情况(?:的)?(?:通报|说明)$|通报$|简报$|信息$|纪要$|倡议书$|公告$|通告$|心得(?:体会)?$|体会$|经验(?:材料|交流)?$|问答$|解读$|宣传提纲$",
        "标题是汇报、通报、信息一类文稿",
    ),
    (
        r"(?:制度|办法|规定|条例|细则|规则|规程|守则|章程|准则)(?:（试行）|（暂行）)?$",
        "标题是制度、办法一类规范性文件，没有起止时间",
    ),
    (
        r"(?:会议|培训|会|班|活动|大会)的?通知$|(?:召开|举办|举行|参加)[^。]{2,40}的?通知$",
        "标题是会议、培训一类通知",
    ),
    (r"(?:意见建议|建议|提案|申请|请示|函|合同|协议|名单|公示|招标公告|承诺书|责任书)$", "标题是另一类文书"),
    (r"^\d{0,4}年?[^，。]{0,30}(?:新闻|消息|报道)$", "标题是新闻报道"),
)
_TOLD = re.compile(
    r"(?:总结|汇报|报告)如下|讲(?:[一二三四五六两]|几)(?:个方面)?(?:点)?意见|同志们[：:，!！]|各位(?:领导|同志)[：:，]|一年来|上半年以来|半年来|开展以来"
)
_DONE = re.compile(
    r"(?:共|累计|先后|已经?|全年|共计)(?:召开|开展|查处|排查|完成|组织|举办|整改|发现|处理|约谈|立案|建立)|(?:开展|组织|召开|完成|查处|建立|形成|取得)了|取得(?:了)?(?:明显|显著|较好)"
)
_PLAN_TITLE = re.compile(r"方案|计划|安排|实施意见|要点|任务书")
_ORDERS = re.compile(r"要|应当?|须|必须|负责|牵头")


@dataclass(frozen=True)
class Verdict:
    """plan or not_a_plan, with the reasons."""

    is_plan: bool
    reasons: tuple[str, ...]


def judge(
    outline: Outline, title: str | None, stages: Sequence[Stage], obligations: Sequence[Obligation]
) -> Verdict:
    """Weigh title, stages, limits and tone."""
    against, for_it = _other_title(outline, title), []
    weight = -4.0 * len(against)
    if title and _PLAN_TITLE.search(title):
        weight += 3
        for_it.append(f"标题“{title}”是方案、计划一类。")
    if len(stages) >= 2:
        weight += 3
        for_it.append(f"写明了{len(stages)}个有时间的阶段。")
    timed = sum(1 for item in obligations if item.due or item.recurrence)
    weight += min(timed, 4) * 0.75
    if timed:
        for_it.append(f"写明了{timed}项有期限或有周期的任务。")
    text = "".join(line.plain for line in outline.lines)
    told, done = _TOLD.search(text), len(_DONE.findall(text))
    if told:
        weight -= 2
        against.append(f"正文有“{told[0].strip('，：!！')}”，是讲话、总结或汇报的写法。")
    if done >= 4 and done * 8 > len(obligations):
        weight -= 2
        against.append(f"正文有{done}处写已经完成的工作，不是布置任务。")
    if not stages:
        against.append("没有写明时间的阶段。")
        weight -= 1
    if not timed:
        against.append("没有带期限或周期的任务。")
        weight -= 1
    if title is None:
        weight -= 1
        against.append("没有方案、计划一类的标题。")
    is_plan = weight >= 2
    return Verdict(is_plan, tuple(for_it if is_plan else against))


def _other_title(outline: Outline, title: str | None) -> list[str]:
    """The document calls itself something else than a plan."""
    if title is not None and not title.endswith("通知"):
        return []
    head = [line for line in outline.lines if line.text.strip()][:14]
    for line in head:
        text = re.sub(r"[*#]|^第?[一二三四五六七八九十\d]+[、.]", "", line.plain).rstrip("。！：")
        if not 4 <= len(text) <= 70 or line.is_row or re.search(r"[。；]", text):
            continue
        for pattern, reason in _OTHER_TITLES:
            if re.search(pattern, text):
                return [f"第{line.number}行的{reason}。"]
    return []


def first_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines with text."""
    return [line for line in lines if line.text.strip()]
