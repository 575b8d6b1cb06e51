/* ---
id: C03
version: 1.1.1
title: 补偿面积超过权属和调查面积
content: 3
basis: 房屋征收按权属登记和调查认定的面积补偿（国有土地上房屋征收与补偿条例，集体土地以当地办法为准）
parameters:
  tolerance_percent: {type: integer, value: 10, title: 面积误差百分比, why: 测绘误差}
  other_items: {type: list, value: [土地, 宅基地, 青苗, 附属, 附着物, 院落, 围墙, 地坪, 树, 林木, 坟, 安置房, 过渡, 搬迁, 奖励], title: 不是房屋面积的补偿项目, why: 土地、青苗、搬迁等的面积与房屋面积不是一回事}
inputs: [compensation]
optional: [houses_checked, real_estate]
needs: {compensation: [area, amount, project, item]}
either:
  - [houses_checked.house_no, houses_checked.recorded_area]
  - [houses_checked.house_no, houses_checked.surveyed_area]
  - [real_estate.title_no, real_estate.area, compensation.title_no]
subject: {kind: house, column: house_no, shown: [name, house_no]}
records: {compensation: compensation, house: houses_checked, title: real_estate}
sum: {column: amount, once_per: compensation}
date: pay_date
score: 70
values:
  house_no: {title: 房屋编号}
  title_no: {title: 权证号}
  name: {title: 被征收人}
  village: {title: 村社区}
  project: {title: 征收项目}
  item: {title: 补偿项目}
  area: {type: area_m2, title: 本笔面积（平方米）}
  paid_area: {type: area_m2, title: 补偿面积合计（平方米）}
  recorded_area: {type: area_m2, title: 登记面积（平方米）}
  surveyed_area: {type: area_m2, title: 调查面积（平方米）}
  legal_addition: {type: area_m2, title: 认定面积（平方米）}
  amount: {type: money, title: 补偿金额}
  pay_date: {type: date, title: 支付日期}
sentence: "房屋{house_no}（{name}）按{paid_area}平方米补偿{sum}元，登记{recorded_area}、调查{surveyed_area}、另认定{legal_addition}平方米，多出的面积从何而来？"
false_positives: [合法增建已认定, 未登记的老房按当地规定认定]
verify: [重新测量, 对比历年影像, 查认定会议记录]
reopen: {rows: 1, sum_percent: 0}
choices: |
  应补面积是登记面积加认定面积；没有登记面积（或为零）的老房用调查面积加认定面积；都没有的不比。
  补偿面积按同一项目、同一补偿项目相加，取最大的一项（房屋与装修各按同一面积补偿，不相加）。
  房屋按房屋编号对应；补偿没有房屋编号的按户编号对应该户只有一处的房屋。
  调查表里没有这处房屋（或没有面积）的，按补偿表上的权证号对应不动产登记的建筑面积；几个共有人各一行的取一行的面积。
--- */
WITH houses AS (
  SELECT house_no, min(household_no) AS household_no, max(nullif(recorded_area, 0)) AS recorded_area,
    max(nullif(surveyed_area, 0)) AS surveyed_area, max(coalesce(legal_addition, 0)) AS legal_addition, min(rec) AS rec_house
  FROM houses_checked
  WHERE house_no IS NOT NULL
  GROUP BY house_no
),
only_house AS (
  SELECT household_no, min(house_no) AS house_no
  FROM houses
  WHERE household_no IS NOT NULL
  GROUP BY household_no
  HAVING count(*) = 1
),
paid AS (
  SELECT c.rec, coalesce(c.house_no, o.house_no) AS house_no, c.title_no, c.project, c.item, c.area
  FROM compensation c
  LEFT JOIN only_house o ON o.household_no = c.household_no
  WHERE c.area > 0 AND c.amount > 0 AND NOT has_word(c.item, $other_items)
),
titles AS (
  SELECT title_no, max(area) AS area, min(rec) AS rec_title
  FROM real_estate
  WHERE title_no IS NOT NULL AND area > 0
  GROUP BY title_no
),
by_item AS (
  SELECT house_no, project, item, sum(area) AS paid_area
  FROM paid
  WHERE house_no IS NOT NULL
  GROUP BY house_no, project, item
),
beyond AS (
  SELECT b.house_no, b.project, b.item, b.paid_area, h.recorded_area, h.surveyed_area, h.legal_addition, h.rec_house
  FROM by_item b
  JOIN houses h ON h.house_no = b.house_no
  WHERE b.paid_area * 100 > (coalesce(h.recorded_area, h.surveyed_area) + h.legal_addition) * (100 + $tolerance_percent)
),
by_title AS (
  -- 调查表里没有这处房屋的面积：按权证号看不动产登记
  SELECT p.title_no, p.project, p.item, min(p.house_no) AS house_no, sum(p.area) AS paid_area
  FROM paid p
  LEFT JOIN houses h ON h.house_no = p.house_no
  WHERE p.title_no IS NOT NULL AND coalesce(h.recorded_area, h.surveyed_area) IS NULL
  GROUP BY p.title_no, p.project, p.item
),
beyond_title AS (
  SELECT b.title_no, b.project, b.item, coalesce(b.house_no, b.title_no) AS house_no, b.paid_area, t.area AS recorded_area, t.rec_title
  FROM by_title b
  JOIN titles t ON t.title_no = b.title_no
  WHERE b.paid_area * 100 > t.area * (100 + $tolerance_percent)
)
SELECT b.house_no, c.title_no, c.name, c.village, b.project, b.item, c.area, b.paid_area, b.recorded_area, b.surveyed_area,
  b.legal_addition, c.amount, c.pay_date, c.rec AS rec_compensation, b.rec_house, CAST(NULL AS BIGINT) AS rec_title
FROM beyond b
JOIN paid p ON p.house_no = b.house_no AND p.project = b.project AND p.item = b.item
JOIN compensation c ON c.rec = p.rec
UNION ALL
SELECT b.house_no, c.title_no, c.name, c.village, b.project, b.item, c.area, b.paid_area, b.recorded_area, CAST(NULL AS BIGINT),
  CAST(NULL AS BIGINT), c.amount, c.pay_date, c.rec, CAST(NULL AS BIGINT), b.rec_title
FROM beyond_title b
JOIN paid p ON p.title_no = b.title_no AND p.project = b.project AND p.item = b.item
JOIN compensation c ON c.rec = p.rec
