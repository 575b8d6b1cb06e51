/* ---
id: D08
version: 1.0.0
title: 中介总是同一家
content: 4
basis: 国务院关于清理规范行政审批中介服务的要求：不得指定或变相指定中介服务机构 [K]；比例为筛查口径 [L]
parameters:
  max_share: {type: ratio, value: 0.5, title: 一个窗口的份额上限}
  min_cases: {type: integer, value: 10, title: 窗口最少有中介的件数}
  few_firms: {type: integer, value: 2, title: 同类事项的中介不多于几家即视为本地少}
inputs: [approvals]
needs: {approvals: [window, intermediary_key, accepted_date]}
subject: {kind: firm, column: intermediary_key, shown: intermediary_name}
records: {case: approvals}
count: case
date: accepted_date
score: {column: strength}
finisher: binomial_note
values:
  window_name: {title: 窗口}
  intermediary_name: {title: 中介机构}
  case_no: {title: 受理编号}
  matter: {title: 事项名称}
  officer: {title: 承办人}
  accepted_date: {type: date, title: 受理日期}
  its_cases: {type: integer, title: 该机构件数}
  window_cases: {type: integer, title: 窗口有中介的件数}
  share: {type: percent, title: 份额}
  p_value: {title: 偶然出现的概率, added: true}
  successes: {type: integer, title: 次数, hidden: true}
  trials: {type: integer, title: 总次数, hidden: true}
  base_successes: {type: integer, title: 全部窗口中的件数, hidden: true}
  base_trials: {type: integer, title: 全部窗口件数, hidden: true}
  tests: {type: integer, title: 检验的组数, hidden: true}
  test_key: {title: 检验的组, hidden: true}
sentence: "{window_name}有中介的{window_cases}件中，{intermediary_name}代办{its_cases}件（{share}）；有无指定中介，请核实。"
false_positives: [本地有资质的中介机构少]
verify: [回访申请人如何选的中介, 查窗口人员与中介的往来, 核对中介超市抽取记录]
reopen: {rows: 5, sum_percent: 0}
choices: |
  份额在有中介的办件里算；不足10件的窗口不看。该窗口办理的这类事项（事项名称相同）在全部窗口总共只有两家以下中介的，视为本地机构少，不算；事项名称没有填的按全部事项看。
  另附偶然概率（按该机构在全部窗口的份额），只供排序。
--- */
WITH cases AS (
  SELECT rec, "window" AS window_name, intermediary_key, coalesce(matter, '') AS matter
  FROM approvals
  WHERE "window" IS NOT NULL AND intermediary_key IS NOT NULL AND accepted_date <= $as_of
),
firms_of_matter AS (
  SELECT matter, count(DISTINCT intermediary_key) AS firms FROM cases GROUP BY matter
),
open_cases AS (
  -- 本地机构少的事项不参加比较
  SELECT c.rec, c.window_name, c.intermediary_key
  FROM cases c
  JOIN firms_of_matter m ON m.matter = c.matter
  WHERE m.firms > $few_firms
),
of_pair AS (
  SELECT window_name, intermediary_key, count(*) AS its_cases FROM open_cases GROUP BY window_name, intermediary_key
),
of_window AS (
  SELECT window_name, sum(its_cases) AS window_cases FROM of_pair GROUP BY window_name
),
of_firm AS (
  SELECT intermediary_key, sum(its_cases) AS firm_cases FROM of_pair GROUP BY intermediary_key
),
everything AS (
  SELECT count(*) AS tests, sum(its_cases) AS all_cases FROM of_pair
),
dominant AS (
  SELECT p.window_name, p.intermediary_key, p.its_cases, w.window_cases, f.firm_cases, e.all_cases, e.tests
  FROM of_pair p
  JOIN of_window w ON w.window_name = p.window_name
  JOIN of_firm f ON f.intermediary_key = p.intermediary_key
  CROSS JOIN everything e
  WHERE w.window_cases >= $min_cases AND p.its_cases > w.window_cases * $max_share
)
SELECT
  a.rec AS rec_case, d.window_name, d.intermediary_key, a.intermediary_name, a.case_no, a.matter, a.officer, a.accepted_date,
  d.its_cases, d.window_cases, ratio(d.its_cases, d.window_cases) AS share, 55 AS strength, d.its_cases AS successes,
  d.window_cases AS trials, d.firm_cases AS base_successes, d.all_cases AS base_trials, d.tests,
  concat(d.window_name, '|', d.intermediary_key) AS test_key
FROM dominant d
JOIN open_cases o ON o.window_name = d.window_name AND o.intermediary_key = d.intermediary_key
JOIN approvals a ON a.rec = o.rec
