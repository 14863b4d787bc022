"""A parsed file to a Document: normalise, split, label, mark what is not public, cut passages."""

import hashlib

from ingest.blocks import Parsed, Prose
from ingest.clause_audience import mark_audience
from ingest.clean import Normalised, normalise
from ingest.errors import NoContent
from ingest.label import Hints, label
from ingest.labels_file import Overrides
from ingest.passages import build_passages
from ingest.punctuation import fold_title
from ingest.sheets import assemble_sheet
from ingest.split import split
from ingest.title import find_title
from knowledge import privacy
from knowledge.documents import Document, Labels, Span

UNKNOWN_REGION = ""
"""Region of passages whose document has none: in nobody's chain, so never found."""


def assemble(parsed: Parsed, overrides: Overrides, hints: Hints) -> Document:
    if isinstance(parsed, Prose):
        return _assemble_prose(parsed, overrides, hints)
    return assemble_sheet(parsed, overrides, hints)


def _assemble_prose(prose: Prose, overrides: Overrides, hints: Hints) -> Document:
    normalised = normalise(prose)
    if not normalised.text.strip():
        raise NoContent(hints.file_name)
    heading = find_title(normalised.lines, prose.title_hint)
    clauses = split(normalised, heading, "")
    labels = overrides.apply(label(normalised, heading, clauses, hints))
    identity = document_id(labels, normalised.text)
    clauses = mark_audience(normalised.text, split(normalised, heading, identity), labels.audience)
    spans = privacy.find_spans(normalised.text)
    return Document(
        id=identity,
        family=family(labels),
        labels=labels,
        text=normalised.text,
        clauses=clauses,
        passages=build_passages(
            normalised.text, clauses, spans, title=labels.title, region=labels.region or UNKNOWN_REGION
        ),
        spans=spans,
        findings=_findings(normalised, spans),
    )


def family(labels: Labels) -> str:
    """Same for all versions: same title, region and (below the national level) same issuer."""
    issuer = labels.issuers[0] if labels.issuers and labels.region != "100000" else ""
    return _digest(fold_title(labels.title), labels.part or "", labels.region or "", issuer)


def document_id(labels: Labels, text: str) -> str:
    """Stable for one version: family, own number and first day; without a day, the words themselves."""
    day = labels.valid_from.isoformat() if labels.valid_from else _digest(text)
    return _digest(family(labels), labels.doc_number or "", day)


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=6).hexdigest()


def _findings(normalised: Normalised, spans: list[Span]) -> list[str]:
    findings = list(normalised.warnings)
    if normalised.residue:
        findings.append(f"去掉 {len(normalised.residue)} 行页码或网页残留")
    for kind, name in privacy.NAMES.items():
        count = sum(1 for span in spans if span.kind is kind)
        if count:
            findings.append(f"{count} 处{name}，对公众遮盖")
    return findings
