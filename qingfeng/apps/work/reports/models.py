"""What the reports keep of their own: the publications."""

from qingfeng.apps.work.reports.publishing.models import Publication as Publication
from qingfeng.apps.work.reports.publishing.models import PublicationState as PublicationState
