"""Share code: the answers of a session as a short text to paste or scan, readable by other versions of the pack.

Format: `berth:PACK:VERSION:BODY`. The body uses the 32 symbols of Crockford's base 32: case does not matter,
O reads as 0, I and L as 1, and hyphens are ignored. It consists of

1. one symbol for the *encoding*: the length of a token and a salt,
2. one *token* of a few symbols for each answer: a hash of the question id and the answer id,
3. three symbols of *checksum* over all ids, which detect a token that has another meaning in another pack,
4. two symbols of *typo check* over the text, which detect a wrong or swapped symbol.

A token depends only on its own ids. If the pack has renamed or removed some of them, the other answers are
still decoded, and the missing ones are reported.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from explorer.core.errors import ExplorerError
from explorer.core.model.pack import AnswerId, Answers, Pack, Question, QuestionId

SHARE_CODE_PREFIX = "berth:"
FORMAT_HINT = f"a share code starts with “{SHARE_CODE_PREFIX}…”, a session file ends in “.berth”"

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SYMBOL_VALUES = {symbol: value for value, symbol in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_VALID_SYMBOLS = "".join(_SYMBOL_VALUES)
_MIN_TOKEN_LENGTH = 3
_TOKEN_BITS = {3: (8, 7), 4: (11, 9), 5: (14, 11), 6: (17, 13)}
"""The number of bits for the question and for the answer, by the length of a token."""
_SALT_COUNT = 8
_CHECKSUM_LENGTH, _TYPO_CHECK_LENGTH = 3, 2
_PRIME = 1021  # the largest prime below 32², so a wrong or swapped symbol always changes the remainder
_GROUP_LENGTH = 6

_Encoding = tuple[int, int]
"""The length of a token in symbols, and the salt of its hashes."""


class ShareCodeError(ExplorerError):
    """A text is not a complete share code. The message says why."""


@dataclass(frozen=True)
class ShareCode:
    """A parsed share code: the pack it was made with, and the symbols of its body."""

    pack: str
    version: str
    symbols: str


@dataclass(frozen=True)
class DecodedCode:
    """The answers that the pack defines, and a warning for everything else in the code."""

    answers: Answers
    warnings: tuple[str, ...]


def is_share_code(text: str) -> bool:
    """Return whether the text starts like a share code."""
    return "".join(text.split()).casefold().startswith(SHARE_CODE_PREFIX)


def encode_answers(pack: Pack, answers: Answers) -> str:
    """Return the share code of an answer set. Raises ShareCodeError if the pack has too many questions."""
    encoding = next((each for each in _encodings() if _is_unambiguous(each, pack)), None)
    if encoding is None:
        raise ShareCodeError("This pack has too many questions for a share code. Share the session as a file.")
    width, salt = encoding
    given = [(question.id, answers[question.id]) for question in pack.questions if question.id in answers]
    prefix = share_code_prefix(pack.id, pack.version)
    body = _ALPHABET[(width - _MIN_TOKEN_LENGTH) * _SALT_COUNT + salt]
    body += "".join(_token(encoding, question, answer) for question, answer in given)
    body += _checksum(given)
    body += _typo_check(prefix, body)
    return prefix + "-".join(body[at : at + _GROUP_LENGTH] for at in range(0, len(body), _GROUP_LENGTH))


def share_code_prefix(pack: str, version: str) -> str:
    """Return the prefix that all share codes of this version of a pack have.

    >>> share_code_prefix("Trip", "1.0")
    'berth:trip:1.0:'
    """
    return f"{SHARE_CODE_PREFIX}{_normalize(pack)}:{_normalize(version)}:"


def parse_share_code(text: str) -> ShareCode:
    """Return the share code in a text. Raises ShareCodeError if there is none, or if it is damaged."""
    if SHARE_CODE_PREFIX not in text.casefold():
        raise ShareCodeError(f"The text is not a share code: a share code starts with “{SHARE_CODE_PREFIX}”.")
    start = text[text.casefold().index(SHARE_CODE_PREFIX) :]
    # A code alone can be split over several lines. A code within a sentence ends at the next space.
    for candidate in ("".join(start.split()), start.split()[0]):
        code = _parse(candidate)
        if code is not None:
            return code
    raise ShareCodeError("The share code is mistyped or incomplete. Copy it again from the first to the last symbol.")


def decode_answers(code: ShareCode, pack: Pack) -> DecodedCode:
    """Return the answers of a share code that the pack defines, with warnings about the others."""
    encoding = _encoding_of(code.symbols)
    width = encoding[0]
    tokens = code.symbols[1 : -_CHECKSUM_LENGTH - _TYPO_CHECK_LENGTH]
    answers: dict[QuestionId, AnswerId] = {}
    warnings = []
    if code.version != _normalize(pack.version):
        warnings.append(f"it was made with version {code.version} of the pack, this is version {pack.version}")
    unknown = 0
    questions = _questions_by_hash(encoding, pack)
    for token in (tokens[at : at + width] for at in range(0, len(tokens), width)):
        number = _from_symbols(token)
        bits = _TOKEN_BITS[width][1]
        candidates = questions.get(number >> bits, [])
        matches = [
            (question.id, answer.id)
            for question in candidates
            for answer in question.answers
            if _answer_bits(encoding, question.id, answer.id) == number & ((1 << bits) - 1)
        ]
        if len(matches) == 1 and matches[0][0] not in answers:
            answers.update(matches)
        elif len(candidates) == 1:
            warnings.append(f"the pack does not define its answer to “{candidates[0].title}”")
        else:
            unknown += 1
    if unknown:
        warnings.append(f"the pack does not define {unknown} of its questions")
    all_decoded = not unknown and len(answers) * width == len(tokens)
    if all_decoded and _checksum(answers.items()) != _stored_checksum(code):
        warnings.append("one of its answers has another meaning in this pack, so check all answers")
    return DecodedCode(answers, tuple(warnings))


# ------------------------------------------------------------------------------------ symbols


def _parse(text: str) -> ShareCode | None:
    parts = text.strip("“”\"'`<>()[].,;").casefold().split(":")
    if len(parts) != 4:
        return None
    _, pack, version, body = parts
    symbols = "".join(_ALPHABET[_SYMBOL_VALUES[symbol]] for symbol in body.upper() if symbol in _SYMBOL_VALUES)
    if re.sub("[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}]", "", body).upper().strip(_VALID_SYMBOLS):
        return None
    width = _encoding_of(symbols)[0] if symbols else _MIN_TOKEN_LENGTH
    length = len(symbols) - 1 - _CHECKSUM_LENGTH - _TYPO_CHECK_LENGTH
    if length < 0 or length % width:
        return None
    prefix = f"{SHARE_CODE_PREFIX}{pack}:{version}:"
    if _typo_check(prefix, symbols[:-_TYPO_CHECK_LENGTH]) != symbols[-_TYPO_CHECK_LENGTH:]:
        return None
    return ShareCode(pack, version, symbols)


def _normalize(text: str) -> str:
    """Return a pack id or a version as it is written in a share code."""
    return re.sub(r"[^0-9a-z._+-]", "_", text.casefold())


def _encodings() -> Iterator[_Encoding]:
    return ((width, salt) for width in _TOKEN_BITS for salt in range(_SALT_COUNT))


def _encoding_of(symbols: str) -> _Encoding:
    width, salt = divmod(_SYMBOL_VALUES[symbols[0]], _SALT_COUNT)
    return _MIN_TOKEN_LENGTH + width, salt


def _is_unambiguous(encoding: _Encoding, pack: Pack) -> bool:
    """Return whether all questions, and all answers to the same question, have different hashes."""
    questions = {_question_bits(encoding, question.id) for question in pack.questions}
    return len(questions) == len(pack.questions) and all(
        len({_answer_bits(encoding, question.id, answer.id) for answer in question.answers}) == len(question.answers)
        for question in pack.questions
    )


def _questions_by_hash(encoding: _Encoding, pack: Pack) -> Mapping[int, list[Question]]:
    questions: dict[int, list[Question]] = {}
    for question in pack.questions:
        questions.setdefault(_question_bits(encoding, question.id), []).append(question)
    return questions


def _token(encoding: _Encoding, question: QuestionId, answer: AnswerId) -> str:
    width = encoding[0]
    bits = _TOKEN_BITS[width][1]
    return _to_symbols((_question_bits(encoding, question) << bits) | _answer_bits(encoding, question, answer), width)


def _question_bits(encoding: _Encoding, question: QuestionId) -> int:
    return _hash(f"{encoding[1]} {question}", _TOKEN_BITS[encoding[0]][0])


def _answer_bits(encoding: _Encoding, question: QuestionId, answer: AnswerId) -> int:
    return _hash(f"{encoding[1]} {question}={answer}", _TOKEN_BITS[encoding[0]][1])


def _checksum(given: Iterable[tuple[QuestionId, AnswerId]]) -> str:
    """Return a checksum over the ids of all answers."""
    text = " ".join(sorted(f"{question}={answer}" for question, answer in given))
    return _to_symbols(_hash(text, 5 * _CHECKSUM_LENGTH), _CHECKSUM_LENGTH)


def _stored_checksum(code: ShareCode) -> str:
    return code.symbols[-_CHECKSUM_LENGTH - _TYPO_CHECK_LENGTH : -_TYPO_CHECK_LENGTH]


def _typo_check(prefix: str, body: str) -> str:
    remainder = 0
    for symbol in prefix + body:
        remainder = (remainder * 43 + ord(symbol)) % _PRIME
    return _to_symbols(remainder, _TYPO_CHECK_LENGTH)


def _hash(text: str, bits: int) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> (64 - bits)


def _to_symbols(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def _from_symbols(symbols: str) -> int:
    return sum(_SYMBOL_VALUES[symbol] << 5 * place for place, symbol in enumerate(reversed(symbols)))
