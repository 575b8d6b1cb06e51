"""Workbooks that must be refused: number formats, hidden columns, comments, choices, formulas."""

from __future__ import annotations

from qingfeng.apps.base.documents.publishing.tests.corpus.books import Book
from qingfeng.apps.base.documents.publishing.tests.corpus.cases import tricky
from qingfeng.apps.base.documents.publishing.tests.corpus.made_up import (
    CARD16,
    CARD17,
    CARD18,
    CARD19,
    ID1,
    ID2,
    ID3,
    ID4,
    ID6,
    PH1,
    PH2,
    PH3,
    PH4,
    PH5,
)


@tricky(
    "xlsx",
    "x-id-text-column",
    "id",
    "“公民身份号码”列",
    "Full ID numbers as text.",
    known=["覃远山", "尤满仓"],
    probe=ID1,
)
def _(book: Book) -> None:
    book.sheet(
        "高龄津贴发放公示表",
        ["姓名", "公民身份号码", "金额（元）"],
        [["覃远山", ID1, 100], ["尤满仓", ID2, 100]],
    )


@tricky(
    "xlsx",
    "x-id-number-cell",
    "id",
    "“证件号”列，数字格式",
    "The ID is a number cell: the first 15 digits (region and birth date) are still there.",
    known=["茅立冬"],
    probe="9.90405195506182",
)
def _(book: Book) -> None:
    ws = book.sheet("森林生态效益补偿公示", ["户主", "证件号", "面积（亩）"], [["茅立冬", None, 14.5]])
    ws.write_number(2, 1, int(ID4[:15] + "000"), book.wb.add_format({"num_format": "0"}))


@tricky(
    "xlsx",
    "x-account-number-cell",
    "account",
    "“账号”列，数字格式",
    "The account is a number cell with almost all digits kept.",
    known=["苗润田"],
    probe=CARD16[:15],
)
def _(book: Book) -> None:
    ws = book.sheet("种粮补贴发放表", ["姓名", "账号", "金额"], [["苗润田", None, 312.5]])
    ws.write_number(2, 1, int(CARD16), book.wb.add_format({"num_format": "0"}))


@tricky(
    "xlsx",
    "x-phone-scientific",
    "phone",
    "“联系方式”列，科学计数格式",
    "The mobile number is a number cell shown in scientific format, its value is complete.",
    known=["逯春生"],
    probe=PH4,
)
def _(book: Book) -> None:
    ws = book.sheet("网格员公示表", ["姓名", "联系方式", "网格"], [["逯春生", None, "第二网格"]])
    ws.write_number(2, 1, int(PH4), book.wb.add_format({"num_format": "0.00E+00"}))


@tricky(
    "xlsx",
    "x-id-hidden-column",
    "id",
    "隐藏列C",
    "A hidden column holds full ID numbers.",
    known=["贺兰舟"],
    probe=ID6,
)
def _(book: Book) -> None:
    ws = book.sheet("低保金发放公示", ["户主", "人数", "证件号码", "金额"], [["贺兰舟", 2, ID6, 860]])
    ws.set_column(2, 2, None, None, {"hidden": True})


@tricky(
    "xlsx",
    "x-account-hidden-row",
    "account",
    "隐藏行",
    "A hidden row holds the full card number with spaces.",
    known=["晏秋实"],
    probe=CARD18,
)
def _(book: Book) -> None:
    ws = book.sheet(
        "分红公示",
        ["姓名", "分红（元）", "备注"],
        [["晏秋实", 240, ""], ["晏秋实", 240, " ".join((CARD18[:6], CARD18[6:12], CARD18[12:]))]],
    )
    ws.set_row(3, None, None, {"hidden": True})


@tricky(
    "xlsx",
    "x-phone-hidden-sheet",
    "phone",
    "隐藏工作表“底稿”",
    "A hidden sheet holds full mobile numbers.",
    known=["郑青禾"],
    probe=PH1,
)
def _(book: Book) -> None:
    book.sheet("家庭医生签约情况公示", ["村", "签约户数"], [["青禾村", 212], ["北塘村", 187]])
    book.sheet("底稿", ["姓名", "手机"], [["郑青禾", PH1]], name="底稿", end=False).hide()


