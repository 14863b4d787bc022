"""Pages to read and to find one's way: services, items, windows, documents; for readers, printers and search engines."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from api.app import create_app
from api.bootstrap import Service
from knowledge.schema import rows
from tests.api.browsing import ARTEFACTS, does_not_scroll_sideways, watched
from tests.api.conftest import set_for
from tests.api.serving import serving

PAGES = {
    "services": "/services?region=990100",
    "policies": "/policies",
    "policy": "",  # the number of a table follows from where its file lies: filled in below
    "channels": "/channels?region=990102",
    "documents": "/documents?q=用工补贴&region=990100",
    "document": "/documents/3af138baffad",
    "privacy": "/privacy",
    "ask": "/ask",
    "demo": "/demo",
}


@pytest.fixture(scope="module", autouse=True)
def address(service: Service) -> Iterator[str]:
    """Opened before the browser, which has an event loop."""
    with service.database.reading() as tx:
        table = tx.execute(select(rows.c.document_id).where(rows.c.kind == "service_item").limit(1)).scalar_one()
    PAGES["policy"] = f"/policies/{table}/S-01"
    with serving(create_app(service)) as address:
        yield address


def questions(page: str) -> list[dict[str, list[str]]]:
    """What the links 就此提问 would ask."""
    links = re.findall(r'href="(/\?q=[^"]+)"', page.replace("&amp;", "&"))
    return [parse_qs(urlsplit(link).query) for link in links]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_a_title_and_a_description(client: TestClient, name: str) -> None:
    page = client.get(PAGES[name])
    assert page.status_code == 200
    assert len(re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)[1].strip()) >= 6  # type: ignore[index]
    if name != "demo":
        assert re.search(r'<meta name="description" content="[^"]{10,}">', page.text)
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize("name", ["services", "policy", "channels", "documents", "document"])
def test_every_page_offers_to_ask_about_what_it_shows(client: TestClient, name: str) -> None:
    asked = questions(client.get(PAGES[name]).text)
    assert asked
    assert all(one["q"][0] for one in asked)
    assert {"9901"} == {one["region"][0][:4] for one in asked}


def test_windows_are_found_by_region_the_nearest_first(client: TestClient) -> None:
    page = client.get("/channels?region=南屏区").text
    assert page.index("南屏区市场监督管理局登记窗口") < page.index("青禾市12345政务服务便民热线")
    assert "望津县返乡创业专窗" not in page
    assert "2026-11-03 核验" in page
    assert "白榆市" not in re.sub(r"<select.*?</select>", "", page, flags=re.DOTALL)


def test_numbers_of_staff_and_private_mobiles_are_never_shown(client: TestClient) -> None:
    for address in ("/channels", "/channels?q=诉求", "/services", "/policies", PAGES["policy"]):
        page = client.get(address).text
        assert "1380000" not in page
        assert "限坐席使用" not in page


def test_words_narrow_the_windows_down(client: TestClient) -> None:
    page = client.get("/channels", params={"q": "法律 公证", "region": "990100"}).text
    assert "青禾市公共法律服务中心" in page
    assert "共 1 个窗口" in page
    assert "没有符合的窗口" in client.get("/channels?q=火箭").text


def test_an_item_is_told_in_six_parts_with_its_period(client: TestClient) -> None:
    page = client.get(PAGES["policy"]).text
    for part in ("政策依据", "申报条件", "扶持标准", "申报材料", "申报流程", "注意事项"):
        assert f">{part}</h2>" in page
    assert "不用交，部门可以共享核验：申请人身份证件、营业执照" in page
    assert "2025-07-01 至 2030-06-30" in page
    assert "可以申请" in page


def test_an_item_that_is_not_there_is_told_in_chinese(client: TestClient) -> None:
    for address in (PAGES["policy"].replace("S-01", "S-99"), "/policies/nothing/S-01"):
        gone = client.get(address, headers={"Accept": "text/html"})
        assert gone.status_code == 404
        assert "没有这个事项" in gone.text


def test_items_are_found_by_region_words_and_way_of_fulfilment(client: TestClient) -> None:
    assert "共 15 项" in client.get("/policies").text
    narrowed = client.get("/policies", params={"region": "990121", "way": "免申即享"}).text
    assert "望津县返乡创业县级叠加开业补贴" in narrowed
    assert "南屏区商业外摆备案" not in narrowed
    assert "没有符合的事项" in client.get("/policies?q=火箭").text


def test_hostile_words_in_the_address_stay_words(client: TestClient) -> None:
    for address in ("/channels", "/policies", "/documents", "/"):
        page = client.get(address, params={"q": '"><script>alert(1)</script>'}).text
        assert "<script>alert" not in page


def test_a_search_finds_documents_by_title_and_clauses_by_their_words(client: TestClient) -> None:
    page = client.get("/documents", params={"q": "外摆 经营时段", "region": "南屏区"}).text
    assert "条文里找到" in page
    found = re.findall(r'<a href="(/documents/[^"#]+#[^"]+)">《([^》]+)》', page)
    assert found[0][1] == "南屏区商业外摆和门头招牌设置管理办法"


def test_without_a_region_clauses_of_every_place_are_found_and_say_where_they_hold(client: TestClient) -> None:
    page = client.get("/documents?q=外摆 经营时段").text
    assert "条文里找到" in page
    assert "南屏区商业外摆和门头招牌设置管理办法" in page.partition("条文里找到")[2]
    assert "<span>南屏区</span>" in page.partition("条文里找到")[2]
    assert "只在标明的地区适用" in page


def test_clauses_are_found_within_a_module(client: TestClient) -> None:
    asked = {"q": "诉求 办结", "module": "诉求指南", "region": "青禾市"}
    within = client.get("/documents", params=asked).text.partition("条文里找到")[2]
    assert "诉求" in within
    assert "创业扶持办法" not in within


@pytest.mark.parametrize(
    ("said", "name"), [("诉求", "诉求指南"), ("政策", "政策措施"), ("新闻资讯", "新闻资讯"), ("法律", "法律法规")]
)
def test_a_module_is_known_by_part_of_its_name(client: TestClient, said: str, name: str) -> None:
    assert f"<h1>{name}</h1>" in client.get("/documents", params={"module": said}).text


def test_a_module_nobody_knows_is_said_to_be_none(client: TestClient) -> None:
    assert "没有“火箭”这个栏目" in client.get("/documents?module=火箭").text
    assert "“法律法规”这个栏目还没有收录文件" in client.get("/documents?module=法律法规").text


def test_a_published_answer_is_read_without_the_wordings_it_is_found_by(client: TestClient, service: Service) -> None:
    found = client.get("/documents", params={"q": "开业补帖怎么领", "region": "青禾市"}).text.partition("条文里找到")[2]
    entry = re.search(r'href="/documents/(\w+)#FAQ-001">青禾市一次性开业补贴有多少钱', found)
    assert entry
    assert "8000元" in found
    assert "补帖" not in found.partition("就“")[0]
    assert "一次性开业补帖怎么领" not in client.get(f"/documents/{entry[1]}").text


def test_an_appeal_can_be_begun_from_the_services(client: TestClient) -> None:
    page = client.get("/services?region=990100").text
    assert '<a href="/?q=我要提诉求&region=990100">提交诉求</a>' in page.replace("&amp;", "&")
    assert "查进度" not in page


def test_a_document_leads_to_its_interpretation_and_back(client: TestClient) -> None:
    original = client.get("/documents/3af138baffad").text
    assert '<a href="/documents/4871f5d560d6">看解读</a>' in original
    assert "解读本文件" in original
    assert '<a href="/documents/3af138baffad">' in client.get("/documents/4871f5d560d6").text
    assert "解读本文件" not in client.get("/documents/7301da120063").text  # the version of 2022 is not meant
    assert client.get("/api/documents/3af138baffad").json()["named_by"][0]["relation"] == "解读本文件"


@pytest.mark.parametrize("width", [360, 1280])
def test_who_is_led_to_a_clause_sees_its_items_marked_and_can_ask_about_it(
    browser: Browser, address: str, width: int
) -> None:
    with watched(browser, address, width=width) as page:
        page.goto("/documents/3af138baffad#第五条")
        clause = page.locator("[id='第五条']")
        expect(clause.get_by_text("登记失业人员")).to_be_visible()
        expect(clause.get_by_text("申请人属于残疾人或者零就业家庭成员")).to_have_count(0)
        asks = page.get_by_role("link", name="就第七条提问", exact=True)
        expect(asks).to_be_visible()
        expect(asks).to_have_text("就此提问")
        assert does_not_scroll_sideways(page)
        page.screenshot(path=ARTEFACTS / f"clause-{width}.png")


def test_the_notice_names_who_answers_for_the_data(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    named = {"controller_name": "青禾市市场监督管理局（示例）", "controller_contact": "0000-0000000"}
    for told in ({}, named):
        set_for(monkeypatch, service, **told)
        with TestClient(create_app(service)) as client:
            page = client.get("/privacy").text
        assert ("还没有在这里写明个人信息处理者的名称和联系方式" in page) is not bool(told)
        assert all(words in page for words in told.values())


def test_no_item_stands_twice_among_the_services(client: TestClient) -> None:
    page = client.get("/services?region=990100").text
    shown = re.findall(r'<h3><a href="(/policies/[^"]+)">', page)
    assert len(shown) == len(set(shown)) >= 8


def test_a_page_that_is_not_there_speaks_to_people(client: TestClient) -> None:
    page = client.get("/nothing", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "没有这个网页" in page.text
    assert "/api/docs" not in page.text.partition("<main")[2].partition("</main>")[0]


def test_the_notice_says_how_long_and_whether_words_leave_the_house(client: TestClient) -> None:
    page = client.get("/privacy").text
    assert "180 天" in page
    assert "不离开本系统" in page
    assert "回执" in page


def test_search_engines_find_everything_public_and_nothing_else(client: TestClient) -> None:
    robots = client.get("/robots.txt").text
    assert "Disallow: /api/" in robots
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    links = re.findall(r"<loc>http://testserver([^<]+)</loc>", client.get("/sitemap.xml").text)
    assert {"/", "/services", "/channels", PAGES["policy"], "/documents/3af138baffad"} <= set(links)
    assert "/documents/b655a2a0a0c6" not in links  # for staff
    assert all(client.get(link).status_code == 200 for link in links[::4])
    assert '<meta name="robots" content="noindex">' in client.get("/widget").text


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)])
def test_pages_are_readable_by_everyone(browser: Browser, address: str, width: int, dark: bool) -> None:
    with watched(browser, address, width=width, dark=dark) as page:
        for number, (name, path) in enumerate(PAGES.items()):
            page.goto(path)
            if number % 2 == dark:  # half of them dark, the other half light
                found = Axe().run(page).response["violations"]
                assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == [], name
            assert does_not_scroll_sideways(page), name
            page.screenshot(path=ARTEFACTS / f"public-{name}-{width}.png")


def test_the_link_of_a_page_brings_its_question_into_the_chat(browser: Browser, address: str) -> None:
    with watched(browser, address, width=360) as page:
        page.goto(PAGES["policy"])
        page.get_by_role("link", name="就此提问").click()
        expect(page.get_by_label("您想问什么")).to_have_value("“青禾市重点群体一次性开业补贴8000元”怎么申请？")
        expect(page.locator("#region-name")).to_contain_text("青禾市")
        expect(page.locator("#messages > li")).to_have_count(0)


def test_pages_print_without_the_furniture(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.goto(PAGES["policy"])
        page.emulate_media(media="print")
        for hidden in (".top", ".actions", ".back"):
            expect(page.locator(hidden).first).to_be_hidden()
        page.screenshot(path=ARTEFACTS / "public-policy-print.png", full_page=True)
