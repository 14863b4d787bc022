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


POLICE = Hotline("110", "报警电话", "《中华人民共和国人民警察法》所称报警服务台，公安部公布")
AMBULANCE = Hotline("120", "急救电话", "《院前医疗急救管理办法》（原国家卫生计生委令第3号）")
MIND = Hotline("12356", "全国统一心理援助热线", "国家卫生健康委公告：自2025年起启用")
DISCIPLINE = Hotline("12388", "纪检监察举报电话", "中央纪委国家监委公布")
CITIZENS = Hotline("12345", "政务服务便民热线", "国办发〔2020〕53号")
MARKET = Hotline("12315", "市场监管投诉举报热线", "国家市场监督管理总局公布")
WORK = Hotline("12333", "人力资源和社会保障服务热线", "人力资源和社会保障部公布")
TAX = Hotline("12366", "纳税缴费服务热线", "国家税务总局公布")
LAW = Hotline("12348", "公共法律服务热线", "司法部公布")
HOUSING = Hotline("12329", "住房公积金服务热线", "住房和城乡建设部公布")
FIRE = Hotline("119", "火警电话", "《中华人民共和国消防法》所称火警电话")
TRAFFIC = Hotline("122", "交通事故报警电话", "公安部公布")

ALL = (POLICE, AMBULANCE, MIND, DISCIPLINE, CITIZENS, MARKET, WORK, TAX, LAW, HOUSING, FIRE, TRAFFIC)
