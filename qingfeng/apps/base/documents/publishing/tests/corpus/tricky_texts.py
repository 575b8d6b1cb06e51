"""Tables and texts that must be refused."""

from __future__ import annotations

from qingfeng.apps.base.documents.publishing.tests.corpus.cases import tricky
from qingfeng.apps.base.documents.publishing.tests.corpus.made_up import (
    CARD16,
    CARD17,
    CARD19,
    CARD19B,
    CN,
    CNL,
    FW,
    ID1,
    ID2,
    ID3,
    ID4,
    ID5,
    ID6,
    IDX1,
    IDX2,
    PH1,
    PH2,
    PH3,
    PH4,
    PH5,
    YAO,
)

ZW = "\u200b\u200d\u2060\ufeff"
"""Letters without a width."""


@tricky(
    "csv",
    "c-id-gb18030",
    "id",
    "第三列",
    "Full ID numbers in a file in GB18030, as Excel in Chinese saves it.",
    known=["覃远山", "尤满仓"],
    probe=ID1,
)
def _(end: str) -> bytes:
    return f"序号,姓名,身份证号,金额\r\n1,覃远山,{ID1},100\r\n2,尤满仓,{ID2},100\r\n{end}\r\n".encode(
        "gb18030"
    )


@tricky(
    "csv",
    "c-id-scientific",
    "id",
    "“证件号”列，科学计数法",
    "Scientific writing keeps 15 digits: region and birth date can be read.",
    known=["郑青禾"],
    probe="9.90405195506182E+17",
)
def _(end: str) -> str:
    return f"姓名,证件号,面积\n郑青禾,{ID4[0]}.{ID4[1:15]}E+17,3.6\n{end}\n"


@tricky(
    "csv",
    "c-id-excel-equals",
    "id",
    "“号码”列，写成公式",
    'Full ID numbers wrapped as ="..." to keep Excel from rounding.',
    known=["晏秋实"],
    probe=IDX1,
)
def _(end: str) -> str:
    return f'\ufeff姓名,号码,补贴\n晏秋实,"=""{IDX1}""",1200\n{end}\n'


@tricky(
    "csv",
    "c-account-groups",
    "account",
    "“一卡通”列，每四位一空格",
    "Full card numbers in groups of four.",
    known=["苗润田"],
    probe=CARD16,
)
def _(end: str) -> str:
    return f"户主,一卡通,金额（元）\n苗润田,{' '.join(CARD16[i : i + 4] for i in range(0, 16, 4))},312.50\n{end}\n"


@tricky(
    "csv",
    "c-account-last8",
    "account",
    "“银行账号”列",
    "Eight digits of the account are shown; only the last 4 are allowed.",
    known=["贺兰舟", "茅立冬"],
    probe=CARD17[-8:],
)
def _(end: str) -> str:
    return f"户主,银行账号,补偿款\n贺兰舟,*********{CARD17[-8:]},46800\n茅立冬,***********{CARD19B[-8:]},51200\n{end}\n"


@tricky(
    "csv",
    "c-phone-dots",
    "phone",
    "“联系电话”列",
    "A full mobile number with dots.",
    known=["逯春生"],
    probe=PH4,
)
def _(end: str) -> str:
    return f"姓名;联系电话;网格\n逯春生;{PH4[:3]}.{PH4[3:7]}.{PH4[7:]};第二网格\n{end}\n"


@tricky(
    "csv",
    "c-id-tab-columns",
    "id",
    "制表符分开的两列",
    "The ID number is cut in two by a tab.",
    known=["尤满仓"],
    probe=ID2[:10] + "|" + ID2[10:],
)
def _(end: str) -> str:
    return f"户主\t证件号前十位\t证件号后八位\t补助\n尤满仓\t{ID2[:10]}\t{ID2[10:]}\t30000\n{end}\n"


@tricky(
    "csv",
    "c-name-column",
    "name",
    "“申请人”列",
    "Applicants' full names while the approved list is empty.",
    known=[],
    approved=[],
    probe="覃远山",
)
def _(end: str) -> str:
    return f"轮候序号,申请人,房型\n17,覃远山,一居\n18,苗润田,两居\n{end}\n"


@tricky(
    "csv",
    "c-minor-class",
    "minor name",
    "“姓名”“班级”列",
    "Pupils are named with class, and the list does not have them.",
    known=["尤小穗", "贺一航"],
    approved=[],
    probe="尤小穗",
)
def _(end: str) -> str:
    return (
        f"姓名,班级,资助项目\n尤小穗,石桥镇幼儿园大一班,学前资助\n贺一航,石桥镇幼儿园中二班,学前资助\n{end}\n"
    )


