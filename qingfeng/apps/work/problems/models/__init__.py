"""Problems and all that is kept about them, one concept a file."""

from qingfeng.apps.work.problems.models.around import (
    CoUnit,
    Evidence,
    Measure,
    MeasureKind,
    PersonInvolved,
    Recusal,
)
from qingfeng.apps.work.problems.models.commitments import (
    Commitment,
)
from qingfeng.apps.work.problems.models.drafts import (
    DraftKind,
    EntryDraft,
    SentEntry,
)
from qingfeng.apps.work.problems.models.extra_values import (
    ExtraValue,
)
from qingfeng.apps.work.problems.models.findings import (
    FindingEvidence,
    TakenFrom,
)
from qingfeng.apps.work.problems.models.imports import (
    ImportBatch,
    ImportKind,
    ImportLine,
    ImportLineState,
    ImportState,
)
from qingfeng.apps.work.problems.models.instructions import (
    Instruction,
    InstructionReply,
    InstructionState,
)
from qingfeng.apps.work.problems.models.problems import (
    Origin,
    Problem,
    ProblemNature,
    ProblemQuerySet,
    ProblemRecord,
    RectificationTerm,
)
from qingfeng.apps.work.problems.models.rounds import (
    Answer,
    Extension,
    LookBack,
    LookBackResult,
    Request,
    Submission,
    Transfer,
    Verdict,
)
from qingfeng.apps.work.problems.models.summaries import (
    DAY,
    MONTH,
    DueSummary,
    UnitSummary,
)
from qingfeng.apps.work.problems.models.visits import (
    PlannedVisit,
)

__all__ = [
    "DAY",
    "MONTH",
    "Answer",
    "CoUnit",
    "Commitment",
    "DraftKind",
    "DueSummary",
    "EntryDraft",
    "Evidence",
    "Extension",
    "ExtraValue",
    "FindingEvidence",
    "ImportBatch",
    "ImportKind",
    "ImportLine",
    "ImportLineState",
    "ImportState",
    "Instruction",
    "InstructionReply",
    "InstructionState",
    "LookBack",
    "LookBackResult",
    "Measure",
    "MeasureKind",
    "Origin",
    "PersonInvolved",
    "PlannedVisit",
    "Problem",
    "ProblemNature",
    "ProblemQuerySet",
    "ProblemRecord",
    "RectificationTerm",
    "Recusal",
    "Request",
    "SentEntry",
    "Submission",
    "TakenFrom",
    "Transfer",
    "UnitSummary",
    "Verdict",
]
