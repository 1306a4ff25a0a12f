"""Compare view: scenario pickers, diagrams and table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel

from explorer.core.session.scenarios import DEFAULT_SCENARIO, Scenario, Scenarios
from explorer.engine.comparisons import ComparisonRow
from explorer.ui.compare.compare_view import CURRENT_ANSWERS, CompareView, ComparisonModel
from explorer.ui.shell.view_tabs import ViewTabs
from tests.ui.toy import THEMES, Toy

ROWS = (
    ComparisonRow("Bed", "tent", "hut", True),
    ComparisonRow("Takeaway", "Tents stay dry", "", True),
    ComparisonRow("Water", "river", "river", False),
)


@pytest.fixture
def view(qtbot):
    view = CompareView()
    view.show_colors(THEMES["light"].window)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show_scenarios(Scenarios((Scenario("Dry"),), "Dry", ""))
    view.show_comparison(Toy().open_pack.comparisons.comparison(Scenario("Dry"), Scenario(CURRENT_ANSWERS), "light"))
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_both_sides_list_current_default_and_pinned_scenarios(view):
    offered = [view.left.combo.itemText(place) for place in range(view.left.combo.count())]
    assert offered == [CURRENT_ANSWERS, DEFAULT_SCENARIO.name, "Dry"]
    assert (view.left.current, view.right.current) == ("Dry", "")


def test_chosen_scenario_is_reported(view, qtbot):
    with qtbot.waitSignal(view.right.chosen) as reported:
        qtbot.keyClick(view.right.combo, Qt.Key.Key_Down)
    assert reported.args == [DEFAULT_SCENARIO.name]


def test_only_a_pinned_scenario_can_be_renamed_or_removed(view, qtbot):
    assert not view.left.remove.isHidden()
    assert view.right.rename.isHidden()
    with qtbot.waitSignal(view.left.removed) as reported:
        view.left.remove.click()
    assert reported.args == ["Dry"]


def test_rename_asks_for_the_name_and_reports_it(view, qtbot):
    view.left.rename.click()
    dialog = view.left.findChild(QInputDialog)
    assert dialog.textValue() == "Dry"
    dialog.setTextValue("Very dry")
    with qtbot.waitSignal(view.left.renamed) as reported:
        dialog.accept()
    assert reported.args == ["Dry", "Very dry"]


def test_swap_and_pin_are_reported(view, qtbot):
    with qtbot.waitSignal(view.swapped):
        view.swap.click()
    with qtbot.waitSignal(view.pinned):
        view.pin.click()


def test_view_shows_the_picture_and_has_the_slide_of_the_comparison(view):
    assert view.slide is not None
    assert view.slide.item_by_id["left:tent"].name == "tent"
    assert view.canvas.drawn_item("left:tent").item.name == "tent"


def test_every_row_names_the_difference(qtmodeltester, qapp):
    model = ComparisonModel()
    model.show_colors(THEMES["light"].window)
    model.show_rows(("Dry", "Wet"), ROWS)
    qtmodeltester.check(model)

    assert [model.index(row, 3).data() for row in range(3)] == ["differs", "only left", "same"]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Dry"
    assert model.index(0, 1).data(Qt.ItemDataRole.FontRole).bold()
    assert model.index(2, 1).data(Qt.ItemDataRole.FontRole) is None


def test_every_control_is_in_the_tab_order_and_has_a_name(view):
    sides = (view.left.combo, view.left.rename, view.right.combo)
    for part in (*sides, view.swap, view.canvas, view.table, view.pin):
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert part.accessibleName() or part.text()


def test_view_tabs_show_one_view_at_a_time(qtbot):
    views = ViewTabs()
    qtbot.addWidget(views)
    one, other = QLabel("one"), QLabel("other")
    views.add("One", one)
    views.add("Other", other)
    views.show()

    with qtbot.waitSignal(views.view_changed) as reported:
        views.show_view(other)

    assert reported.args == [other]
    assert (one.isVisible(), other.isVisible()) == (False, True)


@pytest.mark.parametrize("height", [420, 560, 900])
def test_diagrams_get_more_height_than_the_table(view, qtbot, height):
    view.resize(760, height)
    qtbot.waitUntil(lambda: view.canvas.height() > 1.3 * view.table.height())
    assert view.table.height() > view.table.horizontalHeader().height() + view.table.rowHeight(0)
