"""Names of persons in a plan: found by the words around them, so that they can be left out."""

import re
from collections.abc import Iterable

from qingfeng.planreader.lines import Line

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元顾孟"
    "黄穆萧尹姚邵汪祁毛狄米贝明臧计伏成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓单杭洪包诸左石崔吉龚程邢裴陆荣翁荀"
    "甄曲封储靳段富巫焦巴弓牧车侯班秋仲伊宁仇甘厉祖武符刘景詹龙叶幸司黎溥印白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔胥闻莘翟谭贡劳姬申扶冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习"
    "艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶曾沙养丰关蒯相查荆红游权盖益桓公肖付闫代佟岳涂邸薄尧楚牟仝迟苟"
)
_DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|百里|南宫"
_NAME = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff·]{{1,2}}?)"
_LONG_NAME = (
    rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|(?![包都应于从成全单边和])[{_SURNAMES}][\u4e00-\u9fff]{{2}})"
)
_POSTS = r"(?:书记|主任|局长|院长|校长|部长|科长|处长|镇长|乡长|区长|县长|市长|站长|所长|经理|董事长|总裁|主席|组长|常委|委员|厅长|秘书长|队长|主管|督导员)"
_COMMON = re.compile(
    r"^(?:任组长|任副|成员|何人|相关|有关|单位|部门|主任|组长|和|由|万元|全体|主要|党委|党组|分管|班子|各|任何|高度|于每|连同|应当|应于|明确|向|关于|广泛|利用|都要|纪委|纪检|公开|经|文件|方面|解决|"
    r"国有|权力|广大|成立|安排|安全|计划|强化|常委|常务|管理|经理|宣传|武装|公安|农业|文化|文旅|卫生|宁|金融|水利|交通|东|和|石|马上|通过|通知|于|边|米|连|从|包括|强|满|应|成|相|都|向|单|步|房产|江|关|明|贝|凌|时|能|那|居|终|容|易|查|车间|项目|支行|分行|支队|班组|支委|和谐|程序|及时)"
)
_PATTERNS = (
    re.compile(rf"(?P<name>{_NAME})同志"),
    re.compile(
        rf"(?:组长|副组长|常务副组长|联系人|负责人|联络员|召集人|总召集人|牵头人|填表人|经办人|联系电话人|责任人|书记|主任|局长|院长)[：:](?P<name>{_NAME})(?=[，、；。（：（\d]|$|{_POSTS}|同志|区|县|市|镇|局|党|院|集团|公司)"
    ),
    re.compile(
        rf"{_POSTS}(?P<name>{_NAME})(?=同志|担任|任(?!务|何|命)|为组长|为副组长|牵头|兼任|负责|带队|，|、|。|；|（|$)"
    ),
    re.compile(
        rf"(?:^|[，。；：、由（])(?P<name>{_NAME})副?{_POSTS}(?=同志|担任|任组长|任副组长|为组长|为副组长|牵头|带队|主持)"
    ),
    re.compile(rf"(?:与|同|找|向)[^，。；]{{0,16}}[办室科处局组部](?P<name>{_NAME})(?=联系|咨询|对接)"),
    # 工委干部某某某负责，联系电话：…: an ordinary post makes a name only of three characters or with a telephone.
    re.compile(
        rf"(?:干部|科员|专员|职员|办事员|工作人员|联络员|信息员|文书|会计)(?P<name>{_LONG_NAME})(?=负责|担任|联系|牵头|承担|兼任|具体|同志|，(?:联系)?电话|（)"
    ),
    re.compile(
        rf"(?:干部|科员|专员|职员|办事员|工作人员|联络员|信息员|文书|会计)(?![包都应于从成全单边和万向])(?P<name>{_NAME})(?=(?:具体)?(?:负责|担任|联系|承担|牵头|对接)?[，（；。：]?(?:联系)?(?:电话|手机|方式))"
    ),
    re.compile(rf"由(?P<name>{_NAME})(?=同志|担任|任组长|任副组长)"),
    re.compile(rf"联系人(?:及电话|及联系电话)?[：:]?(?P<name>{_NAME})(?=[，、；。（：\d]|$|联系电话|电话)"),
)
_LABELLED = re.compile(r"^(?:组长|副组长|常务副组长|成员|组员)[：:]")


def names_in(text: str) -> list[str]:
    """The names of persons in a folded text."""
    found = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            name = match["name"]
            if not is_name(name):
                continue
            found.append(name)
    return list(dict.fromkeys(found))


def is_name(text: str) -> bool:
    """Does the text look like a person's name?"""
    if not re.fullmatch(_NAME, text) or re.search(
        _POSTS + "|[部局委办组室科处院站所员区县市镇乡村校司队会长任记处]$|[XＸ×]|工作|领导|小组|同志|负责",
        text,
    ):
        return False
    return not _COMMON.match(text) or (
        len(text) == 3 and text[0] in "成江石马金宁连房东" and not _COMMON_LONG.match(text)
    )


_COMMON_LONG = re.compile(r"成员|成立|江|石|马上|金融|连同|房产|东部|宁")


def names_by_line(lines: Iterable[Line]) -> dict[int, list[str]]:
    """line → names of persons on it; the cells under 姓名 or 联系人 count as well."""
    found: dict[int, list[str]] = {}
    header: dict[int | None, list[int]] = {}
    for line in lines:
        names = names_in(line.plain)
        if line.is_row:
            names += _in_cells(line, header)
        elif _LABELLED.match(line.plain):
            names += [
                part for part in re.split(r"[：、，；]", line.plain.split("（")[0])[1:] if is_name(part)
            ]
            names += [m[1] for m in re.finditer(rf"[：、，](?:)({_NAME})（", line.plain) if is_name(m[1])]
        if names:
            found[line.number] = list(dict.fromkeys(names))
    return found


def _in_cells(line: Line, header: dict[int | None, list[int]]) -> list[str]:
    columns = [
        i
        for i, cell in enumerate(line.cells)
        if re.search(r"姓名|联系人|责任人|负责人|联络员|组长|牵头领导|责任领导", "".join(cell.split()))
    ]
    if columns:
        header[line.table] = columns
        return []
    cells = ["".join(line.cells[i].split()) for i in header.get(line.table, []) if i < len(line.cells)]
    return [part for cell in cells for part in re.split(r"[、，/]", cell) if is_name(part)]


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with the names left out and the posts kept."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name + "同志", "").replace(name, "")
    return text