@tricky(
    "csv",
    "c-disability",
    "illness",
    "“补贴类别”列",
    "The subsidy column gives each person's disability kind and grade.",
    known=["逯春生", "晏秋实"],
    probe="视力残疾一级",
)
def _(end: str) -> str:
    return f"姓名,补贴类别,月标准\n逯春生,护理补贴（视力残疾一级）,120\n晏秋实,护理补贴（智力残疾二级）,100\n{end}\n"


@tricky(
    "txt",
    "t-id-zero-width",
    "id",
    "正文，数字间夹零宽字符",
    "Zero-width characters between the digits: the eye sees a full ID number.",
    known=["郑青禾"],
    probe=ID1,
)
def _(end: str) -> str:
    return (
        "救助公示\n郑青禾（"
        + "".join(c + ZW[i % 4] for i, c in enumerate(ID1))
        + f"）拟救助2000元。\n{end}\n"
    )


@tricky(
    "txt",
    "t-id-chinese-numerals",
    "id",
    "正文，汉字数字",
    "The ID number is written in Chinese numerals.",
    known=["覃远山"],
    probe=ID6.translate(CN),
)
def _(end: str) -> str:
    return f"林权公示\n户主覃远山，身份证号码为{ID6.translate(CN)}，林地十二亩。\n{end}\n"


@tricky(
    "txt",
    "t-id-vertical",
    "id",
    "竖排，一行一位",
    "The ID number is set vertically, one digit a line.",
    known=["尤满仓"],
    probe="\n".join(ID2),
)
def _(end: str) -> str:
    return "购机补贴公示\n姓名：尤满仓\n证\n号\n" + "\n".join(ID2) + f"\n补贴：700元\n{end}\n"


@tricky(
    "txt",
    "t-id-line-break",
    "id",
    "跨行",
    "The ID number is broken at the end of a line.",
    known=["贺兰舟"],
    probe=ID3[:11] + "\n" + ID3[11:],
)
def _(end: str) -> str:
    return f"征收补偿公示\n经核定，被征收人贺兰舟的补偿款为四万六千八百元，证号为{ID3[:11]}\n{ID3[11:]}，特此公示。\n{end}\n"


@tricky(
    "txt",
    "t-id-three-stars",
    "id",
    "正文",
    "Only three digits are starred; region, birth date and check digit remain.",
    known=["茅立冬"],
    probe=ID5[:14] + "***" + ID5[-1],
)
def _(end: str) -> str:
    return f"公租房清退公告\n承租人茅立冬（{ID5[:14]}***{ID5[-1]}）逾期未腾退。\n{end}\n"


@tricky(
    "txt",
    "t-id-utf16",
    "id",
    "正文（UTF-16 编码）",
    "The file is UTF-16 and holds a full ID number.",
    known=["苗润田"],
    probe=IDX2,
)
def _(end: str) -> bytes:
    return f"护林员公示\r\n苗润田 {IDX2}\r\n{end}\r\n".encode("utf-16")


@tricky(
    "txt",
    "t-account-capital-numerals",
    "account",
    "正文，大写数字",
    "The passbook number is written in capital Chinese numerals.",
    known=["逯春生"],
    probe=CARD17.translate(CNL),
)
def _(end: str) -> str:
    return f"退款公告\n多收水费三十六元已退回逯春生存折，账号{CARD17.translate(CNL)}。\n{end}\n"


@tricky(
    "txt",
    "t-account-fullwidth-dashes",
    "account",
    "正文，全角数字加横线",
    "A full card number in full-width digits with full-width dashes.",
    known=["晏秋实"],
    probe=CARD19,
)
def _(end: str) -> str:
    g = "－".join(CARD19[i : i + 4] for i in range(0, 19, 4)).translate(FW)
    return f"见义勇为奖励公示\n奖金拨付晏秋实个人账户：{g}。\n{end}\n"


@tricky(
    "txt",
    "t-phone-0086",
    "phone",
    "末行",
    "Mobile number with 0086 in front.",
    known=["司徒望溪"],
    probe="0086" + PH5,
)
def _(end: str) -> str:
    return f"出租公告\n北塘村闲置仓库一间对外出租，有意者与村民司徒望溪联系。\n{end}\n司徒望溪  0086-{PH5[:3]}-{PH5[3:7]}-{PH5[7:]}\n"


