"""Which units have what others had: mergers, splits, chains of both, and new names."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from danvan_cli.files import conversion, yaml_reading
from danvan_cli.model import succession
from danvan_cli.model.plan import FormerName, Plan, Unit
from danvan_cli.model.values import Day
from small_workspace import changed

DAY = date(2026, 7, 1)


def plan(units: str, more: str = "") -> Plan:
    """The small workspace's plan with these units besides its own."""
    data = yaml_reading.read(changed("plan.yaml", f"units: {units}\n{more}").encode()).data
    value, problems = conversion.convert(data, Plan)
    assert value, problems
    return value


def heirs(units: str, day: date = DAY) -> dict[str, list[str]]:
    found = succession.heirs(plan(units), succession.on(day))
    return {gone: [heir.id for heir in taking] for gone, taking in found.items()}


def test_what_a_unit_had_passes_on_the_day_after_its_last():
    units = "[{id: doi-ngoai, name: A, until: 2026-06-30, into: [hanh-chinh]}]"
    assert heirs(units, date(2026, 6, 30)) == {}
    assert heirs(units, date(2026, 7, 1)) == {"doi-ngoai": ["hanh-chinh"]}


def test_it_passes_through_units_that_are_gone_too():
    units = """
      - {id: a, name: A, until: 2026-03-31, into: [b]}
      - {id: b, name: B, until: 2026-06-30}
      - {id: c, name: C, from: 2026-07-01, from_unit: b}
      - {id: d, name: D, from: 2026-07-01, from_unit: b}"""
    assert heirs(units, date(2026, 4, 1)) == {"a": ["b"]}
    assert heirs(units) == {"a": ["c", "d"], "b": ["c", "d"]}


def test_a_circle_and_an_unknown_unit_end():
    units = """
      - {id: a, name: A, until: 2026-03-31, into: [b, c]}
      - {id: b, name: B, until: 2026-03-31, into: [a, x]}
      - {id: c, name: C}"""
    assert heirs(units) == {"a": ["c"], "b": ["c"]}


def test_tasks_figures_and_targets_pass_to_the_heir():
    given = plan(
        "[{id: doi-ngoai, name: A, until: 2026-06-30, into: [hanh-chinh]}]",
        """
sections: [{id: '6', tasks: [{id: '6.2', assigned: [doi-ngoai, hanh-chinh], lead: doi-ngoai}]}]
indicators:
  - {id: don-phai-xu-ly, units: [doi-ngoai]}
  - {id: hoi-nghi, target: {annual: {doi-ngoai: 5, hanh-chinh: 3}}}
""",
    )
    now = succession.passed_on(given, succession.on(DAY))
    task = now.sections[1].tasks[1]
    assert (task.assigned, task.lead) == (["hanh-chinh"], "hanh-chinh")
    by_id = {indicator.id: indicator for indicator in now.indicators}
    assert by_id["don-phai-xu-ly"].units == ["hanh-chinh"]
    assert by_id["hoi-nghi"].target == {"annual": {"hanh-chinh": 8}}
    assert succession.passed_on(given, succession.on(date(2026, 6, 30))) == given


def test_a_unit_split_off_has_what_the_other_still_has():
    given = plan(
        "[{id: so-hoa, name: A, from: 2026-07-01, from_unit: ban-tiep-cong-dan}]",
        "indicators: [{id: hoi-nghi, target: {annual: {ban-tiep-cong-dan: 5}}}]",
    )
    now = succession.passed_on(given, succession.on(DAY))
    assert now.indicators[1].units == ["ban-tiep-cong-dan", "so-hoa"]
    assert now.indicators[0].target == {"annual": {"ban-tiep-cong-dan": 5}}


BASE = plan("[{id: a, name: A}]")
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(Day.of)


@given(st.data())
def test_heirs_are_there_and_nothing_is_left_to_a_unit_that_has_heirs(data):
    ids = [f"u{number}" for number in range(6)]
    units = [
        Unit(
            id=id_,
            name=id_,
            from_=data.draw(DAYS),
            until=data.draw(DAYS),
            into=data.draw(st.lists(st.sampled_from(ids), max_size=2)),
            from_unit=data.draw(st.none() | st.sampled_from(ids)),
        )
        for id_ in ids
    ]
    given = replace(BASE, units=units)
    given = replace(
        given,
        indicators=[replace(given.indicators[0], units=data.draw(st.lists(st.sampled_from(ids))))],
    )
    found = succession.heirs(given, succession.on(DAY))
    now = succession.passed_on(given, succession.on(DAY)).indicators[0].units or []
    for gone, taking in found.items():
        assert all(heir.exists_on(DAY) for heir in taking)
        assert gone not in now
    assert len(now) == len(set(now))


def test_a_unit_bears_the_name_of_the_day():
    unit = Unit(
        id="a",
        name="Phòng C",
        short="C",
        names=[
            FormerName(name="Phòng A", short="A", until=Day(2026, 3, 31)),
            FormerName(name="Phòng B", until=Day(2026, 6, 30)),
        ],
    )
    names = [
        (named.name, named.short)
        for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1))
        for named in [unit.named_on(day)]
    ]
    assert names == [("Phòng A", "A"), ("Phòng B", "C"), ("Phòng B", "C"), ("Phòng C", "C")]


def test_long_and_wide_chains_end_soon():
    """Each layer's two units are taken over by both of the next: 2 ** 60 ways, 121 units."""
    layers = [
        Unit(id=f"{side}{n}", name="A", until=Day(2026, 1, 1), into=[f"a{n + 1}", f"b{n + 1}"])
        for n in range(60)
        for side in "ab"
    ]
    chain = [
        Unit(id=f"c{n}", name="A", until=Day(2026, 1, 1), into=[f"c{n + 1}"]) for n in range(1100)
    ]
    last = [Unit(id=id_, name="A") for id_ in ("a60", "b60", "c1100")]
    found = succession.heirs(replace(BASE, units=[*layers, *chain, *last]), succession.on(DAY))
    assert [heir.id for heir in found["a0"]] == ["a60", "b60"]
    assert [heir.id for heir in found["c0"]] == ["c1100"]
