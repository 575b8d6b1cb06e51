"""Workbooks that must pass."""

from __future__ import annotations

from qingfeng.apps.base.documents.publishing.tests.corpus.books import Book
from qingfeng.apps.base.documents.publishing.tests.corpus.cases import harmless
from qingfeng.apps.base.documents.publishing.tests.corpus.made_up import (
    CARD17,
    CARD19,
    ID4,
    ID6,
    credit_digits,
)


@harmless(
    "xlsx", "hx-statistics", "整表", "A statistics table with numbers of people and sums.", probe="13800"
)
def _(book: Book) -> None:
    book.sheet(
        "2026年三季度惠民惠农补贴发放统计",
        ["镇街", "户数", "人数", "金额（元）"],
        [
            ["石桥镇", 13800, 31862, 15900836.4],
            ["柳溪街道", 5172, 12045, 4860020.0],
            ["合计", 18972, 43907, 20760856.4],
        ],
    )


@harmless("xlsx", "hx-dates-compact", "“日期”列", "Dates written as eight digits.", probe="20260630")
def _(book: Book) -> None:
    book.sheet(
        "村务公开时间表",
        ["事项", "公开日期", "编号"],
        [
            ["财务收支", 20260630, "CW-202606-01"],
            ["工程项目", 20260715, "CW-202607-02"],
            ["惠民政策", "20260930", "CW-202609-03"],
        ],
    )


@harmless(
    "xlsx",
    "hx-eleven-digit-sums",
    "“金额（元）”列",
    "Sums of eleven digits as number cells.",
    probe="13856204719",
)
def _(book: Book) -> None:
    ws = book.sheet(
        "近三年专项债券资金安排表", ["年度", "金额（元）", "项目数"], [[2024, None, 12], [2025, None, 15]]
    )
    f = book.wb.add_format({"num_format": "#,##0"})
    ws.write_number(2, 1, 13856204719, f)
    ws.write_number(3, 1, 15900000000, f)


@harmless(
    "xlsx",
    "hx-project-codes",
    "“项目代码”列",
    "National project codes with dashes.",
    probe="2026-990103-48-01-159083",
)
def _(book: Book) -> None:
    book.sheet(
        "2026年衔接资金项目公示",
        ["项目名称", "项目代码", "投资（万元）"],
        [
            ["桃湾村灌溉渠", "2026-990103-48-01-159083", 138.6],
            ["北塘村产业路", "2026-990103-48-01-186029", 86.0],
        ],
    )


@harmless(
    "xlsx",
    "hx-credit-digits",
    "“统一社会信用代码”列",
    "Credit codes of public bodies that are all digits.",
    probe=credit_digits("12990103999013"),
)
def _(book: Book) -> None:
    book.sheet(
        "事业单位法人年度报告公示",
        ["单位", "统一社会信用代码"],
        [
            ["云岭区文化馆", credit_digits("12990103999013")],
            ["云岭区林业站", credit_digits("12990103999015")],
        ],
    )


@harmless(
    "xlsx",
    "hx-masked-all",
    "各列",
    "All numbers masked as the rule asks, names approved.",
    known=["郑青禾", "贺兰舟"],
    probe="138****5172",
)
def _(book: Book) -> None:
    book.sheet(
        "公租房配租结果公示",
        ["姓名", "证件末四位", "手机", "账号末四位"],
        [["郑青禾", ID4[-4:], "138****5172", CARD19[-4:]], ["贺兰舟", ID6[-4:], "186****2971", CARD17[-4:]]],
    )


@harmless(
    "xlsx", "hx-hidden-column-clean", "隐藏列", "A hidden helper column with row numbers.", probe="排序"
)
def _(book: Book) -> None:
    ws = book.sheet(
        "各村饮水工程进度表",
        ["村", "进度（%）", "排序"],
        [["青禾村", 86, 2], ["北塘村", 92, 1], ["桃湾村", 71, 3]],
    )
    ws.set_column(2, 2, None, None, {"hidden": True})


