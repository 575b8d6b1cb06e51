/* ---
id: E12
version: 1.0.0
title: 采购单价远高于同类
content: 5
basis: 政府采购法第十七条：采购价格低于市场平均价格 [K]；倍数为筛查口径 [L]
parameters:
  times: {type: ratio, value: 1.3, title: 高于中位价的倍数}
  min_peers: {type: integer, value: 5, title: 同类成交最少条数, why: 太少时中位价不可靠}
inputs: [awards]
needs: {awards: [item, unit_price, award_date]}
subject: {kind: award, column: award, shown: [award, item]}
records: {award: awards}
sum: {column: amount, once_per: award}
date: award_date
score: {column: strength}
values:
  award: {title: 成交编号}
  unit: {title: 采购单位}
  winner_name: {title: 中标单位}
  item: {title: 采购标的}
  award_date: {type: date, title: 中标日期}
  unit_price: {type: money, title: 单价}
  quantity: {type: decimal, title: 数量}
  median_price: {type: decimal, title: 同类中位价（元）}
  peers: {type: integer, title: 同类成交条数}
  times_median: {type: decimal, title: 为中位价的倍数}
  amount: {type: money, title: 中标金额}
sentence: "{unit}采购“{item}”单价{unit_price}元，为同类{peers}条成交中位价{median_price}元的{times_median}倍，中标金额{sum}元；价格依据请核实。"
false_positives: [质量、配置不同, 年份不同价格上涨]
verify: [核对规格型号和配置清单, 查市场价和同期其他单位成交价]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同类指采购标的名称相同。先与同一年的比；同年不足5条的，与各年合在一起比（年份相差在一年以内的成交）。中位价含本条。
  单价或名称空的不比。
--- */
WITH priced AS (
  SELECT rec, coalesce(award_no, concat('行', CAST(rec AS VARCHAR))) AS award, item, year_of(award_date) AS year, unit_price
  FROM awards
  WHERE item IS NOT NULL AND unit_price > 0 AND award_date <= $as_of
),
peer_groups AS (
  -- 每条成交属于同年一组；不足时用前一年至后一年一组
  SELECT item, year AS of_year, rec, unit_price, '同年' AS span FROM priced
  UNION ALL
  SELECT item, year - 1, rec, unit_price, '三年' FROM priced
  UNION ALL
  SELECT item, year, rec, unit_price, '三年' FROM priced
  UNION ALL
  SELECT item, year + 1, rec, unit_price, '三年' FROM priced
),
ranked AS (
  SELECT item, of_year, span, unit_price,
    row_number() OVER (PARTITION BY item, of_year, span ORDER BY unit_price, rec) AS place,
    count(rec) OVER (PARTITION BY item, of_year, span) AS peers
  FROM peer_groups
),
medians AS (
  -- 中间一条，或中间两条之和；twice_median 是中位价的两倍，避免除法
  SELECT item, of_year, span, peers, CASE WHEN count(*) = 1 THEN 2 * sum(unit_price) ELSE sum(unit_price) END AS twice_median
  FROM ranked
  WHERE 2 * place >= peers AND 2 * place <= peers + 2 AND peers >= $min_peers
    AND (2 * place <> peers + 2 OR mod(peers, 2) = 0)
  GROUP BY item, of_year, span, peers
),
compared AS (
  SELECT p.rec, p.award, coalesce(s.twice_median, w.twice_median) AS twice_median, coalesce(s.peers, w.peers) AS peers
  FROM priced p
  LEFT JOIN medians s ON s.item = p.item AND s.of_year = p.year AND s.span = '同年'
  LEFT JOIN medians w ON w.item = p.item AND w.of_year = p.year AND w.span = '三年'
)
SELECT
  a.rec AS rec_award, c.award, a.unit, a.winner_name, a.item, a.award_date, a.unit_price, a.quantity,
  ratio(c.twice_median, 200) AS median_price, c.peers,
  ratio(2 * a.unit_price, c.twice_median) AS times_median,
  a.amount,
  CASE WHEN a.unit_price >= c.twice_median THEN 80 ELSE 60 END AS strength
FROM compared c
JOIN awards a ON a.rec = c.rec
WHERE a.unit_price * 2 > c.twice_median * $times
