"""Areas cut up differently are the same areas, and places are told in few words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportgen.xlsx.addresses import Area
from reportgen.xlsx.compare.areas import cells_place, merged, runs

AREAS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 3), st.integers(0, 3)).map(
        lambda t: Area(t[0], t[1], t[0] + t[2], t[1] + t[3])
    ),
    max_size=6,
)


def cells_of(areas: tuple[Area, ...]) -> list[tuple[int, int]]:
    return [
        (row, col)
        for area in areas
        for row in range(area.first_row, area.last_row + 1)
        for col in range(area.first_col, area.last_col + 1)
    ]


@given(areas=AREAS)
def test_merged_areas_cover_the_same_cells_each_once(areas: list[Area]) -> None:
    covered = cells_of(merged(areas))
    if len(set(areas)) > 1:
        assert len(covered) == len(set(covered))
    assert set(covered) == set(cells_of(tuple(areas)))


@given(areas=AREAS)
def test_areas_cut_into_cells_merge_to_the_same_areas(areas: list[Area]) -> None:
    single = [Area(row, col, row, col) for row, col in cells_of(tuple(areas))]
    if len(set(areas)) != 1:
        assert merged(single) == merged(areas)


def test_places_are_told_in_as_few_words_as_can_be() -> None:
    assert cells_place([(1, 1), (2, 1), (2, 2), (1, 2), (8, 0)]) == "B2:C3 A9"
    assert runs([5, 3, 4, 9]) == [(3, 5), (9, 9)]


def test_very_many_areas_are_left_as_they_are() -> None:
    areas = tuple(Area(row, 0, row, 0) for row in range(1_001))
    assert merged(areas[:-1]) == (Area(0, 0, 999, 0),)
    assert merged(areas) == areas
