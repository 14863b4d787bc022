"""Public short numbers that may be said without the directory: constants, each with its source.

Every other contact comes from the directory, with the day it was verified.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hotline:
    number: str
    name: str
    source: str

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


POLICE = Hotline("110", "报警电话", "全国报警电话，对话行为要求“轻生”一行所列")
AMBULANCE = Hotline("120", "急救电话", "全国急救电话，对话行为要求“轻生”一行所列")
MIND = Hotline("12356", "全国统一心理援助热线", "全国心理援助热线，对话行为要求“轻生”一行所列；服务时间没有查到，不写")
DISCIPLINE = Hotline("12388", "纪检监察举报电话", "对话行为要求“举报与保密”一行所列")
CITIZENS = Hotline("12345", "政务服务便民热线", "国办发〔2020〕53号")
MARKET = Hotline("12315", "市场监管投诉举报热线", "《市场监督管理投诉举报处理暂行办法》")
FIRE = Hotline("119", "火警电话", "《中华人民共和国消防法》所称火警电话；地方热线条例所列紧急电话")
TRAFFIC = Hotline("122", "交通事故报警电话", "地方热线条例所列紧急电话（如潍坊市12345政务服务便民热线条例）")

ALL = (POLICE, AMBULANCE, MIND, DISCIPLINE, CITIZENS, MARKET, FIRE, TRAFFIC)
