/* ---
id: B07
version: 1.1.0
title: 压线、整数、重复付款
content: 2
basis: 村级财务审批制度：达到限额的支出须经更高一级审批，不得拆分规避（限额以当地规定为准）
parameters:
  limits:
    type: table
    columns: [{limit_amount: money}]
    value: [[5000], [10000], [20000], [30000], [50000], [100000], [200000]]
    title: 审批限额（元）
    why: 各地村级审批、招标限额不同，只留本地用的几档
  under_percent: {type: integer, value: 90, title: 压线的下沿（限额的百分之几）, why: MODELS 写的是限额的九成以上、未到限额}
  times: {type: integer, value: 3, title: 压线笔数, why: 一两笔可能是巧合}
  days: {type: integer, value: 30, title: 压线天数, why: 一个月内向同一人付三笔}
  round_unit: {type: money, value: 1000, title: 整数单位（元）, why: 整千元的付款少见于真实采购}
  round_times: {type: integer, value: 5, title: 同一年整数笔数, why: 同一收款人一年内整千元付款达到的次数}
  regular: {type: list, value: [工资, 报酬, 薪, 误工, 补贴, 补助, 津贴, 绩效, 养老, 社保, 保险, 分红, 租金, 电费, 水费], title: 按月按期的正常支出, why: 工资补贴等本来就是整数、按月}
  instalment: {type: list, value: [分期, 进度款, 首付, 尾款, 预付, 质保金], title: 分期付款的写法, why: 按合同分期付的不是拆分}
inputs: [vouchers]
needs: {vouchers: [amount, village, voucher_date]}
subject: {kind: payee, column: [village, payee_key], shown: [village, payee]}
records: {voucher: vouchers}
sum: {column: amount, once_per: voucher}
date: voucher_date
score: {column: score}
values:
  village: {title: 村社区}
  payee: {title: 收款人}
  voucher_no: {title: 凭证号}
  voucher_date: {type: date, title: 凭证日期}
  amount: {type: money, title: 金额}
  summary: {title: 摘要}
  reason: {title: 情形}
  limit_amount: {type: money, title: 所压限额}
sentence: "{village}{first}至{last}向{payee}付款{rows}笔、{sum}元，{reason}，是否拆分规避审批、事项是否真实？"
false_positives: [按合同分期付款, 按月发放的工资报酬]
verify: [查合同和审批单, 核对事项是否同一件, 核对发票和验收, 向收款人核实]
reopen: {rows: 1, sum_percent: 0}
choices: |
  限额没有统一数字，给出常用的几档，按当地改；同一档内从首笔起三十天之内三笔以上才列。
  压线：限额×90% ≤ 金额 < 限额。整数：同一收款人同一年整千元五笔以上（MODELS 没有写期间，取一年）。
  收款单位优先按单位，没有的按收款人姓名；都没有的不列。摘要或科目是工资、补贴等的不列；写有合同编号或分期字样的不列。
--- */
WITH paid AS (
  SELECT rec, village, coalesce(payee_firm_key, payee_name_key) AS payee_key,
    coalesce(payee_firm_name, payee_name) AS payee, voucher_no, voucher_date, amount, summary
  FROM vouchers
  WHERE coalesce(payee_firm_key, payee_name_key) IS NOT NULL
    AND contract_no IS NULL AND amount > 0
    AND NOT has_word(summary, $regular) AND NOT has_word(ledger_account, $regular)
    AND NOT has_word(summary, $instalment)
),
under AS (
  SELECT p.rec, p.village, p.payee_key, p.voucher_date, l.limit_amount
  FROM paid p
  JOIN param_limits l ON p.amount < l.limit_amount AND p.amount * 100 >= l.limit_amount * $under_percent
  -- 先粗选：离最低的限额也远的不必比
  WHERE p.amount * 100 >= (SELECT min(limit_amount) FROM param_limits) * $under_percent
),
often AS (
  SELECT a.rec, a.village, a.payee_key, a.limit_amount
  FROM under a
  JOIN under b ON b.village = a.village AND b.payee_key = a.payee_key AND b.limit_amount = a.limit_amount
    AND b.voucher_date >= a.voucher_date AND b.voucher_date <= add_days(a.voucher_date, $days)
  GROUP BY a.rec, a.village, a.payee_key, a.limit_amount, a.voucher_date
  HAVING count(*) >= $times
),
window_starts AS (
  SELECT u.rec, u.village, u.payee_key, u.voucher_date, u.limit_amount
  FROM under u
  JOIN often o ON o.rec = u.rec AND o.limit_amount = u.limit_amount
),
just_under AS (
  -- 每个“三十天”里的全部压线付款
  SELECT DISTINCT b.rec, b.limit_amount
  FROM window_starts a
  JOIN under b ON b.village = a.village AND b.payee_key = a.payee_key AND b.limit_amount = a.limit_amount
    AND b.voucher_date >= a.voucher_date AND b.voucher_date <= add_days(a.voucher_date, $days)
),
round_payees AS (
  SELECT village, payee_key, year_of(voucher_date) AS paid_year
  FROM paid
  WHERE is_round(amount, $round_unit)
  GROUP BY village, payee_key, year_of(voucher_date)
  HAVING count(*) >= $round_times
)
SELECT p.village, p.payee_key, p.payee, p.voucher_no, p.voucher_date, p.amount, p.summary,
  '连续多笔压在审批限额以下' AS reason, j.limit_amount, 75 AS score, p.rec AS rec_voucher
FROM just_under j
JOIN paid p ON p.rec = j.rec
UNION ALL
SELECT p.village, p.payee_key, p.payee, p.voucher_no, p.voucher_date, p.amount, p.summary,
  '一年内多笔整数', CAST(NULL AS BIGINT), 50, p.rec
FROM paid p
JOIN round_payees r ON r.village = p.village AND r.payee_key = p.payee_key AND r.paid_year = year_of(p.voucher_date)
WHERE is_round(p.amount, $round_unit)
