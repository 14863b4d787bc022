"""Matters of other authorities: the department, its words in the directory, a public short number."""

import pytest

from assistant.remit import asks_who, matter_of


@pytest.mark.parametrize(
    ("text", "department", "number"),
    [
        ("交警老在我店门口贴条", "公安交警部门", "122"),
        ("合伙人卷款跑了，我要报案", "公安机关", "110"),
        ("消防验收一直没人来", "消防救援机构", "119"),
        ("税控盘锁死了 报不了税", "税务局", "12345"),
        ("我买的冰柜坏了，厂家耍赖", "市场监管投诉举报", "12315"),
        ("想请律师打官司", "公共法律服务中心", "12345"),
        ("公积金怎么提取", "住房公积金管理中心", "12345"),
        ("娃儿上学划片", "教育局", "12345"),
        ("伢想插班借读", "教育局", "12345"),
        ("门诊的药费报多少", "医疗保障局", "12345"),
        ("电瓶车闯了红灯", "公安交警部门", "122"),
        ("屋里失火了", "消防救援机构", "119"),
        ("去扯结婚证", "民政局", "12345"),
        ("房本过户", "自然资源和规划局", "12345"),
        ("开发商烂尾不交房", "住房和城乡建设局", "12345"),
        ("水管爆了没水", "供水和市政部门", "12345"),
        ("网贷天天催收", "金融工作办公室", "12345"),
        ("老板工资不发，讨薪", "公共法律服务中心", "12345"),
        ("会员卡退不了", "市场监管投诉举报", "12315"),
    ],
)
def test_a_matter_names_its_department_and_number(text: str, department: str, number: str) -> None:
    matter = matter_of(text)
    assert matter is not None
    assert (matter.department, matter.hotline.number) == (department, number)


@pytest.mark.parametrize("text", ["开业补贴有多少钱", "名特优新怎么申报", "简易注销要公示吗", "外摆几点之前要收"])
def test_the_business_of_this_service_is_no_matter_of_others(text: str) -> None:
    assert matter_of(text) is None


def test_who_asks_for_the_department_is_heard() -> None:
    assert asks_who("这事归哪个部门管")
    assert asks_who("报不了税 归那管")
    assert not asks_who("开业补贴有多少钱")
