"""The messaging pack decides typical cases as an architect expects."""

from __future__ import annotations

import pytest

from explorer.core.architecture.builder import build_architecture
from explorer.core.model.pack import PartId
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import install_dir
from tests.core.packs import make_answers

MESSAGING = install_dir() / "data" / "packs" / "aws-messaging"


@pytest.fixture(scope="module")
def space():
    return compile_pack(load_pack(MESSAGING))


@pytest.fixture(scope="module")
def outcome(space):
    return lambda **answers: decide(space, make_answers(**answers))


def _values(outcome, *parts):
    found = tuple(outcome.part_by_id[PartId(part)].value for part in parts)
    return found[0] if len(found) == 1 else found


def _traps(outcome):
    return {trap.id for trap in outcome.traps}


def _node_ids(space, **answers):
    return {
        node.id for node in build_architecture(space.pack, decide(space, make_answers(**answers)), ghosts=False).nodes
    }


# ---------------------------------------------------------------- typical cases


def test_jobs_for_lambda_use_a_standard_queue_with_dead_letters(space, outcome):
    found = outcome(pattern="task", clients="aws", consumers="lambda", guarantees="none", load="spiky")
    assert _values(found, "service", "kind", "capacity", "failures") == (
        "sqs",
        "standard",
        "per_request",
        "dlq",
    )
    assert {"sqs", "function", "dead-letters", "alarm"} <= _node_ids(space, pattern="task", consumers="lambda")


def test_ordered_jobs_use_a_fifo_queue(outcome):
    found = outcome(pattern="task", guarantees="ordered")
    assert _values(found, "service", "kind") == ("sqs", "fifo")
    assert {"one-group-is-one-worker", "dead-letters-break-order"} <= _traps(found)


def test_fan_out_uses_a_topic_with_a_queue_for_each_subscription(space, outcome):
    found = outcome(pattern="fan_out", consumers="containers")
    assert _values(found, "service", "kind", "buffer") == ("sns", "standard", "queue")
    assert {"sns", "buffer", "workers"} <= _node_ids(space, pattern="fan_out", consumers="containers")


@pytest.mark.parametrize("pattern", ["fan_out", "events", "stream"])
def test_a_queue_alone_never_serves_several_readers(outcome, pattern):
    service = outcome(pattern=pattern).part_by_id[PartId("service")]
    assert "sqs" not in (service.value, *service.alternatives)


def test_a_fifo_topic_calls_an_endpoint_through_a_pipe(space, outcome):
    found = outcome(pattern="fan_out", guarantees="ordered", consumers="http")
    assert _values(found, "service", "kind", "delivery", "buffer") == ("sns", "fifo", "pipe", "queue")
    assert "fifo-topics-and-endpoints" in _traps(found)
    drawn = build_architecture(space.pack, found, ghosts=False)
    assert {edge.source for edge in drawn.edges if edge.target == "endpoint"} == {"pipe"}


def test_events_of_aws_and_partners_use_a_custom_bus(space, outcome):
    found = outcome(pattern="events", sources="aws_saas", consumers="http")
    assert _values(found, "service", "kind", "delivery") == ("eventbridge", "bus", "push")
    assert "which-bus" in _traps(found)


def test_kafka_clients_with_order_and_replay_use_msk(outcome):
    found = outcome(pattern="stream", clients="kafka", guarantees="ordered", replay="year", load="steady")
    assert _values(found, "service", "kind", "capacity") == ("msk", "partitions", "express")


def test_the_same_stream_with_new_code_uses_kinesis(outcome):
    found = outcome(pattern="stream", clients="aws", guarantees="ordered", replay="year", load="spiky")
    assert _values(found, "service", "capacity", "retention") == ("kinesis", "on_demand", "days")
    assert "hot-shard" in _traps(found)


def test_jms_clients_use_a_broker_and_conflict_with_replay(outcome):
    assert _values(outcome(clients="broker", pattern="task"), "service") == "mq"
    conflict_outcome = outcome(clients="broker", replay="year")
    assert [set(conflict.answers) for conflict in conflict_outcome.conflicts] == [{"clients", "replay"}]


