/* ---
id: E02
version: 1.1.0
title: 一家独大
content: 5
basis: 政府采购法第三条公开透明、公平竞争原则 [K]；比例和次数为筛查口径 [L]
parameters:
  min_share: {type: ratio, value: 0.5, title: 最低中标份额}
  min_awards: {type: integer, value: 5, title: 最少中标次数}
  months: {type: integer, value: 24, title: 回看月数}
  direct_ways: {type: list, value: [直接采购, 自行采购, 零星, 网上超市, 网上商城, 电子卖场, 协议供货, 定点采购], title: 不经招标的零星采购, why: 零星采购笔数多，混在一起会冲淡招标项目的份额}
inputs: [awards]
needs: {awards: [award_date, unit, winner_key]}
subject: {kind: pair, column: [unit, winner_key], shown: [unit, winner_name]}
records: {award: awards}
sum: {column: amount, once_per: award}
date: award_date
score: {column: strength}
values:
  unit: {title: 采购单位}
  winner_name: {title: 中标单位}
  project_name: {title: 项目名称}
  award_date: {type: date, title: 中标日期}
  amount: {type: money, title: 中标金额}
  wins: {type: integer, title: 该单位中标次数}
  unit_awards: {type: integer, title: 采购单位成交总数}
  share: {type: percent, title: 中标份额}
  p_value: {type: text, title: 偶然出现的概率, added: true}
  successes: {type: integer, title: 次数, hidden: true}
  trials: {type: integer, title: 总次数, hidden: true}
  base_successes: {type: integer, title: 全部单位中的次数, hidden: true}
  base_trials: {type: integer, title: 全部单位的总次数, hidden: true}
  tests: {type: integer, title: 检验的组数, hidden: true}
  test_key: {title: 检验的组, hidden: true}
sentence: "{unit}近24个月的{unit_awards}次成交中，{winner_name}占{wins}次（{share}），合计{sum}元；是否存在定向采购，请核实。"
false_positives: [本地有资质的企业少]
verify: [调阅历次招标（采购）文件, 核对参与报价的其他企业是否真实竞争]
reopen: {rows: 1, sum_percent: 0}
finisher: binomial_note
choices: |
  份额按次数算；招标（磋商、询价）成交与零星直接采购分开算，没有任何编号的单价明细行不是一次成交。24个月从该采购单位最近一次成交往回数，使历史数据也能筛查，且不会只挑对企业不利的一段。
  条件只看份额和次数；另附“偶然出现的概率”：若该企业在这里的中标机会与它在全部成交中的份额相同，出现这么多次的概率（精确二项检验），只供排序参考，不作筛除。
--- */
WITH latest AS (
  SELECT unit, max(award_date) AS last_date
  FROM awards
  WHERE award_date <= $as_of AND unit IS NOT NULL
  GROUP BY unit
),
recent AS (
  SELECT a.rec, a.unit, a.winner_key, a.winner_name, a.project_name, a.award_date, a.amount, has_word(a.way, $direct_ways) AS direct
  FROM awards a
  JOIN latest l ON l.unit = a.unit
  WHERE a.winner_key IS NOT NULL AND a.award_date <= l.last_date
    AND months_between_full(a.award_date, l.last_date) < $months
    AND (a.unit_price IS NULL OR coalesce(a.award_no, a.project_no, a.lot_no) IS NOT NULL)
),
of_pair AS (
  SELECT unit, direct, winner_key, count(*) AS wins FROM recent GROUP BY unit, direct, winner_key
),
of_unit AS (
  SELECT unit, direct, sum(wins) AS unit_awards FROM of_pair GROUP BY unit, direct
),
of_winner AS (
  SELECT winner_key, sum(wins) AS all_wins FROM of_pair GROUP BY winner_key
),
everything AS (
  SELECT count(*) AS pairs, sum(wins) AS all_awards FROM of_pair
),
dominant AS (
  SELECT p.unit, p.direct, p.winner_key, p.wins, u.unit_awards, w.all_wins, e.all_awards, e.pairs
  FROM of_pair p
  JOIN of_unit u ON u.unit = p.unit AND u.direct = p.direct
  JOIN of_winner w ON w.winner_key = p.winner_key
  CROSS JOIN everything e
  WHERE p.wins >= $min_awards AND p.wins >= u.unit_awards * $min_share
)
SELECT
  r.rec AS rec_award, r.unit, r.winner_key, r.winner_name, r.project_name, r.award_date, r.amount,
  d.wins, d.unit_awards, ratio(d.wins, d.unit_awards) AS share, 60 AS strength,
  d.wins AS successes, d.unit_awards AS trials, d.all_wins AS base_successes, d.all_awards AS base_trials,
  d.pairs AS tests, concat(d.unit, '|', d.winner_key) AS test_key
FROM dominant d
JOIN recent r ON r.unit = d.unit AND r.direct = d.direct AND r.winner_key = d.winner_key
