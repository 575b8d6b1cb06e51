"""More workbooks that must be refused: names, children, illness, properties, numbers over several columns."""

from __future__ import annotations

import io

from qingfeng.apps.base.documents.publishing.tests.corpus.books import Book
from qingfeng.apps.base.documents.publishing.tests.corpus.cases import tricky
from qingfeng.apps.base.documents.publishing.tests.corpus.made_up import CARD19B, ID3, ID5, ID6, PH2
from qingfeng.apps.base.documents.publishing.tests.corpus.pages import png


@tricky(
    "xlsx",
    "x-phone-link",
    "phone",
    "单元格超链接",
    "The masked cell links to the full mobile number.",
    known=["苗润田"],
    probe=PH2,
)
def _(book: Book) -> None:
    ws = book.sheet("技术指导员公示", ["姓名", "电话"], [["苗润田", None]])
    ws.write_url(2, 1, f"http://wx.yunling.example/u?m={PH2}", string="159****8364")


@tricky(
    "xlsx",
    "x-address-page-header",
    "address",
    "打印页眉",
    "The printed page header holds the household's address down to the house number.",
    known=["尤满仓"],
    probe="青禾村3组47号",
)
def _(book: Book) -> None:
    ws = book.sheet("购机补贴公示", ["购机者", "机具", "补贴（元）"], [["尤满仓", "微耕机", 700]])
    ws.set_header("&C尤满仓 青禾村3组47号")


@tricky(
    "xlsx",
    "x-address-textbox",
    "address",
    "工作表上的文本框",
    "A text box on the sheet gives a home down to the room.",
    known=["晏秋实"],
    probe="和顺苑12栋1单元1604室",
)
def _(book: Book) -> None:
    ws = book.sheet("电梯维修资金使用公示", ["项目", "金额（元）"], [["电梯主机维修", 23800]])
    ws.insert_textbox(6, 0, "业主代表晏秋实（和顺苑12栋1单元1604室）已核对。")


@tricky(
    "xlsx",
    "x-illness-picture-alt",
    "illness",
    "图片替代文字",
    "The picture's alternative text says what disease the named man has.",
    known=["覃远山"],
    probe="白血病",
)
def _(book: Book) -> None:
    ws = book.sheet("救灾物资发放公示", ["姓名", "物资"], [["覃远山", "棉被2床"]])
    ws.insert_image(
        5, 0, "签收.png", {"image_data": io.BytesIO(png()), "description": "覃远山（白血病人）签收照片"}
    )


@tricky(
    "xlsx",
    "x-name-chart-series",
    "name",
    "图表系列名称",
    "A chart series is named after a person who is not approved.",
    known=["司徒望溪"],
    approved=[],
    probe="司徒望溪",
)
def _(book: Book) -> None:
    ws = book.sheet("各季度补贴统计", ["季度", "金额（元）"], [["一季度", 300], ["二季度", 420]])
    c = book.wb.add_chart({"type": "column"})
    c.add_series({"name": "司徒望溪户", "categories": "=公示表!$A$3:$A$4", "values": "=公示表!$B$3:$B$4"})
    ws.insert_chart(6, 0, c)


@tricky(
    "xlsx",
    "x-name-sheet-tab",
    "name",
    "工作表标签",
    "The sheet tab is the name of a person who is not approved.",
    known=["欧阳石舟"],
    approved=[],
    probe="欧阳石舟",
)
def _(book: Book) -> None:
    book.sheet("信访事项办理情况公示", ["事项", "结果"], [["路灯不亮", "已修复"]], name="欧阳石舟反映件")


@tricky(
    "xlsx",
    "x-name-list",
    "name",
    "“姓名”列第二行",
    "One of the listed persons is not on the approved list.",
    known=["茅立冬"],
    approved=["茅立冬"],
    probe="逯春生",
)
def _(book: Book) -> None:
    book.sheet(
        "评先评优拟表彰对象", ["序号", "姓名", "所在村"], [[1, "茅立冬", "北塘村"], [2, "逯春生", "北塘村"]]
    )


