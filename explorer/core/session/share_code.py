"""The answers of a session as a short code to speak, paste and scan, that outlives changes of its pack.

`berth:PACK:VERSION:BODY`. The body is written with the 32 signs of Crockford's base 32, so that case does not
matter and 0/O and 1/I/L are the same. Its first sign is the *recipe*; then each answer is one *mark* of a few
signs, hashed from the names of the question and the answer; then three signs that vouch for the names meant;
then two that catch a slip of the hand. A mark depends on nothing but its own names: where a pack has
dropped or renamed some, the others are still found and those are told of.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from explorer.core.errors import ExplorerError
from explorer.core.model.pack import AnswerId, Answers, Pack, Question, QuestionId

SHARE_CODE_PREFIX = "berth:"
FORMAT_HINT = f"a code begins with “{SHARE_CODE_PREFIX}…”, and the file of a session ends in “.berth”"

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SYMBOL_VALUES = {sign: value for value, sign in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_TOKEN_BITS = {3: (8, 7), 4: (11, 9), 5: (14, 11), 6: (17, 13)}
"""Signs to the mark, and how many of its bits stand for the question and for its answer."""
_SALT_COUNT = 8
_CHECKSUM_LENGTH, _TYPO_CHECK_LENGTH = 3, 2
_PRIME = 1021  # just below what two signs can say; a slip or a swap always changes the remainder
_GROUP_LENGTH = 6


class ShareCodeError(ExplorerError):
    """What is no code, or not a whole one; its text says which."""


@dataclass(frozen=True)
class ShareCode:
    """A code taken apart: which pack it was made with, and its signs."""

    pack: str
    version: str
    symbols: str


@dataclass(frozen=True)
class DecodedCode:
    """The answers that the pack knows, and a sentence for what the code holds beyond them."""

    answers: Answers
    warnings: tuple[str, ...]


def is_share_code(text: str) -> bool:
    """Whether the text means to be a code."""
    return "".join(text.split()).casefold().startswith(SHARE_CODE_PREFIX)


def encode_answers(pack: Pack, answers: Answers) -> str:
    """The code of these answers; the same answers give the same code."""
    recipe = next((each for each in _encodings() if _is_unambiguous(each, pack)), None)
    if recipe is None:
        raise ShareCodeError("This pack asks too much for a short code; pass the session on as a file.")
    width, salt = recipe
    given = [(question.id, answers[question.id]) for question in pack.questions if question.id in answers]
    head = share_code_prefix(pack.id, pack.version)
    body = _ALPHABET[(width - 3) * _SALT_COUNT + salt]
    body += "".join(_token(recipe, question, answer) for question, answer in given)
    body += _checksum(given)
    body += _typo_check(head, body)
    return head + "-".join(body[at : at + _GROUP_LENGTH] for at in range(0, len(body), _GROUP_LENGTH))


def share_code_prefix(pack: str, version: str) -> str:
    """How every code of that version of a pack begins.

    >>> code_head("Trip", "1.0")
    'berth:trip:1.0:'
    """
    return f"{SHARE_CODE_PREFIX}{_normalize(pack)}:{_normalize(version)}:"


def parse_share_code(text: str) -> ShareCode:
    """A code that was pasted or typed; CodeError, a sentence, when it is none or not as it was."""
    if SHARE_CODE_PREFIX not in text.casefold():
        raise ShareCodeError("That is no code of Berth: a code starts with “berth:”.")
    found = text[text.casefold().index(SHARE_CODE_PREFIX) :]
    # Pasted alone it may be broken over lines; within other words it ends where they go on.
    for candidate in ("".join(found.split()), found.split()[0]):
        code = _parse(candidate)
        if code is not None:
            return code
    raise ShareCodeError("The code is mistyped or cut short; copy it again from its first sign to its last.")


def decode_answers(code: ShareCode, pack: Pack) -> DecodedCode:
    """The answers of a code, as far as the pack still knows them."""
    recipe = 3 + _SYMBOL_VALUES[code.symbols[0]] // _SALT_COUNT, _SYMBOL_VALUES[code.symbols[0]] % _SALT_COUNT
    width = recipe[0]
    marks = code.symbols[1 : -_CHECKSUM_LENGTH - _TYPO_CHECK_LENGTH]
    answers: dict[QuestionId, AnswerId] = {}
    remarks = []
    if code.version != _normalize(pack.version):
        remarks.append(f"it was made with version {code.version} of the pack, and this one is {pack.version}")
    unknown = 0
    known = _questions_by_hash(recipe, pack)
    for mark in (marks[at : at + width] for at in range(0, len(marks), width)):
        number = _from_symbols(mark)
        bits = _TOKEN_BITS[width][1]
        asked = known.get(number >> bits, [])
        meant = [
            (question.id, answer.id)
            for question in asked
            for answer in question.answers
            if _answer_bits(recipe, question.id, answer.id) == number & ((1 << bits) - 1)
        ]
        if len(meant) == 1 and meant[0][0] not in answers:
            answers.update(meant)
        elif len(asked) == 1:
            remarks.append(f"its answer to “{asked[0].title}” is not known here")
        else:
            unknown += 1
    if unknown:
        remarks.append(f"{unknown} of its questions {'is' if unknown == 1 else 'are'} not asked here")
    if not unknown and len(answers) * width == len(marks) and _checksum(answers.items()) != _stored_checksum(code):
        remarks.append("an answer of it has another meaning here; look them over")
    return DecodedCode(answers, tuple(remarks))


# ------------------------------------------------------------------------------------ signs


def _parse(text: str) -> ShareCode | None:
    parts = text.strip("“”\"'`<>()[].,;").casefold().split(":")
    if len(parts) != 4:
        return None
    _, pack, version, body = parts
    signs = "".join(_ALPHABET[_SYMBOL_VALUES[sign]] for sign in body.upper() if sign in _SYMBOL_VALUES)
    if re.sub("[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}]", "", body).upper().strip(_TYPEABLE):
        return None
    width = 3 + _SYMBOL_VALUES[signs[0]] // _SALT_COUNT if signs else 3
    whole = len(signs) - 1 - _CHECKSUM_LENGTH - _TYPO_CHECK_LENGTH
    if whole < 0 or whole % width:
        return None
    if _typo_check(f"{SHARE_CODE_PREFIX}{pack}:{version}:", signs[:-_TYPO_CHECK_LENGTH]) != signs[-_TYPO_CHECK_LENGTH:]:
        return None
    return ShareCode(pack, version, signs)


_TYPEABLE = "".join(_SYMBOL_VALUES)


def _normalize(text: str) -> str:
    """A name as it stands in a code."""
    return re.sub(r"[^0-9a-z._+-]", "_", text.casefold())


def _encodings() -> Iterator[tuple[int, int]]:
    return ((width, salt) for width in _TOKEN_BITS for salt in range(_SALT_COUNT))


def _is_unambiguous(recipe: tuple[int, int], pack: Pack) -> bool:
    """Whether no two questions, and no two answers to one, share their part of a mark."""
    questions = {_question_bits(recipe, question.id) for question in pack.questions}
    return len(questions) == len(pack.questions) and all(
        len({_answer_bits(recipe, question.id, answer.id) for answer in question.answers}) == len(question.answers)
        for question in pack.questions
    )


def _questions_by_hash(recipe: tuple[int, int], pack: Pack) -> Mapping[int, list[Question]]:
    found: dict[int, list[Question]] = {}
    for question in pack.questions:
        found.setdefault(_question_bits(recipe, question.id), []).append(question)
    return found


def _token(recipe: tuple[int, int], question: QuestionId, answer: AnswerId) -> str:
    width = recipe[0]
    bits = _TOKEN_BITS[width][1]
    return _to_symbols((_question_bits(recipe, question) << bits) | _answer_bits(recipe, question, answer), width)


def _question_bits(recipe: tuple[int, int], question: QuestionId) -> int:
    return _hash(f"{recipe[1]} {question}", _TOKEN_BITS[recipe[0]][0])


def _answer_bits(recipe: tuple[int, int], question: QuestionId, answer: AnswerId) -> int:
    return _hash(f"{recipe[1]} {question}={answer}", _TOKEN_BITS[recipe[0]][1])


def _checksum(given: Iterable[tuple[QuestionId, AnswerId]]) -> str:
    """Signs that only these very names have."""
    return _to_symbols(_hash(" ".join(sorted(f"{q}={a}" for q, a in given)), 5 * _CHECKSUM_LENGTH), _CHECKSUM_LENGTH)


def _stored_checksum(code: ShareCode) -> str:
    return code.symbols[-_CHECKSUM_LENGTH - _TYPO_CHECK_LENGTH : -_TYPO_CHECK_LENGTH]


def _typo_check(head: str, body: str) -> str:
    remainder = 0
    for sign in head + body:
        remainder = (remainder * 43 + ord(sign)) % _PRIME
    return _to_symbols(remainder, _TYPO_CHECK_LENGTH)


def _hash(text: str, bits: int) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> (64 - bits)


def _to_symbols(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def _from_symbols(signs: str) -> int:
    return sum(_SYMBOL_VALUES[sign] << 5 * place for place, sign in enumerate(reversed(signs)))
