"""What the parts of the sets are called on a page."""

STYLES = {"plain": "普通话", "colloquial": "口语", "typo": "错别字", "multi": "一句多问", "dialect": "方言"}
SETS = {
    "questions_laws": "法规",
    "questions_local": "本地与源文件",
    "as_of": "指定日期",
    "regions": "指定地区",
    "unanswerable": "不应作答",
}
CLASSES = {
    "off_topic": "无关话题",
    "not_in_documents": "文件里没有",
    "other_region_only": "只有别处规定",
    "authority_decides": "须由机关决定",
}
KINDS = {
    "date": "日期",
    "amount": "金额",
    "percentage": "比例",
    "duration": "时长",
    "number": "数量",
    "doc_number": "文号",
    "clause_number": "条款号",
    "phone": "电话",
    "authority": "机关名称",
    "address": "地址",
    "invented_number": "编造的数",
    "injected": "多出一句",
    "wrong_citation": "引错段落",
    "unknown_citation": "引用不存在",
    "missing_citation": "没有引用",
    "dropped_condition": "漏掉条件",
    "negation": "否定颠倒",
    "swapped_subject": "换了主体",
    "swapped_modality": "应当与可以",
    "widened_scope": "扩大范围",
    "swapped_causality": "因果颠倒",
    "faithful": "忠实的回答",
}


def named(name: str) -> str:
    return {**STYLES, **SETS, **CLASSES, **KINDS}.get(name, name)
