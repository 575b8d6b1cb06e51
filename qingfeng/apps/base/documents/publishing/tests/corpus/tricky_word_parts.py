"""More Word files that must be refused: links, fields, embedded files, masks that leave too much, persons."""

from __future__ import annotations

import datetime
import io

import xlsxwriter
from docx.oxml import parse_xml

from qingfeng.apps.base.documents.publishing.tests.corpus.cases import tricky
from qingfeng.apps.base.documents.publishing.tests.corpus.made_up import (
    CARD19,
    CARD19B,
    ID1,
    ID2,
    ID4,
    ID5,
    PH1,
    PH2,
)
from qingfeng.apps.base.documents.publishing.tests.corpus.pages import (
    CT,
    NAMESPACES,
    OFF,
    Page,
    Parts,
    Patch,
    add_part,
    add_rel,
    field,
    sub,
)


@tricky(
    "docx",
    "account-hidden-text",
    "account",
    "隐藏文字",
    "Hidden text holds the full card number in groups of four.",
    known=["覃远山"],
    probe=CARD19B,
)
def _(page: Page) -> None:
    page.title("农村住房保险赔付公示")
    p = page.p("覃远山户倒塌房屋赔付12,000元。")
    p.add_run(" ".join(CARD19B[i : i + 4] for i in range(0, 19, 4))).font.hidden = True
    page.end()


@tricky(
    "docx",
    "phone-link-target",
    "phone",
    "超链接目标",
    "The link shows the mask, its target is the full mobile number.",
    known=["晏秋实"],
    probe=PH1,
)
def _(page: Page) -> Patch:
    page.title("志愿服务队招募公告")
    p = page.p("报名请联系晏秋实：")
    p._p.append(
        parse_xml(
            f'<w:hyperlink {NAMESPACES} r:id="rIdTel"><w:r><w:t>{PH1[:3]}****{PH1[-4:]}</w:t></w:r></w:hyperlink>'
        )
    )
    page.end("望江社区居民委员会")
    return lambda parts: add_rel(
        parts, "word/document.xml", OFF + "hyperlink", f"tel:+86{PH1}", "rIdTel", True
    )


@tricky(
    "docx",
    "id-field-code",
    "id",
    "域代码",
    "A field code holds the full ID number while the shown result is masked.",
    known=["尤满仓"],
    probe=ID2,
)
def _(page: Page) -> None:
    page.title("城乡居民养老保险待遇核减公示")
    p = page.p("尤满仓，证件末四位")
    field(p, f'IF "{ID2}" = "" "无" "{ID2[-4:]}"', ID2[-4:])
    p.add_run("，核减多领待遇342元。")
    page.end()


@tricky(
    "docx",
    "minor-content-control",
    "minor",
    "内容控件别名",
    "The alias of a content control names a child with age.",
    known=["贺兰舟", "贺小穗"],
    probe="贺小穗",
)
def _(page: Page) -> None:
    page.title("残留林地确权公示")
    page.raw(
        f'<w:sdt {NAMESPACES}><w:sdtPr><w:alias w:val="共有人：孙女贺小穗，11岁"/><w:tag w:val="gyr"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>贺兰舟，林地面积12.6亩，四至见附图。</w:t></w:r></w:p></w:sdtContent></w:sdt>'
    )
    page.end("桃湾村村民委员会")


@tricky(
    "docx",
    "phone-docvars",
    "phone",
    "文档变量（设置）",
    "A document variable in the settings holds the full mobile number.",
    known=["苗润田"],
    probe=PH2,
)
def _(page: Page) -> Patch:
    page.title("护林员续聘公示")
    page.p("苗润田续聘为护林员，聘期一年。")
    page.end("云岭区林业站")
    return lambda parts: sub(
        parts,
        "word/settings.xml",
        "</w:compat>",
        f'</w:compat><w:docVars><w:docVar w:name="LXDH" w:val="{PH2}"/></w:docVars>',
    )


