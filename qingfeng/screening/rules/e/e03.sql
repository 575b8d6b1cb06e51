/* ---
id: E03
version: 1.0.0
title: 长期陪标
content: 5
basis: 招标投标法第三十二条：投标人不得相互串通投标 [K]；次数和比例为筛查口径 [L]
parameters:
  min_bids: {type: integer, value: 20, title: 最少投标次数}
  min_share: {type: ratio, value: 0.6, title: 与同一中标人同场的最低比例}
inputs: [bids]
optional: [awards]
needs: {bids: [bidder_key, project_no]}
subject: {kind: firm, column: bidder_key, shown: bidder_name}
records: {bid: bids}
count: bid
date: bid_date
score: 70
values:
  bidder_name: {title: 投标单位}
  winner_name: {title: 同场中标单位}
  project_no: {title: 项目编号}
  lot_no: {title: 标段号}
  bid_date: {type: date, title: 开标日期}
  bid_amount: {type: money, title: 投标报价}
  bids: {type: integer, title: 投标标段数}
  together: {type: integer, title: 同场标段数}
  share: {type: percent, title: 同场比例}
sentence: "{bidder_name}投标{bids}个标段一次未中，其中{rows}个标段（{share}）由{winner_name}中标；是否陪标，请核实。"
false_positives: [实力弱、报价能力差的企业]
verify: [比对两家历次投标文件, 核对保证金来源和投标费用报销, 询问投标经办人]
reopen: {rows: 3, sum_percent: 0}
choices: |
  一次投标按一个标段算，重复记录不重复计。中标人先看投标记录的“是否中标”，没有填的看中标成交表的同项目同标段。
  中标人不明的标段计入投标次数，不计入同场次数；某标段本企业是否中标没有填、成交表里也没有的，视为未中。全部标段都没有中标信息时不作判断。
--- */
WITH entries AS (
  SELECT min(rec) AS rec, project_no, coalesce(lot_no, '') AS lot_no, bidder_key, max(CASE WHEN won THEN 1 ELSE 0 END) AS won
  FROM bids
  WHERE project_no IS NOT NULL AND bidder_key IS NOT NULL
  GROUP BY project_no, coalesce(lot_no, ''), bidder_key
),
winners AS (
  SELECT DISTINCT project_no, lot_no, bidder_key AS winner_key FROM entries WHERE won = 1
  UNION
  SELECT DISTINCT project_no, coalesce(lot_no, ''), winner_key FROM awards
  WHERE project_no IS NOT NULL AND winner_key IS NOT NULL
),
by_bidder AS (
  SELECT bidder_key, count(*) AS bids, sum(won) AS wins
  FROM entries
  GROUP BY bidder_key
  HAVING count(*) >= $min_bids AND sum(won) = 0
),
losers AS (
  -- 成交表里中过标的也不算一次未中
  SELECT b.bidder_key, b.bids FROM by_bidder b
  WHERE NOT EXISTS (SELECT 1 FROM winners w WHERE w.winner_key = b.bidder_key)
),
lost AS (
  SELECT e.rec, e.bidder_key, w.winner_key, l.bids
  FROM entries e
  JOIN losers l ON l.bidder_key = e.bidder_key
  JOIN winners w ON w.project_no = e.project_no AND w.lot_no = e.lot_no
),
pairs AS (
  SELECT bidder_key, winner_key, bids, count(*) AS together
  FROM lost
  GROUP BY bidder_key, winner_key, bids
  HAVING count(*) >= bids * $min_share
),
winner_names AS (
  SELECT winner_key, min(winner_name) AS winner_name
  FROM (
    SELECT bidder_key AS winner_key, bidder_name AS winner_name FROM bids WHERE won
    UNION ALL
    SELECT winner_key, winner_name FROM awards WHERE winner_key IS NOT NULL
  ) named
  GROUP BY winner_key
)
SELECT
  b.rec AS rec_bid, b.bidder_key, b.bidder_name, n.winner_name, b.project_no, b.lot_no, b.bid_date, b.bid_amount,
  p.bids, p.together, ratio(p.together, p.bids) AS share
FROM pairs p
JOIN lost l ON l.bidder_key = p.bidder_key AND l.winner_key = p.winner_key
JOIN bids b ON b.rec = l.rec
JOIN winner_names n ON n.winner_key = p.winner_key
