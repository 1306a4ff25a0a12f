"""Toy packs that several tests use, in the notation of `tests.core.packs`."""

YARD = """
    size ? small | large
    noise ? loud | quiet
    engine = steam | diesel
    [bell] = brass
    must grand: size=large => engine=steam
    must plain: size=small => engine=diesel
    must ring: noise=loud => bell=brass
    must hush: noise=quiet => bell=absent
    default usual: => engine=steam, bell=absent
"""
"""Two questions that decide independently, and defaults."""

CONFLICT = """
    a ? x
    b ? y | z
    engine = steam | diesel
    must one: a=x => engine=steam
    must two: b=y => engine=diesel
"""
"""Two answers that contradict each other."""

TRAIN = """
    fuel ? coal | oil
    hills ? yes | no
    bell ? yes | no
    engine = steam | diesel
    gear = plain | cog
    [horn] = brass
    must coal: fuel=coal => engine=steam
    must oil: fuel=oil => engine=diesel
    must steep: hills=yes, engine=diesel => gear=cog
    must flat: hills=no => gear=plain
    must simple: engine=steam => gear=plain
    must rings: bell=yes => horn=brass
    must quiet: bell=no => horn!=brass
"""
"""Questions that become irrelevant, and an optional part."""