@tricky(
    "xlsx",
    "x-id-very-hidden",
    "id",
    "深度隐藏的工作表",
    "A very hidden sheet holds full ID numbers.",
    known=["苗润田"],
    probe=ID3,
)
def _(book: Book) -> None:
    book.sheet("补贴汇总公示", ["村", "户数", "金额（元）"], [["桃湾村", 96, 41280]])
    book.sheet("明细", ["姓名", "号码"], [["苗润田", ID3]], name="data", end=False).very_hidden()


@tricky(
    "xlsx",
    "x-account-cell-comment",
    "account",
    "单元格批注",
    "A cell comment holds the full card number.",
    known=["尤满仓"],
    probe=CARD19,
)
def _(book: Book) -> None:
    ws = book.sheet("危改补助资金拨付公示", ["户主", "金额（元）"], [["尤满仓", 30000]])
    ws.write_comment(
        2, 1, f"打入 {'-'.join(CARD19[i : i + 4] for i in range(0, 19, 4))}", {"author": "经办岗"}
    )


@tricky(
    "xlsx",
    "x-id-defined-name",
    "id",
    "名称管理器",
    "A defined name has the full ID number as its value.",
    known=["覃远山"],
    probe=ID1,
)
def _(book: Book) -> None:
    book.sheet("救助公示", ["姓名", "金额（元）"], [["覃远山", 2000]])
    book.wb.define_name("户主证号", f'="{ID1}"')


@tricky(
    "xlsx",
    "x-phone-validation-list",
    "phone",
    "数据有效性下拉列表",
    "The drop-down list of a cell holds full mobile numbers.",
    known=["逯春生"],
    probe=PH5,
)
def _(book: Book) -> None:
    ws = book.sheet("村民代表公示", ["姓名", "电话（已脱敏）"], [["逯春生", "139****7258"]])
    ws.data_validation(2, 1, 2, 1, {"validate": "list", "source": [PH5, PH2, "无"]})


@tricky(
    "xlsx",
    "x-minor-white-font",
    "minor",
    "白色字单元格",
    "A remark in white outside the table names a child with school class.",
    known=["茅立冬", "茅小苗"],
    probe="茅小苗",
)
def _(book: Book) -> None:
    ws = book.sheet("租金减免公示", ["姓名", "减免（元）"], [["茅立冬", 600]])
    ws.write_string(
        2, 25, "同住女儿茅小苗，石桥镇中心小学五（1）班", book.wb.add_format({"font_color": "#FFFFFF"})
    )


@tricky(
    "xlsx",
    "x-account-format-hides",
    "account",
    "“账户”列，数字格式使其不显示",
    "The number format ;;; hides the account, the value is complete.",
    known=["贺兰舟"],
    probe=CARD17[:15],
)
def _(book: Book) -> None:
    ws = book.sheet("征地补偿到户公示", ["户主", "账户", "补偿款（元）"], [["贺兰舟", None, 46800]])
    ws.write_string(2, 1, CARD17, book.wb.add_format({"num_format": ";;;"}))


@tricky(
    "xlsx",
    "x-id-formula-right",
    "id",
    "公式内",
    "The cell shows the last 4 but its formula holds the whole number.",
    known=["郑青禾"],
    probe=ID4,
)
def _(book: Book) -> None:
    ws = book.sheet("特困供养公示", ["姓名", "证件末四位"], [["郑青禾", None]])
    ws.write_formula(2, 1, f'=RIGHT("{ID4}",4)', None, ID4[-4:])


@tricky(
    "xlsx",
    "x-phone-formula-joined",
    "phone",
    "公式拼接的结果",
    "A formula joins the parts to a full mobile number.",
    known=["晏秋实"],
    probe=PH3,
)
def _(book: Book) -> None:
    ws = book.sheet("楼栋长公示", ["姓名", "前段", "后段", "号码"], [["晏秋实", PH3[:5], PH3[5:], None]])
    ws.write_formula(2, 3, "=B3&C3", None, PH3)
