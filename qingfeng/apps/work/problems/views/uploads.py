"""Files that the browser sends: not read into memory before their size is known to be bearable."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput


def content_of(upload: UploadedFile) -> bytes:
    """The bytes; BadInput when there are too many."""
    if (upload.size or 0) > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise BadInput(
            _("文件“%(name)s”超过%(limit)s兆，请压缩后再传。") % {"name": upload.name, "limit": limit}
        )
    return upload.read()
