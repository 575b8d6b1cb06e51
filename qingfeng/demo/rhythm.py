"""What comes in week by week: plans and summaries, meetings, circulars, instructions, talks and visits."""

from __future__ import annotations

from datetime import date, timedelta

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.orgs.models import Appointment, Role, Unit, User
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.office_calendar import working_days
from qingfeng.apps.work.campaigns.actions import activities, duties, meetings, receipts
from qingfeng.apps.work.campaigns.models import Activity, ActivityKind, Duty, Medium, MeetingKind, Obligation
from qingfeng.apps.work.problems.actions import sign_commitment
from qingfeng.demo import proofs
from qingfeng.demo.seats import VACANT
from qingfeng.demo.story import Story, days

ALWAYS_LATE = ("990706", "990712")
"""Two streets that need a reminder each time."""
LETTER = "督办单"
ENTRIES: tuple[tuple[str, str, int], ...] = (
    (ActivityKind.TALK, "与{name}窗口负责人谈心谈话", 6),
    (ActivityKind.TRAINING, "{name}廉洁微课堂：办事的边界", 58),
    (ActivityKind.TRAINING, "组织{name}经办人学习补贴发放流程", 31),
    (ActivityKind.VISIT, "走访{name}高龄老人和困难家庭", 24),
    (ActivityKind.VISIT, "到{name}居民小组听意见", 17),
    (ActivityKind.PUBLICITY, "{name}举报方式上墙、进群", 0),
    (ActivityKind.PUBLICITY, "{name}晒出第一季度收支明白账", 0),
    (ActivityKind.TALK, "约谈{name}工程发包经办人", 2),
)
INSTRUCTIONS = (
    (date(2026, 5, 13), "990702", "补贴公示不能只贴在办公室，请一周内全部贴到小区。", 10, True),
    (date(2026, 5, 27), "990738", "同案不同罚的问题群众反映多，请拿出裁量说明。", 12, True),
    (date(2026, 6, 8), "990711", "业委会换届拖延，请牵头拿出时间表。", 14, False),
    (date(2026, 6, 18), "990733", "应急维修资金结算要一个项目一个项目过。", 15, False),
)


