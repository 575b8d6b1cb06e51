"""Made-up lists of people as two offices keep them, an easy pair and a hard pair; the truth stands beside each record.

Nobody here exists: names are drawn from common surnames and characters, villages and region codes are invented.
"""

from __future__ import annotations

import csv
import datetime
import random
from dataclasses import dataclass, field, replace
from pathlib import Path

COLUMNS = ("rec", "id_no", "name", "birth_date", "sex", "address", "village", "phone")

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
MALE = (
    "伟强军勇杰涛明超华平刚辉建国庆文斌波志林海峰龙飞鹏宇浩俊辰轩博晨旭阳东成山仁义德福贵荣生根水木金土田清"
)
FEMALE = "芳娟敏静丽艳秀英霞玲红梅兰燕萍桂珍莲凤琴云雪慧洁娜婷佳欣怡雨萱梓涵琳瑶颖月香菊花银翠玉春秋巧美爱淑"
BOTH = (
    "永春新宝长世家学安康乐和顺兴来发有大小子少天一立正中光明星永继承先开元亚连洪振宏祥瑞全良友才民书朝仕应"
)
HOMOPHONES = (
    "伟卫玮维",
    "军君均钧",
    "杰洁捷",
    "涛韬",
    "明铭鸣",
    "华花骅",
    "平萍苹",
    "辉晖徽",
    "建健剑",
    "国帼",
    "文雯闻",
    "斌彬宾",
    "志智治",
    "林琳霖",
    "海",
    "峰锋丰枫",
    "飞非菲",
    "宇雨语羽",
    "浩昊皓",
    "俊峻骏",
    "晨辰臣",
    "旭绪序",
    "阳洋扬杨",
    "东冬栋",
    "成诚程承",
    "仁人任",
    "德得",
    "福富付",
    "贵桂",
    "荣蓉容",
    "生升声",
    "清青卿",
    "芳方",
    "娟涓",
    "静敬靖",
    "丽莉利立",
    "艳燕雁",
    "秀绣",
    "英瑛颖",
    "霞侠",
    "玲灵铃",
    "红洪宏鸿",
    "梅玫",
    "兰岚",
    "珍真贞",
    "莲连",
    "凤奉",
    "琴勤",
    "云芸",
    "慧惠会",
    "佳家嘉",
    "欣新心",
    "怡宜",
    "瑶尧",
    "香湘",
    "玉育",
    "春椿",
    "淑书",
    "永勇咏",
    "世仕士",
    "学雪",
    "安",
    "康",
    "和合河",
    "顺舜",
    "兴星",
    "来莱",
    "有友",
    "天添",
    "正政",
    "光广",
    "先仙",
    "元源园",
    "祥翔",
    "瑞睿",
    "全泉权",
    "良梁",
    "张章",
    "陈程",
    "吴武",
    "徐许",
    "郭",
    "何和",
    "肖萧",
    "于余",
    "付傅",
    "闫阎严",
    "邱丘",
    "蒋姜",
    "魏卫",
    "向项",
    "汤唐",
)
VARIANTS = {
    "峰": "峯",
    "杰": "傑",
    "升": "昇",
    "群": "羣",
    "泉": "湶",
    "坤": "堃",
    "哲": "喆",
    "淑": "菽",
    "国": "國",
    "华": "華",
    "云": "雲",
    "兰": "蘭",
    "凤": "鳳",
    "庆": "慶",
    "龙": "龍",
    "飞": "飛",
    "刘": "劉",
    "陈": "陳",
    "张": "張",
    "赵": "趙",
    "吴": "吳",
    "杨": "楊",
    "黄": "黃",
    "孙": "孫",
    "马": "馬",
    "郑": "鄭",
    "叶": "葉",
    "闫": "阎",
    "付": "傅",
    "肖": "萧",
    "丽": "麗",
    "红": "紅",
    "英": "瑛",
    "清": "淸",
    "青": "靑",
    "强": "強",
    "贵": "貴",
    "荣": "榮",
    "静": "靜",
    "艳": "艷",
    "玉": "鈺",
    "宝": "寶",
    "学": "學",
    "志": "誌",
    "万": "萬",
}
FAMILIES_NUMBERS = {sound: group for group in HOMOPHONES for sound in group}
VILLAGES = [
    a + b + ("村" if i % 3 else "社区")
    for i, (a, b) in enumerate((a, b) for a in "石青白金柳桃松龙凤云水" for b in "桥溪岭坪湾塘坳坝林河峰")
]
ROADS = [a + b for a in "人民解放中山和平建设文化东风胜利" for b in ("一路", "二路", "街", "巷")]
REGIONS = ("990101", "990102", "990103", "990121", "990122")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Person:
    entity: int
    name: str
    sex: str
    birth: datetime.date
    id_no: str
    village: str
    address: str
    phone: str


