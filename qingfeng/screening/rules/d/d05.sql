/* ---
id: D05
version: 1.0.0
title: 收费罚没未缴国库
content: 4
basis: 行政处罚法第六十七条、第七十四条罚缴分离、罚没款全部上缴国库 [K]；入库天数为本地口径 [L]
parameters:
  days: {type: integer, value: 30, title: 入库天数}
inputs: [fee_receipts, treasury_income]
needs: {fee_receipts: [amount, receipt_date, receipt_no]}
subject: {kind: case, column: receipt_no, shown: receipt_no}
records: {receipt: fee_receipts, income: treasury_income}
sum: {column: amount, once_per: receipt}
date: receipt_date
score: {column: strength}
values:
  receipt_no: {title: 票据号}
  unit: {title: 开票单位}
  receipt_date: {type: date, title: 开票日期}
  amount: {type: money, title: 开票金额}
  income_amount: {type: money, title: 已入库金额}
  first_income: {type: date, title: 入库日期}
  reason: {title: 情形}
sentence: "{unit}{receipt_date}开出票据{receipt_no}金额{sum}元，{reason}；款项去向请核实。"
false_positives: [汇总缴库、批量入账]
verify: [核对票据存根和缴款书, 查执收账户流水, 核对作废票据]
reopen: {rows: 1, sum_percent: 0}
choices: |
  开票后30日内没有同票据号的入库，或入库合计少于开票金额，或第一笔入库晚于30日的提示。截止日离开票不足30日的不看。
  汇总缴库：同一单位同一日或同一月没有对上号的票据合计，恰等于其后30日内一笔没有对上号的入库，视为已缴。
--- */
WITH due AS (
  SELECT min(rec) AS rec, receipt_no, unit, receipt_date, max(amount) AS amount
  FROM fee_receipts
  WHERE receipt_no IS NOT NULL AND amount > 0 AND add_days(receipt_date, $days) < $as_of
  GROUP BY receipt_no, unit, receipt_date
),
incomes AS (
  SELECT receipt_no, min(rec) AS rec, min(income_date) AS first_income, sum(amount) AS amount
  FROM treasury_income
  WHERE income_date <= $as_of
  GROUP BY receipt_no
),
compared AS (
  SELECT d.rec, d.receipt_no, d.unit, d.receipt_date, d.amount, i.rec AS rec_income, i.first_income,
    i.amount AS income_amount
  FROM due d
  LEFT JOIN incomes i ON i.receipt_no = d.receipt_no
),
unmatched_income AS (
  SELECT i.receipt_no, i.first_income, i.amount
  FROM incomes i
  LEFT JOIN fee_receipts f ON f.receipt_no = i.receipt_no
  WHERE f.rec IS NULL
),
batches AS (
  -- 没有对上号的票据按单位和日、按单位和月合计
  SELECT unit, receipt_date AS from_day, receipt_date AS to_day, sum(amount) AS amount
  FROM compared WHERE rec_income IS NULL GROUP BY unit, receipt_date
  UNION ALL
  SELECT unit, min(receipt_date), max(receipt_date), sum(amount)
  FROM compared WHERE rec_income IS NULL GROUP BY unit, month_of(receipt_date)
),
settled AS (
  SELECT DISTINCT b.unit, b.from_day, b.to_day
  FROM batches b
  JOIN unmatched_income u ON u.amount = b.amount AND u.first_income BETWEEN b.to_day AND add_days(b.to_day, $days)
),
open_receipts AS (
  SELECT c.rec, c.receipt_no, c.unit, c.receipt_date, c.amount, c.rec_income, c.first_income, c.income_amount
  FROM compared c
  LEFT JOIN settled s ON c.rec_income IS NULL AND coalesce(s.unit, '') = coalesce(c.unit, '')
    AND c.receipt_date BETWEEN s.from_day AND s.to_day
  WHERE s.from_day IS NULL
)
SELECT
  rec AS rec_receipt, rec_income, receipt_no, unit, receipt_date, amount, coalesce(income_amount, 0) AS income_amount,
  first_income,
  CASE WHEN rec_income IS NULL THEN concat(CAST($days AS VARCHAR), '日内没有入库')
       WHEN income_amount < amount THEN '入库金额不足' ELSE '入库超过规定天数' END AS reason,
  CASE WHEN rec_income IS NULL THEN 80 WHEN income_amount < amount THEN 75 ELSE 50 END AS strength
FROM open_receipts
WHERE rec_income IS NULL OR income_amount < amount OR first_income > add_days(receipt_date, $days)