@harmless(
    "xlsx",
    "hx-hidden-sheet-codes",
    "隐藏工作表“代码”",
    "A hidden sheet with region and unit codes.",
    probe="990103001002",
)
def _(book: Book) -> None:
    book.sheet(
        "行政区划调整公告附表", ["社区", "代码"], [["望江社区", "990103001002"], ["柳溪社区", "990103001003"]]
    )
    book.sheet(
        "代码", ["类别", "值"], [["镇街", "990103001"], ["城乡分类", "121"]], name="代码", end=False
    ).hide()


@harmless(
    "xlsx",
    "hx-validation-choices",
    "数据有效性",
    "A drop-down list with plain choices, and a harmless comment.",
    probe="整改中",
)
def _(book: Book) -> None:
    ws = book.sheet(
        "问题整改公开清单",
        ["序号", "问题", "状态"],
        [[1, "公示栏更新不及时", "已销号"], [2, "台账登记不全", "整改中"]],
    )
    ws.data_validation(2, 2, 9, 2, {"validate": "list", "source": ["已销号", "整改中", "未启动"]})
    ws.write_comment(2, 2, "依据云纪发〔2026〕138号，第1386条台账", {"author": "综合协调组"})


@harmless("xlsx", "hx-budget-codes", "“科目编码”列", "Budget and purchase codes.", probe="2130505")
def _(book: Book) -> None:
    book.sheet(
        "部门预算公开表",
        ["科目编码", "科目名称", "金额（万元）"],
        [
            ["2130505", "生产发展", 1386.2],
            ["2081107", "残疾人生活和护理补贴", 413.86],
            ["2101301", "城乡医疗救助", 590.08],
        ],
    )


@harmless("xlsx", "hx-age-brackets", "整表", "Counts by age and by illness kind, no person.", probe="0—14岁")
def _(book: Book) -> None:
    book.sheet(
        "家庭医生签约服务统计",
        ["人群", "签约人数"],
        [["0—14岁", 4138], ["65岁以上", 5172], ["高血压患者", 6483], ["糖尿病患者", 2971]],
    )


@harmless(
    "xlsx", "hx-invoice-voucher", "“发票号码”列", "Invoice and voucher numbers.", probe="26992000000018600029"
)
def _(book: Book) -> None:
    book.sheet(
        "公务接待支出公开",
        ["日期", "批次", "发票号码", "金额（元）"],
        [["2026-10-12", 1, "26992000000018600029", 680], ["2026-10-27", 2, "26992000000017700064", 520]],
    )


@harmless("xlsx", "hx-formula-sums", "合计公式", "Sums by formula, chart over villages.", probe="SUM")
def _(book: Book) -> None:
    ws = book.sheet(
        "村集体经济收入公示",
        ["村", "收入（元）"],
        [["青禾村", 138620], ["北塘村", 159083], ["桃湾村", 186029]],
    )
    ws.write_string(5, 0, "合计")
    ws.write_formula(5, 1, "=SUM(B3:B5)", None, 483732)
    c = book.wb.add_chart({"type": "column"})
    c.add_series({"name": "收入", "categories": "=公示表!$A$3:$A$5", "values": "=公示表!$B$3:$B$5"})
    ws.insert_chart(8, 0, c)


@harmless(
    "xlsx",
    "hx-approved-members",
    "“姓名”列",
    "Elected members, all on the approved list.",
    known=["苗润田", "茅立冬", "欧阳石舟"],
    probe="欧阳石舟",
)
def _(book: Book) -> None:
    book.sheet(
        "桃湾村村务监督委员会成员公示",
        ["职务", "姓名", "得票"],
        [["主任", "苗润田", 386], ["委员", "茅立冬", 359], ["委员", "欧阳石舟", 318]],
    )


@harmless("xlsx", "hx-ranges-coefficients", "整表", "Ranges, shares and land areas.", probe="1380—1590")
def _(book: Book) -> None:
    book.sheet(
        "征地区片综合地价标准",
        ["区片", "范围", "标准（元/亩）", "浮动"],
        [["一类", "望江、柳溪", "58600—62000", "±5%"], ["二类", "青禾、北塘", "51720", "1380—1590元"]],
    )
