"""Task tables: the columns are known by their headings, the times by the same grammar as in sentences."""

from qingfeng.planreader.tests.made_up import plan, time_of


def rows(table: str) -> list[str]:
    """The duties of a table."""
    found = []
    for item in plan(rest=table).obligations:
        to = " →" + "、".join(item.deliver_to) if item.deliver_to else ""
        found.append(f"{'、'.join(item.who)} {time_of(item)} {item.what}{to}")
    return found


def test_a_division_of_tasks_gives_a_duty_for_each_time() -> None:
    table = (
        "序号\t重点任务\t牵头单位\t配合单位\t完成时限\n"
        "1\t清理集体资产\t县农业农村局\t各乡镇\t2026年6月底前\n"
        "2\t复核低保对象\t县民政局、县残联\t各乡镇\t6月8日—7月17日\n"
        "3\t汇总数据\t县整治办\t\t每月28日前；12月15日前\n"
        "4\t开展教育\t各单位\t\t长期坚持\n"
        "5\t每月通报一次\t县纪委监委\t\t持续推进"
    )
    assert rows(table) == [
        "县农业农村局 2026-06-30 清理集体资产",
        "县民政局、县残联 2026-06-08/2026-07-17 复核低保对象",
        "县整治办 month:28 汇总数据",
        "县整治办 2026-12-15 汇总数据",
        "县纪委监委 month 每月通报一次",
    ]


def test_a_table_of_reports_names_sender_and_recipient() -> None:
    table = (
        "| 报送材料 | 报送单位 | 报送时间 | 报送至 |\n|---|---|---|---|\n"
        "| 实施方案 | 各单位 | 4.10前 | 县整治办 |\n"
        "| 小结 | 各单位 | 3月、6月、9月、12月25日前 | 县整治办 |\n"
        "| 周报 | 各专班 | 每周四12:00前 | 县整治办 |\n"
        "| 反馈 | 县整治办 | 收到材料后5个工作日内 | 各单位 |"
    )
    assert rows(table) == [
        "各单位 2026-04-10 实施方案 →县整治办",
        "各单位 quarter:25::3 小结 →县整治办",
        "各专班 week::4 周报 →县整治办",
        "县整治办 收到材料后5个工作日内 反馈 →各单位",
    ]


def test_a_table_without_times_gives_no_duty() -> None:
    assert rows("序号\t姓名\t电话\n1\t（略）\t0000") == []


def test_a_table_of_stages_gives_stages_and_what_each_owes() -> None:
    table = (
        "阶段\t起止时间\t工作内容\t责任主体\t提交成果及时限\n"
        "第一阶段 动员\t2026.03.02—2026.03.31\t召开会议\t党群部\t会议纪要，3月20日前\n"
        "第二阶段 整改\t2026.04.01—2026.12.31\t逐项整改\t各子公司\t整改台账，每月28日前"
    )
    draft = plan(steps="二、进度安排\n" + table + "\n")
    assert [f"{s.name} {s.start}/{s.end}" for s in draft.stages] == [
        "动员 2026-03-02/2026-03-31",
        "整改 2026-04-01/2026-12-31",
    ]
    assert [(o.stage, o.who[0], time_of(o), o.what) for o in draft.obligations] == [
        (1, "党群部", "2026-03-20", "召开会议；会议纪要"),
        (2, "各子公司", "month:28", "逐项整改；整改台账"),
    ]


def test_a_task_table_among_the_attachments_is_read_too() -> None:
    foot = (
        "\n岭水县纪委监委\n2026年3月25日\n附件1：任务分工表\n"
        "任务\t责任单位\t完成时间\n清查\t县民政局\t6月12日前\n通报\t县整治办\t每月底\n"
    )
    draft = plan(rest="任务分工见附件1。", foot=foot)
    assert [(o.who[0], time_of(o)) for o in draft.obligations] == [
        ("县民政局", "2026-06-12"),
        ("县整治办", "month:-1"),
    ]
    assert draft.forms == () and draft.faults == ()
