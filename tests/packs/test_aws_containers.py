"""The containers pack decides and states what its facts say.

Constraints only remove values, so a value that `remaining` does not return stays out under every further answer.
"""

from __future__ import annotations

from itertools import combinations, product

import pytest

from explorer.core.architecture.builder import build_architecture
from explorer.core.explanation.reasons import format_reason
from explorer.core.model.outcome import Status
from explorer.core.model.pack import AnswerId, ChoiceId, Pack, PartId, QuestionId
from explorer.core.solver.constraints import CompiledPack, compile_pack, solve
from explorer.core.solver.decide import decide
from explorer.core.verification.outcome_functions import OutcomeFunctions
from explorer.storage.packs.loader import PACK_FILES, load_pack
from explorer.storage.resources import default_pack_folder
from tests.core.distinct_drawings import cluster_results, clusters
from tests.core.packs import combinations_in, make_answers

STUDY_GUIDE_FACTS = [
    "registry-managed", "registry-encrypts", "registry-scans", "registry-lifecycle",
    "registry-replicates", "ecs-no-fee", "eks-fee", "two-launch-types", "fargate-spot-saves",
    "binpack-cost", "spread-availability", "cloudmap-names", "ecs-autoscaling-metrics", "three-services",
    "ecs-simplest", "eks-portability", "launch-independent", "fargate-when", "ec2-when",
    "choose-simplest", "choose-kubernetes", "choose-cheapest", "choose-hybrid", "choose-gpu",
    "trap-fargate", "ecr-integrates", "ecr-scan-kinds", "ecr-expire", "ecr-local-pull",
    "ecr-cross-account", "ecr-public", "ecr-retention-example", "ecr-retention-wrong", "ecr-scan-trap",
    "scaling-desired-count", "scaling-metrics", "scaling-not-ec2", "placement-ec2-only",
    "placement-binpack", "placement-spread", "placement-random", "capacity-fargate",
    "capacity-fargate-spot", "capacity-asg", "cloudmap-registers", "cloudmap-stable", "app-mesh",
    "recap-least-ops", "recap-batch", "recap-registry", "recap-names", "taskdef-blueprint", "role-task",
    "role-execution", "role-trap", "awsvpc-fargate", "awsvpc-clue", "alb-dynamic", "hybrid-anywhere",
    "hybrid-when", "outposts-edge", "hybrid-example", "quiz-names", "quiz-fewest", "quiz-batch",
    "quiz-untagged",
]  # fmt: skip


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(default_pack_folder())


@pytest.fixture(scope="module")
def space(pack: Pack) -> CompiledPack:
    return compile_pack(pack)


@pytest.fixture(scope="module")
def outcomes(space):
    """The values of all parts under some answers; a tuple of answers tries each one."""

    def values_under(**answers):
        options = [value if isinstance(value, tuple) else (value,) for value in answers.values()]
        for picked in product(*options):
            some = {q: a for q, a in zip(answers, picked, strict=True) if a is not None}
            outcome = decide(space, make_answers(**some))
            if not outcome.conflicts:
                yield some, {part.part: part.value for part in outcome.parts()}

    return values_under


@pytest.fixture(scope="module")
def remaining(space):
    """The values of a part that the constraints leave; further answers can only remove values."""

    def remaining_under(part, **answers):
        ((subproblem, asked),) = ((each, p) for each in space.subproblems for p in each.parts if p.id == part)
        return set(solve(space, subproblem, make_answers(**answers)).must.values(asked))

    return remaining_under


@pytest.fixture(scope="module")
def rows(space):
    """Every legal combination of the main subproblem, as a mapping from part to value."""
    main = max(space.subproblems, key=lambda subproblem: len(subproblem.parts))
    return list(combinations_in(solve(space, main, {}).must))