@tricky(
    "docx",
    "illness-embedded-workbook",
    "illness",
    "嵌入的工作簿",
    "A workbook embedded as an object lists names with diseases.",
    known=["逯春生", "覃远山"],
    probe="帕金森病",
)
def _(page: Page) -> Patch:
    page.title("医疗救助汇总公示")
    page.p("全镇本月医疗救助32人次、58,420元。")
    page.raw(
        f'<w:p {NAMESPACES} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:r><w:object>'
        '<v:shape id="_x0000_i1025" style="width:60pt;height:40pt"/>'
        '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="_x0000_i1025" DrawAspect="Icon" ObjectID="_1700000001" r:id="rIdPkg"/></w:object></w:r></w:p>'
    )
    page.end("石桥镇人民政府")

    def patch(parts: Parts) -> None:
        b = io.BytesIO()
        wb = xlsxwriter.Workbook(b, {"in_memory": True})
        wb.set_properties({"created": datetime.datetime(2026, 11, 20)})
        ws = wb.add_worksheet("底册")
        ws.write_row(0, 0, ["姓名", "病种"])
        ws.write_row(1, 0, ["逯春生", "帕金森病"])
        ws.write_row(2, 0, ["覃远山", "胃癌"])
        wb.close()
        add_part(
            parts,
            "word/embeddings/Microsoft_Excel_Sheet1.xlsx",
            b.getvalue(),
            CT + "spreadsheetml.sheet",
            "word/document.xml",
            OFF + "package",
            "rIdPkg",
        )

    return patch


@tricky(
    "docx",
    "id-office-mask-in-public",
    "id",
    "表格“身份证号”列",
    "First 6 and last 4 are shown: that mask is for offices, the public sees the last 4 only.",
    known=["郑青禾", "茅立冬"],
    probe=ID4[:6] + "********" + ID4[-4:],
)
def _(page: Page) -> None:
    page.title("临时救助发放情况公示")
    page.table(
        [
            ["姓名", "身份证号", "金额（元）"],
            ["郑青禾", ID4[:6] + "********" + ID4[-4:], "1500"],
            ["茅立冬", ID5[:6] + "********" + ID5[-4:], "1000"],
        ]
    )
    page.end()


@tricky(
    "docx",
    "id-birth-visible",
    "id",
    "正文括号内",
    "The mask leaves region and birth date: the person is still identified.",
    known=["覃远山"],
    probe=ID1[:14] + "****",
)
def _(page: Page) -> None:
    page.title("就业困难人员认定公示")
    page.p(f"覃远山（{ID1[:14]}****），经核实符合就业困难人员认定条件。")
    page.end("柳溪街道便民服务中心")


@tricky(
    "docx",
    "account-first6-last4",
    "account",
    "表格“卡号”列",
    "The card shows the first 6 beside the last 4; only the last 4 is allowed.",
    known=["晏秋实"],
    probe=CARD19[:6] + "*********" + CARD19[-4:],
)
def _(page: Page) -> None:
    page.title("公益性岗位补贴发放公示")
    page.table(
        [["姓名", "卡号", "补贴（元）"], ["晏秋实", CARD19[:6] + "*********" + CARD19[-4:], "1,200.00"]]
    )
    page.end("望江社区居民委员会")


@tricky(
    "docx",
    "landline-extension",
    "phone",
    "正文末段",
    "A private person's home telephone with extension stands in full.",
    known=["贺兰舟"],
    probe="03996238417",
)
def _(page: Page) -> None:
    page.title("遗失物品招领公告")
    page.p("贺兰舟在桃湾村村口拾得农用车行驶证一本。")
    page.p("失主可打贺兰舟家中电话 0399—6238417 转 802 联系。")
    page.end("桃湾村村民委员会")


@tricky(
    "docx",
    "address-group-house",
    "address",
    "正文",
    "Village, group and house number of a household in full.",
    known=["尤满仓"],
    probe="青禾村3组47号",
)
def _(page: Page) -> None:
    page.title("脱贫不稳定户帮扶措施公示")
    page.p("尤满仓，住石桥镇青禾村3组47号，拟落实产业帮扶资金3000元。")
    page.end()


@tricky(
    "docx",
    "address-room-cells",
    "address",
    "表格，小区、幢、单元、室分格",
    "Building, unit and room of a home, spread over cells of one row.",
    known=["苗润田", "晏秋实"],
    probe="幸福里|5幢|2单元|301室",
)
def _(page: Page) -> None:
    page.title("老旧小区加装电梯出资公示")
    page.table(
        [
            ["户主", "小区", "幢", "单元", "室", "出资（元）"],
            ["苗润田", "幸福里", "5幢", "2单元", "301室", "18000"],
            ["晏秋实", "幸福里", "5幢", "2单元", "402室", "22000"],
        ]
    )
    page.end("望江社区居民委员会")


