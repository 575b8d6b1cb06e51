"""`qingfeng campaign …`: a plan document becomes a running campaign."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.core.management import call_command

from qingfeng.apps.base.orgs.actions import import_units
from qingfeng.apps.base.orgs.models import Unit, UnitKind
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.actions.plans import accept_all, hand_in
from qingfeng.apps.work.campaigns.actions.start import start
from qingfeng.apps.work.campaigns.models import DayOffRule, Duty, Stage
from qingfeng.cli.session import As, Json, account, answer, content_of, day, told

campaign = typer.Typer(help="方案与专项治理。", no_args_is_help=True)


@campaign.callback()
def group() -> None:
    """方案与专项治理。"""


@campaign.command("start")
@told
def begin(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="方案文件")],
    as_user: As,
    units: Annotated[Path | None, typer.Option("--units", metavar="FILE", help="单位、组和人员名册")] = None,
    shift_to: Annotated[
        str | None, typer.Option("--shift-to", metavar="DATE", help="把方案日期整体平移到此日开始")
    ] = None,
    day_off: Annotated[
        DayOffRule, typer.Option("--day-off", help="期限逢休息日：keep before after")
    ] = DayOffRule.KEEP,
    create_groups: Annotated[bool, typer.Option(help="为方案中的组建立组")] = True,
    as_json: Json = False,
) -> None:
    """读方案、采用全部读出的内容并启动。逐项核对请在网页上办理。"""
    call_command("migrate", verbosity=0, interactive=False)
    new_start = day(shift_to, "--shift-to")
    if units:
        import_units(content=content_of(units), name=units.name, by=None)
    user = account(as_user)
    read = hand_in(file_name=plan.name, content=content_of(plan), root_unit=_root(), by=user)
    accept_all(plan=read, by=user)
    begun = start(plan=read, by=user, shift_to=new_start, day_off_rule=day_off, create_groups=create_groups)
    stages, duties = Stage.objects.filter(campaign=begun).count(), Duty.objects.filter(campaign=begun).count()
    answer(
        as_json,
        f"已启动“{begun.title}”：{begun.starts_on} — {begun.ends_on}，{stages} 个阶段，{duties} 项应报事项。",
        title=begun.title,
        starts_on=begun.starts_on,
        ends_on=begun.ends_on,
        stages=stages,
        duties=duties,
        shifted_days=begun.shifted_days,
    )


def _root() -> Unit:
    roots = list(Unit.objects.filter(kind=UnitKind.DISTRICT, parent=None))
    if len(roots) != 1:
        raise BadInput(
            "还没有区县单位，请用 --units 导入单位名册。" if not roots else "有多个区县单位，请在网页上启动。"
        )
    return roots[0]