@pytest.fixture(scope="module")
def ends(space):
    """Every distinct outcome of the main cluster without a conflict: the values of all its parts."""
    functions = OutcomeFunctions(space)
    main = clusters(space)[0]
    roots = [f for s in main for part in s.parts for f in functions.lookup.value_functions(part.id)]
    return [
        {part.id: solve(space, s, answers).final.values(part)[0] for s in main for part in s.parts}
        for answers in cluster_results(functions, 0, roots).values()
    ]


def _architecture(space, **answers):
    return build_architecture(space.pack, decide(space, make_answers(**answers)), ghosts=False)


def _node_ids(space, **answers):
    return {node.id for node in _architecture(space, **answers).nodes}


def _conflicts(space, **answers):
    return [set(conflict.answers) for conflict in decide(space, make_answers(**answers)).conflicts]


def _text_of(pack, takeaway):
    found = pack.takeaway_by_id[takeaway]
    return " ".join([found.title, found.text, found.note.text if found.note else ""])


def _texts():
    return {name: (default_pack_folder() / name).read_text("utf-8") for name in PACK_FILES}


LOCATIONS = (None, "cloud", "hybrid", "on_premises", "edge", "disconnected")
IN_REGION = (None, "cloud", "hybrid")
YES_NO = (None, "yes", "no")

# ---------------------------------------------------------------- texts


@pytest.mark.parametrize("fact", STUDY_GUIDE_FACTS)
def test_every_fact_of_the_study_guide_is_stated(pack, fact):
    assert any(fact in takeaway.facts for takeaway in pack.takeaways)


def test_app_mesh_is_never_a_value_of_a_choice(pack):
    names = [f"{v.id} {v.label}" for choice in pack.choices for v in choice.values]
    assert not any("app mesh" in name.lower() or "app_mesh" in name for name in names)


def test_app_mesh_is_never_the_right_answer_to_a_practice_question(pack):
    named = [option for practice in pack.practice for option in practice.options if "App Mesh" in option.text]
    assert named
    assert not any(option.correct for option in named)


def test_spot_fleet_is_named_only_as_a_legacy_api_of_the_study_guide(pack):
    others = [text for name, text in _texts().items() if name != "takeaways.toml"]
    own_texts = [f"{takeaway.title} {takeaway.text}" for takeaway in pack.takeaways]
    assert not [text for text in (*others, *own_texts) if "spot fleet" in text.lower()]
    notes = [takeaway.note.text for takeaway in pack.takeaways if takeaway.note]
    assert all("legacy" in note for note in notes if "spot fleet" in note.lower())


def test_a_kms_key_is_never_called_the_default(pack):
    texts = [text for name, text in _texts().items() if name != "takeaways.toml"]
    texts += [takeaway.text for takeaway in pack.takeaways]
    sentences = [sentence for text in texts for sentence in text.replace("\n", ". ").split(". ")]
    both = [s for s in sentences if "KMS" in s and "default" in s.lower()]
    assert [s for s in both if "not" not in s and "S3" not in s] == []


def test_an_outdated_statement_has_a_dated_note_with_a_source(pack):
    dated = [takeaway for takeaway in pack.takeaways if takeaway.study_guide]
    assert dated
    assert all(t.note and t.note.as_of and t.note.source.startswith("https://") for t in dated)


# ---------------------------------------------------------------- defaults, traps and practice


def test_without_answers_the_outcome_is_the_default_architecture(outcomes):
    ((_, values),) = outcomes()
    defaults = {
        "orchestrator": "ecs",
        "compute.region": "fargate",
        "compute.site": "absent",
        "hosts.region": "none",
        "capacity.region": "fargate",
        "placement": "none",
        "network_mode": "awsvpc",
        "discovery": "cloud_map",
        "load_balancing": "alb",
        "scaling": "cpu",
        "encryption_key": "absent",
        "scan": "scan_basic",
        "retention": "lifecycle",
        "copies": "absent",
        "sharing": "absent",
    }
    assert defaults.items() <= values.items()


