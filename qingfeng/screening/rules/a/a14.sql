/* ---
id: A14
version: 1.2.1
title: 补贴资金滞留
content: 1
basis: 惠民惠农补贴资金到账后应当在规定期限内发放到户（以当地规定为准）
parameters:
  days: {type: integer, value: 60, title: 发放期限（天）, why: 各地规定不一，按当地文件改}
  season_days: {type: integer, value: 180, title: 按季发放项目的期限（天）, why: 农业补贴要等核实面积和农时}
  seasonal: {type: list, value: [耕地, 地力, 种粮, 粮食, 良种, 农资, 农机, 退耕, 公益林, 草原, 玉米, 大豆, 稻谷], title: 按季发放的项目, why: 资金先到、按农时发放}
  tolerance_percent: {type: integer, value: 5, title: 未发比例宽限（%）, why: 银行退回和个别待核的尾数}
inputs: [appropriations, payments]
optional: [appropriation_payments]
needs: {appropriations: [amount, received_date, unit]}
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
  没有发放明细、只有按文号汇总的兑付表的，按文号看期限内兑付了多少。发放记录写有指标文号（拨付文号）的按文号对应，项目名称不同也算；没有文号的按项目名称对应，发放单位写明的须相同，没有写的、或该项目只有一个单位收到拨款的，按项目算。
  发放数据里按文号、按名称都找不到这个项目的，看拨付台账自己登记的已拨付金额（台账没有分笔日期，不问是否期限内）；台账也没有的，视为一分未发。
  期限未到（基准日之前不满天数）的不列；发放金额为负的（退回）抵减发放。
--- */
WITH received AS (
  SELECT rec, benefit, unit, appropriation_no, received_date, amount,
    add_days(received_date, CASE WHEN has_word(benefit, $seasonal) THEN $season_days ELSE $days END) AS limit_day,
    min(received_date) OVER (PARTITION BY benefit, unit) AS first_day,
    sum(amount) OVER (PARTITION BY benefit, unit ORDER BY received_date, rec) AS due_amount,
    sum(amount) OVER (PARTITION BY appropriation_no ORDER BY received_date, rec) AS due_by_number, paid_amount AS ledger_paid
  FROM appropriations
  WHERE amount > 0 AND unit IS NOT NULL
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
),
in_detail AS (
  SELECT r.rec, sum(CASE WHEN p.pay_date <= r.limit_day THEN p.amount ELSE 0 END) AS paid_amount
  FROM received r
  JOIN payments p ON p.appropriation_no = r.appropriation_no
  GROUP BY r.rec
),
in_total AS (
  -- 按文号汇总的兑付表
  SELECT r.rec, sum(CASE WHEN t.paid_date <= r.limit_day THEN t.amount ELSE 0 END) AS paid_amount
  FROM received r
  JOIN appropriation_payments t ON t.appropriation_no = r.appropriation_no
  GROUP BY r.rec
),
paid_by_number AS (
  SELECT r.rec, coalesce(d.paid_amount, t.paid_amount) AS paid_amount
  FROM received r
  LEFT JOIN in_detail d ON d.rec = r.rec
  LEFT JOIN in_total t ON t.rec = r.rec
  WHERE d.rec IS NOT NULL OR t.rec IS NOT NULL
),
known_benefits AS (
  SELECT DISTINCT benefit FROM daily
),
compared AS (
  -- 先按文号，再按项目名称；发放数据里没有这个项目的看台账
  SELECT r.rec, r.unit, r.benefit, r.appropriation_no, r.received_date, r.amount, r.limit_day,
    CASE WHEN n.rec IS NOT NULL THEN r.due_by_number
      WHEN k.benefit IS NULL AND r.ledger_paid IS NOT NULL THEN r.amount ELSE r.due_amount END AS due_amount,
    CASE WHEN n.rec IS NOT NULL THEN n.paid_amount
      WHEN k.benefit IS NULL AND r.ledger_paid IS NOT NULL THEN r.ledger_paid ELSE coalesce(p.paid_amount, 0) END AS paid_amount
  FROM received r
  LEFT JOIN paid_by_number n ON n.rec = r.rec
  LEFT JOIN known_benefits k ON k.benefit = r.benefit
  LEFT JOIN paid p ON p.rec = r.rec
)
SELECT unit, benefit, appropriation_no, received_date, amount, limit_day, paid_amount, due_amount,
  least(amount, due_amount - paid_amount) AS held_amount, rec AS rec_appropriation
FROM compared
WHERE $as_of > limit_day AND (due_amount - paid_amount) * 100 > amount * $tolerance_percent
