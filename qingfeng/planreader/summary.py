"""A draft as a person reads it in the terminal."""

from qingfeng.planreader.model import Draft, Obligation, Recurrence

_EVERY = {
    "week": "每周", "two_weeks": "每半月", "ten_days": "每旬", "month": "每月", "quarter": "每季度",
    "half_year": "每半年", "year": "每年",
}  # fmt: skip


def summary_of(draft: Draft) -> str:
    """The draft in lines: what it is, stages, duties, groups, forms, faults."""
    if draft.kind != "plan":
        return "不是方案：\n" + "\n".join(f"  {reason}" for reason in draft.reasons)
    lines = [draft.title or "（没有标题）", f"印发单位：{draft.issuer or '未写明'}"]
    lines.append(f"起止：{draft.period.start or '？'} 至 {draft.period.end or '？'}")
    lines += [
        f"阶段{s.number} {s.name}：{s.start or '？'} 至 {s.end or '？'}（第{s.line}行）" for s in draft.stages
    ]
    lines += [f"内容{c.number} {c.title}（第{c.line}行）" for c in draft.contents]
    lines += [
        f"任务 {_when(o)} {'、'.join(o.who) or '未写明'}：{o.what}（第{o.line}行）" for o in draft.obligations
    ]
    lines += [f"机构 {g.name}（{g.count}个，第{g.line}行）" for g in draft.groups]
    lines += [f"表格 附件{f.attachment or ''} {f.title}：{'、'.join(f.fields)}" for f in draft.forms]
    lines += [f"问题 {f.code}：{f.message}" for f in draft.faults]
    return "\n".join(lines)


def _when(item: Obligation) -> str:
    if item.recurrence:
        return _rhythm(item.recurrence)
    if item.due:
        return f"{item.start}至{item.due}" if item.start else f"{item.due}前"
    return item.trigger or item.due_text or "不定期"


def _rhythm(recurrence: Recurrence) -> str:
    text = _EVERY[recurrence.every]
    if recurrence.month_of_period:
        text += f"第{recurrence.month_of_period}个月"
    if recurrence.weekday:
        text += f"星期{'一二三四五六日'[recurrence.weekday - 1]}"
    if recurrence.day:
        text += "末" if recurrence.day == -1 else f"{recurrence.day}日前"
    return text
