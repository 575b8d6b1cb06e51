"""`qingfeng sheet …`, `qingfeng lists …`, `qingfeng return …`: ledgers in and out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.base.orgs.visibility import visible_groups, visible_units
from qingfeng.apps.base.web.errors import BadInput, NotThere
from qingfeng.apps.work.inspections.permissions import check_can_act_for
from qingfeng.apps.work.problems import lists as four_lists
from qingfeng.apps.work.problems.imports import extra_of, import_sheets, read_sheets
from qingfeng.apps.work.returns.actions import correct, hand_in, prepare, sign
from qingfeng.apps.work.returns.contents import contents_of
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.papers import render_docx, render_xlsx
from qingfeng.apps.work.returns.periods import month_named, read_month
from qingfeng.apps.work.returns.visibility import visible
from qingfeng.cli.session import (
    As,
    Json,
    Out,
    UnitCode,
    account,
    answer,
    campaign_of,
    content_of,
    told,
    unit_of,
    write_out,
)

sheet = typer.Typer(help="检查台账。", no_args_is_help=True)
return_ = typer.Typer(help="报送。", no_args_is_help=True)


@sheet.callback()
def sheets() -> None:
    """检查台账。"""


@return_.callback()
def returns() -> None:
    """报送。"""


@sheet.command("import")
@told
def take_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="检查台账：.xlsx .xls .csv")],
    unit: UnitCode,
    as_user: As,
    partial: Annotated[bool, typer.Option("--partial", help="有误的跳过，先导入无误的")] = False,
    as_json: Json = False,
) -> None:
    """导入检查台账；CODE 为填报单位或组的代码。"""
    user = account(as_user)
    campaign = campaign_of(user)
    read = read_sheets(content_of(file), file.name, extra_of(campaign))
    faults = [str(fault) for one in read for fault in one.faults]
    if faults and not partial:
        raise BadInput(f"“{file.name}”中有 {len(faults)} 处需要改正，没有导入任何内容。", places=faults)
    body = _body(user, unit)
    if isinstance(body, Unit):
        check_can_act_for(user, body)
    place = {"unit": body} if isinstance(body, Unit) else {"group": body}
    result = import_sheets(campaign, read=read, by=user, **place)
    left = [str(fault) for fault in result.faults]
    sentence = "\n".join([f"已导入 {len(result.filed)} 张：{'、'.join(result.numbers)}", *left])
    answer(as_json, sentence, filed=result.numbers, faults=left)
    if left and not result.filed:
        raise typer.Exit(2)


@told
def lists(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="problem rectification responsibility progress")
    ],
    out: Out,
    as_user: As,
    as_json: Json = False,
) -> None:
    """导出四个清单之一（.xlsx）。"""
    user = account(as_user)
    if kind not in four_lists.ListKind:
        raise BadInput(f"没有“{kind}”这种清单，可选：{'、'.join(four_lists.ListKind.values)}。")
    campaign = campaign_of(user)
    write_out(out, four_lists.list_xlsx(kind, user, campaign))
    rows = four_lists.rows(user, campaign).count()
    answer(as_json, f"已写出 {out}（{rows} 行）。", file=str(out), rows=rows)


@return_.command("monthly")
@told
def monthly(
    unit: UnitCode,
    month: Annotated[str, typer.Option(metavar="2026-06", help="月份")],
    as_user: As,
    out: Out,
    do_sign: Annotated[bool, typer.Option("--sign", help="由负责人签字")] = False,
    do_hand_in: Annotated[bool, typer.Option("--hand-in", help="报送")] = False,
    correction: Annotated[str, typer.Option("--correct", metavar="REASON", help="更正已报送的报表")] = "",
    as_json: Json = False,
) -> None:
    """编制月报表并写出 .xlsx 或 .docx；可同时签字、报送。"""
    user = account(as_user)
    form = _form(user, unit_of(user, unit), read_month(month))
    if correction:
        form = correct(monthly_return=form, reason=correction, by=user)
    if do_sign:
        form = sign(monthly_return=form, by=user)
    if do_hand_in:
        form = hand_in(monthly_return=form, by=user)
    write_out(out, render_docx(form) if out.suffix.lower() == ".docx" else render_xlsx(form))
    state = ReturnState(form.state)
    columns = {
        column.code: {key: value.number for key, value in column.values.items()}
        for column in contents_of(form).columns
    }
    answer(
        as_json,
        f"{form.unit.name} {month} 月报表（{state.label}，第 {form.version} 版）已写出 {out}。",
        unit=form.unit.code,
        month=month,
        state=state.value,
        version=form.version,
        file=str(out),
        columns=columns,
    )


def _form(user: User, unit: Unit, month: date) -> MonthlyReturn:
    """The form in force for that month, as far as this user may see it, else a new draft."""
    campaign = campaign_of(user)
    named = month_named(campaign, month)
    found = (
        visible(user)
        .filter(campaign=campaign, unit=unit, month=named.name)
        .exclude(state=ReturnState.REPLACED)
    )
    return found.first() or prepare(campaign=campaign, unit=unit, month=month, by=user)


def _body(user: User, code: str) -> Unit | Group:
    found = visible_units(user).filter(code=code).first() or visible_groups(user).filter(code=code).first()
    if found is None:
        raise NotThere(f"没有代码为“{code}”的单位或组，或不在您的范围内。")
    return found