def test_without_answers_every_choice_is_a_default_or_forced(space):
    outcome = decide(space, {})
    assert {choice.status for choice in outcome.choices} <= {Status.DEFAULT, Status.FORCED}


def test_without_defaults_the_orchestrator_and_the_compute_are_open(space):
    outcome = decide(space, {}, defaults=False)
    assert outcome.choice_by_id[ChoiceId("orchestrator")].status is Status.OPEN
    assert set(outcome.choice_by_id[ChoiceId("compute")].alternatives) >= {
        "fargate",
        "ec2",
        "anywhere",
        "outposts",
    }


def test_two_answers_are_enough_to_show_every_trap(pack, space):
    single_answers: list[tuple[QuestionId | None, AnswerId | None]] = [(None, None)]
    single_answers += [(question.id, answer.id) for question in pack.questions for answer in question.answers]
    shown = set()
    for pair in combinations(single_answers, 2):
        answers = {question: answer for question, answer in pair if question and answer}
        if len({question for question, _ in pair}) == 2:
            shown |= {trap.id for trap in decide(space, answers).traps}
    assert {trap.id for trap in pack.traps} <= shown


PRACTICE_RESULTS = {
    "names": ({"discovery": "cloud_map", "orchestrator": "ecs"}, {"cloud-map", "route53"}),
    "fewest": (
        {"compute.region": "ec2", "hosts.region": "self_managed", "placement": "binpack"},
        {"binpack"},
    ),
    "batch": (
        {"compute.region": "fargate", "capacity.region": "fargate_spot", "hosts.region": "none"},
        {"fargate"},
    ),
    "untagged": ({"retention": "lifecycle"}, {"lifecycle"}),
}


@pytest.mark.parametrize(
    ("practice", "values", "nodes"), [(k, *v) for k, v in PRACTICE_RESULTS.items()], ids=PRACTICE_RESULTS
)
def test_a_practice_question_leads_to_its_architecture(pack, space, practice, values, nodes):
    (question,) = (found for found in pack.practice if found.id == practice)
    outcome = decide(space, dict(question.answers))
    assert outcome.status_label == "decided"
    assert values.items() <= {part.part: part.value for part in outcome.parts()}.items()
    assert nodes <= _node_ids(space, **dict(question.answers))


def test_there_are_four_practice_questions_of_four_options(pack):
    assert [(practice.id, len(practice.options)) for practice in pack.practice] == [
        (name, 4) for name in PRACTICE_RESULTS
    ]


# ---------------------------------------------------------------- twelve facts that are often wrong


def test_fact_1_service_connect_and_lattice_replace_app_mesh(remaining, outcomes, pack):
    assert remaining("discovery", discovery="traffic_control") == {
        "service_connect",
        "vpc_lattice",
        "cluster_mesh",
    }
    for _, values in outcomes(
        discovery="traffic_control", kubernetes=(None, "required", "not_required"), location=LOCATIONS
    ):
        in_region = values["compute.region"] != "absent"
        if values["orchestrator"] == "ecs":
            assert values["discovery"] == "service_connect"
        else:
            assert values["discovery"] == ("vpc_lattice" if in_region else "cluster_mesh")
    assert "2026-09-30" in _text_of(pack, "app-mesh")


def test_fact_2_eks_anywhere_is_used_only_without_a_link(space, ends):
    assert {end["orchestrator"] for end in ends if end["registry"] == "ecr_mirrored"} == {"eks"}
    for location in LOCATIONS[1:]:
        nodes = _node_ids(space, kubernetes="required", location=location)
        assert ("eks-anywhere" in nodes) == (location == "disconnected")
        assert ("hybrid-nodes" in nodes) == (location in {"hybrid", "on_premises"})


def test_fact_3_outposts_is_not_for_a_site_without_a_link(remaining, pack):
    assert remaining("compute.site", location="disconnected") == {"anywhere"}
    assert remaining("orchestrator", location="disconnected") == {"eks"}
    assert "local cluster" in _text_of(pack, "outposts-edge")


