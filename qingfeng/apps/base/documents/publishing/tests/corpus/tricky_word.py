"""Word files that must be refused: numbers where the eye does not look, and parts that no page shows."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from qingfeng.apps.base.documents.publishing.tests.corpus.cases import tricky
from qingfeng.apps.base.documents.publishing.tests.corpus.made_up import (
    CARD16,
    CARD17,
    CARD19,
    FW,
    ID1,
    ID2,
    ID3,
    ID4,
    ID5,
    ID15,
    IDX1,
    IDX2,
    PH2,
    PH3,
    PH4,
    PH5,
)
from qingfeng.apps.base.documents.publishing.tests.corpus.pages import (
    NAMESPACES,
    Page,
    Parts,
    Patch,
    custom_props,
    dml_box,
    note_ref,
    notes,
    sub,
    vml_box,
)


@tricky(
    "docx",
    "id-spaces-body",
    "id",
    "正文第二段",
    "A full ID number stands in the body, split by spaces.",
    known=["覃远山"],
    probe=ID1,
)
def _(page: Page) -> None:
    page.title("关于临时救助对象的公示")
    page.p("经本人申请、入户核查、镇民政办审核，拟对下列人员给予临时救助，现予公示。")
    page.p(f"覃远山，居民身份证 {ID1[:6]} {ID1[6:14]} {ID1[14:]}，拟救助金额2000元。")
    page.end()


@tricky(
    "docx",
    "id-split-runs",
    "id",
    "正文，号码分在多个文字块",
    "A full ID number is cut into runs with different formats.",
    known=["尤满仓"],
    probe=ID2,
)
def _(page: Page) -> None:
    page.title("农村危房改造拟补助对象公示")
    p = page.p("尤满仓户（户主证件号码：")
    for i, k in enumerate((3, 4, 1, 5, 2, 3)):
        a = sum((3, 4, 1, 5, 2, 3)[:i])
        p.add_run(ID2[a : a + k]).bold = bool(i % 2)
    p.add_run("）房屋经鉴定为D级，拟补助三万元。")
    page.end()


@tricky(
    "docx",
    "id-digit-per-cell",
    "id",
    "表格，每格一位数字",
    "The form prints the ID number with one digit in each cell; all 18 can be read.",
    known=["苗润田"],
    probe=ID3,
)
def _(page: Page) -> None:
    page.title("公益性岗位拟聘人员登记表（公示件）")
    page.table([["姓名", "苗润田"], ["拟聘岗位", "河道保洁员"]])
    page.p("公民身份号码：")
    page.table([list(ID3)])
    page.end("青禾村村民委员会")


@tricky(
    "docx",
    "id-lower-x-hyphens",
    "id",
    "正文括号内",
    "A full ID number with hyphens and a small x.",
    known=["晏秋实"],
    probe=IDX1.lower(),
)
def _(page: Page) -> None:
    page.title("高龄津贴停发情况公示")
    x = IDX1.lower()
    page.p(
        f"经数据比对，领取人晏秋实（{x[:6]}-{x[6:10]}-{x[10:14]}-{x[14:]}）已迁出本区，自2026年12月起停发。"
    )
    page.end()


@tricky(
    "docx",
    "id-fullwidth-table",
    "id",
    "表格“证件号”列",
    "Full ID numbers in full-width digits.",
    known=["逯春生", "茅立冬"],
    probe=[IDX2, ID4],
)
def _(page: Page) -> None:
    page.title("耕地地力保护补贴发放公示表")
    page.table(
        [
            ["序号", "户主", "证件号", "面积（亩）", "金额（元）"],
            ["1", "逯春生", IDX2.translate(FW), "3.2", "288.00"],
            ["2", "茅立冬", ID4.translate(FW), "5.1", "459.00"],
        ]
    )
    page.end("北塘村村民委员会")


@tricky(
    "docx",
    "id-15-old",
    "id",
    "正文“身份证号”后",
    "An old 15-digit ID number stands in full.",
    known=["贺兰舟"],
    probe=ID15,
)
def _(page: Page) -> None:
    page.title("征地补偿安置到户公示")
    page.p(f"被征地农户贺兰舟，身份证号{ID15}（旧证），应得补偿款46,800元。")
    page.end()


@tricky(
    "docx",
    "id-header",
    "id",
    "页眉",
    "The header carries the applicant's full ID number.",
    known=["苗润田"],
    probe=ID3,
)
def _(page: Page) -> None:
    page.d.sections[0].header.paragraphs[0].text = f"申请人苗润田 证件号{ID3}"
    page.title("公共租赁住房轮候公示")
    page.p("申请人苗润田符合条件，进入轮候，轮候序号18。")
    page.end("柳溪街道办事处")


@tricky(
    "docx",
    "account-footnote",
    "account",
    "脚注",
    "A footnote gives the full card number.",
    known=["尤满仓"],
    probe=CARD19,
)
def _(page: Page) -> Patch:
    page.title("“一卡通”补发资金公示")
    p = page.p("尤满仓户2025年第四季度补贴480元因账户变更未到账，现予补发。")
    note_ref(p, "footnotes")
    page.end()
    return lambda parts: notes(
        parts,
        "footnotes",
        f"补发至农户一卡通 {CARD19[:4]} {CARD19[4:8]} {CARD19[8:12]} {CARD19[12:16]} {CARD19[16:]}",
    )


@tricky(
    "docx",
    "phone-endnote",
    "phone",
    "尾注",
    "An endnote gives the villager's full mobile number.",
    known=["逯春生"],
    probe=PH2,
)
def _(page: Page) -> Patch:
    page.title("一事一议财政奖补项目公示")
    p = page.p("桃湾村村内道路硬化1.2公里，群众筹资由逯春生代为登记。")
    note_ref(p, "endnotes")
    page.end("桃湾村村民委员会")
    return lambda parts: notes(parts, "endnotes", f"村民登记请找逯春生，手机{PH2[:3]} {PH2[3:7]} {PH2[7:]}。")


@tricky(
    "docx",
    "account-vml-box",
    "account",
    "旧式文本框",
    "A text box (VML) gives the full passbook number.",
    known=["茅立冬"],
    probe=CARD17,
)
def _(page: Page) -> None:
    page.title("集体经济收益分红公示")
    page.p("经村民代表会议通过，每股分红120元。")
    page.raw(vml_box(f"茅立冬 存折账号：{CARD17}"))
    page.end("北塘村股份经济合作社")


@tricky(
    "docx",
    "address-dml-box",
    "address",
    "文本框",
    "A drawing text box gives a home by village, group and house.",
    known=["晏秋实"],
    probe="北塘村二组三十一号",
)
def _(page: Page) -> None:
    page.title("退役军人优待证办理公示")
    page.p("晏秋实材料齐备，拟予发证，送证方式见说明框。")
    page.raw(dml_box("送证上门：北塘村二组三十一号晏秋实家"))
    page.end("望江社区居民委员会")


@tricky(
    "docx",
    "id-comment",
    "id",
    "批注",
    "A review comment left in the file gives the full ID number.",
    known=["覃远山"],
    probe=ID1,
)
def _(page: Page) -> None:
    page.title("城乡居民最低生活保障对象公示")
    p = page.p("覃远山户，保障人口2人，月保障金额860元。")
    page.d.add_comment(p.runs, text=f"请核对：户主号码应为{ID1}。", author="审核岗", initials="审")
    page.end()


@tricky(
    "docx",
    "id-tracked-deletion",
    "id",
    "修订中删除的文字",
    "The ID number was deleted with tracked changes and is still in the file.",
    known=["尤满仓"],
    probe=ID2,
)
def _(page: Page) -> None:
    page.title("农机购置补贴公示")
    p = page.p("购机者尤满仓")
    p._p.append(
        parse_xml(
            f'<w:del {NAMESPACES} w:id="901" w:author="经办岗" w:date="2026-11-20T09:00:00Z"><w:r><w:delText>（{ID2}）</w:delText></w:r></w:del>'
        )
    )
    p.add_run("购买微耕机一台，补贴700元。")
    page.end("云岭区农业农村局")


@tricky(
    "docx",
    "phone-tracked-insertion",
    "phone",
    "修订中插入的文字",
    "A tracked insertion holds the full mobile number, full-width.",
    known=["贺兰舟"],
    probe=PH3,
)
def _(page: Page) -> None:
    page.title("村民小组长补选结果公告")
    p = page.p("贺兰舟当选桃湾村五组组长")
    p._p.append(
        parse_xml(
            f'<w:ins {NAMESPACES} w:id="902" w:author="经办岗" w:date="2026-11-20T09:00:00Z"><w:r><w:t>，手机：{PH3.translate(FW)}</w:t></w:r></w:ins>'
        )
    )
    p.add_run("。")
    page.end("桃湾村村民选举委员会")


@tricky(
    "docx",
    "illness-title-property",
    "illness",
    "文档属性“标题”",
    "The title property of the file says which disease the named person has.",
    known=["郑青禾"],
    probe="直肠癌",
)
def _(page: Page) -> None:
    page.d.core_properties.title = "郑青禾直肠癌手术救助审批表"
    page.title("临时救助对象公示")
    page.p("郑青禾，拟给予临时救助6000元，2026年12月发放。")
    page.end()


@tricky(
    "docx",
    "phone-keywords",
    "phone",
    "文档属性“关键词”",
    "The keywords of the file hold a full mobile number.",
    known=["郑青禾"],
    probe=PH4,
)
def _(page: Page) -> None:
    page.d.core_properties.keywords = f"低保,郑青禾,{PH4}"
    page.title("低保动态调整公示")
    page.p("郑青禾户家庭收入变化，保障金额调整为每月520元。")
    page.end()


@tricky(
    "docx",
    "account-custom-property",
    "account",
    "自定义文档属性",
    "A custom property holds the full card number.",
    known=["苗润田"],
    probe=CARD16,
)
def _(page: Page) -> Patch:
    page.title("稻谷生产者补贴公示")
    page.p("苗润田户种植面积8.4亩，补贴504元。")
    page.end("青禾村村民委员会")
    return lambda parts: custom_props(parts, [("流程", "已审核"), ("收款账户", CARD16)])


@tricky(
    "docx",
    "id-picture-part-name",
    "id",
    "图片文件名（压缩包内）",
    "The picture inside the package is named with the full ID number.",
    known=["逯春生"],
    probe=IDX2,
)
def _(page: Page) -> Patch:
    page.title("危房改造竣工验收公示")
    page.p("逯春生户已竣工，验收合格，照片如下。")
    page.picture("竣工照片")
    page.end()

    def patch(parts: Parts) -> None:
        parts[f"word/media/{IDX2}.png"] = parts.pop("word/media/image1.png")
        sub(parts, "word/_rels/document.xml.rels", "media/image1.png", f"media/{IDX2}.png")

    return patch


@tricky(
    "docx",
    "phone-alt-text",
    "phone",
    "图片替代文字",
    "The alternative text of a picture holds the full mobile number.",
    known=["逯春生"],
    probe=PH5,
)
def _(page: Page) -> None:
    page.title("农村厕所改造完工公示")
    page.p("逯春生户改厕完工，验收合格。")
    page.picture("改厕照片", alt=f"逯春生家现场，电话{PH5}")
    page.end("北塘村村民委员会")


@tricky(
    "docx",
    "id-white-text",
    "id",
    "白色文字",
    "The ID number is in white letters and can be seen by marking it.",
    known=["茅立冬"],
    probe=ID5,
)
def _(page: Page) -> None:
    page.title("公租房租金减免公示")
    p = page.p("茅立冬，减免租金600元。")
    r = p.add_run(ID5)
    r.font.color.rgb, r.font.size = RGBColor(255, 255, 255), Pt(1)
    page.end("柳溪街道办事处")
