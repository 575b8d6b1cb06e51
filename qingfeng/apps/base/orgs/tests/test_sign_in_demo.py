"""The sign-in page of a demo says that it is one."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
@pytest.mark.parametrize("is_demo", [True, False])
def test_the_sign_in_page_says_whether_this_is_a_demo(client: Client, settings, is_demo: bool) -> None:  # type: ignore[no-untyped-def]
    settings.IS_DEMO = is_demo
    page = client.get(reverse("account_login")).content.decode()
    assert ("虚构" in page) is is_demo
