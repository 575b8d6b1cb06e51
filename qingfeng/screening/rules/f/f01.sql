/* ---
id: F01
version: 1.1.0
title: 一再超期整改
content: 6
basis: 问题整改应当按期办结，一再超期的要督办问责（专项治理工作要求） [L]
parameters:
  times: {type: integer, value: 3, title: 超期件数, why: MODELS 写的是九十天内三件以上}
  days: {type: integer, value: 90, title: 天数}
  excused: {type: list, value: [延期, 批准延长, 退回重派, 转交, 移交, 非本单位, 职责不符, 误派], title: 经批准延期或派错单位的写法, why: 派错单位、经批准延期的不算超期}
inputs: [rectifications]
needs: {rectifications: [due_date]}
subject: {kind: unit, column: unit, shown: unit}
records: {problem: rectifications}
count: problem
date: due_date
score: 60
values:
  unit: {title: 责任单位}
  problem_no: {title: 问题编号}
  problem: {title: 问题描述}
  due_date: {type: date, title: 整改时限}
  closed_date: {type: date, title: 销号日期}
  days_late: {type: integer, title: 超期天数}
  result: {title: 整改情况}
sentence: "{unit}时限在{first}至{last}的{rows}件问题都超期，最长{days_late}天；原因和责任请核实。"
false_positives: [派错单位, 经批准延期, 经办人病休]
verify: [查交办、签收和延期审批, 向责任单位了解原因]
reopen: {rows: 1, sum_percent: 0}
choices: |
  超期：销号日期晚于整改时限（当日销号不算），或截止日已过时限仍未销号。时限在任意九十天内（首尾相距不超过九十天）的超期达到件数的列出。
  整改情况写明批准延期、派错单位的不算；没有时限的不算；同一问题编号只算一次。
--- */

WITH late AS (
  SELECT min(rec) AS rec, unit, problem_no, min(due_date) AS due_date, min(date_of(closed_at)) AS closed_date
  FROM rectifications
  WHERE unit IS NOT NULL AND due_date IS NOT NULL AND due_date < $as_of AND NOT has_word(result, $excused) AND NOT has_word(note, $excused)
    AND date_of(assigned_at) <= $as_of AND (closed_at IS NULL OR date_of(closed_at) > due_date)
  GROUP BY unit, problem_no
),
starts AS (
  SELECT a.rec, a.unit, a.due_date
  FROM late a
  JOIN late b ON b.unit = a.unit AND b.due_date BETWEEN a.due_date AND add_days(a.due_date, $days)
  GROUP BY a.rec, a.unit, a.due_date
  HAVING count(*) >= $times
),
found AS (
  SELECT DISTINCT b.rec
  FROM starts s
  JOIN late b ON b.unit = s.unit AND b.due_date BETWEEN s.due_date AND add_days(s.due_date, $days)
)
SELECT l.rec AS rec_problem, l.unit, l.problem_no, r.problem, l.due_date, l.closed_date,
  days_between(l.due_date, coalesce(l.closed_date, $as_of)) AS days_late, r.result
FROM found f
JOIN late l ON l.rec = f.rec
JOIN rectifications r ON r.rec = l.rec
