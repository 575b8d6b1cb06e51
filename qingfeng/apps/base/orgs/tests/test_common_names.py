"""Units as people call them."""

from __future__ import annotations

import pytest

from qingfeng.apps.base.orgs.common_names import without_body


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("柳荫街道办事处", "柳荫街道"),
        ("柳荫社区居民委员会", "柳荫社区"),
        ("柳荫村村委会", "柳荫村"),
        ("柳荫村委会", "柳荫村"),
        ("望山镇人民政府", "望山镇"),
        ("区民政局", "区民政局"),
        ("居委会", "居委会"),
    ],
)
def test_the_body_that_speaks_for_a_unit_is_left_out(written: str, plain: str):
    assert without_body(written) == plain
