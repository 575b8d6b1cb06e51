/* ---
id: D02B
version: 1.0.1
title: 停表件占比偏高的承办人
content: 4
basis: 行政许可法第三十二条：申请材料应当一次告知 [K]；优化营商环境条例关于办理时限的规定 [K]
parameters:
  material_words: {type: list, value: [补正, 补充, 补齐, 补件, 补交, 材料, 资料], title: 要材料的停表字样}
  min_cases: {type: integer, value: 20, title: 承办人最少办件数}
  max_q: {type: ratio, value: 0.05, title: 偶然概率上限（多重检验校正后）, why: MODELS写p95；按百分位总会圈出5%，用精确检验代替}
inputs: [approvals, approval_steps]
needs: {approvals: [accepted_date, case_no, officer_key, unit], approval_steps: [case_no]}
either: [[approval_steps.stop_kind], [approval_steps.step]]
subject: {kind: officer, column: [unit, officer_key], shown: [unit, officer]}
records: {case: approvals, step: approval_steps}
count: case
date: accepted_date
score: {column: strength}
finisher: over_represented
values:
  unit: {title: 审批单位}
  officer: {title: 承办人}
  case_no: {title: 受理编号}
  matter: {title: 事项名称}
  accepted_date: {type: date, title: 受理日期}
  stopped: {type: integer, title: 停表件数}
  cases: {type: integer, title: 办件数}
  share: {type: percent, title: 停表件占比}
  p_value: {title: 偶然出现的概率, added: true}
  successes: {type: integer, title: 次数, hidden: true}
  trials: {type: integer, title: 总次数, hidden: true}
  base_successes: {type: integer, title: 同类事项的停表件数, hidden: true}
  base_trials: {type: integer, title: 同类事项的件数, hidden: true}
  tests: {type: integer, title: 检验的组数, hidden: true}
  test_key: {title: 检验的组, hidden: true}
sentence: "{unit}{officer}承办{cases}件，其中{stopped}件因补材料停表（{share}），明显高于其他承办人；原因请核实。"
false_positives: [承办的事项本身难办]
verify: [比对同一事项其他承办人的停表, 调阅补正通知书, 回访申请人]
reopen: {rows: 5, sum_percent: 0}
choices: |
  D02的后一半，对象是承办人，所以单列一条。与本单位其他承办人的停表占比比（单侧精确二项检验，校正后不超过5%），至少20件；其他人没有停表的按一件计，单位只有一名承办人的不比较。
--- */
WITH stopped_cases AS (
  SELECT case_no, min(rec) AS rec_step
  FROM approval_steps
  WHERE has_word(coalesce(stop_kind, step), $material_words)
  GROUP BY case_no
),
cases AS (
  SELECT a.rec, a.unit, a.officer_key, s.rec_step, CASE WHEN s.case_no IS NULL THEN 0 ELSE 1 END AS stopped
  FROM approvals a
  LEFT JOIN stopped_cases s ON s.case_no = a.case_no
  WHERE a.unit IS NOT NULL AND a.officer_key IS NOT NULL AND a.accepted_date <= $as_of
),
of_officer AS (
  SELECT unit, officer_key, count(*) AS cases, sum(stopped) AS stopped FROM cases GROUP BY unit, officer_key
),
of_unit AS (
  SELECT unit, sum(cases) AS cases, sum(stopped) AS stopped FROM of_officer GROUP BY unit
),
tested AS (
  SELECT count(*) AS tests FROM of_officer WHERE cases >= $min_cases
),
candidates AS (
  SELECT o.unit, o.officer_key, o.cases, o.stopped, u.cases - o.cases AS other_cases, u.stopped - o.stopped AS other_stopped,
    t.tests
  FROM of_officer o
  JOIN of_unit u ON u.unit = o.unit
  CROSS JOIN tested t
  WHERE o.cases >= $min_cases AND o.stopped >= 2 AND u.cases > o.cases
)
SELECT
  a.rec AS rec_case, k.rec_step, c.unit, c.officer_key, a.officer, a.case_no, a.matter, a.accepted_date, c.stopped, c.cases,
  ratio(c.stopped, c.cases) AS share, 50 AS strength, c.stopped AS successes, c.cases AS trials,
  greatest(c.other_stopped, 1) AS base_successes, c.other_cases AS base_trials, c.tests,
  concat(c.unit, '|', c.officer_key) AS test_key
FROM candidates c
JOIN cases k ON k.unit = c.unit AND k.officer_key = c.officer_key AND k.stopped = 1
JOIN approvals a ON a.rec = k.rec
