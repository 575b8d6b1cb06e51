"""Standing arrangements that a plan sets up: 建立周例会制度, 实行月通报制度, 联席会议机制."""

import re

from qingfeng.planreader.lines import balanced
from qingfeng.planreader.model import Mechanism
from qingfeng.planreader.outline import Outline

_SET_UP = re.compile(
    r"(?:建立健全|建立完善|健全完善|建立|健全|完善|实行|推行|实施|落实|执行|坚持|形成|构建|严格执行|严格落实)"
    r"(?P<names>[^，。；：！（）]{2,40}?)(?:等)?(?:工作|长效)?(?P<kind>制度|机制)(?![的和与及度]|建设|漏洞|体系|执行|落实|规定)"
)
_VAGUE = re.compile(
    r"^(?:一套|各项|相关|有关|长效|各类|规章|以下|这些|管用|完善|科学|切实|有效|新|健全|监管|管理|工作|治理|常态化|符合|有针对|有操作|制度|权力监督)|管用的|有效的|规范的|不少于|至少|一项"
)


def find_mechanisms(outline: Outline) -> tuple[Mechanism, ...]:
    """The named arrangements, each once, with the clause that sets it up."""
    found: dict[str, Mechanism] = {}
    for paragraph in outline.paragraphs:
        folded = paragraph.line.folded
        for match in _SET_UP.finditer(folded.text):
            for name in re.split(r"、|和|及", match["names"]):
                name = balanced(name.removesuffix("等"))
                if 2 <= len(name) <= 20 and not _VAGUE.search(name):
                    quote = folded.quote(match.start(), match.end())
                    found.setdefault(
                        name, Mechanism(name + _suffix(name, match["kind"]), quote, paragraph.line.number)
                    )
    return tuple(found.values())


def _suffix(name: str, kind: str) -> str:
    return "" if name.endswith(("制", "会", "例会", "汇总", "小结")) else kind
