/* ---
id: E05
version: 1.1.0
title: 报价有规律
content: 5
basis: 招标投标法实施条例第四十条：不同投标人的投标文件异常一致或者投标报价呈规律性差异，视为相互串通投标 [T]
parameters:
  min_bids: {type: integer, value: 4, title: 允许误差时最少报价数, why: 三家报价偶然接近等差的机会太大，须分毫不差}
  tolerance: {type: ratio, value: 0.01, title: 差额、差率的允许误差, why: 四家以上等差或等比时相对误差1%}
  near_ceiling: {type: ratio, value: 0.01, title: 贴近最高限价的比例}
  min_losers: {type: integer, value: 2, title: 贴近最高限价的未中标报价数}
  quota_words: {type: list, value: [费率, 下浮率, 定额, 固定单价], title: 备注写明按费率、定额报价的, why: 按规定的整数费率报价，等差是必然的}
inputs: [bids]
optional: [awards]
needs: {bids: [bid_amount, bidder_key, project_no]}
subject: {kind: lot, column: [project_no, lot_no], shown: [project_no, lot_no]}
records: {bid: bids}
count: bid
date: bid_date
score: {column: strength}
values:
  project_no: {title: 项目编号}
  lot_no: {title: 标段号}
  bidder_name: {title: 投标单位}
  bid_amount: {type: money, title: 投标报价}
  ceiling_amount: {type: money, title: 最高限价}
  won: {type: boolean, title: 是否中标}
  bid_date: {type: date, title: 开标日期}
  reason: {title: 规律}
sentence: "项目{project_no}同一标段{rows}家的报价{reason}；报价是否各自独立编制，请核实。"
false_positives: [按定额下浮率报价, 控制价明细公开]
verify: [请造价专家复核清单组价, 比对各家综合单价明细, 核对编制人和软件锁号]
reopen: {rows: 1, sum_percent: 0}
choices: |
  按报价从低到高排，相邻差额相等（等差），或相邻比率相等（等比）：四家以上允许相对误差1%，三家时差额须相差不到一元、比率相差不到十万分之二。
  或未中标的报价全部在最高限价以下1%以内（至少两家，需有限价和中标信息；投标表没有限价的，用中标公示里的最高限价）。
  中标公示备注写明按费率、定额报价的，不看等差、等比。
  所有报价都相同的是固定价、定额计价，不算。同一家的重复记录只取一行；报价空或为零的不参加。无效投标也参加（串通往往出现在陪标的无效投标里）。
--- */
WITH published AS (
  -- 中标公示里的最高限价；只写标段号的，标段号就是项目编号
  SELECT coalesce(project_no, lot_no) AS project_no, CASE WHEN project_no IS NULL THEN '' ELSE coalesce(lot_no, '') END AS lot_no,
    max(ceiling_amount) AS ceiling, max(CASE WHEN has_word(note, $quota_words) THEN 1 ELSE 0 END) AS by_quota
  FROM awards
  WHERE coalesce(project_no, lot_no) IS NOT NULL
  GROUP BY coalesce(project_no, lot_no), CASE WHEN project_no IS NULL THEN '' ELSE coalesce(lot_no, '') END
),
entries AS (
  SELECT min(rec) AS rec, project_no, coalesce(lot_no, '') AS lot_no, bidder_key, min(bid_amount) AS amount,
    max(ceiling_amount) AS ceiling, max(CASE WHEN won THEN 1 WHEN won IS NULL THEN NULL ELSE 0 END) AS won
  FROM bids
  WHERE project_no IS NOT NULL AND bidder_key IS NOT NULL AND bid_amount > 0
  GROUP BY project_no, coalesce(lot_no, ''), bidder_key
),
in_order AS (
  SELECT rec, project_no, lot_no, amount, ceiling, won,
    lag(amount) OVER (PARTITION BY project_no, lot_no ORDER BY amount, rec) AS lower
  FROM entries
),
steps AS (
  SELECT o.project_no, o.lot_no, o.amount, coalesce(o.ceiling, a.ceiling) AS ceiling, o.won, coalesce(a.by_quota, 0) AS by_quota,
    o.amount - o.lower AS gap, ratio(o.amount - o.lower, o.lower) AS rate
  FROM in_order o
  LEFT JOIN published a ON a.project_no = o.project_no AND a.lot_no = o.lot_no
),
lots AS (
  SELECT project_no, lot_no, count(*) AS bids, min(gap) AS least_gap, max(gap) AS most_gap,
    min(rate) AS least_rate, max(rate) AS most_rate, sum(won) AS winners, count(won) AS known,
    count(CASE WHEN won = 0 THEN 1 END) AS losers,
    count(CASE WHEN won = 0 AND amount <= ceiling AND amount >= ceiling * (1 - $near_ceiling) THEN 1 END) AS near_losers,
    count(DISTINCT amount) AS prices, max(by_quota) AS by_quota
  FROM steps
  GROUP BY project_no, lot_no
),
judged AS (
  SELECT project_no, lot_no,
    CASE
      WHEN by_quota = 0 AND bids >= $min_bids AND least_gap > 0 AND most_gap - least_gap <= least_gap * $tolerance THEN '逐家等差'
      WHEN by_quota = 0 AND bids = 3 AND least_gap > 0 AND most_gap - least_gap <= 100 THEN '逐家等差'
      WHEN by_quota = 0 AND bids >= $min_bids AND least_rate > 0 AND most_rate - least_rate <= least_rate * $tolerance THEN '逐家等比'
      WHEN by_quota = 0 AND bids = 3 AND least_rate > 0.0001 AND most_rate - least_rate <= 0.00002 THEN '逐家等比'
      WHEN winners >= 1 AND losers >= $min_losers AND near_losers = losers AND prices > 1 THEN '未中标者全部贴近最高限价'
    END AS reason
  FROM lots
)
SELECT
  e.rec AS rec_bid, e.project_no, e.lot_no, b.bidder_name, b.bid_amount, b.ceiling_amount, b.won, b.bid_date, j.reason,
  CASE WHEN j.reason = '未中标者全部贴近最高限价' THEN 60 ELSE 80 END AS strength
FROM judged j
JOIN entries e ON e.project_no = j.project_no AND e.lot_no = j.lot_no
JOIN bids b ON b.rec = e.rec
WHERE j.reason IS NOT NULL
