"""The cast and the campaign of the apps' tests serve here too."""

from qingfeng.apps.conftest import business_date, campaign, cast, files_folder

__all__ = ["business_date", "campaign", "cast", "files_folder"]