def test_fact_4_ecr_encrypts_with_s3_managed_keys_by_default(space, outcomes, pack):
    assert all(values["encryption_key"] == "absent" for _, values in outcomes(location=LOCATIONS))
    assert "kms" in decide(space, {}).choice_by_id[ChoiceId("registry_features")].alternatives
    assert "S3" in _text_of(pack, "registry-encrypts")


def test_fact_5_a_gpu_rules_out_fargate_but_not_hosts_that_aws_runs(remaining, outcomes):
    assert "fargate" not in remaining("compute.region", gpu="yes")
    assert "aws_managed" in remaining("hosts.region", gpu="yes")
    for _, values in outcomes(gpu="yes", kubernetes=(None, "required", "not_required"), operations=(None, "least")):
        assert (values["compute.region"], values["hosts.region"]) == ("ec2", "aws_managed")


def test_fact_6_a_custom_image_or_kernel_module_needs_self_managed_hosts(remaining):
    assert remaining("hosts.region", host_access="yes") == {"absent", "self_managed"}
    assert remaining("hosts.region", host_access="yes", location="cloud") == {"self_managed"}


def test_fact_7_fargate_spot_is_ecs_and_linux_only(rows, pack):
    assert {row["orchestrator"] for row in rows if row["capacity.region"] == "fargate_spot"} == {"ecs"}
    values = {value.id: value for value in pack.choice_by_id["capacity"].values}
    assert "ECS and Linux only" in values["fargate_spot"].summary
    assert "ARM64" in _text_of(pack, "eks-fargate-limits")


def test_fact_8_the_cluster_fee_is_stated_with_extended_support(space, pack):
    assert all(price in _text_of(pack, "eks-fee") for price in ("73", "438"))
    for location in ("cloud", "hybrid", "on_premises", "edge"):
        traps = {trap.id for trap in decide(space, make_answers(kubernetes="required", location=location)).traps}
        assert "extended-support-sixfold" in traps


def test_fact_9_scanning_is_off_until_it_is_turned_on(remaining, pack):
    assert remaining("scan", image_scanning="none") == {"absent"}
    assert remaining("scan", image_scanning="on_push") == {"scan_basic"}
    assert remaining("scan", image_scanning="continuous") == {"scan_enhanced"}
    assert all(word in _text_of(pack, "ecr-scan-kinds").lower() for word in ("inspector", "language"))


def test_fact_10_awsvpc_isolates_tasks_and_does_not_mean_fargate(remaining, rows, space):
    assert remaining("compute.region", isolation="yes", location="cloud") == {"fargate", "ec2"}
    assert {row["compute.region"] for row in rows if row["network_mode"] == "awsvpc"} >= {"fargate", "ec2"}
    assert "isolation-is-by-task" in {trap.id for trap in decide(space, make_answers(isolation="yes")).traps}
    for hosts in ("least", "hosts_ok"):
        drawn = _architecture(space, isolation="yes", load_balancer="yes", operations=hosts, kubernetes="not_required")
        assert {edge.label for edge in drawn.edges if edge.id == "alb>service"} == {"ip targets"}


def test_fact_11_no_strategy_mixes_fargate_with_instances(rows):
    for row in rows:
        if row["compute.region"] == "fargate":
            assert row["capacity.region"] in {"fargate", "fargate_spot"}
        elif row["compute.region"] == "ec2":
            assert row["capacity.region"] in {"ec2_on_demand", "ec2_spot"}
        else:
            assert row["capacity.region"] == "absent"


def test_fact_12_the_largest_fargate_task_has_three_memory_sizes(pack):
    assert "32: 60, 120 or 244" in _text_of(pack, "fargate-sizes")


# ---------------------------------------------------------------- rules

KUBERNETES = (None, "required", "not_required")
OPERATIONS = (None, "least", "hosts_ok")


