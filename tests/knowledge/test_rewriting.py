"""Questions in the characters of the documents."""

import pytest

from knowledge.rewriting import rewrite, simplified
from knowledge.synonyms import Synonyms


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("個體工商戶點樣辦營業執照", "个体工商户点样办营业执照"),
        ("補貼８０００元嗎", "补贴8000元吗"),
        ("ＡＢＣ公司年报", "ABC公司年报"),
        ("干了活不发工资", "干了活不发工资"),
    ],
)
def test_traditional_and_full_width_characters_are_read_as_the_documents_write_them(written: str, plain: str) -> None:
    assert simplified(written) == plain


def test_colloquial_words_are_found_behind_traditional_characters() -> None:
    table = Synonyms({"搞执照": ("办理营业执照",)})
    assert rewrite("搞執照要幾多錢", table, None).added == ("办理营业执照",)
