"""`qingfeng report`: papers of the campaign as .docx, .pdf or Markdown, over what the account may see."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils import translation

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.reports.papers.kind import Kind, asked_for, built
from qingfeng.apps.work.reports.papers.markdown import to_markdown
from qingfeng.apps.work.reports.papers.periods import WRITTEN
from qingfeng.apps.work.reports.papers.printing import to_docx, to_pdf
from qingfeng.apps.work.reports.papers.register import KINDS
from qingfeng.apps.work.returns.wording import PAPER_LANGUAGE
from qingfeng.cli.session import Json, account, answer, campaign_of, told, write_out

ENDINGS = (".docx", ".pdf", ".md")


@told
def report(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="文稿种类；不写则列出各种")] = "",
    unit: Annotated[
        str, typer.Option("--unit", metavar="CODE", help="单位代码，含下级；不写为全区或所在单位")
    ] = "",
    period: Annotated[
        str,
        typer.Option("--period", metavar="PERIOD", help="2026-06、2026-Q2、2026-H1、2026；S2 为第二个阶段"),
    ] = "",
    about: Annotated[
        str, typer.Option("--about", metavar="NO", help="写一件事的文稿：台账、问题等的参考号")
    ] = "",
    approved_by: Annotated[
        str, typer.Option("--approved-by", metavar="STAFF_NO", help="批准点名的领导的工号；不写则不点名")
    ] = "",
    number: Annotated[str, typer.Option(help="发文字号；不写则留空")] = "",
    signatory: Annotated[str, typer.Option(help="签发人；不写则留空")] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=".docx .pdf 或 .md")] = None,
    as_user: Annotated[
        str, typer.Option("--as", metavar="USER", envvar="QINGFENG_AS", help="以哪个账号办理")
    ] = "",
    as_json: Json = False,
) -> None:
    """起草专项治理的文稿：月度通报、半年报告、阶段小结等。"""
    if not kind:
        _list(as_json)
        return
    chosen = _kind(kind)
    target = _target(out)
    user = account(as_user)
    asked = asked_for(
        chosen,
        user,
        campaign_of(user),
        unit=unit,
        period=period,
        subject=about,
        approved_by=approved_by,
        number=number,
        signatory=signatory,
    )
    made = built(chosen, asked)
    remarks: list[str] = []
    if target.suffix.lower() == ".md":
        write_out(target, to_markdown(made).encode())
    else:
        is_pdf = target.suffix.lower() == ".pdf"
        printed = to_pdf(made) if is_pdf else to_docx(made)
        write_out(target, printed.pdf if is_pdf else printed.docx)
        remarks = printed.remarks
    figures = {figure.title: f"{figure.words}{figure.measure}" for figure in made.figures()}
    gaps = [gap.hint for gap in made.gaps()]
    sentence = "\n".join([f"已写出 {target}：{made.title}。", *(f"待补充：{gap}" for gap in gaps), *remarks])
    answer(as_json, sentence, file=str(target), title=made.title, figures=figures, gaps=gaps, remarks=remarks)


def _list(as_json: bool) -> None:
    with translation.override(PAPER_LANGUAGE):
        lines = [f"{kind.key:26}{kind.name}：{kind.about}{_periods(kind)}" for kind in KINDS.values()]
        answer(as_json, "\n".join(lines), kinds={kind.key: str(kind.name) for kind in KINDS.values()})


def _periods(kind: Kind) -> str:
    return f"（--period {' 或 '.join(WRITTEN[one] for one in kind.periods)}）" if kind.periods else ""


def _kind(key: str) -> Kind:
    """By its key, written with `-` as commands are or with `_`."""
    found = KINDS.get(key.replace("-", "_"))
    if found is None:
        raise BadInput(f"没有“{key}”这种文稿，可选：{'、'.join(KINDS)}。")
    return found


def _target(out: Path | None) -> Path:
    if out is None or out.suffix.lower() not in ENDINGS:
        raise BadInput("请用 --out 写明文件，以 .docx、.pdf 或 .md 结尾。")
    return out