def test_r1_kubernetes_means_eks(remaining):
    assert remaining("orchestrator", kubernetes="required") == {"eks"}


def test_r2_without_kubernetes_it_is_ecs_unless_there_is_no_link(outcomes):
    for asked, values in outcomes(kubernetes="not_required", location=LOCATIONS, gpu=YES_NO, operations=OPERATIONS):
        assert values["orchestrator"] == ("eks" if asked.get("location") == "disconnected" else "ecs")


def test_r3_least_operations_means_fargate(outcomes):
    for _, values in outcomes(
        operations="least",
        location=IN_REGION,
        gpu=(None, "no"),
        cost=(None, "balanced"),
        interruptible=YES_NO,
        kubernetes=KUBERNETES,
        placement=(None, "fewest_instances", "availability", "no_preference"),
    ):
        assert (values["compute.region"], values["hosts.region"]) == ("fargate", "none")


def test_r4_a_gpu_overrules_fargate_and_shows_a_trap(remaining, space):
    assert remaining("compute.region", gpu="yes") == {"absent", "ec2"}
    traps = {trap.id for trap in decide(space, make_answers(gpu="yes", operations="least")).traps}
    assert "least-operations-but-gpu" in traps


def test_r5_host_access_overrules_fargate_and_shows_a_trap(remaining, space):
    assert remaining("compute.region", host_access="yes") == {"absent", "ec2"}
    traps = {trap.id for trap in decide(space, make_answers(host_access="yes", operations="least")).traps}
    assert {"least-operations-but-host", "managed-hosts-but-host"} <= traps


def test_r6_aws_runs_needed_instances_unless_host_access_requires_your_own(outcomes):
    for asked, values in outcomes(
        operations="least", gpu="yes", host_access=YES_NO, location=IN_REGION, kubernetes=KUBERNETES
    ):
        own = asked.get("host_access") == "yes"
        assert values["hosts.region"] == ("self_managed" if own else "aws_managed")


def test_r6_placement_strategies_exist_only_on_self_managed_hosts(rows):
    strategies = {"binpack", "spread", "random"}
    for row in rows:
        own = row["hosts.region"] == "self_managed" or row["compute.site"] == "outposts"
        assert (row["placement"] in strategies) == (row["orchestrator"] == "ecs" and own)


def test_r7_the_cheapest_interruptible_work_runs_on_spot(outcomes):
    for asked, values in outcomes(
        cost="lowest",
        interruptible="yes",
        kubernetes="not_required",
        location=IN_REGION,
        operations=OPERATIONS,
        gpu=YES_NO,
        host_access=YES_NO,
    ):
        on_fargate = values["compute.region"] == "fargate"
        assert values["capacity.region"] == ("fargate_spot" if on_fargate else "ec2_spot")
        if asked.get("operations") == "least" and "yes" not in (asked.get("gpu"), asked.get("host_access")):
            assert on_fargate
        if values["hosts.region"] == "self_managed":
            assert values["placement"] == "binpack"


def test_r8_the_cheapest_steady_work_runs_on_demand_with_binpack(outcomes):
    for asked, values in outcomes(
        cost="lowest",
        interruptible="no",
        kubernetes="not_required",
        location=IN_REGION,
        operations=OPERATIONS,
    ):
        hosts = asked.get("operations") == "hosts_ok"
        assert values["capacity.region"] == ("ec2_on_demand" if hosts else "fargate")
        assert values["placement"] == ("binpack" if hosts else "none")


def test_r9_spot_on_eks_means_ec2(remaining, outcomes):
    assert "fargate_spot" not in remaining("capacity.region", kubernetes="required")
    for _, values in outcomes(
        cost="lowest", interruptible="yes", kubernetes="required", location=IN_REGION, operations=OPERATIONS
    ):
        assert (values["compute.region"], values["capacity.region"]) == ("ec2", "ec2_spot")


