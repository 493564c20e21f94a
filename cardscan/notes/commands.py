"""Whether the verb at the head of a clause is mine to do, theirs, or nobody's."""

from __future__ import annotations

from datetime import date

from cardscan.notes.clauses import Clause
from cardscan.notes.head import Head
from cardscan.notes.jotting import Jotting
from cardscan.notes.openings import adjective

_ALONE = frozenset(
    "email e-mail linkedin li fax phone whatsapp message text "
    "sign scan brief pay cost pitch update include ring add".split()
)
_SHORT_COMMANDS = frozenset(
    "text reply phone call mail ping contact ring retry reply chase "
    "nudge anrufen bellen terugbellen appeler rappeler llamar chiamare ligar".split()
)


_OCCASIONS = frozenset("audit show tour test race train trade strike close host launch move".split())
_PARTICLES = frozenset({"up", "off", "round"})
_NOUNS_LIKE_VERBS = ("es", "fr", "it", "pt")


def due_of(clause: Clause) -> date | None:
    """The last coming day of a clause's first date that can come; a deadline goes before the day of an event."""
    for span in sorted(clause.dates, key=lambda span: span.relation != "by"):
        if span.moment.coming and span.relation != "from":
            return span.moment.coming[1]
    return None


def is_mine(j: Jotting, clause: Clause, head: Head) -> bool | None:
    """Whether the verb at the head is mine to do, theirs, or neither."""
    assert head.verb is not None
    if j.has("phrases.nothing", head.end, clause.end):
        return None
    noun = head.form in ("first", "third") and j.lexicon.language in _NOUNS_LIKE_VERBS
    if noun and j.has("phrases.state", head.end, clause.end):
        return None  # `el pago vence el lunes`: the verb is a noun
    towards_me = head.clitic is not None or _towards_me(j, head, clause.end)
    their_word = (attributed := attribution(j, clause)) < clause.end and bool(
        j.find("phrases.them", attributed, clause.end)
    )
    if head.subject == "them" or their_word:
        return False if _offers(j, clause, head, towards_me) else None
    if head.form == "ing":
        return True if head.subject == "me" or (due_of(clause) and j.has("things.deliverable", head.end)) else None
    if head.form == "third":
        if not towards_me and (not head.strong or j.has("verbs.plural_noun", head.verb)):
            return None
        dated = due_of(clause) is not None
        back = j.find("phrases.back", head.end, min(head.end + 3, clause.end)) is not None
        introduces = j.find("phrases.intro_me", clause.start, clause.end) is not None
        return False if (towards_me or dated or back or introduces) and head.subject is None else None
    to_them = j.has("phrases.them_object", head.end - 1) > 0  # `get him our bid`
    if head.known_to_them and _about_me(j, head.end) and head.subject is None and not to_them:
        return False
    if towards_me and head.subject != "me" and not _asked(j, clause):
        return False
    if head.form == "first":
        return True if head.subject == "me" or head.strong else None
    if j.match("verbs.act", head.verb, clause.end) is None and j.match("verbs.weak", head.verb, clause.end) is None:
        return None if head.subject != "me" else True
    return True if _commanding(j, clause, head) else None


def _asked(j: Jotting, clause: Clause) -> bool:
    return j.find("phrases.asked_me", clause.start, clause.end) is not None


def _offers(j: Jotting, clause: Clause, head: Head, towards_me: bool) -> bool:
    if towards_me or head.pledged:
        return True
    base = _base(j, head, clause.end)
    if (base,) in j.lexicon.classes.get("verbs.not_offer", {}):
        return False
    if head.form != "ing" and (head.meant or due_of(clause) is not None):
        return True
    if any(j.has("phrases.merely", at) for at in range(clause.start, head.verb or clause.start)):
        return False
    habit = head.form in ("third", "first", "ing") and j.lexicon.language == "en"
    thing = j.has("things.deliverable", head.end) or j.has("things.deliverable", head.end + 1)
    if head.form == "ing":
        thing = thing or int(j.find("things.deliverable", head.end, clause.end) is not None)
        thing = thing or int(head.strong and j.norm(head.end) in {"it", "them", "over", "that", "those"})
        thing = thing or int(head.strong and due_of(clause) is not None and j.has("verbs.determiner", head.end) > 0)
    return bool(head.form in ("third", "first", "ing") and (not habit or thing or _about_me(j, head.end)))


def _base(j: Jotting, head: Head, end: int) -> str:
    assert head.verb is not None
    for name in (
        "verbs.act",
        "verbs.weak",
        "verbs.them_only",
        "verbs.act.third",
        "verbs.weak.third",
        "verbs.them_only.third",
    ):
        if found := j.match(name, head.verb, end):
            return found[1]
    return ""


def _towards_me(j: Jotting, head: Head, end: int) -> bool:
    """`send me`, `get back to us`, `put me in touch`, `intro us to`."""
    for at in range(head.end, min(head.end + 3, end)):
        if j.has("phrases.me_object", at, end):
            return True
        if j.norm(at) not in _BEFORE_ME:
            return False
    verb = head.verb or 0
    return head.form != "first" and any(j.has("phrases.me_object", at, end) for at in range(verb + 1, head.end))


