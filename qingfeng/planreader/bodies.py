"""Who: units, groups and posts that bear a duty, and those to whom something is handed in."""

import re

from qingfeng.planreader.lines import balanced

_ORG = (
    "委员会|办公室|办事处|领导小组|工作小组|工作专班|专班|小组|纪委监委|纪检监察机构|纪检监察组|纪检监察机关|纪委|监委|纪工委|党工委|党委会|党委|党组|党支部|党总支|"
    "总支|支部|政府|常务会议|管委会|居委会|村委会|监委会|联合会|协会|工会|妇联|残联|团委|委|厅|局|办|办所|站所|部门|部|室|科室|科|处|股室|股|组|"
    "中心|公司|集团|企业|医院|学校|院校|院|校|园|馆|银行|支行|分行|街道|镇街|街镇|乡镇|社区|村居|村（居）|村（社区）|村|镇|乡|单位|机构|机关|窗口|班子|"
    "大队|中队|巡查队|队|所|站|园区|开发区|新区|厂|矿|车间|班组|班|项目部|工区|区县|县区|县市区|州市|市|县|区|旗|经济组织|合作社|平台|党组织|村级组织|基层组织|群团组织|社会组织|行业|系统|条线|战线|法院|检察院|台|社|会"
)
_POST = (
    "第一责任人|责任人|主要负责人|主要负责同志|分管负责人|分管领导|负责人|负责同志|书记|主任|组长|局长|院长|校长|部长|科长|处长|镇长|乡长|站长|所长|经理|董事长|"
    "领导班子成员|班子成员|领导干部|党员干部|领导人员|管理人员|工作人员|责任医师|医师|医生|护士|护士长|教师|党员|干部|职工|员工|人员|监督员|联络员|网格员|信息员|"
    "村干部|会计|出纳|县级领导|包村领导|领导|当事人|学员|检查人|委员|队长|主管|法定代表人|成员|委员会成员|代表|专员|同志|责任单位"
)
_BODY_END = re.compile(rf"(?:{_ORG}|{_POST})(?:（[^）]{{1,24}}）)?$")
_NOT_BODY = re.compile(
    r"(?:工作|情况|问题|方案|总结|报告|小结|台账|清单|材料|制度|机制|会议|大会|例会|会商会|推进会|调度会|碰头会|动员会|启动会|培训会|座谈会|生活会|社会|机会|"
    r"全部|内部|一部|本部|大部|局部|部分|一律|同时|切实|认真|进一步|阶段|重点|结果|名单|数据|线索|期间|其中|以上|以下|措施|任务)$"
)
_EVERYBODY = re.compile(r"(?:地|地区|级|方面|主体|家|户|方)$")
# A text that opens with one of these is a clause about a body, not the body.
_NOT_OPENING = re.compile(
    r"^(?:向|对|将|把|报(?!社)|提请|提交|交(?!通|警|运|投)|移送|移交|送|明确|压实|建立|成立|完成|按|会同|组织(?!部|人事|工作|室|科|处|委)|督促(?!检查|组)|督导(?!组|检|队|室|专|工作|督)|"
    r"协调(?!组|小组|办)|指导(?!组|小组|中心|站)|通报|公布|更新|抄送|上报|制定|形成|开展|召开|加强|强化|配合|联系(?!点|群众)|由|被|各自|使|让|推动|凡|经(?!济|信|开|营|办|贸)|从|自(?!然|来水)|"
    r"于(?!都|田|洪)|在|以|有(?!关)|未|没|全面|进一步|不(?!动产)|涉及|接受|退(?!役|休|伍)|推选|邀请|聘请|抽调|选派|选取|确定|负责|牵头(?!单位|部门|领导|科室|处室)|汇总|填(?!报单位|报乡镇)|签|作出|"
    r"做|实行|落实|查|办(?!公|事|案)|是|为|要|应(?!急)|须|必须|及时|定期|切实|充分|结合|根据|围绕|其|该|本着|与|和|及|通过|采取|紧盯|聚焦|违规|优化|完善|收到|接到|发现|对照|提高|层层|下发|以及|纳入|报送|重点|检查(?!组|站|室|人|院|队|科)|抽查|督查(?!组|室|队|办|科)|巡查(?!组|队)|走访|面向|针对|动员|要求|责成|指导督促|推行|推广|选树|批评|点名|曝光|表扬|问责|追究|处理|至少|到(?!期)|一个|首次)"
)
_SEPARATOR = re.compile(r"、|，(?=各)|以及|及其|及|和|与|会同|(?<=.)(?=各(?!级|自|项|类))")
_CONNECTIVE = re.compile(
    r"^(?:(?:一是|二是|三是|四是|五是|[一二三四五六]要|其中|同时|此外|另外|原则上|并由|并|再由|由|请|各自|凡|对于|对|首先|其次|再次|最后|"
    r"结束后|届时|之后|然后|必要时|原则上由|即|经)[，：]?)"
)
_MODAL = re.compile(
    r"要|应当|应该|应|须|必须|需要|需|将|于|在|负责|牵头|会同|联合|配合|协同|每|按|逐|定期|分别|统一|组织|召开|开展|制定|报送|上报|提交|完成|结合|对照|根据|围绕|"
    r"针对|收到|接到|发现|自|从|至少|及时|通过|采取|全面|认真|深入|严格|对|把|向|以|可|不得|原则上|实行|落实|建立|形成|汇总|编发|印发|举办|梳理|提供|填报|填写|"
    r"抽查|检查|督促|研究|修订|签订|签署|公布|公开|公示|更新|通报|反馈|整理|归集|报|交|填|联系|承担|履行|指定|确定|明确|成立|抽调|利用|充分|主动|如实|不定期|随机|"
    r"\d|二〇|二○|(?:十[一二]?|[一二三四五六七八九])月(?=[一二三四五六七八九十廿上中下底末初份])|本|当年|次|即日|年|月|上半年|下半年|第[一二三四]季度|如|若|因|经|未|没|存在|拒|逾期|先|再|又|还|均|都|也|不|同步|同时|集中|逐|半|，|会商|例会|拟|进行|驻点|蹲点|下沉|确保|做好|承办|主动|加强|参照|参加|列出|设立|设置|安排|推进|立足|聚焦|坚持|启动|派|带队|带头|督导|汇报|讲|审|回访|选|撰写|总结|评估|验收|为|是|主持|动员|发布|张贴|约谈|受理|回复|答复|移交|移送|起草|转发|学习|调度|强化|深化|健全|完善|用|进|到|赴|逐"
)
_PARENTHESES = re.compile(r"（(?:以下(?:简称|统称)|下同|见附件|附件)[^）]*）")
_GENERIC = re.compile(
    r"^(?:整改|相关|有关|所在|被[^、]{2,4})?(?:责任单位|党组织书记|主要负责人|主要负责同志|承办单位|问题单位|责任科室|责任部门|被检查单位|成员单位|党支部书记|党组织|分管领导|基层单位|牵头单位)$"
)