@tricky(
    "txt",
    "t-phone-yao",
    "phone",
    "正文，汉字读法",
    "The mobile number is spelled out, with 幺 for 1.",
    known=["欧阳石舟"],
    probe=PH1.translate(YAO),
)
def _(end: str) -> str:
    return f"寻物启事\n拾到者请电告欧阳石舟，{PH1.translate(YAO)}。\n{end}\n"


@tricky(
    "txt",
    "t-phone-two-parts",
    "phone",
    "正文，分两句写",
    "The number is given in two sentences: anyone can put it together.",
    known=["欧阳石舟"],
    probe=PH2[3:],
)
def _(end: str) -> str:
    return f"村集体鱼塘承包公告\n承包人欧阳石舟的手机号前三位为{PH2[:3]}，后八位为{PH2[3:]}。\n{end}\n"


@tricky(
    "txt",
    "t-phone-mask-too-short",
    "phone",
    "正文",
    "One digit of the mobile number is starred; the allowed mask is first 3 and last 4.",
    known=["覃远山"],
    probe=PH3[:7] + "*" + PH3[8:],
)
def _(end: str) -> str:
    return f"河长公示补充\n巡河员覃远山，手机{PH3[:7]}*{PH3[8:]}。\n{end}\n"


@tricky(
    "txt",
    "t-landline-brackets",
    "phone",
    "正文",
    "A villager's home telephone with area code in full-width brackets.",
    known=["尤满仓"],
    probe="（0989）",
)
def _(end: str) -> str:
    return f"用水户协会公告\n会员尤满仓家里电话：（0989）873 6045，停水时通知。\n{end}\n"


@tricky(
    "txt",
    "t-address-lane",
    "address",
    "正文",
    "A home named down to the door.",
    known=["郑青禾"],
    probe="槐荫路88弄6号楼703",
)
def _(end: str) -> str:
    return f"公租房退租公示\n郑青禾退回公租房后，现居柳溪街道槐荫路88弄6号楼703。\n{end}\n"


@tricky(
    "txt",
    "t-address-fullwidth",
    "address",
    "正文，全角数字",
    "A household's group and house number in full-width digits.",
    known=["茅立冬"],
    probe="桃湾村８组１５号",
)
def _(end: str) -> str:
    return f"五保户分散供养公示\n茅立冬　住址：石桥镇桃湾村８组１５号\n{end}\n"


@tricky(
    "txt",
    "t-name-complainant",
    "name",
    "正文",
    "The name of the person who complained, not on the approved list.",
    known=["司徒望溪"],
    approved=[],
    probe="司徒望溪",
)
def _(end: str) -> str:
    return f"12345热线办件公开\n来电人司徒望溪反映垃圾清运不及时，已督促整改。\n{end}\n"


@tricky(
    "txt",
    "t-minor-boy",
    "minor",
    "正文",
    "A boy of nine is named; children are never named, even when the list has them.",
    known=["逯小川", "逯春生"],
    probe="逯小川",
)
def _(end: str) -> str:
    return f"困境儿童帮扶情况公示\n逯小川，男，9岁，由祖父逯春生监护，每月发放基本生活费1100元。\n{end}\n"


@tricky(
    "txt",
    "t-illness-cause",
    "illness",
    "正文括号内",
    "The reason after the name is a disease.",
    known=["苗润田", "贺兰舟"],
    probe="精神分裂症",
)
def _(end: str) -> str:
    return f"低保新增公示\n苗润田（精神分裂症，无劳动能力）、贺兰舟（肝硬化）两户纳入保障。\n{end}\n"


@tricky(
    "txt",
    "t-illness-plain-words",
    "illness",
    "正文",
    "It says in plain words that a named woman has cancer, without a column or heading.",
    known=["晏秋实"],
    probe="乳腺癌",
)
def _(end: str) -> str:
    return f"爱心募捐公告\n我社区居民晏秋实今年查出乳腺癌，已花费十余万元，倡议大家伸出援手。\n{end}\n"


@tricky(
    "txt",
    "t-end-date-past",
    "end_date",
    "截止日期已过",
    "The notice ended last year.",
    known=["逯春生"],
    until="2025-12-31",
    probe="2025年12月31日",
)
def _(end: str) -> str:
    return f"护路员选聘公示\n逯春生（证件末四位{IDX2[-4:]}）拟聘为护路员。\n公示截止日期：2025年12月31日。\n"
