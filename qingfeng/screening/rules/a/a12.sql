/* ---
id: A12
version: 1.0.0
title: 同一地块重复申报
content: 1
basis: 同一地块同一季不得重复享受同一补贴（各补贴实施方案）
parameters:
  tolerance_percent: {type: integer, value: 10, title: 面积误差百分比, why: 丈量误差}
inputs: [payments]
optional: [land_rights]
subject: {kind: parcel, column: parcel_no, shown: [village, parcel_no]}
records: {payment: payments, right: land_rights}
sum: {column: amount, once_per: payment}
date: pay_date
score: 70
values:
  parcel_no: {title: 地块编号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  season: {title: 季度年度}
  name: {title: 领取人}
  id_shown: {title: 身份证号}
  area: {type: area, title: 申报面积（亩）}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 金额}
  claims: {type: integer, title: 申报笔数}
  people: {type: integer, title: 申报人数}
  claimed_area: {type: area, title: 申报面积合计（亩）}
  parcel_area: {type: area, title: 地块确权面积（亩）}
sentence: "地块{parcel_no}在{season}有{rows}笔{benefit}申报、共{claimed_area}亩（确权{parcel_area}亩）、{sum}元，是否重复申报？"
false_positives: [地块已经分割, 共有人各报一部分]
verify: [对照确权图和实地, 核对双方的承包、流转合同, 查付款凭证]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一地块编号、同一补贴项目、同一季（没有季的按发放年度）有两笔以上申报。
  有确权面积的：申报合计不超过确权面积（加误差）的，是分割或共有人各报一部分，不列。
  没有确权面积的：都是同一人、每笔不超过各笔平均且日期不同的分期发放无从判断，照列；同一户编号的共有人不列。
  地块编号为空的不比；两村同号视为不同地块（村为空的归在一起）。
--- */
WITH claims AS (
  SELECT parcel_no, coalesce(village, '') AS village, benefit, coalesce(season, CAST(year_of(pay_date) AS VARCHAR)) AS season,
    count(*) AS claims, sum(area) AS claimed_area, count(area) AS measured,
    count(DISTINCT coalesce(person_key, name_key)) AS people,
    count(DISTINCT coalesce(household_no, person_key, name_key)) AS households
  FROM payments
  WHERE parcel_no IS NOT NULL AND amount > 0
  GROUP BY parcel_no, coalesce(village, ''), benefit, coalesce(season, CAST(year_of(pay_date) AS VARCHAR))
  HAVING count(*) > 1
),
parcels AS (
  SELECT parcel_no, coalesce(village, '') AS village, sum(area) AS parcel_area, min(rec) AS rec_right
  FROM land_rights
  WHERE parcel_no IS NOT NULL
  GROUP BY parcel_no, coalesce(village, '')
),
anywhere AS (
  -- 确权表没有写村的，或编号全区唯一的，也能对上
  SELECT parcel_no, sum(area) AS parcel_area, min(rec) AS rec_right
  FROM land_rights
  WHERE parcel_no IS NOT NULL
  GROUP BY parcel_no
),
doubled AS (
  SELECT c.parcel_no, c.village, c.benefit, c.season, c.claims, c.people, c.claimed_area,
    coalesce(p.parcel_area, a.parcel_area) AS parcel_area, coalesce(p.rec_right, a.rec_right) AS rec_right
  FROM claims c
  LEFT JOIN parcels p ON p.parcel_no = c.parcel_no AND p.village = c.village
  LEFT JOIN anywhere a ON a.parcel_no = c.parcel_no
  WHERE (coalesce(p.parcel_area, a.parcel_area) IS NOT NULL AND c.measured = c.claims
      AND c.claimed_area * 100 > coalesce(p.parcel_area, a.parcel_area) * (100 + $tolerance_percent))
    OR ((coalesce(p.parcel_area, a.parcel_area) IS NULL OR c.measured < c.claims)
      AND (c.people = 1 OR c.households > 1))
)
SELECT d.parcel_no, p.village, d.benefit, d.season, p.name, p.id_shown, p.area, p.pay_date, p.amount,
  d.claims, d.people, d.claimed_area, d.parcel_area, p.rec AS rec_payment, d.rec_right
FROM doubled d
JOIN payments p ON p.parcel_no = d.parcel_no AND p.benefit = d.benefit AND coalesce(p.village, '') = d.village
  AND coalesce(p.season, CAST(year_of(p.pay_date) AS VARCHAR)) = d.season
WHERE p.amount > 0