@tricky(
    "docx",
    "address-chinese-numerals",
    "address",
    "正文",
    "The house is named in Chinese numerals.",
    known=["茅立冬"],
    probe="杨柳巷二十六号附三号",
)
def _(page: Page) -> None:
    page.title("违法建设拆除情况公告")
    page.p("当事人茅立冬自行拆除其住处（柳溪街道杨柳巷二十六号附三号）楼顶搭建的棚房。")
    page.end("柳溪街道综合行政执法队")


@tricky(
    "docx",
    "name-reporter",
    "name",
    "正文第二段",
    "The full name of a reporter who is not on the approved list.",
    known=["郑青禾", "茅立冬"],
    approved=["茅立冬"],
    probe="郑青禾",
)
def _(page: Page) -> None:
    page.title("关于一起侵占集体资金问题的通报")
    page.p("北塘村原文书茅立冬截留土地流转金4200元，受到党内警告处分。")
    page.p("该问题由村民郑青禾反映，经查属实。")
    page.end("云岭区纪委监委")


@tricky(
    "docx",
    "name-spaced",
    "name",
    "表格，姓名字间有空格",
    "A name not on the approved list, with spaces between its characters.",
    known=["覃远山", "苗润田"],
    approved=["苗润田"],
    probe="覃　远　山",
)
def _(page: Page) -> None:
    page.title("村级公益岗位人员调整公示")
    page.table([["姓名", "岗位", "变动"], ["苗润田", "保洁员", "续聘"], ["覃　远　山", "护路员", "解聘"]])
    page.end("青禾村村民委员会")


@tricky(
    "docx",
    "name-author-property",
    "name",
    "文档属性“作者”与“上次修改者”",
    "The author property names a person who is not approved.",
    known=["司徒望溪"],
    approved=[],
    probe="司徒望溪",
)
def _(page: Page) -> None:
    page.d.core_properties.author = page.d.core_properties.last_modified_by = "司徒望溪"
    page.title("村级财务公开（2026年10月）")
    page.p("本月收入12,300元，支出8,950元，结余转下月。")
    page.end("桃湾村村务监督委员会")


@tricky(
    "docx",
    "minor-class-aid",
    "minor",
    "表格“学生姓名”“班级”列",
    "Pupils are named with school class; children are never named, even if the list has them.",
    known=["苗小满", "苗润田"],
    probe="苗小满",
)
def _(page: Page) -> None:
    page.title("家庭经济困难学生资助名单公示")
    page.table(
        [
            ["学生姓名", "学校及班级", "监护人", "金额（元）"],
            ["苗小满", "石桥镇中心小学三年级2班", "苗润田", "625"],
        ]
    )
    page.end("石桥镇中心小学")


@tricky(
    "docx",
    "illness-named",
    "illness",
    "正文",
    "A named person with a disease.",
    known=["逯春生"],
    probe="尿毒症",
)
def _(page: Page) -> None:
    page.title("临时救助拟救助对象公示")
    page.p("逯春生因患尿毒症长期透析，家庭支出较大，拟给予一次性救助5000元。")
    page.end()


@tricky(
    "docx",
    "disability-kind-table",
    "illness",
    "表格“残疾类别”“等级”列",
    "Kind and grade of disability beside names.",
    known=["贺兰舟", "晏秋实"],
    probe="精神",
)
def _(page: Page) -> None:
    page.title("残疾人护理补贴发放公示")
    page.table(
        [
            ["姓名", "残疾类别", "等级", "月标准（元）"],
            ["贺兰舟", "精神", "二级", "100"],
            ["晏秋实", "肢体", "一级", "120"],
        ]
    )
    page.end()


@tricky(
    "docx",
    "no-end-date",
    "end_date",
    "整个公示无截止日期",
    "A list with approved names and right masks but no end date.",
    known=["尤满仓"],
    until=None,
    probe="尤满仓",
)
def _(page: Page) -> None:
    page.title("农村危房改造补助对象公示")
    page.table([["户主", "证件末四位", "补助（元）"], ["尤满仓", ID2[-4:], "30000"]])
    page.end()
