/* ---
id: C05
version: 1.2.0
title: 公告之后才出现的附着物
content: 3
basis: 征收公告之后新建、抢栽、抢种、抢装修的不予补偿（征收补偿条例第十六条） [K]
parameters:
  seasonal: {type: list, value: [蔬菜, 水稻, 早稻, 中稻, 晚稻, 小麦, 玉米, 油菜, 大豆, 花生, 红薯, 棉花, 青苗, 瓜, 季节性], title: 随季节有无的作物, why: 影像拍于休耕期，看不见不等于没有}
  built: {type: list, value: [棚, 温室, 房, 屋, 装修, 装饰, 墙, 水池, 井], title: 不随季节的建筑物和构筑物, why: 蔬菜大棚、瓜棚是建筑，不是季节作物}
  confirmed: {type: list, value: [复核确认存在, 确认存在, 确已存在, 历年种植, 休耕, 补拍, 遮挡], title: 已经说明原因的写法, why: 影像模糊、遮挡或休耕，另有凭据的}
  least_amount: {type: money, value: 0, title: 补偿金额下限（元）}
inputs: [image_checks]
optional: [compensation, expropriations]
needs: {image_checks: [seen_after, seen_before]}
subject: {kind: house, column: [project, house_no], shown: [project, house_no]}
records: {check: image_checks, compensation: compensation}
sum: {column: amount, once_per: check}
date: check_date
tier: tier
score: {column: score}
values:
  project: {title: 征收项目}
  house_no: {title: 房屋编号}
  name: {title: 权利人}
  item: {title: 附着物}
  amount: {type: money, title: 补偿金额}
  announce_date: {type: date, title: 公告日期}
  image_date: {type: date, title: 公告前影像日期}
  check_date: {type: date, title: 现场核查日期}
  note: {title: 备注}
sentence: "{house_no}（{name}）的{item}在{image_date}的影像里没有，{check_date}现场已有并补偿{sum}元；是否公告之后抢建、抢栽、抢装，请核实。"
false_positives: [影像拍于休耕期的季节性作物, 影像模糊或被遮挡]
verify: [对照多期影像, 走访邻居和现场勾绘人员, 核对清点登记和照片]
reopen: {rows: 1, sum_percent: 0}
choices: |
  影像登记为不存在、现场核查登记为存在的列出；影像必须拍于公告之前（当日也算），没有公告日期的按填报的影像核查，分值低一些。
  季节性作物不列（蔬菜大棚、瓜棚等建筑照列）；备注写明休耕、经复核确认存在等的不列。是否存在两栏有一栏为空的不列。补偿金额为空的，到补偿清册里按项目、户（房屋）、附着物名称找；清册里有这个项目而没有这一项的没有补偿，不列，没有清册的照列。
  公告日期没有写的，用补偿清册、征收公告表里这个项目的。房屋编号没有写的按户编号。
--- */
WITH announced AS (
  SELECT project, min(announce_date) AS announce_date
  FROM (
    SELECT project, announce_date FROM compensation WHERE announce_date IS NOT NULL
    UNION ALL
    SELECT project, announce_date FROM expropriations WHERE announce_date IS NOT NULL
  ) AS days
  GROUP BY project
),
listed AS (
  SELECT project, coalesce(house_no, household_no) AS place, item, min(rec) AS rec, sum(amount) AS amount
  FROM compensation
  WHERE amount > 0
  GROUP BY project, coalesce(house_no, household_no), item
  UNION
  -- 房屋编号、户编号都写的，影像表用哪一个都对得上
  SELECT project, household_no, item, min(rec), sum(amount)
  FROM compensation
  WHERE amount > 0 AND house_no IS NOT NULL AND household_no IS NOT NULL
  GROUP BY project, household_no, item
),
paid_projects AS (
  SELECT DISTINCT project FROM listed
),
checks AS (
  SELECT i.rec, i.project, coalesce(i.house_no, i.household_no) AS place, i.name, i.item, i.amount, i.image_date, i.check_date, i.note,
    i.person_tier, coalesce(i.announce_date, a.announce_date) AS announce_date
  FROM image_checks i
  LEFT JOIN announced a ON a.project = i.project
  WHERE NOT i.seen_before AND i.seen_after
    AND (has_word(i.item, $built) OR NOT has_word(i.item, $seasonal)) AND NOT has_word(i.note, $confirmed)
)
SELECT i.rec AS rec_check, l.rec AS rec_compensation, coalesce(i.project, '') AS project, i.place AS house_no, i.name, i.item,
  coalesce(i.amount, l.amount) AS amount, i.announce_date, i.image_date, coalesce(i.check_date, i.image_date) AS check_date, i.note,
  CASE WHEN i.announce_date IS NULL THEN 50 ELSE 70 END AS score, i.person_tier AS tier
FROM checks i
LEFT JOIN listed l ON l.project = i.project AND l.place = i.place AND l.item = i.item AND i.amount IS NULL
LEFT JOIN paid_projects p ON p.project = i.project
WHERE (i.announce_date IS NULL OR i.image_date IS NULL OR i.image_date <= i.announce_date)
  AND (i.amount IS NOT NULL OR l.rec IS NOT NULL OR p.project IS NULL)
  AND coalesce(i.amount, l.amount, $least_amount) >= $least_amount
