"""Word files that must pass: what only looks like something private, in the same hiding places."""

from __future__ import annotations

from docx.oxml import parse_xml

from qingfeng.apps.base.documents.publishing.tests.corpus.cases import harmless
from qingfeng.apps.base.documents.publishing.tests.corpus.made_up import CARD16, CARD19, ID1, IDX1, credit
from qingfeng.apps.base.documents.publishing.tests.corpus.pages import NAMESPACES, Page, dml_box


@harmless(
    "docx",
    "h-document-number",
    "标题下发文字号",
    "Document numbers that look like a phone number.",
    probe="13812号",
)
def _(page: Page) -> None:
    page.title("关于开展专项治理“微腐败”工作的通知")
    page.p("云纪发〔2026〕13812号").alignment = 1
    page.p("根据云委办发〔2026〕138号、云府函〔2025〕1590号文件要求，各单位应于12月10日前报送自查情况。")
    page.end("云岭区纪律检查委员会")


@harmless(
    "docx",
    "h-large-sums",
    "正文金额",
    "Sums with eleven digits and more, with unit and thousands marks.",
    probe="13,856,204,719",
)
def _(page: Page) -> None:
    page.title("2025年度区级预算执行情况公告")
    page.p("全年一般公共预算支出13,856,204,719.00元，其中民生支出9,902,318,450元；年末结余18600002元。")
    page.p("专项债券资金15900000000元（159亿元）已全部拨付到项目。")
    page.end("云岭区财政局")


@harmless(
    "docx",
    "h-credit-code",
    "表格“统一社会信用代码”列",
    "Credit codes of firms are public and not personal.",
    probe=credit("91990103MA0000017"),
)
def _(page: Page) -> None:
    page.title("行政处罚决定公示")
    page.table(
        [
            ["当事人", "统一社会信用代码", "罚款（元）"],
            ["云岭区石桥砂石有限公司", credit("91990103MA0000017"), "5000"],
            ["云岭区青禾农机专业合作社", credit("93990103MA00138X2"), "2000"],
        ]
    )
    page.end("云岭区市场监督管理局")


@harmless(
    "docx",
    "h-case-number-articles",
    "正文案号与条款",
    "Court case number and article numbers.",
    probe="1386号",
)
def _(page: Page) -> None:
    page.title("关于依法申请强制执行的公告")
    page.p(
        "依据（2026）云9901行审1386号行政裁定书，以及《中华人民共和国土地管理法》第七十七条、第八十三条，对云岭区石桥砂石有限公司违法占地予以清退。"
    )
    page.end("云岭区自然资源和规划局")


@harmless("docx", "h-hotlines", "正文末段热线", "National hotlines are meant to be public.", probe="12388")
def _(page: Page) -> None:
    page.title("关于受理“微腐败”问题线索的公告")
    page.p("受理内容：吃拿卡要、优亲厚友、截留挪用、虚报冒领等问题。")
    page.p(
        "受理方式：拨打12388举报电话，或拨打12345政务服务便民热线；涉及医保的可拨打12393，涉及社保的可拨打12333。"
    )
    page.end("云岭区纪委监委")


@harmless(
    "docx",
    "h-id-last4",
    "表格“证件末四位”列",
    "ID numbers with the last 4 only, names approved.",
    known=["覃远山", "晏秋实"],
    probe="**************" + ID1[-4:],
)
def _(page: Page) -> None:
    page.title("就业困难人员认定公示")
    page.table(
        [
            ["姓名", "身份证号", "认定结果"],
            ["覃远山", "**************" + ID1[-4:], "符合"],
            ["晏秋实", "**************" + IDX1[-4:], "符合"],
        ]
    )
    page.end("柳溪街道便民服务中心")


@harmless(
    "docx",
    "h-phone-masked",
    "正文",
    "Phone masked as first 3 and last 4.",
    known=["逯春生"],
    probe="159****8364",
)
def _(page: Page) -> None:
    page.title("护林员选聘结果公示")
    page.p("逯春生（手机159****8364）拟聘为桃湾村护林员，聘期一年。")
    page.end("云岭区林业站")


@harmless(
    "docx",
    "h-account-last4",
    "表格“账号”列",
    "Accounts with the last 4 only.",
    known=["尤满仓", "苗润田"],
    probe="尾号" + CARD16[-4:],
)
def _(page: Page) -> None:
    page.title("种粮补贴发放公示")
    page.table(
        [
            ["户主", "账号", "金额（元）"],
            ["尤满仓", "***************" + CARD19[-4:], "288.00"],
            ["苗润田", "尾号" + CARD16[-4:], "312.50"],
        ]
    )
    page.end("青禾村村民委员会")


@harmless(
    "docx",
    "h-approved-names-posts",
    "正文",
    "Names on the approved list with post and fact only.",
    known=["茅立冬", "司徒望溪"],
    probe="司徒望溪",
)
def _(page: Page) -> None:
    page.title("关于两起群众身边不正之风问题的通报")
    page.p("一、北塘村原文书茅立冬截留土地流转金问题。茅立冬受到党内严重警告处分，违纪款4200元已收缴。")
    page.p("二、柳溪街道便民服务中心工作人员司徒望溪办事拖延问题。司徒望溪受到政务警告处分。")
    page.end("云岭区纪委监委")


