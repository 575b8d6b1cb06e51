"""The cast and the campaign of the apps' own tests."""

from qingfeng.apps.conftest import business_date, campaign, cast, files_folder

__all__ = ["business_date", "campaign", "cast", "files_folder"]
