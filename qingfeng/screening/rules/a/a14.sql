/* ---
id: A14
version: 1.0.0
title: 补贴资金滞留
content: 1
basis: 惠民惠农补贴资金到账后应当在规定期限内发放到户（以当地规定为准）
parameters:
  days: {type: integer, value: 60, title: 发放期限（天）, why: 各地规定不一，按当地文件改}
  season_days: {type: integer, value: 180, title: 按季发放项目的期限（天）, why: 农业补贴要等核实面积和农时}
  seasonal: {type: list, value: [耕地, 地力, 种粮, 粮食, 良种, 农资, 农机, 退耕, 公益林, 草原, 玉米, 大豆, 稻谷], title: 按季发放的项目, why: 资金先到、按农时发放}
  tolerance_percent: {type: integer, value: 5, title: 未发比例宽限（%）, why: 银行退回和个别待核的尾数}
inputs: [appropriations, payments]
subject: {kind: unit, column: unit, shown: unit}
records: {appropriation: appropriations}
sum: {column: held_amount, once_per: appropriation}
date: received_date
score: 60
values:
  unit: {title: 单位}
  benefit: {title: 补贴项目}
  appropriation_no: {title: 拨付文号}
  received_date: {type: date, title: 到账日期}
  amount: {type: money, title: 到账金额}
  limit_day: {type: date, title: 应发放完的日期}
  paid_amount: {type: money, title: 期限内累计发放（自首笔到账起）}
  due_amount: {type: money, title: 累计到账}
  held_amount: {type: money, title: 滞留金额}
sentence: "{unit}{first}至{last}到账的{benefit}{rows}笔，期满仍有{sum}元没有发放，资金在哪里、为何滞留？"
false_positives: [按农时分季发放, 银行退回待重发]
verify: [向财政部门核对拨付和发放进度, 查单位账户余额和退汇记录]
reopen: {rows: 1, sum_percent: 20}
choices: |
  逐笔看：自该单位该项目首笔到账起累计到账，减去到期限日为止的累计发放；不足超过本笔的宽限比例即列，滞留金额不大于本笔金额。
  发放记录按项目名称对应；发放单位写明的须相同，没有写的、或该项目只有一个单位收到拨款的，按项目算。
  期限未到（基准日之前不满天数）的不列；发放金额为负的（退回）抵减发放。
--- */
WITH received AS (
  SELECT rec, benefit, unit, appropriation_no, received_date, amount,
    add_days(received_date, CASE WHEN has_word(benefit, $seasonal) THEN $season_days ELSE $days END) AS limit_day,
    min(received_date) OVER (PARTITION BY benefit, unit) AS first_day,
    sum(amount) OVER (PARTITION BY benefit, unit ORDER BY received_date, rec) AS due_amount
  FROM appropriations
  WHERE amount > 0
),
units AS (
  SELECT benefit, count(DISTINCT unit) AS units
  FROM appropriations
  GROUP BY benefit
),
daily AS (
  SELECT p.benefit, p.payer, p.pay_date, sum(p.amount) AS amount
  FROM payments p
  JOIN units u ON u.benefit = p.benefit
  GROUP BY p.benefit, p.payer, p.pay_date
),
paid AS (
  SELECT r.rec, sum(d.amount) AS paid_amount
  FROM received r
  JOIN units u ON u.benefit = r.benefit
  JOIN daily d ON d.benefit = r.benefit AND (d.payer = r.unit OR d.payer IS NULL OR u.units = 1)
    AND d.pay_date >= r.first_day AND d.pay_date <= r.limit_day
  GROUP BY r.rec
)
SELECT r.unit, r.benefit, r.appropriation_no, r.received_date, r.amount, r.limit_day,
  coalesce(p.paid_amount, 0) AS paid_amount, r.due_amount,
  least(r.amount, r.due_amount - coalesce(p.paid_amount, 0)) AS held_amount, r.rec AS rec_appropriation
FROM received r
LEFT JOIN paid p ON p.rec = r.rec
WHERE $as_of > r.limit_day
  AND (r.due_amount - coalesce(p.paid_amount, 0)) * 100 > r.amount * $tolerance_percent
