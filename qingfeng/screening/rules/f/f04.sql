/* ---
id: F04
version: 1.0.0
title: 零报告、承诺无问题与事实不符
content: 6
basis: 自查自纠应当如实报告，零报告、无问题承诺与查实的问题不符的要跟踪核查（专项治理工作要求） [L]
parameters:
  zero_words: {type: list, value: [零报告, 零问题, 无问题, 没有问题, 未发现问题, 不存在问题, 未发现, 没有发现, 无此类问题, 零发现, 无违规], title: 报告没有问题的写法, why: 没有写问题数的，看报告类别和内容}
  true_words: {type: list, value: [属实, 查实, 成立, 确有其事, 存在问题, 基本属实, 部分属实], title: 查实的写法}
  false_words: {type: list, value: [不属实, 不实, 未查实, 不成立, 查无, 无法核实, 无法查实, 未属实, 待核, 核查中, 正在核], title: 没有查实的写法}
inputs: [unit_reports]
optional: [verdicts, hotline_orders]
needs: {unit_reports: [unit]}
either: [[verdicts.unit, verdicts.result], [hotline_orders.unit, hotline_orders.state]]
subject: {kind: unit, column: unit, shown: unit}
records: {report: unit_reports, verdict: verdicts, order: hotline_orders}
date: fact_day
score: {column: score}
values:
  unit: {title: 单位}
  kind: {title: 报告或承诺}
  report_date: {type: date, title: 报告（承诺）日期}
  from_day: {type: date, title: 报告（承诺）期间自}
  to_day: {type: date, title: 报告（承诺）期间至}
  source: {title: 线索来源}
  matter: {title: 反映问题}
  fact_day: {type: date, title: 问题发生（受理）日期}
  result: {title: 核查结果}
sentence: "{unit}报告或承诺没有问题，而{first}至{last}有{rows}件线索、投诉查实，为何没有发现或没有上报，请跟踪核查。"
false_positives: [问题发生在承诺以前, 线索与承诺的内容无关]
verify: [对照报告、承诺原件和核查报告, 了解单位何时知道这一问题, 看是否已经补报]
reopen: {rows: 1, sum_percent: 0}
choices: |
  没有问题：发现问题数写零；没有写问题数的，类别或内容有“零报告、未发现问题”等字样。写了问题数且不为零的不算。
  期间：月报看当月；承诺书自承诺日至有效期（没有写的至基准日）。问题发生日期在期间内才算，承诺以前发生的不算；没有发生日期的按受理日期，分值较低。
  查实：核查结果写属实、部分属实等；不属实、待核的不算。12345工单只在办理结果写明属实时才算。单位名称须相同。
--- */
WITH promised AS (
  SELECT rec, unit, coalesce(kind, '报告') AS kind, report_date, coalesce(month, report_date) AS from_day,
    CASE WHEN month IS NOT NULL THEN add_days(month_of(add_days(month, 31)), -1) ELSE coalesce(valid_to, $as_of) END AS to_day
  FROM unit_reports
  WHERE problems = 0 OR (problems IS NULL AND (has_word(kind, $zero_words) OR has_word(content, $zero_words)))
),
facts AS (
  SELECT rec AS rec_verdict, CAST(NULL AS BIGINT) AS rec_order, unit, coalesce(source, '线索') AS source, matter,
    coalesce(event_date, received_date) AS fact_day, result, CASE WHEN event_date IS NULL THEN 50 ELSE 70 END AS score
  FROM verdicts
  WHERE has_word(result, $true_words) AND NOT has_word(result, $false_words)
  UNION ALL
  SELECT CAST(NULL AS BIGINT), rec, unit, '12345工单', topic, created_date, state, 50
  FROM hotline_orders
  WHERE has_word(state, $true_words) AND NOT has_word(state, $false_words)
)
SELECT p.rec AS rec_report, f.rec_verdict, f.rec_order, p.unit, p.kind, p.report_date, p.from_day, p.to_day, f.source, f.matter,
  f.fact_day, f.result, f.score
FROM promised p
JOIN facts f ON f.unit = p.unit AND f.fact_day BETWEEN p.from_day AND p.to_day
WHERE f.fact_day <= $as_of
