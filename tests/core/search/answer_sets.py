"""Random answers to a pack."""

import random

from explorer.core.model.pack import Answers, Pack


def random_answer_sets(pack: Pack, count: int, seed: int = 5) -> list[Answers]:
    """Answers to some or all questions, the same in every run."""
    chance = random.Random(seed)
    return [
        {
            q.id: chance.choice(q.answers).id
            for q in chance.sample(pack.questions, chance.randint(0, len(pack.questions)))
        }
        for _ in range(count)
    ]
