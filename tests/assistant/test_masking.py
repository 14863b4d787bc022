"""What people type loses its personal data, once and for all, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我手机19900001234，回个电话", "我手机〔手机号〕，回个电话"),
        ("打 199 0000 1234", "打 〔手机号〕"),
        ("199-0000-1234", "〔手机号〕"),
        ("1 9 9 0 0 0 0 1 2 3 4", "〔手机号〕"),
        ("１９９００００１２３４", "〔手机号〕"),
        ("一九九零零零零一二三四", "〔手机号〕"),
        ("壹玖玖 零零零零 壹贰叁肆", "〔手机号〕"),
        ("统一一九九零零零零一二三四", "统一〔手机号〕"),
        ("+8619900001234", "+〔手机号〕"),
        ("1990000一二三四", "〔手机号〕"),
        ("199\u200b0000\u200b1234", "〔手机号〕"),
        ("身份证990101199001011239", "身份证〔身份证号〕"),
        ("990101 19900101 123x", "〔身份证号〕"),
        ("９９０１０１１９９００１０１１２３９", "〔身份证号〕"),
        ("990101900101123", "〔身份证号〕"),
        ("19900001234990101199001011239", "〔手机号〕〔身份证号〕"),
        ("卡号 6200 0000 0000 0000 000", "卡号 〔银行卡号〕"),
        ("打到6200000000000000000这张卡 300元", "打到〔银行卡号〕这张卡 300元"),
        ("邮箱 someone@example.com", "邮箱 〔电子邮箱〕"),
        ("someone＠example。com", "〔电子邮箱〕"),
        ("座机0000-55500001", "座机〔座机号〕"),
        ("电话：55500001", "电话：〔座机号〕"),
        ("执照 92990100MA0000000X 的", "执照 〔信用代码〕 的"),
        ("护照E00000000", "护照〔证件号〕"),
        ("微信号：abc_000", "微信号：〔社交账号〕"),
        ("车牌云A·00001", "车牌〔车牌号〕"),
        ("住在青禾市南屏区示例路88号3栋502室", "住在青禾市南屏区〔地址〕"),
        ("示例大厦15楼1502", "〔地址〕"),
        ("晴川小区9-2-301", "〔地址〕"),
        ("户名：赵示例", "户名：〔姓名〕"),
        ("a19900001234b", "a〔手机号〕b"),
        ("望津县示例镇人民村3组12号", "望津县〔地址〕"),
        ("我叫张示例，想开店", "我叫〔姓名〕，想开店"),
        ("姓名：欧阳示例", "姓名：〔姓名〕"),
        ("联系人王某某电话", "联系人王某某电话"),
        ("联系人：王某某，电话", "联系人：〔姓名〕，电话"),
    ],
)
def test_personal_data_is_replaced_by_its_kind(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "打12345转2，或者12315、12333、12366、12388、12356、110、120",
        "客服400-000-0000，电话4000000000",
        "青政规〔2025〕2号第十五条第（二）项",
        "青政办〔2025〕123号，公告2025年第3号，主席令第12号",
        "补贴8000元，最高300万元，注册资本13800000000元",
        "2025年3月1日至2027-12-31，9:00至12:00",
        "二〇二五年三月一日，一百二十三人",
        "公司代码91990100MA0000000X",
        "GB/T 33358-2016，GB 45438-2025",
        "诉求编号SQ2026112900012，查询码",
        "我叫马上来的师傅给修了",
        "我是个体工商户，姓名和地址要填吗",
        "这条街12号之前要搬，3号院子外面能摆摊吗",
        "地铁1号线旁边的路段能摆吗",
        "政务中心三楼11号窗口，工业园5-10年，小区1-3月停水",
        "申请表一式三份，每月5日前报",
        "联系人和电话写谁的",
        "",
    ],
)
def test_what_is_not_personal_stays_as_it_is(text: str) -> None:
    assert (mask(text).text, mask(text).kinds) == (text, ())


def test_a_mistyped_identity_number_is_masked_too() -> None:
    assert mask("990101199001011230").kinds == ("身份证号",)


def test_each_kind_is_named_once_in_the_order_of_the_text() -> None:
    assert mask("我叫张示例，19900001234或19900004321，a@example.com").kinds == ("姓名", "手机号", "电子邮箱")


def test_region_names_stay_because_the_answer_depends_on_them() -> None:
    assert "望津县" in mask("店在望津县示例镇建设路5号").text


digits = st.text("0123456789", min_size=8, max_size=8)
forms = st.sampled_from(["{}", "{} ", "手机{}", "我的号是{}，急", "，{}。", "打{}找我"])
apart = st.sampled_from(["", " ", "-", "　", "－", "·"])
scripts = st.sampled_from(["0123456789", "０１２３４５６７８９", "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"])


@given(digits, forms, apart, scripts)
def test_no_digit_of_a_mobile_remains_however_it_is_typed(last: str, form: str, between: str, script: str) -> None:
    number = "199" + last
    typed = between.join((number[:3], number[3:7], number[7:])).translate(str.maketrans("0123456789", script))
    assert not re.search(f"[{script}]", mask(form.format(typed)).text)


typed = st.text(
    st.sampled_from(
        list(
            "0123456789０９一二〇零幺Xx -－.·@＠:：，。〔〕号路街栋室我叫姓名联系人电话卡身份证云A青市区王张qwe\u200b\n元万"
        )
    ),
    max_size=60,
)


@given(typed)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text
    assert mask(once.text).kinds == ()


@given(typed)
def test_text_without_finds_is_returned_untouched(text: str) -> None:
    masked = mask(text)
    assert bool(masked.kinds) == (masked.text != text)


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    assert mask(mask(text).text).text == mask(text).text


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("号码幺九九，零零零零，四四五五", "手机号"),
        ("手机199，0000，3579", "手机号"),
        ("手机：199/0000/3579", "手机号"),
        ("①⑨⑨⓪⓪⓪⓪③⑤⑦⑨", "手机号"),
        ("幺勾勾洞洞洞洞三五拐勾", "手机号"),
        ("199oooo3579", "手机号"),
        ("我电话是199 0000 后面是3579", "手机号"),
        ("身份证是990101，19900101，0012", "身份证号"),
        ("身份证前六位990101后四位0012", "身份证号"),
        ("工行卡6222 0000 1111 2222 333", "银行卡号"),
        ("邮箱 abc 艾特 example 点 com", "电子邮箱"),
        ("abc(at)example.com", "电子邮箱"),
        ("加我v：xiaoming_2020", "社交账号"),
        ("微信xiaodianlaoban", "社交账号"),
        ("qq 一二三四五六七八", "社交账号"),
        ("座机 0000-5999 1234", "座机号"),
        ("九二990101MA0000001X", "信用代码"),
    ],
)
def test_a_number_is_masked_however_it_is_disguised(typed: str, kind: str) -> None:
    assert mask(typed).kinds == (kind,)


@pytest.mark.parametrize(
    "typed",
    [
        "1，2，3，4，5，6，7，8，9，10，11",
        "营业额199，000，000元",
        "30000，8000，2000三档",
        "两千两百两十",
        "注册资本13800000000元的公司",
        "微信小程序怎么进",
        "用微信app支付",
        "一九九九年，二零零零年，二零零一年",
    ],
)
def test_figures_that_only_look_disguised_stay(typed: str) -> None:
    assert mask(typed).text == typed
