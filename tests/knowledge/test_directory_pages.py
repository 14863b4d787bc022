"""What the public pages read: items, units and explanations, on both engines, for the public and for staff."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from knowledge import catalogue, directory
from knowledge.database import Database
from knowledge.documents import Audience
from knowledge.service_items import service_item, service_items

UNITS = """编号,单位,层级,地区,项目,内容,服务能力,申请方式,收费标准,联系人,联系电话,地址,服务时间,受众,核验日期
U-1,青禾市示例窗口,市,青禾市,登记,办登记,5个,现场,免费,示例甲,0000-55500101,示例路1号,工作日,公众,2026-05-01
U-2,青禾市没有核验的窗口,市,青禾市,登记,办登记,5个,现场,免费,示例乙,0000-55500102,示例路2号,工作日,公众,
U-3,青禾市内部联络,市,青禾市,升级,内部协调,1个,内部,不适用,示例丙,13800000001,内部,工作日,工作人员,2026-05-01
U-4,青禾市个人手机,市,青禾市,跑腿,代办,1个,电话,免费,示例丁,13800000002,示例路3号,工作日,公众,2026-05-01
"""
ITEMS = """编号,事项名称,地区,主管部门,政策依据,申报条件,扶持标准,申报材料,申报流程,注意事项,可共享免交材料,兑现方式,申报开始,申报截止,受众
S-1,青禾市示例补贴500元,青禾市,示例局,《示例办法》第一条,正常经营,每户500元,申请表,窗口申请,电话13800000003,营业执照；身份证件,免申即享,2026-01-01,2026-06-30,公众
S-2,青禾市内部事项,青禾市,示例局,《示例办法》第二条,内部,每户1元,申请表,窗口申请,,,申报审批,,,工作人员
S-3,望津县示例补贴,望津县,示例局,《示例办法》第三条,正常经营,每户2元,申请表,窗口申请,,,申报审批,,,公众
"""
OLD = """青禾市集市办法

青政规〔2022〕1号

第一条 为了集市，制定本办法。

第二条 本办法自2022年4月1日起施行。

青禾市人民政府

2022年3月1日
"""
NEW = OLD.replace("2022", "2025").replace("为了集市", "为了集市和夜市")
EXPLAINED = """《青禾市集市办法》政策解读

一、为什么制定

为了集市。

青禾市人民政府

2022年3月10日
"""


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    papers = {"directory.csv": UNITS, "items.csv": ITEMS, "old.txt": OLD, "new.txt": NEW, "explained.txt": EXPLAINED}
    for name, text in papers.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = ingest([tmp_path / name for name in papers], database, at=datetime(2026, 5, 1, tzinfo=UTC))
    assert not [one.reason for one in report.outcomes if one.reason]
    return database


def test_items_keep_what_is_for_staff_and_private_numbers_from_the_public(filled: Database) -> None:
    with filled.reading() as tx:
        public = service_items(tx, Audience.PUBLIC)
        staff = service_items(tx, Audience.STAFF)
    assert [one.name for one in public] == ["青禾市示例补贴500元", "望津县示例补贴"]
    assert len(staff) == 3
    assert "13800000003" not in str(public)
    assert "13800000003" in str(staff)


def test_items_hold_in_their_places_and_their_period(filled: Database) -> None:
    with filled.reading() as tx:
        (one,) = service_items(tx, Audience.PUBLIC, places=["990100", "990000"])
        assert service_item(tx, one.document, one.path, Audience.PUBLIC) == one
        assert service_item(tx, one.document, "S-2", Audience.PUBLIC) is None
    assert one.shared_papers == ("营业执照", "身份证件")
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [one.is_open(on=day) for day in days] == [False, True, True, False]


def test_telephones_are_shown_once_they_are_verified_and_never_private_ones(filled: Database) -> None:
    with filled.reading() as tx:
        shown = {one.name: one.phone for one in directory.units(tx, ["990100"], Audience.PUBLIC)}
    assert shown["青禾市示例窗口"] == "0000-55500101"
    assert shown["青禾市没有核验的窗口"] == ""
    assert "138" not in shown["青禾市个人手机"]
    assert "青禾市内部联络" not in shown


def test_an_explanation_means_the_version_that_was_there(filled: Database) -> None:
    with filled.reading() as tx:
        versions, _ = catalogue.list_documents(tx, Audience.PUBLIC, words="集市办法")
        named = {
            one.issued: [by.title for _, by in catalogue.documents_naming(tx, one, Audience.PUBLIC)]
            for one in versions
            if "解读" not in one.title
        }
    assert named == {date(2022, 3, 1): ["《青禾市集市办法》政策解读"], date(2025, 3, 1): []}