def split_bodies(text: str) -> tuple[str, ...]:
    """The bodies of a list such as 各街道各部门 or 县民政局、县财政局和各乡镇."""
    text = _PARENTHESES.sub("", text).strip("，。；：、 ")
    parts: list[str] = []
    for part in _cut(text):
        part = part.strip("，、。；：")
        part = balanced(re.sub(r"等$", "", part))
        if part:
            parts.append(part)
    return tuple(dict.fromkeys(parts))


def _cut(text: str) -> list[str]:
    """Cut at separators outside of brackets; 和 and 及 only where both sides are bodies."""
    pieces, depth, begin, index = [], 0, 0, 0
    while index < len(text):
        depth += (text[index] in "（《") - (text[index] in "）》")
        match = _SEPARATOR.match(text, index) if depth == 0 and index > begin else None
        piece = text[begin:index]
        if match and (match[0] == "、" or (is_body(piece) and (match[0] or piece.startswith("各")))):
            pieces.append(text[begin:index])
            begin = index = match.end()
            if match[0]:
                continue
        index += 1
    return [*pieces, text[begin:]]


def is_body(text: str) -> bool:
    """Does the text read as one unit, group or post?"""
    text = _PARENTHESES.sub("", text)
    if not 1 < len(text) <= 34 or _NOT_BODY.search(text) or _NOT_OPENING.match(text):
        return False
    if re.search(
        r"[，。；：！？\d]|[将把]|(?<!自)由|后(?!勤|备|沙|营)|的(?!.{0,8}(?:部门|单位|书记|负责人|主管|党组织|科室|机构)$)",
        text,
    ):
        return False
    if text.startswith(("各", "全体", "所有", "每名", "每个", "每位")):
        return len(text) <= 22 and bool(_BODY_END.search(text) or _EVERYBODY.search(text))
    return bool(_BODY_END.search(text))


def subject_of(clause: str) -> tuple[tuple[str, ...], int]:
    """The bearers named at the head of a clause, and how many characters they take."""
    skip = 0
    while match := _CONNECTIVE.match(clause[skip:]):
        skip += match.end()
    rest = clause[skip:]
    best: tuple[tuple[str, ...], int] = ((), 0)
    for match in _MODAL.finditer(rest):
        head = rest[: match.start()]
        if len(head) > 60:
            break
        if len(head) < 2 or _open_bracket(head):
            continue
        parts = split_bodies(head)
        if parts and all(is_body(part) for part in parts):
            best = (parts, skip + len(head))
            if not _extends(rest, match.start()):
                break
    if (not best[0] or "会同" in rest) and is_listed(rest):
        return split_bodies(rest), len(clause)
    return best if best[0] else _behind_by(rest, skip)