def test_r10_fargate_uses_awsvpc_and_no_placement_strategy(rows):
    on_fargate = [row for row in rows if row["compute.region"] == "fargate" and row["orchestrator"] == "ecs"]
    assert {(row["network_mode"], row["placement"]) for row in on_fargate} == {("awsvpc", "none")}


@pytest.mark.parametrize(
    ("answer", "strategy"),
    [("fewest_instances", "binpack"), ("availability", "spread"), ("no_preference", "random")],
)
def test_r11_the_placement_answer_selects_the_strategy(outcomes, remaining, answer, strategy):
    others = {"binpack", "spread", "random"} - {strategy}
    assert not others & remaining("placement", placement=answer)
    for _, values in outcomes(placement=answer, operations="hosts_ok", kubernetes="not_required", location=IN_REGION):
        assert values["placement"] == strategy


def test_r12_the_kubernetes_scheduler_places_pods(rows):
    assert {row["placement"] for row in rows if row["orchestrator"] == "eks"} == {"scheduler"}


def test_r13_isolation_needs_awsvpc_or_security_groups_for_pods(remaining):
    assert remaining("network_mode", isolation="yes") == {"awsvpc", "vpc_cni"}
    assert remaining("network_mode", isolation="yes", kubernetes="required") == {"vpc_cni"}


def test_r14_on_premises_runs_on_own_hardware(remaining, space):
    for location in ("on_premises", "hybrid"):
        assert remaining("compute.site", location=location) == {"anywhere"}
        assert remaining("hosts.site", location=location) == {"own_hardware"}
        assert remaining("capacity.site", location=location) == {"own_hardware"}
    assert remaining("compute.region", location="on_premises") == {"absent"}
    assert remaining("compute.region", location="hybrid") == {"fargate", "ec2"}
    assert "ecs-anywhere" in _node_ids(space, location="on_premises", kubernetes="not_required")
    assert {"hybrid-nodes", "eks"} <= _node_ids(space, location="on_premises", kubernetes="required")


def test_r14_hybrid_runs_in_both_places_under_one_control_plane(space):
    nodes = _node_ids(space, location="hybrid", kubernetes="not_required")
    assert {"ecs", "fargate", "ecs-anywhere", "site-tasks", "tasks"} <= nodes


def test_r14b_without_a_link_eks_anywhere_runs_everything_on_site(space, remaining):
    assert remaining("compute.region", location="disconnected") == {"absent"}
    nodes = _node_ids(space, location="disconnected")
    assert {"eks-anywhere", "registry-mirror", "site-logs"} <= nodes
    assert not {"eks", "ecs", "logs", "alb", "outposts"} & nodes


def test_r15_at_the_edge_there_is_no_fargate_and_no_spot(remaining):
    assert remaining("compute.site", location="edge") == {"outposts"}
    assert remaining("compute.region", location="edge") == {"absent"}
    assert remaining("capacity.region", location="edge") == {"absent"}
    assert remaining("hosts.site", location="edge") == {"self_managed"}


@pytest.mark.parametrize(
    ("question", "answer"), [("isolation", "yes"), ("load_balancer", "yes"), ("discovery", "by_name")]
)
def test_r16_ecs_anywhere_conflicts_with_features_that_it_lacks(space, question, answer):
    outcome = decide(space, make_answers(location="on_premises", kubernetes="not_required", **{question: answer}))
    assert outcome.status_label == "conflict"
    assert all(conflict.repairs for conflict in outcome.conflicts)


def test_r16_hybrid_has_these_features_in_the_region(space, outcomes):
    features = {"isolation": "yes", "load_balancer": "yes", "discovery": "by_name"}
    ((_, values),) = outcomes(location="hybrid", kubernetes="not_required", **features)
    assert (values["network_mode"], values["load_balancing"], values["discovery"]) == (
        "awsvpc",
        "alb",
        "cloud_map",
    )


