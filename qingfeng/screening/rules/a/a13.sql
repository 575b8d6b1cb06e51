/* ---
id: A13
version: 1.3.0
title: 发放名单与审批名单不符
content: 1
basis: 补贴按审批名单和标准发放，不得多发、少发、漏发或发给未经审批的人（各补贴管理办法）
parameters:
  grace_days: {type: integer, value: 31, title: 宽限天数, why: 审批后次月起发、停发通知滞后一个周期}
  refused: {type: list, value: [不予, 不同意, 不批准, 不通过, 未通过, 未批准, 驳回, 否决, 不符合, 退回], title: 没有批准的意见, why: 名单里也列出未获批准的申请}
  supplement: {type: list, value: [补发, 补差, 补助清算, 追补], title: 补发的写法, why: 补发以前月份的不按当月标准比}
inputs: [payments, approved_list]
needs: {approved_list: [benefit], payments: [benefit, person_key]}
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, approval: approved_list}
sum: {column: amount, once_per: payment}
date: on_day
tier: tier
score: {column: score}
values:
  name: {title: 姓名}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  reason: {title: 情形}
  on_day: {type: date, title: 发放或所属日期}
  amount: {type: money, title: 发放金额}
  approved_amount: {type: money, title: 审批金额}
  approval_no: {title: 审批编号}
sentence: "{name}的{benefit}{reason}（{first}至{last}，发放{sum}元，审批{approved_amount}元），依据是什么？"
false_positives: [补发以前月份, 银行退回后重发]
verify: [核对主管部门台账和审批表, 核对退汇和补发记录]
reopen: {rows: 1, sum_percent: 0}
choices: |
  只比有审批名单的项目。审批名单按月的，逐人逐月比；先看全部月份合计，合计相等的（补发、退回后重发只是挪了月份）不列。
  审批名单写起止日期的，发放日在起止之外（加宽限）的列出；金额不是月标准整数倍的列出（按季合发不算）。都没写的只看有无此人和是否整数倍。
  没有月份的名单，发放合计等于审批金额的，是分次发、补发，不因金额列出。审批意见写明不予批准、审批金额为零的视为没有审批。
  已发未审：名单里没有此人此项目，按月的则是没有此月。已审未发：按月的名单里已过宽限、此人此月没有发放；合计仍不足的才列。
  发放名单只覆盖一段日期，审批月份早于第一笔、晚于最后一笔发放月份的不比。项目名称含补发、补差的不比。没有身份证号的不比。
--- */
WITH approved_kinds AS (
  SELECT DISTINCT benefit FROM approved_list
),
approved AS (
  SELECT benefit, person_key, period, min(person_tier) AS tier, min(rec) AS rec_approval, min(approval_no) AS approval_no,
    min(name) AS name, min(id_shown) AS id_shown, min(village) AS village,
    sum(amount) AS amount, max(amount) AS standard, min(from_date) AS from_date, max(coalesce(to_date, DATE '9999-12-31')) AS to_date
  FROM approved_list
  WHERE person_key IS NOT NULL AND (amount IS NULL OR amount <> 0) AND NOT has_word(decision, $refused)
  GROUP BY benefit, person_key, period
),
paid AS (
  SELECT p.rec, p.benefit, p.person_key,
    coalesce(p.period, month_of(p.pay_date)) AS month, p.pay_date, p.amount
  FROM payments p
  JOIN approved_kinds k ON k.benefit = p.benefit
  WHERE p.person_key IS NOT NULL AND NOT has_word(p.benefit, $supplement)
),
covered AS (
  SELECT benefit, min(month) AS first_month, max(month) AS last_month
  FROM paid
  GROUP BY benefit
),
people_paid AS (
  SELECT benefit, person_key, sum(amount) AS amount
  FROM paid
  GROUP BY benefit, person_key
),
people_approved AS (
  -- 只计发放数据覆盖的月份
  SELECT a.benefit, a.person_key, count(a.period) AS months, sum(a.amount) AS amount, min(a.tier) AS tier
  FROM approved a
  LEFT JOIN covered c ON c.benefit = a.benefit
  WHERE a.period IS NULL OR a.period BETWEEN c.first_month AND c.last_month
  GROUP BY a.benefit, a.person_key
),
reconciled AS (
  -- 合计相等：补发、退回后重发只是挪了月份，或一次审批分次发
  SELECT p.benefit, p.person_key
  FROM people_paid p
  JOIN people_approved a ON a.benefit = p.benefit AND a.person_key = p.person_key
  WHERE a.amount = p.amount
),
not_approved AS (
  SELECT p.rec, CAST(NULL AS BIGINT) AS rec_approval, '发放名单里有、审批名单里没有' AS reason, CAST(NULL AS BIGINT) AS approved_amount,
    CAST(NULL AS VARCHAR) AS approval_no, CAST(NULL AS BIGINT) AS approval_tier, 80 AS score
  FROM paid p
  LEFT JOIN people_approved a ON a.benefit = p.benefit AND a.person_key = p.person_key
  WHERE a.person_key IS NULL AND p.amount > 0
),
month_sums AS (
  SELECT benefit, person_key, month, sum(amount) AS amount
  FROM paid
  GROUP BY benefit, person_key, month
),
monthly AS (
  -- 按月的名单：此月没有审批，或金额不同
  SELECT p.rec, a.rec_approval,
    CASE WHEN a.rec_approval IS NULL THEN '当月没有审批' ELSE '发放与审批金额不同' END AS reason,
    a.amount AS approved_amount, a.approval_no, a.tier AS approval_tier, 65 AS score
  FROM paid p
  JOIN people_approved q ON q.benefit = p.benefit AND q.person_key = p.person_key AND q.months > 0
  JOIN month_sums m ON m.benefit = p.benefit AND m.person_key = p.person_key AND m.month = p.month
  LEFT JOIN approved a ON a.benefit = p.benefit AND a.person_key = p.person_key AND a.period = p.month
  LEFT JOIN reconciled r ON r.benefit = p.benefit AND r.person_key = p.person_key
  WHERE r.person_key IS NULL AND p.amount > 0 AND m.amount <> coalesce(a.amount, 0)
    AND (a.rec_approval IS NULL OR a.amount IS NOT NULL)
),
standing AS (
  -- 写起止日期或只有标准的名单
  SELECT p.rec, a.rec_approval,
    CASE WHEN p.pay_date < a.from_date OR p.pay_date > a.to_date THEN '发放日在审批起止日期之外'
      ELSE '金额不是审批标准的整数倍' END AS reason,
    a.standard AS approved_amount, a.approval_no, a.tier AS approval_tier, 65 AS score
  FROM paid p
  JOIN approved a ON a.benefit = p.benefit AND a.person_key = p.person_key AND a.period IS NULL
  JOIN month_sums m ON m.benefit = p.benefit AND m.person_key = p.person_key AND m.month = p.month
  LEFT JOIN reconciled r ON r.benefit = p.benefit AND r.person_key = p.person_key
  WHERE p.amount > 0
    AND (p.pay_date < a.from_date
      OR (a.to_date < DATE '9999-01-01' AND p.pay_date > add_days(a.to_date, $grace_days))
      OR (r.person_key IS NULL AND a.standard > 0 AND m.amount % nullif(a.standard, 0) <> 0))
),
never_paid AS (
  SELECT a.rec_approval, a.benefit, a.person_key, a.name, a.id_shown, a.village, a.period, a.amount, a.approval_no, a.tier
  FROM approved a
  JOIN covered c ON c.benefit = a.benefit AND a.period BETWEEN c.first_month AND c.last_month
  LEFT JOIN month_sums m ON m.benefit = a.benefit AND m.person_key = a.person_key AND m.month = a.period
  LEFT JOIN people_paid t ON t.benefit = a.benefit AND t.person_key = a.person_key
  LEFT JOIN people_approved q ON q.benefit = a.benefit AND q.person_key = a.person_key
  WHERE m.person_key IS NULL AND a.amount > 0
    AND $as_of > add_days(a.period, 31 + $grace_days)
    AND coalesce(t.amount, 0) < q.amount
),
others_paid AS (
  -- 已经发放的人里，最晚是哪一天审批的
  SELECT a.benefit, max(a.from_date) AS last_paid
  FROM approved a
  JOIN people_paid t ON t.benefit = a.benefit AND t.person_key = a.person_key
  WHERE a.period IS NULL AND t.amount > 0
  GROUP BY a.benefit
),
never_at_all AS (
  SELECT a.rec_approval, a.benefit, a.person_key, a.name, a.id_shown, a.village, a.from_date, a.standard, a.approval_no, a.tier
  FROM approved a
  JOIN covered c ON c.benefit = a.benefit
  LEFT JOIN others_paid o ON o.benefit = a.benefit
  LEFT JOIN people_paid t ON t.benefit = a.benefit AND t.person_key = a.person_key
  WHERE a.period IS NULL AND t.person_key IS NULL
    -- 其后又发过，或者同日、更晚审批的别人已经发了（一次性的救助只发一次）
    AND (a.from_date IS NULL OR c.last_month > add_days(a.from_date, $grace_days)
      OR (a.from_date <= o.last_paid AND $as_of > add_days(a.from_date, $grace_days)))
    AND a.to_date >= c.first_month
),
found AS (
  SELECT rec, rec_approval, reason, approved_amount, approval_no, approval_tier, score FROM not_approved
  UNION ALL
  SELECT rec, rec_approval, reason, approved_amount, approval_no, approval_tier, score FROM monthly
  UNION ALL
  SELECT rec, rec_approval, reason, approved_amount, approval_no, approval_tier, score FROM standing
)
SELECT p.person_key, p.name, p.id_shown, p.village, p.benefit, f.reason, p.pay_date AS on_day, p.amount, f.approved_amount,
  f.approval_no, f.score, p.rec AS rec_payment, f.rec_approval, greatest(p.person_tier, f.approval_tier) AS tier
FROM found f
JOIN payments p ON p.rec = f.rec
UNION ALL
SELECT person_key, name, id_shown, village, benefit, '审批名单里有、没有发放', period, 0, amount, approval_no, 60,
  CAST(NULL AS BIGINT), rec_approval, tier
FROM never_paid
UNION ALL
SELECT person_key, name, id_shown, village, benefit, '审批名单里有、没有发放', from_date, 0, standard, approval_no, 60,
  CAST(NULL AS BIGINT), rec_approval, tier
FROM never_at_all
