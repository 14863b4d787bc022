"""Tables of FAQ, directory units and service items to documents: one clause a row."""

import dataclasses
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ingest.blocks import Sheet
from ingest.dates import parse_date
from ingest.errors import NoContent, UnknownSheet
from ingest.label import Hints
from ingest.labels_file import Overrides
from ingest.punctuation import fold_title, tidy
from knowledge import privacy, regions
from knowledge.documents import (
    Audience,
    Clause,
    ClauseKind,
    Document,
    Faq,
    Labels,
    Module,
    Passage,
    Row,
    Span,
    SpanKind,
    redact,
)
from knowledge.errors import UnknownRegion

_VARIANT_SEPARATOR = re.compile(r"[｜|\n;；]+")
_SYNONYMS = {
    "问": "问题", "常见问题": "问题", "标准问题": "问题", "标准问": "问题",
    "答": "答案", "答复": "答案", "回答": "答案", "标准答案": "答案",
    "相似问": "相似问法", "相似问题": "相似问法", "扩展问": "相似问法",
    "单位名称": "单位", "服务单位": "单位", "部门": "单位",
    "电话": "联系电话", "联系方式": "联系电话",
    "事项": "事项名称", "名称": "事项名称",
    "序号": "编号", "区域": "地区", "适用地区": "地区", "行政区划": "地区",
    "面向": "受众", "公开范围": "受众",
    "生效日期": "施行日期", "有效期至": "失效日期", "截止日期": "失效日期",
    "更新日期": "核验日期", "核实日期": "核验日期",
}  # fmt: skip
_AUDIENCES = {"工作人员": Audience.STAFF, "内部": Audience.STAFF, "staff": Audience.STAFF, "坐席": Audience.STAFF}
LONGEST_NAME = 60
ITEM_GROUPS = (
    ("主管部门", "政策依据", "申报条件", "扶持标准"),
    ("申报材料", "示范文本", "可共享免交材料"),
    ("申报流程", "注意事项", "兑现方式", "申报开始", "申报截止"),
)
"""Fields of a service item that are indexed together."""


@dataclass(frozen=True, slots=True)
class _Form:
    kind: ClauseKind
    title: str
    module: Module
    required: tuple[str, ...]
    name: str
    write: "Callable[[_Writer, Mapping[str, str]], None]"


