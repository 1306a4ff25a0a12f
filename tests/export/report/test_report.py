"""A report has the outcome, its reasons, the conflicts and the next question."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.model.pack import Answers
from explorer.core.solver.constraints import CompiledPack, compile_pack
from explorer.core.solver.lazy_tables import LazyTables
from explorer.export.record.madr import decision_record
from explorer.export.record.markdown import markdown_document
from explorer.export.report.report import Report, build_report, report_data
from explorer.export.report.text import LINE_WIDTH, report_text
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.export.sketches import parse_answers


@cache
def space() -> CompiledPack:
    return compile_pack(load_pack(default_pack_folder()))


def report(text: str = "", *, defaults: bool = True) -> Report:
    """Return the report on answers written as `gpu=yes cost=lowest`."""
    return build_report(space(), parse_answers(text), defaults=defaults)


def data(text: str = "", *, defaults: bool = True) -> dict[str, Any]:
    return report_data(report(text, defaults=defaults))


LISTS = {"compute", "capacity", "registry_features"}


def test_the_keys_are_the_documented_ones():
    found = data("gpu=yes operations=least")
    assert found["pack"].keys() >= {"id", "version", "as_of"}
    assert found["answers"] == {"operations": "least", "gpu": "yes"}
    assert found["status"] == "decided"
    because = [{"rule": "gpu-needs-hosts", "answers": ["gpu"], "takeaways": ["fargate-no-gpu"]}]
    compute = found["choices"]["compute"]
    assert compute.pop("flips")["fargate"] == [
        [{"question": "gpu", "answer": "no"}],
        [{"question": "gpu", "answer": None}],
    ]
    assert compute == {
        "value": ["ec2"],
        "status": "forced",
        "alternatives": [],
        "because": because,
        "rejected": {"fargate": because},
    }
    assert found["traps"][0].keys() >= {"id", "title", "takeaways"}
    assert found["next_question"] == "kubernetes"
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("text", ["", "location=hybrid", "location=disconnected gpu=yes"])
@pytest.mark.parametrize("defaults", [True, False])
def test_choices_with_several_values_are_lists_and_others_a_name_or_null(text, defaults):
    for name, choice in data(text, defaults=defaults)["choices"].items():
        assert isinstance(choice["value"], list if name in LISTS else str | None), name
        if choice["status"] in {"open", "conflict"} and name not in LISTS:
            assert choice["value"] is None


def test_without_defaults_undecided_choices_are_open():
    found = data(defaults=False)
    assert found["status"] == "open"
    assert found["choices"]["orchestrator"]["value"] is None
    assert set(found["choices"]["orchestrator"]["alternatives"]) >= {"ecs", "eks"}


def test_a_conflict_names_its_answers_rules_and_repairs():
    found = data("kubernetes=not_required location=disconnected host_access=yes gpu=yes isolation=yes")
    conflicting = data("kubernetes=required discovery=traffic_control location=edge isolation=yes")
    for entry in (*found["conflicts"], *conflicting["conflicts"]):
        assert entry.keys() >= {"choice", "answers", "rules", "repairs"}
        assert all(set(repair) <= set(space().pack.question_by_id) for repair in entry["repairs"])
    assert (found["status"] == "conflict") == bool(found["conflicts"])


def test_the_graph_refers_only_to_its_own_elements():
    graph = data("location=hybrid")["graph"]
    nodes, groups = {node["id"] for node in graph["nodes"]}, {group["id"] for group in graph["groups"]}
    assert {edge["from"] for edge in graph["edges"]} | {edge["to"] for edge in graph["edges"]} <= nodes
    assert {node["group"] for node in graph["nodes"]} <= groups | {None}
    assert {node["at"] for node in graph["nodes"]} <= nodes | {None}
    assert {group["parent"] for group in graph["groups"]} <= groups | {None}
    keys = [("id", "kind", "label", "detail", "group", "state", "at", "rules")]
    assert list({tuple(node) for node in graph["nodes"]}) == keys


def test_the_notes_are_those_of_the_cited_takeaways():
    with_gpu, without = ({note["id"] for note in data(f"gpu={gpu}")["notes"]} for gpu in ("yes", "no"))
    assert with_gpu - without
    dated = {takeaway.id for takeaway in space().pack.takeaways if takeaway.note}
    assert with_gpu <= dated
    assert all(note.keys() == {"id", "as_of", "source", "text"} for note in data()["notes"])


def every_answer() -> Answers:
    return {question.id: question.answers[0].id for question in space().pack.questions}


def test_with_all_answers_there_is_no_next_question():
    assert report_data(build_report(space(), every_answer()))["next_question"] is None
    assert "none: no open question" in report_text(build_report(space(), every_answer()))


def test_the_text_has_the_answers_the_choices_and_the_reasons():
    text = report_text(report("gpu=yes operations=least"))
    assert "GPU                 Yes" in text
    assert "Compute             Amazon EC2  (forced)" in text
    assert "- Fargate has no GPUs, so GPU tasks need instances. [GPU: Yes]" in text
    assert "Ruled out: AWS Fargate." in text
    assert "! Least operations, but a GPU is needed." in text
    assert "--answer kubernetes=required" in text


def test_the_text_has_the_resolutions_of_a_conflict():
    conflicting = next(
        found for text in CONFLICTING_ANSWERS if (found := build_report(space(), parse_answers(text))).outcome.conflicts
    )
    text = " ".join(report_text(conflicting).split())
    assert "these answers conflict" in text
    assert "To resolve it, change" in text
    assert "OUTCOME: conflict" in text


CONFLICTING_ANSWERS = (
    "gpu=yes location=cloud operations=least host_access=yes isolation=yes kubernetes=required",
    "kubernetes=not_required discovery=traffic_control location=disconnected load_balancer=yes",
    "location=disconnected load_balancer=yes scaling=alb_requests",
    "load_balancer=no scaling=alb_requests",
    "kubernetes=required placement=fewest_instances discovery=by_name location=edge gpu=yes",
)


@pytest.mark.slow
@settings(max_examples=60)
@given(st.data())
def test_the_text_fits_its_width_for_any_answers(choose):
    answers = {}
    for question in space().pack.questions:
        answer = choose.draw(st.sampled_from([None, *question.answers]), label=question.id)
        if answer is not None:
            answers[question.id] = answer.id
    defaults = choose.draw(st.booleans(), label="defaults")
    found = build_report(space(), answers, defaults=defaults)
    json.dumps(report_data(found), allow_nan=False)
    lines = report_text(found).split("\n")
    assert all(len(line) <= LINE_WIDTH or "https://" in line for line in lines)
    assert all(line.isprintable() and line == line.rstrip() for line in lines)
    assert lines[-1] == ""


def test_each_other_value_has_its_smallest_changes():
    for choice in data("gpu=yes kubernetes=required")["choices"].values():
        value = choice["value"]
        shown = value if isinstance(value, list) else [value]
        assert not choice["flips"].keys() & set(shown)
        for changes in choice["flips"].values():
            assert len({len(change) for change in changes}) <= 1
            assert all(change for change in changes)


def test_the_text_has_the_changes_that_lead_to_other_values():
    text = report_text(report("gpu=yes operations=least")).partition("TO CHANGE THE OUTCOME")[2]
    line = next(line for line in text.splitlines() if line.startswith("  AWS Fargate "))
    assert "GPU" in line
    assert "“No”" in line


@pytest.mark.parametrize("defaults", [True, False])
@pytest.mark.parametrize("text", ["", "location=disconnected gpu=yes"])
def test_rules_that_are_too_entangled_are_named_instead_of_the_changes(text, defaults):
    compiled = compile_pack(load_pack(default_pack_folder()))
    entangled = replace(compiled, lazy_tables=LazyTables(compiled.pack, compiled.lazy_tables.rules, budget=200))
    found = build_report(entangled, parse_answers(text), defaults=defaults)

    assert "Registry" in found.look_ahead_error
    assert found.outcome == report(text, defaults=defaults).outcome
    assert all(not choice["flips"] for choice in report_data(found)["choices"].values())
    record = markdown_document(decision_record(found, "2026-01-02"), "")
    for written in (report_text(found), record):
        assert " ".join(found.look_ahead_error.split()[:6]) in " ".join(written.split())
