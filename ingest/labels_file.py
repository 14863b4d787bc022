"""The labels file beside a document: what a curator says overrides what was read."""

import dataclasses
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import BadLabels
from ingest.punctuation import fold_title
from ingest.review import review_date
from knowledge import regions
from knowledge.documents import Audience, Labels, Level, Link, LinkKind, Module
from knowledge.errors import UnknownRegion
from knowledge.numbering import normalise_number

SUFFIX = ".labels.yaml"


class Overrides(BaseModel):
    """Fields of a labels file; an absent field leaves what the document itself says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str | None = None
    doc_number: str | None = None
    issuers: list[str] | None = None
    level: Level | None = None
    region: str | None = None
    kind: str | None = None
    module: Module | None = None
    issued: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    audience: Audience | None = None
    interprets: list[str] = []
    supersedes: list[str] = []
    amends: list[str] = []
    owner_department: str | None = None

    def apply(self, labels: Labels) -> Labels:
        """The labels with every given field replaced, which then waits for nobody."""
        given = self.model_dump(exclude={"interprets", "supersedes", "amends"}, exclude_none=True)
        if "title" in given:
            given["title"] = fold_title(given["title"])
        if "doc_number" in given:
            given["doc_number"] = normalise_number(given["doc_number"])
        if "issuers" in given:
            given["issuers"] = tuple(given["issuers"])
        if "region" in given:
            given["region"] = regions.resolve(given["region"])
            given.setdefault("level", regions.level(given["region"]))
        links = [
            Link(kind, fold_title(target))
            for kind, targets in (
                (LinkKind.INTERPRETS, self.interprets),
                (LinkKind.SUPERSEDES, self.supersedes),
                (LinkKind.AMENDS, self.amends),
            )
            for target in targets
        ]
        kinds = {link.kind for link in links}
        kept = [link for link in labels.links if link.kind not in kinds]
        pending = tuple(name for name in labels.pending if name not in given)
        applied = dataclasses.replace(labels, **given, links=(*kept, *links), pending=pending)
        return dataclasses.replace(applied, review_on=review_date(applied.title, applied.valid_from))


def labels_path(file: Path) -> Path:
    return file.with_name(file.name + SUFFIX)


def read_overrides(file: Path) -> Overrides:
    """Overrides for a document file; raises BadLabels naming the line or field that is wrong."""
    path = labels_path(file)
    if not path.exists():
        return Overrides()
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        raise BadLabels(
            path.name, f"第 {line + 1} 行不是合法的 YAML" if line is not None else "不是合法的 YAML"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadLabels(path.name, "读不出来，请确认是 UTF-8 编码") from error
    if content is None:
        return Overrides()
    if not isinstance(content, dict):
        raise BadLabels(path.name, "应是“字段: 值”的形式")
    try:
        overrides = Overrides.model_validate(content)
        if overrides.region is not None:
            regions.resolve(overrides.region)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        reason = "没有这个字段" if first["type"] == "extra_forbidden" else "值不合格式"
        allowed = "、".join(Overrides.model_fields)
        raise BadLabels(path.name, f"{field}：{reason}；可用字段：{allowed}") from error
    except UnknownRegion as error:
        raise BadLabels(path.name, str(error)) from error
    return overrides