def _behind_by(rest: str, skip: int) -> tuple[tuple[str, ...], int]:
    """患者投诉由门诊部受理, 违规领取的补贴由发放单位负责: the bearer behind 由."""
    place = rest.find("由")
    if not 1 <= place <= 24:
        return (), 0
    behind = rest[place + 1 :]
    for match in _MODAL.finditer(behind[:40]):
        head = behind[: match.start()]
        relative = head.rfind("的") + 1
        if len(head) >= 2 and is_listed(head[relative:]):
            return split_bodies(head[relative:]), skip + place + 1 + len(head)
    return (), 0


def _extends(rest: str, place: int) -> bool:
    """The would-be modal may be part of a longer name (组织部, 宣传报道组, 发展和改革局)."""
    return bool(
        re.match(
            r"(?:组织部|组织人事|负责人|负责同志|宣传|报告组|对外|公开|研究|监督检查|督导|检查|督促检查|审|学习|信访|验收|举报|综合|本级|完成|发展|应急|公共|公安|交通|月|年|一|调度|协调|会商|自|通|会|联合|统|整|建|市|区|县|和|与|及|、|在|各|年轻|以|建设|服务|公示|安排|报道|督|填|推进|受理|回访|移|承|处|如|为|是|进|到|用|选|派|设立|经|从|先|建立|交)",
            rest[place:],
        )
    )


def is_listed(text: str) -> bool:
    """Is the whole clause nothing but a list of bodies?"""
    parts = split_bodies(text)
    return bool(parts) and len(text) <= 80 and all(is_body(part) for part in parts)


def _open_bracket(text: str) -> bool:
    return text.count("（") != text.count("）")


def repeats(who: tuple[str, ...]) -> bool:
    """Does each of several bearers owe its own?"""
    return any(
        name.startswith(("各", "每", "全体", "所有", "凡")) or "各" in name[:6] or bool(_GENERIC.match(name))
        for name in who
    )


_TAIL = (
    r"备案|备查|审核|审定|审批|审议|审查|审阅|汇总|存档|归档|研究|同意|批准|核准|统筹|处理|办理|登记|领导同志|主要领导|工作群|邮箱|专户|阅|"
    r"报送|报告|汇报|上报|提交|书面|反馈|提供|报备|报一|更新|通报|移交|移送|并|进行|统一|作出|作为|对照|以便|用于|纳入|组织|负责|后|由|按|及时|集中|会同|核实|核查|验收|销号|复核"
)
_STOP = re.compile(rf"（|，|。|；|$|\d|{_TAIL}")
_VERBS = tuple(
    re.compile(pattern)
    for pattern in (
        r"报送至?|报送到|报送给|上报至?|呈报|抄报|抄送|报至|报到|报给|报请|提请|送交|送至|上交|提交至?|递交|交至|交到|交由|移交至?|移送|反馈给?|反馈至|发至|发送至|提供给|下发|下达|告知|通报给?|"
        r"退至|退回|汇总至|传至?|寄至?|函告|转交|转办|报送(?=[县市区镇省])",
        r"(?<![汇通简填申上月周季旬年日情警呈抄专举])报(?!告|道|名|酬|销|废|复|警|表|刊|纸|账|社|考|价|到|送|请|给|至|一次|备)",
        r"(?<![提移递上送转成])(?:交|送)(?!叉|流|办|通|易|给|由|至|到|接|达|阅|心)",
    )
)
_TOWARDS = re.compile(
    r"(?:向|对)(?P<to>[\u4e00-\u9fff“”（）、]{2,34}?)(?:书面|专题|集中|统一|及时|定期|如实|逐级)?(?:报送|报告|汇报|上报|提交|反馈|报备|通报|移交|移送|提供|更新|递交|提出|作出书面|作书面|作专题|做专题|报一次|报(?!告))"
)


def recipients(text: str) -> tuple[str, ...]:
    """To whom the clause says something is handed in."""
    found: list[str] = []
    for verb in _VERBS:
        for match in verb.finditer(text):
            found += _named_after(text[match.end() : match.end() + 44])
    for match in _TOWARDS.finditer(text):
        parts = split_bodies(match["to"])
        found += [part for part in parts if is_body(part) and len(part) <= 26]
    return tuple(dict.fromkeys(found))


def _named_after(text: str) -> list[str]:
    """The bodies named right behind a verb of handing in, up to the first place where the list can end."""
    for stop in _STOP.finditer(text):
        head = text[: stop.start()]
        if len(head) >= 2 and is_listed(head):
            return [part for part in split_bodies(head) if len(part) <= 26]
        if stop[0] in {"，", "。", "；"}:
            break
    return []
