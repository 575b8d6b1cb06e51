"""Words of duty: which clauses order something, which only tell, and how a clause becomes a task."""

import re

DUTY = re.compile(
    r"报|交|送|完成|召开|开展|制定|制订|印发|组织|形成|建立|公布|公示|公开|提请|提出|举办|梳理|汇总|签订|签署|填写|填报|检查|抽查|督查|督导|自查|排查|整改|销号|"
    r"总结|评估|评议|评价|验收|考核|测评|通报|反馈|移送|移交|研究|修订|修改|完善|出台|发布|编发|编制|编印|更新|清理|清退|追缴|退还|退至|补发|核查|核实|核对|比对|调度|会商|学习|培训|"
    r"宣传|动员|部署|启动|设立|成立|明确|确定|上线|办结|答复|回复|答复|落实|收集|征求|走访|约谈|巡查|暗访|点评|分析|剖析|讲|推进|整治|治理|发放|张贴|上报|提交|备案|报告|确保|建成|"
    r"结束|达到|实现|摸清|摸底|登记|录入|归档|处置|办理|安排|回访|回头看|摸排|申报|承诺|说明|制作|下发|转发|联系|分解|细化|配齐|指定|开通|设置|兑现|拨付|轮训|观看|参观|谈话|教育|督办|核销|复核|"
    r"审核|审计|审定|审议|审查|查办|查处|曝光|表彰|印制|投放|改造|安装|搭建|运行|接受|听取|列出|拿出|做好|抓好|推广|固化|巩固|复查|盘点|清点|张榜|函告|告知|统计|更换|轮岗|述职|述责|述廉|讨论|座谈|评|查|改|办|开|做"
)
_REFERENCE = re.compile(
    r"(?:利用|运用|按照|依托|通过|参照|根据|结合|发挥|坚持用|借助|依照|遵守)[^，。；]{0,30}$"
)
_LIST_TAIL = re.compile(r"^[^，。；]{0,26}(?:制度|机制|办法|要求|方式|做法)")
_TOLD = re.compile(
    r"^[^，。；、（）]{0,10}(?:召开|印发|出台|发布|下发|通过|发生|形成|施行|成立|签订|制定|实施)的|^的?[^，。；]{0,6}(?:会议精神|讲话精神)|^(?:期间|以来)"
)
# （…〔2025〕28号，2025年10月10日印发）, …号文件（2026年3月2日）: the day of a document.
_CITED = re.compile(r"^(?:印发|下发|发布|施行|颁布|公布|修订|通过|实施|起施行|下达|转发)(?:）|的|，?$)")
_CITED_BEFORE = re.compile(r"号(?:文件)?[，（、]{1,2}$")
_STATED = re.compile(r"^[，]?(?:全[区县市镇院系集国]|共|已|累计)")
META = re.compile(
    r"(?P<label>责任单位|责任部门|责任科室|责任主体|责任处室|责任股室|责任领导|责任人|牵头单位|牵头部门|牵头科室|牵头领导|牵头处室|主责单位|承办单位|实施单位|落实单位|"
    r"配合单位|配合部门|协办单位|完成时限|完成时间|完成日期|整改时限|时限要求|时间要求|时间节点|时限|时间安排|时间|报送单位|报送对象|报送时间|办理时限|期限)(?:为|是)?[：:]"
    r"(?P<value>[^；;。）]*?)(?=[，；;。）]*(?:责任单位|责任部门|责任科室|责任主体|责任领导|责任人|牵头|配合单位|配合部门|协办|完成|整改时限|时限|时间|报送|办理|期限|$|[；;。）]))"
)
_BEARER_LABELS = re.compile(
    r"责任(?:单位|部门|科室|主体|处室|股室)|牵头(?:单位|部门|科室|处室)|主责|承办|实施单位|落实单位|报送单位"
)
TIME_LABELS = re.compile(r"时限|时间|日期|节点|期限")


def is_reference(text: str, begin: int, end: int) -> bool:
    """利用周例会、周报告等制度 names a rhythm without setting it."""
    return bool(_REFERENCE.search(text[:begin])) and bool(_LIST_TAIL.match(text[end:]))


