/* ---
id: A06
version: 1.1.0
title: 有超标准车辆仍领取困难补贴
content: 1
basis: 低保等社会救助对家庭财产有限制，拥有超过当地标准的机动车的家庭一般不得享受（以当地规定为准）
parameters:
  income_tested: {type: list, value: [低保, 最低生活保障, 特困, 五保, 救助, 困难, 低收入, 贫困, 廉租, 公租, 租赁补贴, 危房, 资助, 助学, 生活补贴, 生活补助], title: 看家庭财产的项目, why: 种粮、高龄等普惠项目不看财产，不比对}
  price_limit: {type: money, value: 100000, title: 车价上限（元）, why: 各地标准不一，按当地文件改}
  car_classes: {type: list, value: [轿车, 小型普通客车, 小型客车, 小型汽车, 越野, 商务, SUV, 乘用], title: 无车价时按车型比对的车, why: 车辆登记多数没有车价，有车价的只看车价}
  dear_classes: {type: list, value: [豪华, 跑车, 房车], title: 不论车价都算超标准的车型, why: 车型本身即超出生活所需}
  exempt: {type: list, value: [残疾, 代步, 轮椅, 货, 农用, 拖拉机, 三轮, 摩托, 电动自行车, 面包, 厢式, 教练, 救护, 工程, 专项作业, 客运, 营运, 生产], title: 不比对的车型和用途, why: 残疾人代步车和谋生用的车不算}
  private_use: {type: list, value: [非营运, 非生产], title: 家庭自用的写法, why: “非营运”里也有“营运”二字，不能当作谋生用车}
  gone: {type: list, value: [报废, 注销, 灭失, 拆解, 转出, 转移, 过户, 被盗, 盗抢], title: 已不在名下的状态, why: 没有注销日期的按状态认}
  grace_days: {type: integer, value: 31, title: 登记后宽限天数, why: 新购车辆申报需要一个发放周期}
  largest_household: {type: integer, value: 15, title: 一户最多人数, why: 人数更多的是集体户，同户不等于一家}
  not_family: {type: list, value: [非亲属, 寄住, 集体], title: 同户但不是家人的关系, why: 寄住、集体户成员的车不算家庭财产}
inputs: [payments, vehicles]
optional: [household_register, benefit_members]
needs: {payments: [amount, benefit, person_key], vehicles: [person_key]}
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, vehicle: vehicles, member: household_register, listed: benefit_members}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: {column: score}
values:
  name: {title: 姓名}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 发放金额}
  plate: {title: 车牌号}
  owner: {title: 车主}
  relation: {title: 车主与户主关系}
  vehicle_kind: {title: 车辆类型}
  brand: {title: 品牌型号}
  price: {type: money, title: 车价}
  register_date: {type: date, title: 登记日期}
  end_date: {type: date, title: 注销日期}
sentence: "{name}家庭名下有{vehicle_kind}（{plate}），{first}至{last}领取{benefit}{rows}笔、{sum}元，家庭财产是否仍符合条件？"
false_positives: [残疾人代步车, 谋生用的面包车货车, 付款时已报废或过户, 名义登记在其名下、实际由他人使用]
verify: [向交管部门核对车辆登记和变更, 入户查看车辆和实际使用人, 重新核对家庭财产]
reopen: {rows: 1, sum_percent: 0}
choices: |
  只比对看家庭财产的项目。家庭是户籍上同户的人，和救助家庭成员名单上同户的人（两样都没有的只看本人）；付款日在户内才算，人数过多的集体户不算。
  有车价的只看车价是否超过上限；没有车价的，是小客车的列出，分值较低。车型、用途都没有且没有车价的不列。
  有注销日期的按付款日比较；没有注销日期而状态是报废、注销、转移的，当作付款时已不在名下。登记日期为空视为付款前已登记。
--- */
WITH cars AS MATERIALIZED (
  -- 超过标准又不属于免列的车
  SELECT rec, person_key, person_tier, plate, name, vehicle_kind, brand, price, register_date, end_date
  FROM vehicles
  WHERE person_key IS NOT NULL
    AND (price > $price_limit OR has_word(vehicle_kind, $dear_classes)
      OR (price IS NULL AND has_word(vehicle_kind, $car_classes)))
    AND NOT has_word(vehicle_kind, $exempt)
    AND (NOT has_word(use_kind, $exempt) OR has_word(use_kind, $private_use))
    AND (end_date IS NOT NULL OR NOT has_word(status, $gone))
),
listed AS (
  -- 低保等救助家庭的成员名单：名单上的成员，和户主自己
  SELECT rec, '名单' || coalesce(household_no, head_person_key) AS household_no, person_key,
    greatest(person_tier, head_person_tier) AS person_tier, relation
  FROM benefit_members
  WHERE person_key IS NOT NULL AND coalesce(household_no, head_person_key) IS NOT NULL
  UNION ALL
  SELECT min(rec), '名单' || coalesce(household_no, head_person_key), head_person_key, max(head_person_tier), '户主'
  FROM benefit_members
  WHERE head_person_key IS NOT NULL
  GROUP BY coalesce(household_no, head_person_key), head_person_key
),
owners AS MATERIALIZED (
  SELECT o.rec, CAST(NULL AS BIGINT) AS rec_listed, o.household_no, o.person_key, o.person_tier, o.relation, o.moved_in_date, o.moved_out_date
  FROM household_register o
  JOIN (SELECT DISTINCT person_key FROM cars) h ON h.person_key = o.person_key
  WHERE o.household_no IS NOT NULL
  UNION ALL
  SELECT CAST(NULL AS BIGINT), l.rec, l.household_no, l.person_key, l.person_tier, l.relation, CAST(NULL AS DATE), CAST(NULL AS DATE)
  FROM listed l
  JOIN (SELECT DISTINCT person_key FROM cars) h ON h.person_key = l.person_key
),
members AS MATERIALIZED (
  -- 这些户的全部人口
  SELECT m.household_no, m.person_key, m.person_tier, m.relation, m.moved_in_date, m.moved_out_date
  FROM household_register m
  JOIN (SELECT DISTINCT household_no FROM owners) o ON o.household_no = m.household_no
  UNION ALL
  SELECT l.household_no, l.person_key, l.person_tier, l.relation, CAST(NULL AS DATE), CAST(NULL AS DATE)
  FROM listed l
  JOIN (SELECT DISTINCT household_no FROM owners) o ON o.household_no = l.household_no
),
families AS (
  SELECT household_no
  FROM members
  GROUP BY household_no
  HAVING count(*) <= $largest_household
),
reach AS (
  -- 这辆车与谁有关：车主本人，和付款日与车主同户的家人
  SELECT c.person_key AS recipient_key, c.rec AS rec_vehicle, CAST(NULL AS BIGINT) AS rec_member, CAST(NULL AS BIGINT) AS rec_listed,
    '本人' AS relation,
    c.person_tier AS tier, CAST(NULL AS DATE) AS from_day, CAST(NULL AS DATE) AS to_day
  FROM cars c
  UNION ALL
  SELECT m.person_key, c.rec, o.rec, o.rec_listed, o.relation, greatest(c.person_tier, o.person_tier, m.person_tier),
    greatest(o.moved_in_date, m.moved_in_date), least(o.moved_out_date, m.moved_out_date)
  FROM cars c
  JOIN owners o ON o.person_key = c.person_key
  JOIN families f ON f.household_no = o.household_no
  JOIN members m ON m.household_no = o.household_no AND m.person_key <> o.person_key
  WHERE NOT has_word(o.relation, $not_family) AND NOT has_word(m.relation, $not_family)
)
SELECT p.person_key, p.name, p.id_shown, p.village, p.benefit, p.pay_date, p.amount,
  CASE WHEN c.price IS NULL THEN 45 ELSE 70 END AS score,
  c.plate, c.name AS owner, r.relation, c.vehicle_kind, c.brand, c.price, c.register_date, c.end_date,
  p.rec AS rec_payment, c.rec AS rec_vehicle, r.rec_member, r.rec_listed, greatest(p.person_tier, r.tier) AS tier
FROM payments p
JOIN reach r ON r.recipient_key = p.person_key
JOIN cars c ON c.rec = r.rec_vehicle
WHERE has_word(p.benefit, $income_tested)
  AND p.amount > 0
  AND (c.register_date IS NULL OR p.pay_date > add_days(c.register_date, $grace_days))
  AND (c.end_date IS NULL OR p.pay_date < c.end_date)
  AND (r.from_day IS NULL OR p.pay_date >= r.from_day)
  AND (r.to_day IS NULL OR p.pay_date < r.to_day)
