/* ---
id: A12
version: 1.1.0
title: 同一地块重复申报
content: 1
basis: 同一地块同一季不得重复享受同一补贴（各补贴实施方案）
parameters:
  refused: {type: list, value: [不通过, 未通过, 退回, 驳回, 撤回, 撤销, 作废, 核减, 取消, 不予], title: 没有通过的申报, why: 已退回、作废的申报没有重复享受}
  tolerance_percent: {type: integer, value: 10, title: 面积误差百分比, why: 丈量误差}
inputs: []
optional: [payments, land_claims, land_rights]
either: [[payments.amount, payments.benefit, payments.parcel_no], [land_claims.parcel_no]]
subject: {kind: parcel, column: parcel_no, shown: [village, parcel_no]}
records: {payment: payments, claim: land_claims, right: land_rights}
sum: {column: amount, once_per: payment}
date: on_day
score: 70
values:
  parcel_no: {title: 地块编号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  season: {title: 季度年度}
  name: {title: 领取（申报）人}
  id_shown: {title: 身份证号}
  area: {type: area, title: 申报面积（亩）}
  on_day: {type: date, title: 发放（申报）日期}
  amount: {type: money, title: 金额}
  source: {title: 来源}
  claims: {type: integer, title: 申报笔数}
  people: {type: integer, title: 申报人数}
  claimed_area: {type: area, title: 申报面积合计（亩）}
  parcel_area: {type: area, title: 地块确权面积（亩）}
sentence: "地块{parcel_no}在{season}有{rows}笔{source}（{benefit}）、共{claimed_area}亩（确权{parcel_area}亩），涉及{sum}元，是否重复申报？"
false_positives: [地块已经分割, 共有人各报一部分]
verify: [对照确权图和实地, 核对双方的承包、流转合同, 查付款凭证]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一地块编号、同一补贴项目、同一季（没有季的按发放、申报年度）有两笔以上。发放明细与面积申报表各自比较：先申报、后发放的是同一笔，不算两笔。
  申报表里没有通过的不比；人、地块、季、面积、日期都相同的行是同一份申报重复录入，算一笔。发放明细里已有这个地块的，申报金额不再计入合计。
  有确权面积的：申报合计不超过确权面积（加误差）的，是分割或共有人各报一部分，不列。
  没有确权面积的：同一人写明同一季的两笔照列；同一户编号的共有人不列。没有写季的，同一户一年几笔可能是两季或分期，不列，只问不同户。
  地块编号为空的不比。确权表里这个编号在两个以上村都有、或确权表里没有的，按村分开；只在一处的，不论申报写的哪个村都是同一地块。
--- */
WITH registered AS (
  SELECT parcel_no, count(DISTINCT village) AS villages, sum(area) AS parcel_area, min(rec) AS rec_right
  FROM land_rights
  WHERE parcel_no IS NOT NULL
  GROUP BY parcel_no
),
registered_here AS (
  SELECT parcel_no, village, sum(area) AS parcel_area, min(rec) AS rec_right
  FROM land_rights
  WHERE parcel_no IS NOT NULL AND village IS NOT NULL
  GROUP BY parcel_no, village
),
sheets AS (
  -- 同一份申报录了几遍的只算一笔
  SELECT min(rec) AS rec
  FROM land_claims
  WHERE parcel_no IS NOT NULL AND NOT has_word(result, $refused)
  GROUP BY parcel_no, benefit, season, village, person_key, name_key, area, claim_date, claim_no
),
filed AS (
  SELECT '发放' AS source, p.rec, p.parcel_no, p.benefit, p.season AS written_season, p.pay_date AS on_day, p.amount, p.area,
    p.person_key, p.name_key, p.household_no, p.village, p.name, p.id_shown
  FROM payments p
  WHERE p.parcel_no IS NOT NULL AND p.amount > 0
  UNION ALL
  SELECT '申报', c.rec, c.parcel_no, coalesce(c.benefit, '补贴'), c.season, c.claim_date,
    CASE WHEN NOT EXISTS (SELECT 1 FROM payments p WHERE p.parcel_no = c.parcel_no AND p.amount > 0) THEN c.amount END,
    c.area, c.person_key, c.name_key, c.household_no, c.village, c.name, c.id_shown
  FROM sheets s
  JOIN land_claims c ON c.rec = s.rec
),
repeated AS (
  SELECT source, parcel_no, benefit, coalesce(written_season, CAST(year_of(on_day) AS VARCHAR), '未写明的一季') AS season
  FROM filed
  GROUP BY source, parcel_no, benefit, coalesce(written_season, CAST(year_of(on_day) AS VARCHAR), '未写明的一季')
  HAVING count(*) > 1
),
claimed AS (
  -- 编号只登记在一处的，不分村（place 为空）
  SELECT p.source, p.rec, p.parcel_no, p.benefit, r.season, p.written_season, p.on_day, p.amount, p.area, p.person_key, p.name_key,
    p.household_no, p.village, p.name, p.id_shown, CASE WHEN g.villages <= 1 THEN '' ELSE coalesce(p.village, '') END AS place
  FROM repeated r
  JOIN filed p ON p.source = r.source AND p.parcel_no = r.parcel_no AND p.benefit = r.benefit
    AND coalesce(p.written_season, CAST(year_of(p.on_day) AS VARCHAR), '未写明的一季') = r.season
  LEFT JOIN registered g ON g.parcel_no = p.parcel_no
),
claims AS (
  SELECT source, parcel_no, place, benefit, season, count(*) AS claims, sum(area) AS claimed_area, count(area) AS measured,
    count(written_season) AS seasoned, count(DISTINCT coalesce(person_key, name_key)) AS people,
    count(DISTINCT coalesce(household_no, person_key, name_key)) AS households
  FROM claimed
  GROUP BY source, parcel_no, place, benefit, season
  HAVING count(*) > 1
),
compared AS (
  SELECT c.source, c.parcel_no, c.place, c.benefit, c.season, c.claims, c.people, c.households, c.claimed_area, c.measured, c.seasoned,
    CASE WHEN c.place = '' THEN g.parcel_area ELSE h.parcel_area END AS parcel_area,
    CASE WHEN c.place = '' THEN g.rec_right ELSE h.rec_right END AS rec_right
  FROM claims c
  LEFT JOIN registered g ON g.parcel_no = c.parcel_no
  LEFT JOIN registered_here h ON h.parcel_no = c.parcel_no AND h.village = c.place
),
doubled AS (
  SELECT source, parcel_no, place, benefit, season, claims, people, claimed_area, parcel_area, rec_right
  FROM compared
  WHERE ((parcel_area IS NOT NULL AND measured = claims AND claimed_area * 100 > parcel_area * (100 + $tolerance_percent))
      OR ((parcel_area IS NULL OR measured < claims) AND (people = 1 OR households > 1)))
    -- 没有写季的，同一户一年两笔可能是两季或两期，只问不同户
    AND (seasoned = claims OR households > 1)
)
SELECT d.parcel_no, c.village, d.benefit, d.season, d.source, c.name, c.id_shown, c.area, c.on_day, c.amount,
  d.claims, d.people, d.claimed_area, d.parcel_area, CASE WHEN d.source = '发放' THEN c.rec END AS rec_payment,
  CASE WHEN d.source = '申报' THEN c.rec END AS rec_claim, d.rec_right
FROM doubled d
JOIN claimed c ON c.source = d.source AND c.parcel_no = d.parcel_no AND c.place = d.place AND c.benefit = d.benefit
  AND c.season = d.season
