"""Keeping sealed slips for the case wing. What is kept leaves no trace that could be read here.

The event of a kept slip has no actor and no content: it holds only that, on this day, one more envelope lies here.
Whoever calls `keep_slip` shows a plain confirmation and keeps nothing of it: no message in the session, no log line,
no count, no link to a sheet or problem.
"""

from __future__ import annotations

import base64
import json

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from qingfeng.apps.base.handover import case_keys
from qingfeng.apps.base.handover.models import SealedSlip
from qingfeng.apps.base.handover.permissions import check_can_keep_slip, check_can_set_case_key
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import holdings
from qingfeng.apps.base.records.actions import action, create, note
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.sealing import envelopes

LONGEST = 5000


@action
@sensitive_variables()
def keep_slip(*, what: str, where: str, who: str, when: str, by: User) -> None:
    """A suspected violation, sealed to the case office: what, where, who, when, in the words of the one who saw it.

    Who filed it stands inside the envelope only. Refused while there is no public key: then nothing is kept.
    """
    check_can_keep_slip(by)
    words = {"what": what.strip(), "where": where.strip(), "who": who.strip(), "when": when.strip()}
    if not words["what"]:
        raise BadInput(_("请写明发现的情况。"))
    if any(len(text) > LONGEST for text in words.values()):
        raise BadInput(_("每一栏不超过%(most)d字，请精简后再填。") % {"most": LONGEST})
    content = {**words, "filed_by": _filer(by), "filed_on": clock.today().isoformat()}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    envelope = envelopes.seal(text.encode(), public_key=case_keys.public_key())
    create(
        SealedSlip(algorithm=envelopes.ALGORITHM, envelope=envelope), by=None, kind="slip.kept", payload={}
    )


@action
def set_case_key(*, public_key_b64: str, by: User | None) -> str:
    """Puts the case office's public key in its place; answers its fingerprint, to be compared by telephone.

    Slips sealed to an earlier key still need the earlier private key.
    """
    if by is not None:
        check_can_set_case_key(by)
    key = case_keys.decoded(public_key_b64)
    mark = case_keys.fingerprint(key)
    if by is not None:
        note(by.person, "case_key.set", by=by, payload={"fingerprint": mark})
    case_keys.put(key)
    return mark


def new_case_key(*, by: User | None) -> str:
    """A new pair for tests and demo: the public key is set, the private one is answered once and kept nowhere."""
    private, public = envelopes.new_key_pair()
    set_case_key(public_key_b64=base64.b64encode(public).decode(), by=by)
    return base64.b64encode(private).decode()


def _filer(by: User) -> dict[str, object]:
    """How the case office finds whoever filed the slip, should it have questions."""
    return {
        "name": by.person.name,
        "staff_no": by.person.staff_no,
        "posts": [held.title for held in holdings(by)],
    }