@dataclass(frozen=True)
class Dirt:
    """How often what is wrong with a record; every rate is of the second list (IDs are missing in both)."""

    no_id: float
    moved: float
    other_phone: float
    name_error: float
    birth_error: float
    id_error: float
    missing: float
    shortened: float


EASY = Dirt(
    no_id=0.05,
    moved=0.1,
    other_phone=0.2,
    name_error=0.02,
    birth_error=0.01,
    id_error=0.01,
    missing=0.02,
    shortened=0.3,
)
HARD = Dirt(
    no_id=0.6,
    moved=0.5,
    other_phone=0.7,
    name_error=0.2,
    birth_error=0.15,
    id_error=0.08,
    missing=0.06,
    shortened=0.5,
)


@dataclass
class Lists:
    left: list[dict[str, str]] = field(default_factory=list)
    right: list[dict[str, str]] = field(default_factory=list)
    truth: set[tuple[int, int]] = field(default_factory=set)


def lists(records: int, seed: int, dirt: Dirt, overlap: float = 0.7) -> Lists:
    """Two lists of records/2 each; `overlap` of the second are people of the first."""
    chance = random.Random(seed)
    half = records // 2
    shared = int(half * overlap)
    people = population(2 * half - shared, chance)
    chance.shuffle(people)
    left, right = people[:half], people[half - shared :]
    result = Lists()
    for rec, person in enumerate(left, 1):
        result.left.append(
            row(
                rec,
                person,
                chance,
                replace(
                    dirt,
                    moved=0,
                    other_phone=0,
                    name_error=dirt.name_error / 4,
                    birth_error=dirt.birth_error / 4,
                ),
            )
        )
    order = list(enumerate(right, half - shared + 1))
    chance.shuffle(order)
    for rec, (place, person) in enumerate(order, 1):
        result.right.append(row(rec, person, chance, dirt))
        if place <= half:
            result.truth.add((place, rec))
    return result


def population(size: int, chance: random.Random) -> list[Person]:
    """Households: shared surname, address and phone; brothers and sisters share a generation's character."""
    people: list[Person] = []
    while len(people) < size:
        people += household(len(people), chance)
    return people[:size]


def household(first: int, chance: random.Random) -> list[Person]:
    village, surname = chance.choice(VILLAGES), pick(SURNAMES, chance)
    address, phone = new_address(village, chance), new_phone(chance)
    year, generation = chance.randint(1930, 1995), chance.choice(BOTH)
    people = []
    for place in range(chance.choice((1, 2, 2, 3, 3, 4, 5))):
        sex = chance.choice("男女")
        parent = place < 2
        own_surname = surname if place != 1 else pick(SURNAMES, chance)
        born = random_day(year + chance.randint(-3, 3) if parent else year + chance.randint(20, 32), chance)
        given = given_name(sex, generation if not parent and chance.random() < 0.4 else "", chance)
        own_phone = phone if chance.random() < 0.4 else new_phone(chance)
        people.append(
            Person(
                first + place,
                own_surname + given,
                sex,
                born,
                new_id(born, sex, chance),
                village,
                address,
                own_phone,
            )
        )
    return people


def pick(characters: str, chance: random.Random) -> str:
    """Few characters are common, most are rare."""
    return characters[min(int(chance.paretovariate(0.9) * 2) - 2, len(characters) - 1) % len(characters)]


def given_name(sex: str, generation: str, chance: random.Random) -> str:
    own = MALE if sex == "男" else FEMALE
    if generation:
        return generation + chance.choice(own)
    if chance.random() < 0.22:
        return chance.choice(own)
    return chance.choice(BOTH if chance.random() < 0.5 else own) + chance.choice(own)


def random_day(year: int, chance: random.Random) -> datetime.date:
    return datetime.date(min(year, 2020), 1, 1) + datetime.timedelta(days=chance.randrange(365))


def new_id(born: datetime.date, sex: str, chance: random.Random) -> str:
    sequence = chance.randrange(500) * 2 + (1 if sex == "男" else 0)
    body = f"{chance.choice(REGIONS)}{born:%Y%m%d}{sequence:03d}"
    return (
        body
        + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]
    )