def is_arrangement(text: str, begin: int, end: int) -> bool:
    """建立周例会、月汇总等机制, 落实周调度制度: a name in a list that ends with 制度 or 机制."""
    before = re.split(r"[，。；]", text[:begin])[-1]
    return bool(re.search(r"建立|落实|实行|执行|健全|完善|推行|坚持|实施|严格", before)) and bool(
        re.match(r"(?:、[^，。；]{1,20})*(?:等)?(?:工作)?(?:制度|机制|制)", text[end:])
        or re.search(r"(?:制度|机制|制)$", text[begin:end])
    )


def is_told(text: str, begin: int, end: int) -> bool:
    """A date of something that was, not of something to be done."""
    after = text[end:]
    if _CITED.match(after) or _CITED_BEFORE.search(text[:begin]):
        return True
    return bool(_TOLD.match(after)) or bool(
        re.search(r"截[至止]到?$", text[max(0, begin - 4) : begin]) and _STATED.match(after)
    )


def bearers_in_meta(text: str) -> str | None:
    """The value of 责任单位： or 牵头单位： in a note."""
    for match in META.finditer(text):
        if _BEARER_LABELS.search(match["label"]) and match["value"]:
            return match["value"].strip("，")
    return None


def task_of(text: str, taken: list[tuple[int, int]]) -> str:
    """A clause as a task: without the spans that say who and when, and without loose ends."""
    covered = {place for begin, end in taken for place in range(begin, end)}
    text = "".join(char for place, char in enumerate(text) if place not in covered)
    text = re.sub(r"（(?:见)?附件\d*[^）]*）", "", text)
    text = re.sub(r"（(?:完成|办结|底?前)?）", "", text)
    text = re.sub(
        r"^(?:[一二三四五六七八九]是|[一二三四五六]要|同时|并且|此外|另外|原则上|其中)[，：]?", "", text
    )
    text = re.sub(r"^[，、：；。）]+|[，、：；。（]+$", "", text)
    text = re.sub(
        r"^(?:应当|应(?!急)|要|须|必须|需要?|将于|于|在(?=，|每)|自(?=，)|从(?=，)|分别|请|务必)", "", text
    )
    text = re.sub(r"^(?:于|在(?=，)|前|须|要|应当|务必)", "", text).lstrip("，、")
    text = re.sub(
        r"，(?:应|须|要)?(?:于|在|自|从)(?=，|$)",
        "",
        re.sub(r"(?<=，)(?:于|在)(?=[报提交形完制将上组召签更修向])", "", text),
    )
    return re.sub(r"，{2,}", "，", text)[:120]


_ELECTRONIC = r"电子(?:稿|版|档|文档|材料|形式|和|、|邮件)|(?:发|送|传|至|通过|用)[^，。；]{0,10}(?:邮箱|QQ|微信|钉钉|系统|平台|内网|工作群|OA|政务网)"
_PAPER = r"纸质|纸制|书面(?:形式|材料|稿)|盖章|鲜章|红头文件|加盖公章|纸本"


def channel_of(text: str) -> str | None:
    """electronic, paper, or both, as the sentence says."""
    electronic, paper = re.search(_ELECTRONIC, text), re.search(_PAPER, text)
    if electronic and paper:
        return "electronic+paper"
    return "electronic" if electronic else "paper" if paper else None


def form_of(text: str) -> str | None:
    """The attachment that is to be used (附件3), as cited in the sentence."""
    match = re.search(r"附件(\d{1,2}|[一二三四五六七八九十])", text)
    return "附件" + match[1] if match else None


_CONDITION = re.compile(
    r"(?:^|[，。；：])(?P<condition>(?:(?:对|对于|凡|凡是|如|如果|若|遇|遇有|因|经)[^，。；]{2,40}?(?:，[^，。；]{2,30})?的[^，。；]{0,14}"
    r"|(?:如|如果|若|遇)[^，。；]{3,30}|[^，。；]{3,40}(?:的|时)))(?=，)"
)


def condition_of(text: str) -> str | None:
    """The case in which a duty arises: 对经自查后认为不存在问题的街道."""
    match = _CONDITION.search(text)
    if not match or re.search(r"根据|按照|为了|结合|针对", match["condition"]):
        return None
    if match["condition"].startswith("对") and not re.search(
        r"不|未|没|无|经|确|严重|反复|拒|逾期|较", match["condition"]
    ):
        return None
    return match["condition"]