def test_serverless_kafka_is_limited_to_200_mb_a_second(outcome):
    assert _values(outcome(clients="kafka", operations="least"), "capacity") == "serverless"
    heavy = outcome(clients="kafka", operations="least", load="heavy")
    assert _values(heavy, "capacity") == "express"
    assert "serverless-is-too-small" in _traps(heavy)


def test_replay_of_jobs_uses_a_bus_before_the_queue(outcome):
    found = outcome(pattern="task", replay="year")
    assert _values(found, "service", "retention", "buffer") == ("eventbridge", "days", "queue")
    assert "queue-does-not-replay" in _traps(found)


def test_ordered_fan_out_with_replay_uses_a_fifo_topic_with_an_archive(outcome):
    found = outcome(pattern="fan_out", guarantees="both", replay="year")
    assert _values(found, "service", "kind", "retention") == ("sns", "fifo", "archive")


def test_ordered_replay_beyond_a_year_uses_kafka(outcome):
    for pattern in ("task", "fan_out", "events", "stream"):
        found = outcome(pattern=pattern, guarantees="ordered", replay="longer")
        assert _values(found, "service", "retention") == ("msk", "open_ended")


def test_unordered_events_kept_forever_use_the_archive_of_a_classic_bus(outcome):
    found = outcome(pattern="events", replay="longer", guarantees="none")
    assert _values(found, "service", "kind", "retention") == ("eventbridge", "classic", "archive")


def test_a_queue_delays_by_minutes_and_scheduler_by_months(outcome):
    assert _values(outcome(pattern="task", delay="minutes"), "delay") == "timer"
    assert _values(outcome(pattern="task", delay="later"), "delay") == "scheduler"
    stream = outcome(pattern="stream", clients="aws", delay="minutes")
    assert _values(stream, "delay") == "scheduler"
    assert "no-timer-here" in _traps(stream)


@pytest.mark.parametrize("pattern", ["task", "fan_out", "events"])
def test_content_over_a_megabyte_is_stored_in_s3(outcome, pattern):
    assert _values(outcome(pattern=pattern, size="large"), "payload") == "claim_check"
    assert _values(outcome(pattern=pattern, size="small"), "payload") == "inline"


def test_firehose_loads_a_store_and_a_queue_needs_a_pipe(outcome):
    assert _values(outcome(consumers="analytics"), "service", "delivery") == ("kinesis", "firehose")
    assert _values(outcome(consumers="analytics", pattern="task"), "delivery") == "pipe_firehose"


def test_order_without_duplicates_uses_kafka_instead_of_kinesis(outcome):
    found = outcome(pattern="stream", clients="aws", guarantees="both")
    assert _values(found, "service") == "msk"
    assert {"kinesis-repeats", "exactly-once-ends-at-the-transport"} <= _traps(found)


# ---------------------------------------------------------------- the whole pack


def test_every_practice_question_leads_to_an_outcome(space):
    for practice in space.pack.practice:
        assert decide(space, dict(practice.answers)).status_label == "decided"


def test_every_takeaway_has_a_source_and_a_date(space):
    for takeaway in space.pack.takeaways:
        assert takeaway.source.startswith("https://")
        assert takeaway.as_of == "2026-11-23"


def test_an_ordered_topic_has_fifo_queues_as_subscribers(space):
    ordered = build_architecture(
        space.pack, decide(space, make_answers(pattern="fan_out", guarantees="ordered")), ghosts=False
    )
    assert "buffer-order" in {node.id for node in ordered.nodes}
    plain = build_architecture(
        space.pack, decide(space, make_answers(pattern="fan_out", guarantees="none")), ghosts=False
    )
    assert "buffer-order" not in {node.id for node in plain.nodes}


def test_alarms_watch_the_age_of_the_queue_and_any_dead_letter(space):
    drawn = build_architecture(space.pack, decide(space, make_answers(pattern="task")), ghosts=False)
    labels = {edge.source: edge.label for edge in drawn.edges if edge.target == "alarm"}
    assert labels == {"sqs": "age of the oldest", "dead-letters": "any message"}