def test_r17_names_come_from_cloud_map_or_from_kubernetes(outcomes):
    for _, values in outcomes(discovery="by_name", location=LOCATIONS, kubernetes=KUBERNETES):
        assert values["discovery"] == ("cloud_map" if values["orchestrator"] == "ecs" else "kubernetes_dns")


def test_r18_traffic_control_shows_the_app_mesh_trap(space):
    assert "no-app-mesh" in {trap.id for trap in decide(space, make_answers(discovery="traffic_control")).traps}


def test_r19_http_traffic_uses_ip_targets(remaining, space):
    assert remaining("load_balancing", load_balancer="yes") == {"alb"}
    labels = {edge.id: edge.label for edge in _architecture(space, load_balancer="yes").edges}
    assert labels["alb>service"] == "ip targets"


def test_r20_request_scaling_needs_a_load_balancer(space):
    assert {"load_balancer", "scaling"} in _conflicts(space, scaling="alb_requests", load_balancer="no")


@pytest.mark.parametrize("metric", ["cpu", "memory", "alb_requests", "custom"])
def test_r21_tasks_and_hosts_scale_separately(space, metric):
    on_hosts = _node_ids(space, scaling=metric, kubernetes="not_required", host_access="yes")
    assert {"scaling", "host-scaling"} <= on_hosts
    assert "host-scaling" not in _node_ids(space, scaling=metric, kubernetes="not_required")


def test_r21_a_fixed_number_of_tasks_has_no_scaling(space):
    assert "scaling" not in _node_ids(space, scaling="fixed")


def test_r22_scanning_on_push_is_basic_and_continuous_scanning_is_enhanced(space):
    assert "scan-basic" in _node_ids(space, image_scanning="on_push")
    assert "scan-enhanced" in _node_ids(space, image_scanning="continuous")


def test_r23_retention_is_a_lifecycle_policy_and_not_code(remaining, pack):
    assert remaining("retention", image_retention="yes") == {"lifecycle"}
    wrong = [option for practice in pack.practice for option in practice.options if option.id in {"lambda", "s3-rules"}]
    assert [option.correct for option in wrong] == [False, False]


def test_r24_several_regions_mean_replication(remaining):
    assert remaining("copies", image_regions="several") == {"replication"}
    assert remaining("copies", image_regions="one") == {"absent"}


def test_r25_sharing_uses_a_policy_or_the_public_gallery(remaining):
    assert remaining("sharing", image_sharing="cross_account") == {"repository_policy"}
    assert remaining("sharing", image_sharing="public") == {"public_gallery"}
    assert remaining("sharing", image_sharing="private") == {"absent"}


def test_r26_a_kms_key_is_an_option_and_never_the_default(space):
    for defaults in (True, False):
        features = decide(space, {}, defaults=defaults).choice_by_id[ChoiceId("registry_features")]
        assert "kms" in features.alternatives
        assert "kms" not in features.value


def test_r27_fargate_on_eks_cites_its_limits(pack, space, rows):
    words = _text_of(pack, "eks-fargate-limits")
    assert all(w in words for w in ("DaemonSets", "privileged", "GPUs", "ARM64", "Windows", "Spot", "private subnets"))
    outcome = decide(space, make_answers(kubernetes="required", operations="least"))
    assert outcome.part_by_id[PartId("compute.region")].value == "fargate"
    drawn = build_architecture(pack, outcome)
    cited = {t for edge in drawn.edges if edge.target == "fargate" for t in edge.takeaways}
    assert "eks-fargate-limits" in cited


# ---------------------------------------------------------------- reasons


def _reasons(space, choice, **answers):
    outcome = decide(space, make_answers(**answers))
    found = outcome.choice_by_id[ChoiceId(choice)]
    return [format_reason(space.pack, outcome, because.rule) for because in found.justifications]


