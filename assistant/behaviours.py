"""The rows of behaviour.md by their ids: what a reply says it followed, and what a message may be chosen for."""

from enum import StrEnum


class Behaviour(StrEnum):
    ANSWER = "answer"
    ASK_REGION = "ask_region"
    OTHER_REGION = "other_region"
    NO_EVIDENCE = "no_evidence"
    PARTLY = "partly"
    ONE_OFF = "one_off"
    SUPERSEDED = "superseded"
    CONFLICT = "conflict"
    AUTHORITY_DECIDES = "authority_decides"
    CONTACT = "contact"
    STAFF_ONLY = "staff_only"
    ELIGIBILITY = "eligibility"
    DEADLINE = "deadline"
    APPEAL = "appeal"
    APPEAL_STATUS = "appeal_status"
    OUTSIDE_REMIT = "outside_remit"
    HUMAN = "human"
    BOOKING = "booking"
    CLOSING_DOWN = "closing_down"
    FAULT_OR_SUGGESTION = "fault_or_suggestion"
    SEVERAL = "several"
    ANGER = "anger"
    CRISIS = "crisis"
    EMERGENCY = "emergency"
    SECRECY = "secrecy"
    CHEATING = "cheating"
    FEE_OFFER = "fee_offer"
    PASTED_POLICY = "pasted_policy"
    EXTRACTION = "extraction"
    FORBIDDEN = "forbidden"
    OFF_TOPIC = "off_topic"
    PERSONAL_DATA = "personal_data"
    SENSITIVE_DATA = "sensitive_data"
    WHY_ASK = "why_ask"
    STOP_OR_DELETE = "stop_or_delete"
    WHAT_ARE_YOU = "what_are_you"
    STAFF = "staff"


FROM_RULES = frozenset(
    {
        Behaviour.ANSWER,
        Behaviour.ASK_REGION,
        Behaviour.OTHER_REGION,
        Behaviour.NO_EVIDENCE,
        Behaviour.PARTLY,
        Behaviour.ONE_OFF,
        Behaviour.SUPERSEDED,
        Behaviour.CONFLICT,
        Behaviour.AUTHORITY_DECIDES,
    }
)
"""Told apart by what is found, not by how the message is worded."""

SAFETY = frozenset(
    {
        Behaviour.CRISIS,
        Behaviour.EMERGENCY,
        Behaviour.SECRECY,
        Behaviour.CHEATING,
        Behaviour.FEE_OFFER,
        Behaviour.PASTED_POLICY,
        Behaviour.EXTRACTION,
        Behaviour.FORBIDDEN,
        Behaviour.STAFF_ONLY,
        Behaviour.SENSITIVE_DATA,
    }
)
"""No model is asked about these, and none can talk them away."""