@dataclass(slots=True)
class _Writer:
    """The normalised text of a sheet as it grows, row by row."""

    document_id: str
    kind: ClauseKind
    region: str | None
    staff: bool
    """The whole table is for staff, whatever its rows say."""
    text: str = ""
    clauses: list[Clause] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    faqs: list[Faq] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def path(self, fields: Mapping[str, str], number: int) -> str:
        path = (fields.get("编号") or f"第{number}行").replace("\n", " ")[:LONGEST_NAME]
        count = self.seen[path] = self.seen.get(path, 0) + 1
        if count == 2:
            self.findings.append(f"编号“{path}”出现了不止一次")
        return path if count == 1 else f"{path}#{count}"

    def add(self, text: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += text
        return start, len(self.text)


def assemble_sheet(sheet: Sheet, overrides: Overrides, hints: Hints) -> Document:
    """Raises UnknownSheet when the header row belongs to none of the known tables."""
    header = [_SYNONYMS.get(cell, cell) for cell in (tidy(cell).replace(" ", "") for cell in sheet.header)]
    form = next((form for form in _FORMS if set(form.required) <= set(header)), None)
    if form is None:
        raise UnknownSheet(hints.file_name, sheet.header, [form.required for form in _FORMS])
    identity = hashlib.blake2b(
        f"{form.kind}\x1f{hints.path or hints.file_name}\x1f{hints.region}".encode(), digest_size=6
    ).hexdigest()
    staff = Audience.STAFF in {hints.audience, overrides.audience}
    region = regions.resolve(overrides.region) if overrides.region else hints.region
    writer = _Writer(identity, form.kind, region, staff)
    for number, cells in enumerate(sheet.rows, start=1):
        fields = {name: _cell(value) for name, value in zip(header, cells, strict=False) if name}
        if not any(fields.values()):
            continue
        if any(not fields.get(name) for name in form.required):
            writer.findings.append(
                f"第 {number} 行缺少{'、'.join(n for n in form.required if not fields.get(n))}，没有收入"
            )
            continue
        _write_row(writer, form, fields, number)
    if not writer.clauses:
        raise NoContent(hints.file_name)
    labels = overrides.apply(_labels(form, writer, hints))
    return Document(
        id=identity,
        family=identity,
        labels=labels,
        text=writer.text,
        clauses=writer.clauses,
        passages=writer.passages,
        spans=writer.spans,
        faqs=writer.faqs,
        rows=writer.rows,
        findings=[*sheet.warnings, *writer.findings],
    )


def _cell(value: str) -> str:
    return "\n".join(filter(None, (tidy(line) for line in value.splitlines())))


def _write_row(writer: _Writer, form: _Form, fields: Mapping[str, str], number: int) -> None:
    path = writer.path(fields, number)
    start = len(writer.text)
    clause_id = f"{writer.document_id}/{path}"
    writer.clauses.append(
        Clause(
            clause_id,
            None,
            form.kind,
            path,
            redacted(fields[form.name])[:200],
            start,
            start,
            start,
            audience=_audience(writer, fields),
        )
    )
    form.write(writer, fields)
    clause = writer.clauses[-1]
    writer.clauses[-1] = dataclasses.replace(clause, own_end=len(writer.text), end=len(writer.text))


def _audience(writer: _Writer, fields: Mapping[str, str]) -> Audience:
    """A row may be closed where its table is open, never the other way round."""
    return Audience.STAFF if writer.staff else _AUDIENCES.get(fields.get("受众", ""), Audience.PUBLIC)


def redacted(words: str) -> str:
    return redact(words, privacy.find_spans(words))


def _region(writer: _Writer, fields: Mapping[str, str]) -> str:
    name = fields.get("地区")
    if not name:
        return writer.region or ""
    try:
        return regions.resolve(name)
    except UnknownRegion:
        writer.findings.append(f"“{writer.clauses[-1].path}”的地区“{name}”认不出，暂不作答")
        return ""


def _passage(writer: _Writer, fields: Mapping[str, str], number: int, place: tuple[int, int], prefix: str) -> None:
    clause = writer.clauses[-1]
    body = redact(writer.text, writer.spans, start=place[0], end=place[1]).strip()
    if not body:
        return
    writer.passages.append(
        Passage(
            id=f"{clause.id}~{number}",
            clause_id=clause.id,
            start=place[0],
            end=place[1],
            prefix=prefix,
            context=prefix,
            body=body,
            region=_region(writer, fields) if number == 0 else writer.passages[-1].region,
            audience=clause.audience,
            effective_from=_day(fields.get("施行日期")),
            effective_to=_day(fields.get("失效日期")),
        )
    )


def _day(value: str | None) -> date | None:
    return parse_date(value.replace("/", "-").replace(".", "-")) if value else None


def _write_faq(writer: _Writer, fields: Mapping[str, str]) -> None:
    question, answer = fields["问题"], fields["答案"]
    variants = tuple(filter(None, (part.strip() for part in _VARIANT_SEPARATOR.split(fields.get("相似问法", "")))))
    whole = len(writer.text)
    asked = _add_masked(writer, question)
    _add_masked(writer, answer)
    places = [asked, (whole, len(writer.text))]
    places += [_add_masked(writer, variant) for variant in variants]
    if basis := fields.get("依据文件"):
        writer.add(f"依据：{basis} {fields.get('依据条款', '')}".rstrip() + "\n")
    for number, place in enumerate(places):
        _passage(writer, fields, number, place, "")
    writer.faqs.append(
        Faq(
            writer.clauses[-1].id,
            question,
            answer,
            variants,
            fold_title(fields.get("依据文件", ""))[:400],
            fields.get("依据条款", "")[:160],
        )
    )


def _add_masked(writer: _Writer, words: str) -> tuple[int, int]:
    place = writer.add(f"{words}\n")
    _mask(writer, place, landlines=True)
    return place


def _write_unit(writer: _Writer, fields: Mapping[str, str]) -> None:
    """A directory row: its numbers are shown with the day they were verified, mobiles never to the public."""
    verified = bool(_day(fields.get("核验日期")))
    place = _write_fields(writer, fields, landlines=not verified)
    _passage(writer, fields, 0, place, fields["单位"])
    writer.rows.append(Row(writer.clauses[-1].id, ClauseKind.UNIT, fields["单位"][:400], dict(fields)))


def _write_item(writer: _Writer, fields: Mapping[str, str]) -> None:
    name = fields["事项名称"]
    writer.add(f"事项名称：{name}\n")
    grouped = {field for group in ITEM_GROUPS for field in group}
    number = 0
    for group in ITEM_GROUPS:
        start = len(writer.text)
        part = {key: fields[key] for key in group if fields.get(key)}
        if not part:
            continue
        _write_fields(writer, part, landlines=True)
        _passage(writer, fields, number, (start, len(writer.text)), name)
        number += 1
    _write_fields(writer, {k: v for k, v in fields.items() if k not in grouped | {"事项名称"}}, landlines=True)
    writer.rows.append(Row(writer.clauses[-1].id, ClauseKind.SERVICE_ITEM, name[:400], dict(fields)))


def _write_fields(writer: _Writer, fields: Mapping[str, str], *, landlines: bool) -> tuple[int, int]:
    start = len(writer.text)
    for key, value in fields.items():
        if value:
            writer.add(f"{key}：{value}\n")
    place = (start, len(writer.text))
    _mask(writer, place, landlines=landlines)
    return place


def _mask(writer: _Writer, place: tuple[int, int], *, landlines: bool) -> None:
    shown = {SpanKind.PERSON_CONTACT} | (set() if landlines else {SpanKind.LANDLINE})
    for span in privacy.find_spans(writer.text[place[0] : place[1]]):
        if span.kind not in shown:
            writer.spans.append(Span(place[0] + span.start, place[0] + span.end, span.kind))


def _labels(form: _Form, writer: _Writer, hints: Hints) -> Labels:
    """A sheet speaks for the region that all its rows share."""
    named = {passage.region for passage in writer.passages if passage.region}
    shared = set.intersection(*(set(regions.chain(region)) for region in named)) if named else set()
    region = max(shared, key=lambda code: len(regions.chain(code)), default=hints.region)
    audience = (
        Audience.STAFF if all(clause.audience is Audience.STAFF for clause in writer.clauses) else Audience.PUBLIC
    )
    return Labels(
        title=form.title,
        region=region,
        level=regions.level(region) if region else None,
        kind=form.title,
        module=form.module,
        audience=hints.audience or audience,
        pending=() if region else ("region",),
    )


_FORMS = (
    _Form(ClauseKind.FAQ, "常见问答", Module.POLICY, ("问题", "答案"), "问题", _write_faq),
    _Form(ClauseKind.SERVICE_ITEM, "事项指南", Module.POLICY, ("事项名称", "申报条件"), "事项名称", _write_item),
    _Form(ClauseKind.UNIT, "服务能力清单", Module.APPEAL, ("单位", "联系电话"), "单位", _write_unit),
)
