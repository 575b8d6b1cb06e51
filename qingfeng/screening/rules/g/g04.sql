/* ---
id: G04
version: 1.1.0
title: 公务车维修过频、过贵
content: 7
basis: 党政机关公务用车管理办法：定点维修、单车核算 [K]；次数为本地口径 [L]
parameters:
  max_repairs: {type: integer, value: 4, title: 六个月内维修次数上限}
  months: {type: integer, value: 6, title: 月数}
  min_cars: {type: integer, value: 10, title: 比较单公里费用最少车数, why: 一个县区的公务车常不足二十辆；另有中位数三倍的要求，少几辆也不会乱报}
  min_km: {type: integer, value: 1000, title: 比较单公里费用最少里程}
  times_median: {type: integer, value: 3, title: 且不低于中位数的倍数, why: 只按百分位总会圈出5%的车}
inputs: [repairs]
needs: {repairs: [plate, repair_date]}
subject: {kind: car, column: plate, shown: plate}
records: {repair: repairs}
sum: {column: amount, once_per: repair}
date: repair_date
score: {column: strength}
values:
  plate: {title: 车牌号}
  repair_date: {type: date, title: 维修日期}
  amount: {type: money, title: 维修金额}
  workshop: {title: 维修单位}
  items: {title: 维修项目}
  odometer: {type: decimal, title: 里程表读数}
  reason: {title: 情形}
sentence: "公务车{plate}在{first}至{last}维修{rows}次，合计{sum}元（{reason}）；维修是否真实、是否套取，请核实。"
false_positives: [车辆老旧]
verify: [到修理厂核对维修单和更换的旧件, 核对里程, 比对同类车]
reopen: {rows: 2, sum_percent: 20}
choices: |
  任意六个月内维修超过4次；同车同日同一修理厂的多行算一次（一次维修分项开单）。
  或单公里维修费高于全部车辆的95%百分位，且达到中位数的3倍（至少10辆车、里程表相差1000公里以上）；里程没有采集的不比较。
--- */
WITH bills AS (
  SELECT min(rec) AS rec, plate, repair_date, coalesce(workshop_key, '') AS workshop_key
  FROM repairs
  WHERE plate IS NOT NULL AND repair_date <= $as_of
  GROUP BY plate, repair_date, coalesce(workshop_key, '')
),
in_order AS (
  SELECT rec, plate, repair_date, row_number() OVER (PARTITION BY plate ORDER BY repair_date, rec) AS number FROM bills
),
runs AS (
  SELECT f.plate, f.repair_date AS first_day, l.repair_date AS last_day
  FROM in_order f
  JOIN in_order l ON l.plate = f.plate AND l.number = f.number + $max_repairs
  WHERE months_between_full(f.repair_date, l.repair_date) < $months
),
too_many AS (
  SELECT DISTINCT p.rec
  FROM runs r
  JOIN repairs p ON p.plate = r.plate AND p.repair_date BETWEEN r.first_day AND r.last_day
),
per_km AS (
  SELECT plate, min(rec) AS rec, ratio(sum(amount), max(odometer) - min(odometer)) AS cost
  FROM repairs
  WHERE plate IS NOT NULL AND repair_date <= $as_of AND odometer IS NOT NULL
  GROUP BY plate
  HAVING max(odometer) - min(odometer) >= $min_km
),
ranked AS (
  SELECT plate, cost, row_number() OVER (ORDER BY cost, rec) AS place, count(rec) OVER () AS cars FROM per_km
),
limits AS (
  -- 第95百分位和中位数，按名次取
  SELECT min(CASE WHEN 100 * place >= 95 * cars THEN cost END) AS p95, min(CASE WHEN 2 * place >= cars THEN cost END) AS median_cost
  FROM ranked
  WHERE cars >= $min_cars
),
too_dear AS (
  SELECT r.rec
  FROM ranked k
  CROSS JOIN limits l
  JOIN repairs r ON r.plate = k.plate
  WHERE k.cost >= l.p95 AND k.cost >= l.median_cost * $times_median AND r.repair_date <= $as_of
),
found AS (
  SELECT rec, '六个月内维修过频' AS reason, 60 AS strength FROM too_many
  UNION ALL
  SELECT rec, '单公里维修费过高', 60 FROM too_dear
)
SELECT r.rec AS rec_repair, r.plate, r.repair_date, r.amount, r.workshop, r.items, r.odometer, f.reason, f.strength
FROM found f
JOIN repairs r ON r.rec = f.rec
