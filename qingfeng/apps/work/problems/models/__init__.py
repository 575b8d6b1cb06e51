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
    UnitSummary,
)

__all__ = [
    "Answer",
    "CoUnit",
    "Commitment",
    "Evidence",
    "Extension",
    "LookBack",
    "LookBackResult",
    "Measure",
    "MeasureKind",
    "Origin",
    "PersonInvolved",
    "Problem",
    "ProblemNature",
    "ProblemQuerySet",
    "ProblemRecord",
    "RectificationTerm",
    "Recusal",
    "Request",
    "Submission",
    "Transfer",
    "UnitSummary",
    "Verdict",
]
