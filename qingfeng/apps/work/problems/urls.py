"""Addresses of sheets, problems, the four lists, commitments and the referral slip."""

from django.urls import URLPattern, path

from qingfeng.apps.work.problems.views import (
    instructions,
    moves,
    neighbours,
    others,
    problems,
    sheet_entry,
    sheets,
)

app_name = "problems"
urlpatterns: list[URLPattern] = [
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/new/", sheet_entry.sheet_new, name="sheet_new"),
    path("sheets/import/", sheet_entry.sheet_import, name="sheet_import"),
    path("sheets/<slug:reference>/", sheets.sheet, name="sheet"),
    path("sheets/<slug:reference>/paper/", sheets.sheet_paper, name="sheet_paper"),
    path("sheets/<slug:reference>/rectification/", sheets.rectification_paper, name="rectification_paper"),
    path("sheets/<slug:reference>/<slug:paper>.<slug:ending>", sheets.paper_file, name="paper_file"),
    path("sheets/<slug:reference>/return/", sheets.sheet_return, name="sheet_return"),
    path("sheets/<slug:reference>/void/", sheets.sheet_void, name="sheet_void"),
    path("sheets/<slug:reference>/confirm/", sheets.sheet_confirm, name="sheet_confirm"),
    path("sheets/<slug:reference>/correct/", sheets.sheet_correct, name="sheet_correct"),
    path("problems/", problems.problem_list, name="list"),
    path("problems/register/", problems.register, name="register"),
    path("problems/origins/", problems.origins, name="origins"),
    path("problems/origins/<int:pk>/retire/", problems.origin_retire, name="origin_retire"),
    path("problems/evidence/<int:pk>/", problems.evidence, name="evidence"),
    path("problems/evidence/<int:pk>/withdraw/", problems.evidence_withdraw, name="evidence_withdraw"),
    path("problems/sub-tasks/<int:pk>/done/", problems.sub_task_done, name="sub_task_done"),
    path("problems/<slug:reference>/", problems.problem, name="problem"),
    path("problems/<slug:reference>/previous/", neighbours.previous, name="previous"),
    path("problems/<slug:reference>/following/", neighbours.following, name="following"),
    path("problems/<slug:reference>/<slug:verb>/", moves.move, name="move"),
    path("lists/<slug:kind>/", others.four_lists, name="four_lists"),
    path("commitments/", others.commitments, name="commitments"),
    path("commitments/<slug:code>/sign/", others.commitment_sign, name="commitment_sign"),
    path("commitments/<slug:code>/scan/", others.commitment_scan, name="commitment_scan"),
    path("instructions/", instructions.instructions, name="instructions"),
    path("instructions/new/", instructions.instruction_new, name="instruction_new"),
    path("instructions/<slug:reference>/", instructions.instruction, name="instruction"),
    path(
        "instructions/<slug:reference>/answer/", instructions.instruction_answer, name="instruction_answer"
    ),
    path(
        "instructions/<slug:reference>/send-back/",
        instructions.instruction_send_back,
        name="instruction_send_back",
    ),
    path("instructions/<slug:reference>/close/", instructions.instruction_close, name="instruction_close"),
    path("instructions/<slug:reference>/void/", instructions.instruction_void, name="instruction_void"),
    path("referral/", others.referral, name="referral"),
    path("referral/kept/", others.referral_kept, name="referral_kept"),
]
