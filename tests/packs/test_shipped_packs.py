"""Every pack that ships can be opened and holds over all answers."""

from __future__ import annotations

import pytest

from explorer.core.proof import prove
from explorer.core.space import prepare
from explorer.storage.packs import load_pack
from explorer.storage.resources import home

SHIPPED = sorted(folder.parent for folder in (home() / "data" / "packs").glob("*/pack.toml"))


@pytest.fixture(scope="module", params=SHIPPED, ids=lambda folder: folder.name)
def pack(request):
    return load_pack(request.param)


def test_its_folder_bears_its_name(pack):
    assert pack.id in {folder.name for folder in SHIPPED}


def test_no_combination_of_answers_is_left_without_a_decision(pack):
    proof = prove(prepare(pack))
    assert proof.problems == ()
    assert proof.complete.open == 0


def test_every_fact_is_told_by_a_rule_a_box_a_trap_or_a_practice_question(pack):
    used = [thing.takeaways for things in (pack.rules, pack.traps, pack.practice) for thing in things]
    used += [thing.takeaways for things in (pack.components, pack.edges) for thing in things]
    assert {t.id for t in pack.takeaways} <= {takeaway for some in used for takeaway in some}
