/* ---
id: E11
version: 1.1.0
title: 变更签证超过或贴近限额
content: 5
basis: 政府采购法第四十九条：追加采购金额不得超过原合同金额的百分之十 [K]
parameters:
  limit: {type: ratio, value: 0.10, title: 变更限额}
  near: {type: ratio, value: 0.09, title: 贴近限额的下限}
  lawful_reasons: {type: list, value: [设计错误, 设计失误, 设计缺陷, 设计遗漏, 勘察错误, 勘察失误, 不可抗力, 政策调整], title: 非人为的变更原因}
inputs: [contract_changes]
optional: [awards, project_dates]
needs: {contract_changes: [amount, project_no]}
either: [[awards.amount, awards.project_no], [project_dates.contract_amount, project_dates.project_no]]
subject: {kind: lot, column: [project_no, lot_no], shown: [project_no, lot_no]}
records: {change: contract_changes, award: awards, dates: project_dates}
sum: {column: amount, once_per: change}
date: change_date
score: {column: strength}
values:
  project_no: {title: 项目编号}
  lot_no: {title: 标段号}
  project_name: {title: 项目名称}
  winner_name: {title: 中标单位}
  change_no: {title: 变更编号}
  change_date: {type: date, title: 变更日期}
  amount: {type: money, title: 变更金额}
  change_reason: {title: 变更原因}
  contract_amount: {type: money, title: 合同金额}
  changed: {type: percent, title: 变更合计占合同}
  reason: {title: 情形}
sentence: "项目{project_no}（{project_name}）变更{rows}次，合计{sum}元，占合同金额{contract_amount}元的{changed}（{reason}）；变更是否真实必要，请核实。"
false_positives: [设计错误、不可抗力造成的变更]
verify: [调阅变更签证单和会议纪要, 实地核对工程量, 询问设计、监理单位]
reopen: {rows: 1, sum_percent: 5}
choices: |
  变更金额按项目、标段合计（减少的抵减增加的），对照成交金额；成交记录里没有这个项目的，对照项目日期台账的合同价。超过10%的提示；在9%至10%之间（含两端）的提示为贴近限额。
  原因写明设计错误、勘察错误、不可抗力、政策调整的变更不计入合计。标段号空的按整个项目对照；变更没有标段号而成交分标段的，对照各标段之和。
--- */
WITH changes AS (
  SELECT rec, project_no, lot_no, amount
  FROM contract_changes
  WHERE project_no IS NOT NULL AND NOT has_word(reason, $lawful_reasons)
),
contracts AS (
  SELECT project_no, coalesce(lot_no, '') AS lot_no, sum(amount) AS contract_amount, min(rec) AS rec_award,
    CAST(NULL AS BIGINT) AS rec_dates
  FROM awards
  WHERE project_no IS NOT NULL AND amount > 0
  GROUP BY project_no, coalesce(lot_no, '')
  UNION ALL
  -- 成交记录里没有的项目，看项目日期台账的合同价
  SELECT d.project_no, coalesce(d.lot_no, ''), sum(d.contract_amount), CAST(NULL AS BIGINT), min(d.rec)
  FROM project_dates d
  WHERE d.project_no IS NOT NULL AND d.contract_amount > 0
    AND NOT EXISTS (SELECT 1 FROM awards a WHERE a.project_no = d.project_no AND a.amount > 0)
  GROUP BY d.project_no, coalesce(d.lot_no, '')
),
projects AS (
  SELECT project_no, sum(contract_amount) AS contract_amount, min(rec_award) AS rec_award, min(rec_dates) AS rec_dates,
    count(*) AS lots, max(lot_no) AS only_lot
  FROM contracts
  GROUP BY project_no
),
placed AS (
  -- 变更属于哪份合同：同标段；任一方没有写标段时按整个项目
  SELECT c.rec, c.project_no, coalesce(k.lot_no, CASE WHEN p.lots = 1 THEN p.only_lot ELSE '' END) AS lot_no, c.amount,
    coalesce(k.contract_amount, p.contract_amount) AS contract_amount, coalesce(k.rec_award, p.rec_award) AS rec_award,
    coalesce(k.rec_dates, p.rec_dates) AS rec_dates
  FROM changes c
  JOIN projects p ON p.project_no = c.project_no
  LEFT JOIN contracts k ON k.project_no = c.project_no AND k.lot_no = c.lot_no
  WHERE k.project_no IS NOT NULL OR c.lot_no IS NULL OR (p.lots = 1 AND p.only_lot = '')
),
totals AS (
  SELECT project_no, lot_no, contract_amount, rec_award, rec_dates, sum(amount) AS changed_amount
  FROM placed
  GROUP BY project_no, lot_no, contract_amount, rec_award, rec_dates
  HAVING sum(amount) >= contract_amount * $near
)
SELECT
  c.rec AS rec_change, t.rec_award, t.rec_dates, t.project_no, t.lot_no, coalesce(a.project_name, d.project_name) AS project_name, a.winner_name, c.change_no, c.change_date,
  c.amount, c.reason AS change_reason, t.contract_amount, ratio(t.changed_amount, t.contract_amount) AS changed,
  CASE WHEN t.changed_amount > t.contract_amount * $limit THEN '超过限额' ELSE '贴近限额' END AS reason,
  CASE WHEN t.changed_amount > t.contract_amount * $limit THEN 75 ELSE 60 END AS strength
FROM totals t
JOIN placed p ON p.project_no = t.project_no AND p.lot_no = t.lot_no
JOIN contract_changes c ON c.rec = p.rec
LEFT JOIN awards a ON a.rec = t.rec_award
LEFT JOIN project_dates d ON d.rec = t.rec_dates
