"""The reading of one document, from its lines to the draft."""

from dataclasses import replace
from pathlib import Path

from qingfeng.calendars import WorkingDays
from qingfeng.planreader import cover, outline, sources
from qingfeng.planreader.contents import find_contents, find_targets
from qingfeng.planreader.faults import Facts, find_faults
from qingfeng.planreader.forms import find_forms, is_form
from qingfeng.planreader.groups import find_groups
from qingfeng.planreader.lines import Line
from qingfeng.planreader.mechanisms import find_mechanisms
from qingfeng.planreader.model import Draft, Obligation
from qingfeng.planreader.obligations import find_obligations
from qingfeng.planreader.period import read_period, read_years
from qingfeng.planreader.persons import names_by_line, without_names
from qingfeng.planreader.stages import find_stages
from qingfeng.planreader.task_tables import find_in_tables
from qingfeng.planreader.verdict import judge
from qingfeng.planreader.years import Years


def text_lines(path: Path | str) -> list[Line]:
    """The numbered lines of a document, as the draft refers to them."""
    return sources.load(Path(path))


def read(path: Path | str, *, calendar: WorkingDays | None = None) -> Draft:
    """Read a plan document into a draft; raises Unreadable for what cannot be read at all."""
    return read_lines(text_lines(path), calendar=calendar)


def read_lines(lines: list[Line], *, calendar: WorkingDays | None = None) -> Draft:
    """Read numbered lines into a draft."""
    parts = outline.build(lines, cover.find_title(lines))
    title = cover.title_text(parts.titles)
    years = read_years(parts)
    places = find_stages(parts, years)
    stages = tuple(place.stage for place in places)
    period = read_period(parts, years, places)
    years = years.within((period.start, period.end))
    obligations = tuple(
        sorted(
            [
                *find_obligations(parts, years, places),
                *_in_attachments(parts, years),
                *find_in_tables(parts, years, places),
            ],
            key=lambda item: item.line,
        )
    )
    verdict = judge(parts, title, stages, obligations)
    if not verdict.is_plan:
        return Draft("not_a_plan", verdict.reasons, title)
    names = names_by_line(lines)
    draft = Draft(
        kind="plan",
        reasons=verdict.reasons,
        title=title,
        issuer=cover.issuer_of(parts, title),
        document_status=cover.status_of(parts),
        basis=cover.find_basis(parts),
        period=period,
        targets=find_targets(parts),
        contents=find_contents(parts),
        stages=stages,
        obligations=obligations,
        groups=find_groups(parts),
        mechanisms=find_mechanisms(parts),
        forms=find_forms(parts),
    )
    facts = Facts(parts, draft, places, years, names, calendar or WorkingDays())
    return _without_persons(
        replace(draft, faults=find_faults(facts)), {name for found in names.values() for name in found}
    )


def _in_attachments(parts: outline.Outline, years: Years) -> list[Obligation]:
    """The duties in attachments that are texts, not forms."""
    found: list[Obligation] = []
    for attachment in parts.attachments:
        prose = [line for line in attachment.lines if not line.is_row and "。" in line.plain]
        if len(prose) >= 2 or (prose and not is_form(attachment)):
            found += find_obligations(outline.of_attachment(attachment), years, [])
    return found


def _without_persons(draft: Draft, names: set[str]) -> Draft:
    """The draft with names of persons left out everywhere but in the quotes."""
    if not names:
        return draft
    groups = tuple(replace(g, members=_cleaned(g.members, names)) for g in draft.groups)
    return replace(
        draft, groups=groups, obligations=tuple(_nameless(item, names) for item in draft.obligations)
    )


def _nameless(item: Obligation, names: set[str]) -> Obligation:
    return replace(
        item,
        who=_cleaned(item.who, names),
        what=without_names(item.what, names),
        deliver_to=_cleaned(item.deliver_to, names),
        condition=without_names(item.condition, names) if item.condition else None,
    )


def _cleaned(values: tuple[str, ...], names: set[str]) -> tuple[str, ...]:
    return tuple(text for text in (without_names(value, names).strip("，、（）") for value in values) if text)
