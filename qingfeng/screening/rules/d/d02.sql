/* ---
id: D02
version: 1.0.0
title: 反复停表要材料
content: 4
basis: 行政许可法第三十二条：申请材料不齐全的，应当一次告知申请人需要补正的全部内容 [K]
parameters:
  material_words: {type: list, value: [补正, 补充, 补齐, 补件, 补交, 材料, 资料], title: 要材料的停表字样}
  min_stops: {type: integer, value: 2, title: 同一件停表次数}
inputs: [approval_steps]
optional: [approvals]
needs: {approval_steps: [case_no, start_date]}
subject: {kind: case, column: case_no, shown: case_no}
records: {step: approval_steps, case: approvals}
count: step
date: start_date
score: 65
values:
  case_no: {title: 受理编号}
  matter: {title: 事项名称}
  unit: {title: 审批单位}
  officer: {title: 承办人}
  step: {title: 环节}
  stop_kind: {title: 停表原因}
  start_date: {type: date, title: 开始日期}
  end_date: {type: date, title: 结束日期}
sentence: "{case_no}（{matter}）先后{rows}次因补材料停表（{first}至{last}）；是否一次告知，请核实。"
false_positives: [事项本身复杂，材料确需分步补正]
verify: [调阅各次补正通知书, 对照办事指南材料清单, 回访申请人]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一件因补材料停表两次以上。开始日期相同的重复行算一次；停表原因空而环节名称写明补正的也算。听证、评审等停表不算。
  “停表件占比高于95%的承办人”对象是承办人而不是办件，另见 D02B。
--- */
WITH stops AS (
  SELECT min(rec) AS rec, case_no, start_date
  FROM approval_steps
  WHERE case_no IS NOT NULL AND start_date <= $as_of AND has_word(coalesce(stop_kind, step), $material_words)
  GROUP BY case_no, start_date
),
repeated AS (
  SELECT case_no FROM stops GROUP BY case_no HAVING count(*) >= $min_stops
),
cases AS (
  SELECT case_no, min(rec) AS rec FROM approvals GROUP BY case_no
)
SELECT
  p.rec AS rec_step, c.rec AS rec_case, p.case_no, a.matter, a.unit, coalesce(a.officer, p.officer) AS officer, p.step,
  p.stop_kind, p.start_date, p.end_date
FROM repeated r
JOIN stops s ON s.case_no = r.case_no
JOIN approval_steps p ON p.rec = s.rec
LEFT JOIN cases c ON c.case_no = r.case_no
LEFT JOIN approvals a ON a.rec = c.rec
