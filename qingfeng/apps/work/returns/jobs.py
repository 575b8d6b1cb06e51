"""Long work of the monthly forms: all units of a month in one bundle."""

from __future__ import annotations

import zipfile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.jobs.registry import job
from qingfeng.apps.base.jobs.run import Run
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import NotThere
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.campaigns.visibility import visible_campaigns
from qingfeng.apps.work.returns.district import (
    DistrictTotal,
    UnitMonth,
    in_chinese,
    unit_file,
    units_of_month,
)
from qingfeng.apps.work.returns.papers import file_name
from qingfeng.apps.work.returns.periods import Month, month_named, read_month
from qingfeng.apps.work.returns.permissions import check_can_collect
from qingfeng.apps.work.returns.tallying import Tally

KIND = "returns.all_units"


def check_may_collect(user: User, *, campaign: int, month: str) -> None:
    check_can_collect(user, campaign_for(user, campaign))


@job(KIND, title=gettext_lazy("导出全部单位月报"), check=check_may_collect)
def all_units(run: Run, *, campaign: int, month: str) -> None:
    """A bundle: the form of each unit as attachment 4, a table of all, and the district's form of the total."""
    of = campaign_for(run.by, campaign)
    named = month_named(of, read_month(month))
    units = units_of_month(run.by, of, named)
    tally, total = Tally(of, named), DistrictTotal(of, named)
    bundle = run.folder / "bundle.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        for number, one in enumerate(units, 1):
            contents, form = unit_file(tally, one)
            total.add(one, contents)
            archive.writestr(f"{number:03d}_{_name(one, named)}", form)
            run.line(one.unit.name, one.form is not None, _said(one))
            run.progress(number, len(units) + 1, one.unit.name)
        archive.writestr(f"000_{of.root_unit.short_name}{in_chinese(named)}月报表（合计）.xlsx", total.form())
        archive.writestr(f"000_{of.root_unit.short_name}{in_chinese(named)}月报汇总表.xlsx", total.table())
    name = f"{of.root_unit.short_name}{in_chinese(named)}全部单位月报.zip"
    run.finished(_summary(units), file=run.keep_file(bundle, name))


def campaign_for(user: User, pk: int) -> Campaign:
    """The campaign, if it exists for this user."""
    found = visible_campaigns(user).filter(pk=pk).first()
    if found is None:
        raise NotThere()
    return found


def _name(one: UnitMonth, month: Month) -> str:
    if one.form:
        return file_name(one.form, "xlsx")
    return f"{one.unit.short_name}{in_chinese(month)}月报表（未编制）.xlsx"


def _said(one: UnitMonth) -> str:
    if one.form is None:
        return _("未编制：按台账现在的数字生成，仅供参考。")
    if one.form.handed_in_on and one.is_handed_in:
        return _("已报送（%(day)s）。") % {"day": one.form.handed_in_on}
    return _("%(state)s：数字按台账现在的情况。") % {"state": one.mark}


def _summary(units: list[UnitMonth]) -> str:
    return _("%(units)d个单位，其中已报送%(done)d个、未编制%(missing)d个；另有合计月报表和汇总表。") % {
        "units": len(units),
        "done": sum(one.is_handed_in for one in units),
        "missing": sum(one.form is None for one in units),
    }