def new_phone(chance: random.Random) -> str:
    return "1" + chance.choice("3578") + f"{chance.randrange(10**9):09d}"


def new_address(village: str, chance: random.Random) -> str:
    if village.endswith("社区"):
        return f"清河区{village}{chance.choice(ROADS)}{chance.randint(1, 300)}号{chance.randint(1, 30)}栋{chance.randint(101, 1802)}室"
    return f"清河区{village}{chance.randint(1, 18)}组{chance.randint(1, 260)}号"


def row(rec: int, person: Person, chance: random.Random, dirt: Dirt) -> dict[str, str]:
    village, address = person.village, person.address
    if chance.random() < dirt.moved:
        village = chance.choice(VILLAGES)
        address = new_address(village, chance)
    if chance.random() < dirt.shortened:
        address = shorten(address, village, chance)
    birth = f"{person.birth:%Y-%m-%d}"
    if chance.random() < dirt.birth_error:
        birth = wrong_date(person.birth, chance)
    name = wrong_name(person.name, chance) if chance.random() < dirt.name_error else person.name
    id_no = "" if chance.random() < dirt.no_id else person.id_no
    if id_no and chance.random() < dirt.id_error:
        id_no = wrong_id(id_no, chance)
    phone = new_phone(chance) if chance.random() < dirt.other_phone else person.phone
    values = {
        "id_no": id_no,
        "name": name,
        "birth_date": birth,
        "sex": person.sex,
        "address": address,
        "village": village,
        "phone": phone,
    }
    for column in ("birth_date", "sex", "address", "village", "phone"):
        if chance.random() < dirt.missing:
            values[column] = ""
    return {"rec": str(rec), **values}


def shorten(address: str, village: str, chance: random.Random) -> str:
    kind = chance.randrange(4)
    if kind == 0:
        return address.removeprefix("清河区")
    if kind == 1:
        return address.removeprefix("清河区" + village)
    if kind == 2:
        return address.replace("号", "").replace("组", "-").replace("栋", "-").replace("室", "")
    return village


def wrong_name(name: str, chance: random.Random) -> str:
    kind, place = chance.random(), chance.randrange(len(name))
    character = name[place]
    if kind < 0.45:
        other = chance.choice(FAMILIES_NUMBERS.get(character, character))
        other = other if other != character else chance.choice(BOTH)
    elif kind < 0.7:
        places = [index for index, one in enumerate(name) if one in VARIANTS]
        if not places:
            return name
        place = chance.choice(places)
        other = VARIANTS[name[place]]
    elif kind < 0.8 and len(name) > 2:
        return name[:place] + name[place + 1 :]
    elif kind < 0.9 and len(name) > 2:
        return name[0] + name[2] + name[1]
    else:
        other = chance.choice(MALE + FEMALE)
    return name[:place] + other + name[place + 1 :]


def wrong_date(day: datetime.date, chance: random.Random) -> str:
    kind = chance.randrange(6)
    if kind == 0 and day.day <= 12:
        return f"{day.year}-{day.day:02d}-{day.month:02d}"
    if kind == 1:
        return (
            f"{day.replace(year=day.year + chance.choice((-10, -1, 1, 10)), day=min(day.day, 28)):%Y-%m-%d}"
        )
    if kind == 2:
        return f"{day + datetime.timedelta(days=chance.randint(20, 50)):%Y-%m-%d}"  # the farmers' calendar
    if kind == 3:
        return f"{day.year}-01-01"
    digits = list(f"{day:%Y%m%d}")
    if kind == 4:
        place = chance.choice((2, 4, 6))
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
    else:
        digits[chance.choice((3, 5, 7))] = str(chance.randrange(10))
    try:
        return datetime.date.fromisoformat("".join(digits)).isoformat()
    except ValueError:
        return f"{day + datetime.timedelta(days=9):%Y-%m-%d}"


def wrong_id(id_no: str, chance: random.Random) -> str:
    kind, place = chance.randrange(3), chance.randrange(6, 17)
    if kind == 0:
        return id_no[:6] + id_no[8:17]  # the old fifteen digits
    if kind == 1:
        return id_no[:place] + id_no[place + 1] + id_no[place] + id_no[place + 2 :]
    return id_no[:place] + str((int(id_no[place]) + chance.randint(1, 9)) % 10) + id_no[place + 1 :]


def write(rows: list[dict[str, str]], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path
