"""The smallest valid pack, as texts in which a test breaks one place."""

from __future__ import annotations

from pathlib import Path

TINY = {
    "pack.toml": """\
[pack]
id = "tiny"
title = "Tiny"
version = "1"
as_of = "2026-01-01"

[[choice]]
id = "sleep"
label = "Sleep"
[[choice.value]]
id = "tent"
label = "Tent"
[[choice.value]]
id = "hut"
label = "Hut"
""",
    "questions.toml": """\
[[group]]
id = "night"
title = "The night"

[[question]]
id = "rain"
group = "night"
title = "Rain"
text = "Will it rain?"
why = "Tents leak."
[[question.answer]]
id = "yes"
label = "Yes"
[[question.answer]]
id = "no"
label = "No"
""",
    "rules.toml": """\
[[rule]]
id = "dry"
when = { rain = "yes" }
only = { sleep = "hut" }
reason = "A hut is dry."
takeaways = ["leaks"]

[[rule]]
id = "usually"
default = { sleep = "tent" }
reason = "A tent is light."
takeaways = ["leaks"]
""",
    "components.toml": """\
[[group]]
id = "valley"
label = "Valley"

[[component]]
id = "tent"
label = "Tent"
group = "valley"
shown = { sleep = "tent" }

[[component]]
id = "hut"
label = "Hut"
group = "valley"
shown = { sleep = "hut" }

[[component]]
id = "stove"
label = "Stove"
at = "hut"
shown = { sleep = "hut" }

[[edge]]
from = "tent"
to = "hut"
""",
    "takeaways.toml": """\
[[takeaway]]
id = "leaks"
title = "Tents leak"
text = "In the end, all of them."
source = "https://example.org/tents"
as_of = "2026-01-01"
""",
    "practice.toml": """\
[[practice]]
id = "storm"
question = "A storm comes up. Where to?"
answers = { rain = "yes" }
[[practice.option]]
id = "hut"
text = "The hut"
right = true
why = "It stands."
[[practice.option]]
id = "tent"
text = "The tent"
why = "It flies."
""",
}


def write_tiny(folder: Path) -> Path:
    """Write the tiny pack into a folder, and return the folder."""
    for name, text in TINY.items():
        (folder / name).write_text(text, "utf-8")
    return folder