@harmless(
    "docx",
    "h-road-kilometres",
    "正文桩号",
    "Road numbers, kilometre marks and village names without a house number.",
    probe="K138+600",
)
def _(page: Page) -> None:
    page.title("农村公路养护工程施工公告")
    page.p("X138线K138+600至K159+364段、Y990103线青禾村至桃湾村路段将封闭施工，工期45天，绕行G5线。")
    page.end("云岭区交通运输局")


@harmless(
    "docx", "h-disability-counts", "正文统计数", "Plain counts of disabled people, no person.", probe="1386人"
)
def _(page: Page) -> None:
    page.title("残疾人两项补贴工作情况公告")
    page.p(
        "截至10月底，全区享受困难残疾人生活补贴1386人、重度残疾人护理补贴2071人，本年累计发放4,138,600元。"
    )
    page.end("云岭区民政局")


@harmless(
    "docx",
    "h-insurance-fund-policy",
    "正文政策",
    "Health insurance and illness as policy, no person.",
    probe="医保基金",
)
def _(page: Page) -> None:
    page.title("关于开展医保基金管理突出问题专项整治的公告")
    page.p(
        "重点整治虚假住院、串换药品等骗取医保基金行为。门诊慢特病病种按目录执行，高血压、糖尿病患者用药保障机制不变。"
    )
    page.end("云岭区医疗保障局")


@harmless(
    "docx",
    "h-school-repair",
    "正文",
    "School names and numbers of pupils without a child.",
    probe="石桥镇中心小学",
)
def _(page: Page) -> None:
    page.title("校舍维修项目竣工公示")
    page.p("石桥镇中心小学、青禾村幼儿园校舍维修项目已竣工，惠及学生638名、12个教学班，决算价486,204.50元。")
    page.end("云岭区教育局")


@harmless(
    "docx",
    "h-invoices-contracts",
    "表格发票号列",
    "Invoice, contract and voucher numbers.",
    probe="26992000000013856204",
)
def _(page: Page) -> None:
    page.title("村级支出公开（2026年10月）")
    page.table(
        [
            ["摘要", "发票号码", "合同编号", "金额（元）"],
            ["购路灯", "26992000000013856204", "HT-2026-0138", "8,950.00"],
            ["渠道清淤", "26992000000015900836", "HT-2026-0159", "3,400.00"],
        ]
    )
    page.end("桃湾村村务监督委员会")


@harmless("docx", "h-comment-clean", "批注", "A comment without personal data.", probe="2026年13期")
def _(page: Page) -> None:
    page.title("关于印发整改清单的通知")
    p = page.p("各单位对照清单逐项销号，12月20日前完成。")
    page.d.add_comment(
        p.runs, text="口径同工作简报2026年13期，序号138至159。", author="综合协调组", initials="综"
    )
    page.end("云岭区领导小组办公室")


@harmless(
    "docx",
    "h-header-footer",
    "页眉页脚",
    "Header with document number, footer with page number and date of print.",
    probe="20261123",
)
def _(page: Page) -> None:
    s = page.d.sections[0]
    s.header.paragraphs[0].text = "云岭区政务公开  版本20261123  共3页"
    s.footer.paragraphs[0].text = "— 1 —"
    page.title("三季度村务公开检查情况通报")
    page.p("抽查村（社区）38个，发现问题159个，已整改138个，整改率86.8%。")
    page.end("云岭区民政局")


@harmless(
    "docx",
    "h-tracked-deletion-clean",
    "修订",
    "A tracked deletion without personal data, beside a project code.",
    probe="2026-990103-48-01-138562",
)
def _(page: Page) -> None:
    page.title("村内道路硬化项目公示")
    p = page.p("项目代码2026-990103-48-01-138562，总投资")
    p._p.append(
        parse_xml(
            f'<w:del {NAMESPACES} w:id="911" w:author="项目办" w:date="2026-11-20T09:00:00Z"><w:r><w:delText>1,380,000元</w:delText></w:r></w:del>'
        )
    )
    p.add_run("1,590,000元，计划2027年6月完工。")
    page.end("石桥镇项目建设办公室", "2026年11月23日")


@harmless(
    "docx",
    "h-surname-masked-names",
    "正文",
    "Persons appear as surname with 某 or a star only.",
    probe="郑某",
)
def _(page: Page) -> None:
    page.title("城乡低保动态管理情况公示")
    page.p("本月新增保障3户：覃*山、贺*舟、茅*冬；停保1户：郑某，因家庭收入超过标准。保障金按月社会化发放。")
    page.end()


@harmless(
    "docx",
    "h-tender-result",
    "正文及文本框",
    "Tender result of firms, prices and bid codes, with a harmless text box and picture.",
    probe="YLZB-20261123-0138",
)
def _(page: Page) -> None:
    page.title("农村饮水安全工程中标候选人公示")
    page.p(
        "招标编号YLZB-20261123-0138。第一中标候选人：云岭区清源水利工程有限公司，报价3,856,204.71元，工期180日历天。"
    )
    page.raw(dml_box("评标办法：综合评估法，得分92.35分。"))
    page.picture("工程示意图.png", alt="供水管网示意图，比例1:50000")
    page.end("云岭区水务局")


@harmless("docx", "h-standards-isbn", "正文", "Standard numbers, ISBN and postal code.", probe="978-7-")
def _(page: Page) -> None:
    page.title("农家书屋图书配备公示")
    page.p(
        "配备图书138种、1590册，其中《乡村治理问答》（ISBN 978-7-9999-1386-3）200册；书架执行GB/T 13667.1—2015。"
    )
    page.p("样书寄至云岭区文化馆，邮政编码990103。")
    page.end("云岭区文化和旅游局")
