"""Children and illness: what may never stand beside a person, whether or not the name is approved (RULES §6).

A disease in a health notice, a count of pupils, a rule for those under 14 are harmless: there is nobody in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingfeng.apps.base.documents.publishing.people import is_name

_CANCER = r"(?:[肝肺胃肠脑骨血]|直肠|结肠|乳腺|食道|食管|宫颈|卵巢|前列腺|甲状腺|胰腺|膀胱|淋巴|鼻咽|喉|肾|子宫)?(?:癌症?|恶性肿瘤|肿瘤)"
DISEASE = re.compile(
    rf"{_CANCER}|白血病|淋巴瘤|骨髓瘤|尿毒症|肾衰竭?|肾功能衰竭|慢性肾[\u4e00-\u9fff]{{0,3}}|透析|艾滋病?|HIV|梅毒|淋病|性病|[甲乙丙丁戊]肝"
    r"|肝炎|肝硬化|肝腹水|肺结核|结核病|尘肺|矽肺|肺气肿|慢阻肺|肺病|哮喘|精神分裂症?|精神病|精神障碍|抑郁症?|躁郁症?|双相[\u4e00-\u9fff]{0,3}障碍|焦虑症|强迫症"
    r"|癫痫|帕金森[\u4e00-\u9fff]{0,3}|阿尔茨海默[\u4e00-\u9fff]{0,1}|老年痴呆|痴呆|自闭症|孤独症|唐氏|脑瘫|脑梗死?|脑出血|脑溢血|脑卒中|中风|脑瘤|瘫痪|偏瘫|截瘫"
    r"|糖尿病|高血压|冠心病|心脏病|心肌梗死|心梗|心衰|心力衰竭|风湿[\u4e00-\u9fff]{0,3}病?|红斑狼疮|血友病|地中海贫血|再障|再生障碍性贫血|渐冻症|肌萎缩"
    r"|股骨头坏死|强直性脊柱炎|重症肌无力|器官移植|肾移植|化疗|放疗|植物人|智力障碍|精神失常|麻风"
)
_DISABILITY = re.compile(
    r"(?:视力|听力|言语|肢体|智力|精神|多重)残疾\s*[一二三四1-4]级|[一二三四1-4]级(?:视力|听力|言语|肢体|智力|精神|多重)?残疾"
    r"|(?:视力|听力|言语|肢体|智力|精神|多重)[一二三四1-4]级|残疾等级[:]?\s*[一二三四1-4]级?"
)
_DISABILITY_KIND = re.compile(r"(?:视力|听力|言语|肢体|智力|精神|多重)残疾|盲人|聋哑|重度残疾|肢残|智残")
_FALLS_ILL = re.compile(
    r"(?:患有?|确诊为?|罹患|身患|诊断为?|查出|检出|得了|因|系|突发)[^,。;:]{0,6}$"
    r"|[\u4e00-\u9fff]\([^)。;]{0,8}$"
)
_IN_GENERAL = re.compile(
    r"(?:等[^,。;]{0,10})?(?:的?(?:居民|患者|人群|人员|群众|对象|家庭|儿童|老年人|参保|残疾人|职工|病例|重度|[、和及或]))"
)
_INSTITUTION = re.compile(
    r"医院|防治|筛查|科(?!治)|中心|研究|门诊|用药|保障|宣传|知识|疫苗|防控|专[科项]|监测|日(?:宣传)?|病房"
)

_AGE = re.compile(
    r"(?<![0-9—\-~至到第满])(?:[0-9]|1[0-7])\s*周?岁(?!以下|以上|以内|及|至|到|—|-|~|\s*[(]?不?含|的?(?:儿童|人群|少年|居民|以))"
)
_AGE_OF_ONE = re.compile(r"(?:[(,:]|今年|年仅|现年|才|刚满)\s*$")
_CLASS = re.compile(
    r"(?:[一二三四五六七八九]|(?<![0-9])[1-9])年级(?!以|及|教师|老师|主任)"
    r"|(?:[一二三四五六七八九初]|(?<![0-9])[1-9])\s*[(]\s*[0-9一二三四五六七八九十]{1,2}\s*[)]\s*班"
    r"|(?:托|小|中|大)[一二三四五六1-6]?班(?!主任|级|次|车)|幼儿园[^,。;]{0,6}班"
)
_CHILD_CALLED = re.compile(
    r"(?:未成年人|儿童|婴儿|幼儿|孤儿|小学生|初中生|男童|女童)([\u4e00-\u9fff]{1,2}某|[\u4e00-\u9fff]{2,3}(?=[,、。(]|系|就读))"
)
_BORN = re.compile(r"((?:19|20)[0-9]{2})\s*年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?(?:出)?生")
ADULT_AT = 18
_HAS_MARK = re.compile(r"岁|班|年级|生|童|婴|孤|幼")
_HAS_CONDITION = re.compile(
    r"[病癌瘤症炎残瘫痴肝肾析疗聋盲癫帕唐渐艾]|中风|脑|心[梗衰]|哮喘|HIV|精神|智力|视力|听力|言语|肢体|植物人"
)


def find_minors(text: str, is_about_somebody: bool, this_year: int) -> Iterator[tuple[int, int]]:
    """Where a child is meant: an age, a class of a school, a birth year, beside somebody."""
    if not _HAS_MARK.search(text):
        return
    yield from (match.span() for match in _CHILD_CALLED.finditer(text) if _is_called(match.group(1)))
    for match in _AGE.finditer(text):
        if is_about_somebody or _AGE_OF_ONE.search(text[: match.start()]):
            yield match.span()
    if not is_about_somebody:
        return
    for match in _CLASS.finditer(text):
        if not re.match(r"(?:教师|老师|班?主任|任课|语文|数学)", text[match.end() :]):
            yield match.span()
    for match in _BORN.finditer(text):
        if this_year - int(match.group(1)) < ADULT_AT:
            yield match.span()


def _is_called(word: str) -> bool:
    return word.endswith("某") or is_name(word)


def find_illness(text: str, is_about_somebody: bool) -> Iterator[tuple[int, int]]:
    """Where an illness or a kind of disability is said of somebody."""
    if not _HAS_CONDITION.search(text):
        return
    for match in _DISABILITY.finditer(text):
        if is_about_somebody or not _IN_GENERAL.match(text, match.end()):
            yield match.span()
    for match in [*DISEASE.finditer(text), *_DISABILITY_KIND.finditer(text)]:
        after = text[match.end() : match.end() + 16]
        if _INSTITUTION.match(after):
            continue
        sentence = re.split(r"[。;\n]", text[: match.start()])[-1]
        says_so = _FALLS_ILL.search(sentence) is not None and match.re is DISEASE
        generic = _IN_GENERAL.match(after) is not None
        if says_so and not generic or is_about_somebody and (says_so or not generic):
            yield match.span()


def is_condition(text: str) -> bool:
    """A cell that names an illness or a kind of disability by itself."""
    return bool(DISEASE.search(text) or _DISABILITY.search(text) or _DISABILITY_KIND.search(text))