class Rhythm:
    """Reads the duties that the start of the campaign has laid, and sets who answers each of them when."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.chance = story.chance
        self.seats = story.seats

    def set(self) -> None:
        rows = Duty.objects.filter(campaign=self.story.campaign, due__lte=self.story.home_day + days(7))
        for duty in rows.select_related("obligation__campaign", "unit", "group", "campaign").order_by(
            "due", "pk"
        ):
            self._answer(duty)
        for number, unit in enumerate([*self.seats.streets(), *self.seats.departments_served()]):
            for turn in range(2):
                kind, title, people = ENTRIES[(number + 3 * turn) % len(ENTRIES)]
                self.story.at(
                    date(2026, 5, 8) + days(self.chance.randint(0, 44)),
                    self._enter,
                    unit,
                    kind,
                    title,
                    people,
                )
        for day, code, words, term, done in INSTRUCTIONS:
            self.story.at(day, self._instruct, code, words, term, done)
        for code, day in (
            ("990704", date(2026, 5, 20)),
            ("990709", date(2026, 5, 25)),
            ("990734", date(2026, 6, 11)),
        ):
            self.story.at(day, self._send_letter, code)
        self.story.at(date(2026, 6, 16), self._commit, "990710")
        self.story.at(date(2026, 6, 17), self._commit, "990736")
        for code, last_day in VACANT.items():
            self.story.at(last_day, self._leave, code)

    def _answer(self, duty: Duty) -> None:
        what = duty.obligation.what
        if duty.obligation.is_monthly_form:
            return  # see monthly.py
        if "例会" in what or "联席会议" in what:
            self._set_meeting(duty)
        elif duty.unit is not None:
            self._set_paper(duty, duty.unit)
        elif "通报" in what and duty.due < date(2026, 5, 1):
            self.story.at(
                duty.due,
                duties.waive,
                duty=duty,
                reason="本月刚启动，首期通报并入5月。",
                by=self.story.office(),
            )
        elif self.chance.random() < 0.85:
            self.story.at(duty.due - days(self.chance.randint(0, 2)), self._hand_in_for_group, duty)

    # Meetings

    def _set_meeting(self, duty: Duty) -> None:
        """Most are held in their week; some are forgotten."""
        unit = duty.unit
        if unit is not None and (self.story.clerk(unit) is None or unit.code in ALWAYS_LATE):
            held = self.chance.random() < 0.4
        else:
            held = self.chance.random() < 0.93
        if held:
            first = max(duty.period_start, duty.due - days(3))
            self.story.at(min(first + days(self.chance.randint(0, 3)), duty.due), self._meet, duty)

    def _meet(self, duty: Duty) -> None:
        body = duty.bearer
        by = (self.story.clerk(duty.unit) if duty.unit else None) or self.story.office()
        kind = MeetingKind.JOINT if "联席" in duty.obligation.what else MeetingKind.WEEKLY
        minutes = self.chance.choice(
            (
                "一、通报上周发现的问题和整改进度。二、逐条研究未完成事项。三、安排下周检查。",
                "对照台账逐项过；两项需要部门配合的，由分管领导协调。",
                "学习纪律规定；窗口和社区各汇报一件群众反映的事；明确责任人和时限。",
            )
        )
        meetings.record_meeting(
            campaign=self.story.campaign,
            body=body,
            kind=kind,
            held_on=clock.today(),
            duty=duty,
            by=by,
            title=f"{body.short_name}{MeetingKind(kind).label}",
            minutes=minutes,
            attendance=self.chance.randint(6, 22),
        )

    # Papers

    def _set_paper(self, duty: Duty, unit: Unit) -> None:
        """Most in time, the usual two late, one not at all; paper follows some days after."""
        clerk = self.story.clerk(unit)
        late = unit.code in ALWAYS_LATE or (clerk is None and self.chance.random() < 0.5)
        if self.chance.random() < (0.25 if clerk is None else 0.04):
            return
        day = (
            duty.due + days(self.chance.randint(1, 4)) if late else duty.due - days(self.chance.randint(0, 3))
        )
        day = self.story.at(day, self._hand_in, duty, unit)
        if duty.obligation.wants_paper and self.chance.random() < 0.9:
            paper = day if self.chance.random() < 0.8 else duty.due + days(self.chance.randint(1, 4))
            self.story.at(max(day, paper), self._register_paper, duty)

    def _hand_in(self, duty: Duty, unit: Unit) -> None:
        title = f"{unit.name}{duty.obligation.what[:12]}"
        content = proofs.note(title, "按照方案要求，现将有关情况报告如下。", "（以下为演示用的简要正文。）")
        receipt = receipts.receive(
            duty=duty,
            medium=Medium.ELECTRONIC,
            file_name=f"{unit.short_name}报送材料.txt",
            content=content,
            by=self.story.clerk(unit) or self.story.office(),
        )
        if "小结" in duty.obligation.what and unit.code == "990708":
            self.story.at(
                clock.today() + days(1),
                receipts.return_receipt,
                receipt=receipt,
                by=self.story.office(),
                reason="小结没有写明发现问题的数量，请补充后重报。",
            )

    def _register_paper(self, duty: Duty) -> None:
        receipts.receive(
            duty=duty, medium=Medium.PAPER, by=self.seats.account("office2"), note="盖章纸质稿一份"
        )

    def _hand_in_for_group(self, duty: Duty) -> None:
        group = duty.group
        assert group is not None  # told apart by the caller
        if not self.seats.members(group):
            return
        title = f"{group.name}{duty.obligation.what[:12]}"
        content = proofs.note(title, "本期督查和工作情况如下。", "（以下为演示用的简要正文。）")
        receipts.receive(
            duty=duty,
            medium=Medium.ELECTRONIC,
            file_name=f"{group.short_name}报送材料.txt",
            content=content,
            by=self.seats.members(group)[0],
        )

    # The register

    def _enter(self, unit: Unit, kind: str, title: str, people: int) -> None:
        below = self.seats.below(unit)
        name = self.chance.choice(below).short_name if below else unit.short_name
        activities.record_activity(
            campaign=self.story.campaign,
            unit=unit,
            kind=kind,
            title=title.format(name=name),
            held_on=clock.today(),
            people=people and people + self.chance.randint(0, 9),
            by=self._clerk_of(unit),
        )

    def _instruct(self, code: str, words: str, term: int, done: bool) -> None:
        leader = self.seats.account("leader").person
        unit = self.seats.unit(code)
        task = activities.record_activity(
            campaign=self.story.campaign,
            unit=self.story.campaign.root_unit,
            kind=ActivityKind.INSTRUCTION,
            title=f"{leader.name}同志批示：{words}",
            held_on=clock.today(),
            given_by=leader,
            task_for=unit,
            task_due=working_days().next_working_day(clock.today() + timedelta(days=term)),
            by=self.story.office(),
        )
        if done:
            self.story.at(clock.today() + days(term - 3), self._finish, task, unit)

    def _finish(self, task: Activity, unit: Unit) -> None:
        activities.finish_task(
            task=task, note="已按批示办理，情况书面报告区专治办。", by=self._clerk_of(unit)
        )

    # Upon an event

    def _send_letter(self, code: str) -> None:
        obligation = Obligation.objects.get(campaign=self.story.campaign, condition__contains=LETTER)
        unit = self.seats.unit(code)
        duty = duties.trigger_obligation(
            obligation=obligation,
            bearer=unit,
            on=clock.today(),
            by=self.story.office(),
            occasion=f"{LETTER}：群众反映事项请限期答复",
        )
        if code == "990704":
            self.story.at(duty.due - days(3), self._hand_in, duty, unit)

    def _commit(self, code: str) -> None:
        unit = self.seats.unit(code)
        head = self.story.head(unit)
        assert head is not None  # both have one
        sign_commitment(
            campaign=self.story.campaign,
            unit=unit,
            by=head,
            text="经逐项自查，本单位没有发现方案所列问题。如有不实，本人承担相应责任。",
        )

    def _leave(self, code: str) -> None:
        """A head is called away; the next one is not in post yet."""
        unit = self.seats.unit(code)
        seat = Appointment.objects.select_related("post", "person").get(post__unit=unit, post__role=Role.HEAD)
        orgs.end_appointment(
            appointment=seat,
            last_day=clock.today(),
            by=self.story.office(),
            successor=self._clerk_of(unit).person,
        )

    def _clerk_of(self, unit: Unit) -> User:
        return self.story.clerk(unit) or self.story.office()