_BEFORE_ME = frozenset("- to back with w/ for it bei zu an sich a para".split())


def _about_me(j: Jotting, at: int) -> bool:
    return bool(j.has("phrases.my", at) or j.has("phrases.me_object", at))


def _commanding(j: Jotting, clause: Clause, head: Head) -> bool:
    """Whether a verb without a subject, or with me as one, is a task."""
    assert head.verb is not None
    if head.end < clause.end and j.has("verbs.no_object", clause.covered.get(head.end, head.end)):
        return False
    if (
        head.subject == "me"
        and not head.meant
        and due_of(clause) is None
        and j.find("phrases.we", clause.start, head.verb)
    ):
        return False
    if head.meant or head.subject == "me":
        return not (
            head.end - head.verb == 1
            and j.has(f"verbs.noun_after.{j.norm(head.verb)}", head.end)
            and head.subject != "me"
        )
    if _names_what_was_done(j, head):
        return False
    norm, alone = j.norm(head.verb), _rest_is_empty(j, clause, head)
    if j.has(f"verbs.noun_after.{norm}", head.end) and head.end - head.verb == 1:
        return False
    dated = due_of(clause) is not None
    if norm in _ALONE and head.end - head.verb == 1 and (alone or j.norm(head.end) == ":") and not dated:
        return False
    if head.strong:
        return True
    if alone:
        return (dated and norm not in _OCCASIONS) or norm in _SHORT_COMMANDS
    behind = j.tokens[head.end] if head.end < clause.end else None
    if behind is None or head.end in clause.covered:
        return (dated and norm not in _OCCASIONS) or norm in _SHORT_COMMANDS
    if behind.norm in _PARTICLES and any(j.has(n, head.end + 1) for n in ("verbs.determiner", "things.deliverable")):
        return True  # `measure up her kitchen`
    if j.has("phrases.role", head.end) and norm in _SHORT_COMMANDS:
        return True
    loose = j.has("verbs.preposition", head.end) and norm not in _SHORT_COMMANDS
    dated = any(s.moment.coming and (s.relation in ("by", "arrow") or s.start == head.end) for s in clause.dates)
    if (
        (j.has("verbs.determiner", head.end) and not loose)
        or j.has("things.deliverable", head.end)
        or behind.kind == "number"
        or behind.norm in {"/", "(", "re"}
    ):
        return True
    named = behind.capital and not (j.tokens[head.verb].capital and head.verb > clause.start)
    if any(
        j.norm(at) in {"to", "for"} and j.has("phrases.them_object", at + 1) for at in range(head.end, clause.end - 1)
    ):
        return True
    state = j.find("phrases.state", head.end, clause.end)
    stays = state is not None and j.norm(state[0]) != "back"  # `drop keys back Mon`
    plain = j.has("verbs.plain", head.verb) and behind.kind == "word" and not stays
    if plain and not loose and due_of(clause) is not None:
        return True  # `drop leaflets Monday`: a verb that hardly ever says what kind of thing a thing is
    prose = any(j.tokens[at].text.islower() for at in range(head.end, clause.end) if j.tokens[at].kind == "word")
    return dated or (named and (j.tokens[head.verb].text.islower() or norm in _SHORT_COMMANDS or prose))


def _names_what_was_done(j: Jotting, head: Head) -> bool:
    """`return filed`, `order shipped Mon`: what seems a verb is the noun that something was done to."""
    behind = head.end
    done = j.has("verbs.act.past", behind) or j.has("verbs.weak.past", behind)
    command = j.has("verbs.act", behind) or j.has("verbs.weak", behind) or j.has("things.deliverable", behind)
    return head.end - (head.verb or 0) == 1 and bool(done) and not command and not adjective(j, behind)


def _rest_is_empty(j: Jotting, clause: Clause, head: Head) -> bool:
    hidden = clause.covered
    return all(at in hidden or j.tokens[at].kind == "mark" for at in range(head.end, clause.end))


def conditional(j: Jotting, clause: Clause, head: Head) -> bool:
    """Whether it hangs on an `if`, before the verb or behind it; `ask if` doesn't."""
    if head.doubtful and not head.pledged:
        return True
    found = j.find("phrases.if", head.end, clause.end)
    if found is None:
        return False
    return j.find("phrases.asking", head.verb or clause.start, found[0]) is None and head.end != found[1]


def attribution(j: Jotting, clause: Clause) -> int:
    """Where a closing `(he said)` begins, else the clause's end."""
    for at in range(clause.start, clause.end):
        if j.has("phrases.or_else", at) and any(s.end == at for s in clause.dates):
            return at
        if (
            j.norm(at) == "("
            and j.has("phrases.them", at + 1)
            and j.find("phrases.saying", at + 1, min(at + 5, clause.end))
        ):
            return at
    return clause.end
