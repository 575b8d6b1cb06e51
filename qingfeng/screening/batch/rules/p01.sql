/* ---
id: P01
version: 1.0.0
title: 同一补贴重复发放
content: 1
basis: 同一对象同一项目同一期只发一次（各补贴发放管理办法）
parameters:
  several_a_month: {type: list, value: [临时, 慰问, 一次性, 报销], title: 一月可以多次的项目, why: 临时救助等按次发放，同月几笔不一定重复}
inputs: [payments]
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, other: payments}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: 80
values:
  name: {title: 姓名}
  benefit: {title: 补贴项目}
  month: {type: month, title: 所属月份}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 发放金额}
  other_date: {type: date, title: 另一笔发放日期}
  other_amount: {type: money, title: 另一笔金额}
sentence: "{name}{month}的{benefit}有{rows}笔重复，合计{sum}元，是否重复发放？"
false_positives: [补发差额, 退回后重发, 按地块分行的农业补贴]
verify: [核对发放明细和退回记录, 确认是否补差或重发]
reopen: {rows: 1, sum_percent: 0}
choices: |
  期：所属月份，没有的按发放日期的月份。地块编号或季度年度不同的是不同的一笔；金额为负的（退回）不算。
  一月可以多次的项目，只有金额也相同的才列。
--- */
SELECT p.person_key, p.name, p.benefit, coalesce(p.period, month_of(p.pay_date)) AS month, p.pay_date, p.amount,
  o.pay_date AS other_date, o.amount AS other_amount,
  p.rec AS rec_payment, o.rec AS rec_other, greatest(p.person_tier, o.person_tier) AS tier
FROM payments p
JOIN payments o ON o.person_key = p.person_key AND o.benefit = p.benefit
WHERE o.rec <> p.rec AND p.amount > 0 AND o.amount > 0
  AND coalesce(o.period, month_of(o.pay_date)) = coalesce(p.period, month_of(p.pay_date))
  AND coalesce(o.parcel_no, '') = coalesce(p.parcel_no, '')
  AND coalesce(o.season, '') = coalesce(p.season, '')
  AND (NOT has_word(p.benefit, $several_a_month) OR o.amount = p.amount)
