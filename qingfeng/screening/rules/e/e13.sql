/* ---
id: E13
version: 1.0.0
title: 专家常与同一中标人相遇
content: 5
basis: 招标投标法第三十七条：评标专家以随机抽取方式确定，与投标人有利害关系的不得进入评标委员会 [K]
parameters:
  min_panels: {type: integer, value: 4, title: 最少共同出现次数}
  max_q: {type: ratio, value: 0.05, title: 偶然概率上限（多重检验校正后）, why: MODELS写p99；在小样本上百分位总会圈出1%，用精确检验代替}
inputs: [bid_experts, awards]
needs: {awards: [project_no, winner_key], bid_experts: [expert_name_key, project_no]}
subject: {kind: pair, column: [expert, winner_key], shown: [expert_name, winner_name]}
records: {panel: bid_experts, award: awards}
count: panel
date: review_date
tier: tier
score: {column: strength}
finisher: together_beyond_chance
values:
  expert_name: {title: 专家}
  winner_name: {title: 中标单位}
  project_no: {title: 项目编号}
  lot_no: {title: 标段号}
  review_date: {type: date, title: 评审日期}
  together: {type: integer, title: 该专家评审中由其中标的次数}
  panels: {type: integer, title: 该专家评审次数}
  share: {type: percent, title: 比例}
  p_value: {title: 偶然出现的概率, added: true}
  successes: {type: integer, title: 次数, hidden: true}
  trials: {type: integer, title: 总次数, hidden: true}
  base_successes: {type: integer, title: 该企业中标的标段数, hidden: true}
  base_trials: {type: integer, title: 全部标段数, hidden: true}
  tests: {type: integer, title: 检验的组数, hidden: true}
  test_key: {title: 检验的组, hidden: true}
sentence: "专家{expert_name}参加的{panels}次评审中有{together}次由{winner_name}中标（{share}），偶然出现的概率{p_value}；抽取和打分是否公正，请核实。"
false_positives: [专家库人数少, 专业窄]
verify: [调阅专家抽取记录, 比对该专家与其他专家的打分, 核查双方往来]
reopen: {rows: 1, sum_percent: 0}
choices: |
  条件是统计性的：企业中了几个标段、专家评了几个标段不变，两者随机相遇这么多次的概率（超几何分布精确检验），Benjamini–Hochberg校正后不超过5%，且至少相遇4次。
  专家少、次次都是这几位时，相遇是必然的，不会提示。标段号任一方空的按项目对上。
--- */
WITH panels AS (
  SELECT min(rec) AS rec, project_no, coalesce(lot_no, '') AS lot_no,
    coalesce(expert_person_key, concat('n:', expert_name_key)) AS expert,
    min(CASE WHEN expert_person_key IS NULL THEN 3 ELSE expert_person_tier END) AS tier
  FROM bid_experts
  WHERE project_no IS NOT NULL AND expert_name_key IS NOT NULL
  GROUP BY project_no, coalesce(lot_no, ''), coalesce(expert_person_key, concat('n:', expert_name_key))
),
won AS (
  SELECT project_no, coalesce(lot_no, '') AS lot_no, winner_key, min(rec) AS rec_award
  FROM awards
  WHERE project_no IS NOT NULL AND winner_key IS NOT NULL
  GROUP BY project_no, coalesce(lot_no, ''), winner_key
),
judged AS (
  SELECT p.rec, p.expert, p.tier, p.project_no, w.lot_no, w.winner_key, w.rec_award
  FROM panels p
  JOIN won w ON w.project_no = p.project_no AND (w.lot_no = p.lot_no OR w.lot_no = '' OR p.lot_no = '')
),
lots AS (
  SELECT winner_key, count(DISTINCT concat(project_no, '|', lot_no)) AS wins FROM judged GROUP BY winner_key
),
all_lots AS (
  SELECT count(DISTINCT concat(project_no, '|', lot_no)) AS lots FROM judged
),
of_expert AS (
  SELECT expert, count(DISTINCT concat(project_no, '|', lot_no)) AS panels FROM judged GROUP BY expert
),
pairs AS (
  SELECT expert, winner_key, count(DISTINCT concat(project_no, '|', lot_no)) AS together FROM judged
  GROUP BY expert, winner_key
),
tested AS (
  SELECT count(*) AS tests FROM pairs
),
candidates AS (
  SELECT p.expert, p.winner_key, p.together, e.panels, l.wins, a.lots,
    t.tests
  FROM pairs p
  JOIN of_expert e ON e.expert = p.expert
  JOIN lots l ON l.winner_key = p.winner_key
  CROSS JOIN all_lots a
  CROSS JOIN tested t
  WHERE p.together >= $min_panels
)
SELECT
  j.rec AS rec_panel, j.rec_award, c.expert, c.winner_key, b.expert_name, a.winner_name, j.project_no, j.lot_no,
  b.review_date, c.together, c.panels, ratio(c.together, c.panels) AS share, j.tier, 55 AS strength,
  c.together AS successes, c.panels AS trials, c.wins AS base_successes,
  c.lots AS base_trials, c.tests, concat(c.expert, '|', c.winner_key) AS test_key
FROM candidates c
JOIN judged j ON j.expert = c.expert AND j.winner_key = c.winner_key
JOIN bid_experts b ON b.rec = j.rec
JOIN awards a ON a.rec = j.rec_award
