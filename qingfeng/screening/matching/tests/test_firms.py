"""Names of firms: what is the same firm written otherwise, and what only looks like it."""

from __future__ import annotations

import pytest

from qingfeng.screening.matching import firms


@pytest.mark.parametrize(
    ("left", "right", "least"),
    [
        ("清河区绿野农业发展有限责任公司", "清河区绿野农业发展有限公司", firms.SAME_WITHOUT_PLACE),
        ("清河区石桥镇绿野农业发展有限公司", "绿野农业发展有限公司", firms.SAME_CORE),
        ("绿野农业（清河）有限公司", "绿野农业(清河)有限公司", firms.EXACT),
        ("清河区绿野农業发展有限公司", "清河区绿野农业發展有限公司", firms.POSSIBLE),
        ("云州市顺达建筑工程有限公司", "云州市顺达建筑工程公司", firms.POSSIBLE),
        ("顺达建筑工程有限公司", "顺达建筑工成有限公司", firms.POSSIBLE),
    ],
)
def test_one_firm_written_otherwise(left: str, right: str, least: float) -> None:
    assert firms.likeness(left, right).score >= least
    assert firms.likeness(left, right) == firms.likeness(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("清河区绿野农业发展有限公司", "清河区绿叶食品有限公司"),
        ("云州市顺达建筑有限公司", "青州市顺达建筑有限公司"),
        ("清河区绿野农业有限公司", "清河区绿野农民专业合作社"),
    ],
)
def test_other_firms(left: str, right: str) -> None:
    assert firms.likeness(left, right).score < firms.POSSIBLE


def test_a_name_that_two_firms_answer_to_finds_nobody() -> None:
    register = {"清河区绿野农业有限公司": "A", "石桥镇绿野农业有限公司": "B", "清河区顺达建筑有限公司": "C"}
    found = firms.find(["绿野农业有限公司", "顺达建筑有限责任公司"], register)
    assert [(one.name, one.key) for one in found] == [("顺达建筑有限责任公司", "C")]
    assert "字号相同" in found[0].likeness.why
