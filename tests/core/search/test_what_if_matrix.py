"""The what-if matrix: what each answer would change."""

from hypothesis import given as over
from hypothesis import strategies as st

from explorer.core.architecture.diff import choice_value_text
from explorer.core.search.what_if_matrix import matrix
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.core.packs import answer_sets, compile_toy, make_answers, packs
from tests.core.sketches import CONFLICT, YARD


def test_every_cell_lists_the_values_that_its_answer_would_change():
    found = matrix(compile_toy(YARD), make_answers(size="large"))

    changes = {cell.answer.id: [change.value for change in cell.changes] for row in found.rows for cell in row.cells}
    assert changes == {"small": ["diesel"], "large": [], "loud": ["brass"], "quiet": []}
    words = {cell.answer.id: bool(cell.word) for row in found.rows for cell in row.cells}
    assert words == {"small": False, "large": True, "loud": False, "quiet": True}


def test_an_answer_that_would_conflict_is_marked():
    row = matrix(compile_toy(CONFLICT), make_answers(a="x")).rows[1]
    assert [cell.conflicts for cell in row.cells] == [True, False]


@over(packs(), st.data())
def test_every_cell_agrees_with_deciding_its_answer(pack, data):
    space = compile_pack(pack)
    answers = data.draw(answer_sets(pack))

    for row in matrix(space, answers).rows:
        for cell in row.cells:
            outcome = decide(space, {**answers, cell.question: cell.answer.id})
            assert cell.conflicts == bool(outcome.conflicts)
            if not cell.conflicts:
                values = {summary.label: summary.value for summary in cell.outcome}
                assert values == {
                    choice.label: choice_value_text(choice, outcome.choice_by_id[choice.id]) for choice in pack.choices
                }


def test_answer_that_changes_nothing_has_no_changes_if_a_choice_has_two_parts():
    compiled = compile_pack(load_pack(default_pack_folder()))
    answers = make_answers(location="hybrid")

    (row,) = (row for row in matrix(compiled, answers).rows if row.question.id == "location")
    (cell,) = (cell for cell in row.cells if cell.current)

    assert cell.changes == ()