@tricky(
    "xlsx",
    "x-account-comments-property",
    "account",
    "文档属性“备注”",
    "The comments property of the workbook holds the full card number.",
    known=["尤满仓"],
    probe=CARD19B,
)
def _(book: Book) -> None:
    book.prop["comments"] = f"尤满仓 卡号{CARD19B} 已核"
    book.sheet("补发资金公示", ["户主", "金额（元）"], [["尤满仓", 480]])


@tricky(
    "xlsx",
    "x-minor-custom-property",
    "minor name",
    "自定义文档属性",
    "A custom property names a child who is not on the list, with birth year.",
    known=["郑青禾", "郑小溪"],
    approved=["郑青禾"],
    probe="郑小溪",
)
def _(book: Book) -> None:
    book.wb.set_custom_property("家庭成员", "女儿郑小溪，2018年生，一年级")
    book.sheet("廉租住房补贴公示", ["申请人", "月补贴（元）"], [["郑青禾", 180]])


@tricky(
    "xlsx",
    "x-id-rich-string",
    "id",
    "单元格内分段格式的文字",
    "The ID number is cut into pieces of rich text in one cell.",
    known=["苗润田"],
    probe=ID3,
)
def _(book: Book) -> None:
    ws = book.sheet("公益林管护员公示", ["姓名", "说明"], [["苗润田", None]])
    f = book.wb.add_format({"bold": True})
    ws.write_rich_string(2, 1, "证号", f, ID3[:5], ID3[5:9], f, ID3[9:13], ID3[13:])


@tricky(
    "xlsx",
    "x-id-three-columns",
    "id",
    "三列拼成的号码",
    "The ID number is spread over three columns.",
    known=["贺兰舟"],
    probe="|".join((ID6[:6], ID6[6:14], ID6[14:])),
)
def _(book: Book) -> None:
    book.sheet(
        "确权登记公示",
        ["户主", "身份证号（地区码）", "身份证号（出生日期）", "身份证号（顺序及校验）"],
        [["贺兰舟", ID6[:6], ID6[6:14], ID6[14:]]],
    )


@tricky(
    "xlsx",
    "x-address-columns",
    "address",
    "“村”“组”“门牌号”三列",
    "Village, group and house number of each household.",
    known=["尤满仓", "覃远山"],
    probe="门牌号",
)
def _(book: Book) -> None:
    book.sheet(
        "改厕验收公示",
        ["户主", "村", "组", "门牌号", "结果"],
        [["尤满仓", "青禾村", "3组", "47号", "合格"], ["覃远山", "青禾村", "4组", "12号", "合格"]],
    )


@tricky(
    "xlsx",
    "x-minor-age",
    "minor",
    "“子女”与“年龄”列",
    "Children are named with their age.",
    known=["茅小苗", "茅立冬"],
    probe="茅小苗",
)
def _(book: Book) -> None:
    book.sheet(
        "农村留守家庭关爱物资发放公示", ["户主", "子女", "年龄", "物资"], [["茅立冬", "茅小苗", 7, "书包1个"]]
    )


@tricky(
    "xlsx",
    "x-illness-column",
    "illness",
    "“救助原因”列",
    "Diseases stand beside names.",
    known=["郑青禾", "逯春生"],
    probe="肺癌",
)
def _(book: Book) -> None:
    book.sheet(
        "医疗救助公示",
        ["姓名", "救助原因", "金额（元）"],
        [["郑青禾", "肺癌化疗", 8000], ["逯春生", "慢性肾衰竭", 6500]],
    )


@tricky(
    "xlsx",
    "x-past-end-date",
    "end_date",
    "截止日期早已过去",
    "The notice's end date is past, it must no longer be put out.",
    known=["茅立冬"],
    until="2026-06-30",
    probe="2026年6月30日",
)
def _(book: Book) -> None:
    ws = book.sheet("公租房配租公示", ["申请人", "证件末四位"], [["茅立冬", ID5[-4:]]])
    ws.write_string(5, 0, "公示截止日期：2026年6月30日。")
