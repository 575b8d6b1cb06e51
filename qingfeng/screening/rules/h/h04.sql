/* ---
id: H04
version: 1.0.0
title: 单位热度偏高
content: 8
basis: 线索、投诉、核查结果按单位汇总研判（专项治理工作要求） [L]
parameters:
  false_words: {type: list, value: [不属实, 不实, 未查实, 不成立, 查无, 无法核实, 无法查实, 未属实, 重复], title: 没有查实的写法, why: 查明不实的不计入热度}
  true_words: {type: list, value: [属实, 查实, 成立, 确有其事, 存在问题], title: 查实的写法, why: 查实的单列}
  min_staff: {type: integer, value: 5, title: 单位最少人数, why: 两三个人的单位，一两件就显得很高}
  min_matters: {type: integer, value: 5, title: 单位最少件数}
  max_q: {type: ratio, value: 0.01, title: 偶然概率上限（多重检验校正后）, why: 只列按人数看明显偏高的，不排名次}
inputs: [payroll]
optional: [verdicts, hotline_orders]
needs: {payroll: [name_key, unit]}
either: [[verdicts.unit, verdicts.result], [hotline_orders.unit]]
subject: {kind: unit, column: unit, shown: unit}
records: {verdict: verdicts, order: hotline_orders, pay: payroll}
date: on_day
score: {column: strength}
finisher: over_represented
values:
  unit: {title: 单位}
  staff: {type: integer, title: 单位人数}
  matters: {type: integer, title: 线索和投诉件数}
  per_hundred: {type: decimal, title: 每百人件数}
  verified: {type: integer, title: 其中查实的线索}
  open_clues: {type: integer, title: 其中尚未查实的线索}
  complaints: {type: integer, title: 其中12345工单}
  all_per_hundred: {type: decimal, title: 各单位合计每百人件数}
  source: {title: 来源}
  matter: {title: 反映问题}
  on_day: {type: date, title: 受理日期}
  result: {title: 核查（办理）结果}
  p_value: {title: 偶然出现的概率, added: true}
  successes: {type: integer, title: 次数, hidden: true}
  trials: {type: integer, title: 总次数, hidden: true}
  base_successes: {type: integer, title: 单位人数, hidden: true}
  base_trials: {type: integer, title: 全部人数, hidden: true}
  tests: {type: integer, title: 检验的组数, hidden: true}
  test_key: {title: 检验的组, hidden: true}
sentence: "{unit}（{staff}人）每百人线索、投诉{per_hundred}件，各单位合计每百人{all_per_hundred}件；其中查实{verified}件、未查实{open_clues}件、12345工单{complaints}件。单位大、上报实的也会多，不单独作排名依据。"
false_positives: [单位服务群众多、工单自然多, 敢于主动上报的单位]
verify: [分来源看构成, 与同类单位比, 结合核查结果研判，不单独使用]
reopen: {rows: 5, sum_percent: 0}
choices: |
  件数是线索核查结果（查明不实的不计）和12345工单之和，各算一件，不加权；各部分单列。人数按工资表的单位计，同一人算一次；工资表里没有的单位不比。
  不排名次：用精确二项检验问“按人数分摊，会不会偶然有这么多”，校正后不超过1%的才列，分值低。
--- */
WITH staff AS (
  SELECT unit, count(DISTINCT coalesce(person_key, name_key)) AS staff, min(rec) AS rec_pay
  FROM payroll
  WHERE unit IS NOT NULL
  GROUP BY unit
),
listed AS (
  SELECT rec AS rec_verdict, CAST(NULL AS BIGINT) AS rec_order, unit, coalesce(source, '线索') AS source, matter,
    coalesce(received_date, event_date) AS on_day, result, CASE WHEN has_word(result, $true_words) THEN 1 ELSE 0 END AS verified,
    0 AS complaint
  FROM verdicts
  WHERE NOT has_word(result, $false_words)
  UNION ALL
  SELECT CAST(NULL AS BIGINT), rec, unit, '12345工单', topic, created_date, state, 0, 1
  FROM hotline_orders
  WHERE NOT has_word(state, $false_words)
),
matters AS (
  SELECT l.rec_verdict, l.rec_order, l.unit, l.source, l.matter, l.on_day, l.result, l.verified, l.complaint
  FROM listed l
  JOIN staff s ON s.unit = l.unit
  WHERE l.on_day IS NULL OR l.on_day <= $as_of
),
of_unit AS (
  SELECT unit, count(*) AS matters, sum(verified) AS verified, sum(complaint) AS complaints
  FROM matters
  GROUP BY unit
),
whole AS (
  SELECT sum(s.staff) AS staff, sum(coalesce(u.matters, 0)) AS matters, count(u.unit) AS units
  FROM staff s
  LEFT JOIN of_unit u ON u.unit = s.unit
)
SELECT m.rec_verdict, m.rec_order, s.rec_pay, u.unit, s.staff, u.matters, CAST(ratio(u.matters * 100, s.staff) AS DECIMAL(18,3)) AS per_hundred,
  u.verified, u.matters - u.verified - u.complaints AS open_clues, u.complaints,
  CAST(ratio(w.matters * 100, w.staff) AS DECIMAL(18,3)) AS all_per_hundred, m.source, m.matter, m.on_day, m.result, 30 AS strength,
  u.matters AS successes, w.matters AS trials, s.staff AS base_successes, w.staff AS base_trials, w.units AS tests, u.unit AS test_key
FROM of_unit u
JOIN staff s ON s.unit = u.unit
JOIN matters m ON m.unit = u.unit
CROSS JOIN whole w
WHERE s.staff >= $min_staff AND u.matters >= $min_matters AND s.staff < w.staff