def test_self_managed_hosts_in_the_region_do_not_cite_an_empty_region(space):
    for asked in ({}, {"operations": "least"}, {"kubernetes": "required"}):
        reasons = _reasons(space, "hosts", host_access="yes", **asked)
        assert reasons[0].startswith("Hosts that AWS runs accept no custom machine image")
        assert not [reason for reason in reasons if "Nothing runs in the Region" in reason]


def test_the_limits_of_ecs_anywhere_are_a_reason_against_ecs(space):
    reasons = _reasons(space, "orchestrator", location="on_premises", load_balancer="yes")
    assert any(reason.startswith("If Orchestrator were Amazon ECS: ECS Anywhere has no") for reason in reasons)


@pytest.mark.parametrize("location", LOCATIONS)
@pytest.mark.parametrize("kubernetes", ["required", "not_required"])
def test_a_trap_recommends_aws_run_hosts_only_where_they_exist(space, location, kubernetes):
    given_where = {"location": location} if location else {}
    for reason in ({"gpu": "yes"}, {"host_access": "yes"}, {"gpu": "yes", "host_access": "yes"}):
        outcome = decide(space, make_answers(operations="least", kubernetes=kubernetes, **given_where, **reason))
        traps = {trap.id for trap in outcome.traps}
        in_region = outcome.part_by_id[PartId("compute.region")].value == "ec2"
        assert bool(traps & {"least-operations-but-gpu", "least-operations-but-host"}) == in_region
        assert in_region or "least-operations-but-on-site" in traps or outcome.conflicts


# ---------------------------------------------------------------- Kubernetes in the diagram


def _edge_labels(space, **answers):
    return {edge.id: edge.label for edge in _architecture(space, kubernetes="required", **answers).edges}


@pytest.mark.parametrize(
    ("place", "pods"),
    [("cloud", "pods"), ("hybrid", "pods"), ("edge", "rack-pods"), ("on_premises", "site-pods")],
)
def test_pods_scale_on_cpu_and_memory_from_the_metrics_server(space, place, pods):
    for metric in ("cpu", "memory"):
        edges = _edge_labels(space, location=place, scaling=metric)
        assert [name for name in edges if name.endswith(">pod-scaling")] == [f"{pods}>pod-scaling"]
        assert edges[f"{pods}>pod-scaling"] == "by Metrics Server"


def test_pods_scale_on_other_metrics_from_cloudwatch(space):
    for metric in ("alb_requests", "custom"):
        edges = _edge_labels(space, location="cloud", scaling=metric)
        assert [name for name in edges if name.endswith(">pod-scaling")] == ["logs>pod-scaling"]


def test_the_edge_to_the_pod_autoscaler_cites_the_rule_of_its_metric(space):
    (edge,) = (e for e in _architecture(space, kubernetes="required", scaling="cpu").edges if e.target == "pod-scaling")
    assert edge.rules == ("scale-on-cpu",)
    assert edge.takeaways == ("eks-metrics",)


def test_load_balancer_and_scheduler_of_eks_connect_to_the_pods(space):
    edges = _edge_labels(space, load_balancer="yes")
    assert edges["alb>pods"] == "ip targets"
    assert edges["eks>pods"] == "schedules pods"


def test_the_trap_of_fargate_on_eks_names_auto_mode(space):
    outcome = decide(space, make_answers(kubernetes="required", operations="least"))
    assert outcome.traps[0].id == "fargate-on-eks-has-limits"
    assert "EKS Auto Mode" in outcome.traps[0].text
    left_open = decide(space, make_answers(kubernetes="required"))
    assert left_open.part_by_id[PartId("hosts.region")].value == "aws_managed"


def test_privileged_containers_alone_need_no_self_managed_hosts(pack):
    trap = next(trap for trap in pack.traps if trap.id == "least-operations-but-host")
    assert "Privileged containers alone do not" in trap.text
    assert "possible on Managed Instances" in _text_of(pack, "fargate-no-host-access")
