/* ---
id: G07
version: 1.2.0
title: 重复领取津补贴
content: 7
basis: 公务用车制度改革：领取公务交通补贴的不得用公车上下班 [K]；值班补助与请假不得同日 [K]
parameters:
  duty_words: {type: list, value: [值班, 值守, 加班, 带班, 夜班], title: 值班补助的字样}
  car_words: {type: list, value: [车补, 公务交通, 交通补贴, 车改补贴, 用车补贴], title: 公务交通补贴的字样}
  commute_words: {type: list, value: [上下班, 通勤, 上班接, 下班送, 接送上班, 送回家, 接上班, 回家], title: 上下班用车的字样}
  swap_words: {type: list, value: [调休, 换班, 补休, 轮休], title: 调班的假别}
  batch_people: {type: integer, value: 8, title: 同日发放多少人视为集中发放, why: 集中发放的日期不是值班日期}
inputs: [allowances_paid]
optional: [leaves, trips, official_cars]
needs: {allowances_paid: [allowance, amount, person_key]}
either:
  - [allowances_paid.pay_date, leaves.person_key]
  - [trips.driver_key]
  - [trips.user_name_key]
subject: {kind: person, column: person_key, shown: name}
records: {allowance: allowances_paid, leave: leaves, trip: trips}
sum: {column: amount, once_per: allowance}
date: on_day
tier: tier
score: {column: strength}
values:
  name: {title: 姓名}
  unit: {title: 单位}
  allowance: {title: 津补贴名称}
  on_day: {type: date, title: 所属日期（只有月份的，当月一日）}
  amount: {type: money, title: 金额}
  reason: {title: 情形}
  leave_kind: {title: 请假类别}
  leave_from: {type: date, title: 请假开始}
  leave_to: {type: date, title: 请假结束}
  plate: {title: 公务车}
  purpose: {title: 用车事由}
sentence: "{unit}{name}：{reason}，涉及{rows}笔{sum}元（{first}至{last}）；是否重复领取，请核实。"
false_positives: [值班调换, 值班补助按月集中发放]
verify: [核对考勤和值班表, 核对派车单, 询问本人]
reopen: {rows: 1, sum_percent: 0}
choices: |
  值班（加班）补助的所属日期在本人请假期间内的提示；假别是调休、换班的不算。同单位同日同项目发给8人以上的，日期是集中发放日，不比较。
  领公务交通补贴当月，又用公务车上下班：按月造册的按所属月份，没有月份的按发放日期所在月。出车登记只有驾驶员、用车人的姓名，只在同单位同名时作“先核实是否同一人”的疑问；补贴表没有写单位的，姓名在表里只有一个人才提出疑问，分值更低。
--- */
WITH batches AS (
  SELECT unit, allowance, pay_date FROM allowances_paid
  GROUP BY unit, allowance, pay_date
  HAVING count(*) >= $batch_people
),
duty_pay AS (
  SELECT a.rec, a.person_key, a.person_tier, a.pay_date
  FROM allowances_paid a
  LEFT JOIN batches b ON b.unit = a.unit AND b.allowance = a.allowance AND b.pay_date = a.pay_date
  WHERE a.person_key IS NOT NULL AND a.amount > 0 AND has_word(a.allowance, $duty_words) AND b.pay_date IS NULL
),
paid_on_leave AS (
  SELECT d.rec, l.rec AS rec_leave, d.person_key, greatest(d.person_tier, l.person_tier) AS tier
  FROM duty_pay d
  JOIN leaves l ON l.person_key = d.person_key AND d.pay_date BETWEEN l.from_date AND l.to_date
  WHERE NOT has_word(l.leave_kind, $swap_words)
),
cars AS (
  SELECT plate_key, max(unit) AS unit FROM official_cars WHERE plate_key IS NOT NULL GROUP BY plate_key
),
commuting AS (
  SELECT t.rec, t.driver_key, t.user_name_key, coalesce(c.unit, t.unit) AS unit, date_of(t.left_at) AS day
  FROM trips t
  LEFT JOIN cars c ON c.plate_key = t.plate_key
  WHERE has_word(t.purpose, $commute_words)
),
commutes AS (
  SELECT rec, driver_key AS name_key, unit, day FROM commuting WHERE driver_key IS NOT NULL
  UNION ALL
  SELECT rec, user_name_key, unit, day FROM commuting WHERE user_name_key IS NOT NULL
),
known_once AS (
  -- 补贴表没有写单位的，姓名在表里只有一个人的才比
  SELECT name_key FROM allowances_paid GROUP BY name_key HAVING count(DISTINCT person_key) = 1
),
paid_and_driven AS (
  SELECT a.rec, min(c.rec) AS rec_trip, a.person_key, max(CASE WHEN a.unit IS NULL THEN 40 ELSE 60 END) AS strength
  FROM allowances_paid a
  JOIN commutes c ON c.name_key = a.name_key AND same_month(c.day, coalesce(a.month, a.pay_date))
  LEFT JOIN known_once k ON k.name_key = a.name_key
  WHERE a.person_key IS NOT NULL AND a.amount > 0 AND has_word(a.allowance, $car_words)
    AND (c.unit = a.unit OR (a.unit IS NULL AND k.name_key IS NOT NULL))
  GROUP BY a.rec, a.person_key
),
found AS (
  SELECT rec, rec_leave, CAST(NULL AS BIGINT) AS rec_trip, person_key, tier, '请假当日领值班补助' AS reason, 70 AS strength
  FROM paid_on_leave
  UNION ALL
  SELECT rec, CAST(NULL AS BIGINT), rec_trip, person_key, 3, '领交通补贴又用公车上下班', strength
  FROM paid_and_driven
)
SELECT
  f.rec AS rec_allowance, f.rec_leave, f.rec_trip, f.person_key, a.name, a.unit, a.allowance,
  coalesce(a.pay_date, a.month) AS on_day, a.amount, f.reason,
  l.leave_kind, l.from_date AS leave_from, l.to_date AS leave_to, t.plate, t.purpose, f.tier, f.strength
FROM found f
JOIN allowances_paid a ON a.rec = f.rec
LEFT JOIN leaves l ON l.rec = f.rec_leave
LEFT JOIN trips t ON t.rec = f.rec_trip
