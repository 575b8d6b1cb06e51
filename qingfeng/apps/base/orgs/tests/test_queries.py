"""Who is where on a day."""

from __future__ import annotations

from datetime import date, timedelta

from qingfeng.apps.base.orgs import actions, queries
from qingfeng.apps.base.orgs.models import Appointment, Role
from tests.cast import START, TODAY, Cast

CLOSERS = ("street_discipline_committee", "governance_group", "campaign_office")


def test_a_unit_without_an_appointed_clerk_has_none_even_if_its_parent_has(cast: Cast):
    assert queries.has_clerk(cast.street, TODAY)
    assert not queries.has_clerk(cast.community, TODAY)


def test_a_clerk_counts_from_the_first_day_to_the_last(cast: Cast):
    row = Appointment.objects.get(person=cast.clerk.person)
    actions.end_appointment(appointment=row, last_day=TODAY, by=cast.office)
    assert queries.has_clerk(cast.street, START)
    assert queries.has_clerk(cast.street, TODAY)
    assert not queries.has_clerk(cast.street, TODAY + timedelta(days=1))
    assert not queries.has_clerk(cast.street, START - timedelta(days=1))


def test_groups_come_nearest_first_with_their_distance(cast: Cast):
    found = queries.overseeing_groups(cast.community, CLOSERS, TODAY)
    assert found == [(cast.committee, 1), (cast.governance, 1), (cast.office_group, 2)]
    assert queries.overseeing_groups(cast.street, CLOSERS, TODAY)[0] == (cast.committee, 0)


def test_only_the_kinds_asked_for_are_found(cast: Cast):
    assert queries.overseeing_groups(cast.street, ["campaign_office"], TODAY) == [(cast.office_group, 1)]
    assert queries.overseeing_groups(cast.street, [], TODAY) == []


def test_a_group_that_oversees_on_two_levels_counts_once_with_the_nearest(cast: Cast):
    actions.oversee(group=cast.office_group, unit=cast.community, by=None, valid_from=START)
    assert queries.overseeing_groups(cast.community, ["campaign_office"], TODAY) == [(cast.office_group, 0)]


def test_a_group_or_an_oversight_that_has_not_begun_is_not_found(cast: Cast):
    later = actions.create_group(
        code="G9",
        name="第二专项治理小组",
        kind="governance_group",
        by=None,
        home_unit=cast.district,
        oversees=(cast.street,),
        valid_from=date(2026, 7, 1),
    )
    assert later not in dict(queries.overseeing_groups(cast.street, CLOSERS, TODAY))
    assert later in dict(queries.overseeing_groups(cast.street, CLOSERS, date(2026, 7, 1)))


def test_members_are_active_accounts_with_one_of_the_roles(cast: Cast):
    assert set(queries.members(cast.governance, [Role.INSPECTOR], TODAY)) == {
        cast.inspector,
        cast.second_inspector,
    }
    assert not queries.members(cast.governance, [Role.OFFICE], TODAY).exists()
    actions.set_account_active(user=cast.second_inspector, active=False, by=cast.administrator)
    assert list(queries.members(cast.governance, [Role.INSPECTOR], TODAY)) == [cast.inspector]


def test_who_holds_a_post_in_the_unit_belongs_to_it_and_a_group_post_does_not_count(cast: Cast):
    assert queries.belongs_to(cast.clerk, cast.street, TODAY)
    assert not queries.belongs_to(cast.clerk, cast.community, TODAY)
    assert not queries.belongs_to(cast.secretary, cast.street, TODAY)
    assert not queries.belongs_to(cast.outsider, cast.street, TODAY)


def test_a_name_finds_a_person_only_if_it_is_unmistakable(cast: Cast):
    assert queries.person_named(cast.district, " 林晓禾 ", TODAY) == cast.clerk.person
    assert queries.person_named(cast.sister, "林晓禾", TODAY) is None
    assert queries.person_named(cast.district, "查无此人", TODAY) is None
    namesake = actions.create_person(name="林晓禾", staff_no="T500", by=None)
    actions.appoint(
        person=namesake, role="unit_clerk", title="网格员", unit=cast.community, by=None, valid_from=START
    )
    assert queries.person_named(cast.district, "林晓禾", TODAY) is None
    assert queries.person_named(cast.community, "林晓禾", TODAY) == namesake


def test_one_person_with_two_posts_is_still_one(cast: Cast):
    actions.appoint(
        person=cast.clerk.person,
        role="unit_clerk",
        title="兼职",
        unit=cast.community,
        by=None,
        valid_from=START,
    )
    assert queries.person_named(cast.street, "林晓禾", TODAY) == cast.clerk.person


def test_people_of_a_unit_are_its_own_and_people_below_all(cast: Cast):
    own = {row.person for row in queries.people_of(cast.street, TODAY)}
    assert own == {cast.clerk.person, cast.head.person}
    below = {row.person for row in queries.people_below(cast.district, TODAY)}
    assert cast.clerk.person in below and cast.leader.person in below


def test_heads_sign_for_their_unit(cast: Cast):
    assert list(queries.unit_heads(cast.street, TODAY)) == [cast.head]
    assert not queries.unit_heads(cast.community, TODAY).exists()


def test_posts_of_a_person_stay_known_after_they_end(cast: Cast):
    row = Appointment.objects.get(person=cast.head.person)
    actions.end_appointment(appointment=row, last_day=TODAY, by=cast.office)
    assert not queries.posts_of(cast.head.person, TODAY + timedelta(days=1)).exists()
    assert [one.pk for one in queries.posts_of(cast.head.person)] == [row.pk]


def test_the_path_of_a_unit_reads_from_the_district_down(cast: Cast):
    assert queries.path(cast.community) == ["清河区", "临江街道", "柳荫社区"]
    assert queries.path(cast.district) == ["清河区"]


def test_administrators_are_known(cast: Cast):
    assert list(queries.administrators(TODAY)) == [cast.administrator]
