/* ---
id: E01
version: 1.1.0
title: 化整为零规避限额
content: 5
basis: 政府采购法实施条例第二十八条：一个财政年度内，一个预算项目下同一品目多次采用公开招标以外方式采购、累计超过公开招标数额标准的，属于化整为零 [T]；必须招标的限额见发改委令2018年第16号 [S]；地方集中交易限额 [L]
parameters:
  limits: {type: table, columns: [class, {limit_amount: money}], value: [["", 500000], [工程, 4000000], [货物, 2000000], [服务, 1000000]], title: 限额（class为空的对所有品目适用）, why: 地方集中交易限额按本地规定填写；工程、货物、服务为必须招标的国家标准}
  class_words: {type: table, columns: [word, class], value: [[工程, 工程], [施工, 工程], [修缮, 工程], [改造, 工程], [建设, 工程], [道路, 工程], [绿化, 工程], [服务, 服务], [设计, 服务], [勘察, 服务], [监理, 服务], [咨询, 服务], [物业, 服务]], title: 品目名称里的词属于哪一类, why: 都不含的按货物}
  open_ways: {type: list, value: [公开招标, 邀请招标, 公开竞价], title: 本身就是公开招标的方式}
  framework_words: {type: list, value: [框架协议, 协议供货, 定点采购, 定点服务], title: 框架协议下逐次采购的写法, why: 框架协议本身已经公开采购，逐次结算不是拆分}
  instalment_words: {type: list, value: [期款, 首付, 进度款, 尾款, 分期付款, 质保金], title: 同一合同分期付款的字样}
  min_purchases: {type: integer, value: 2, title: 最少采购次数}
  window_days: {type: integer, value: 90, title: 同一收款方或同一地点的滚动天数, why: 跨预算年度、跨预算项目的拆分多在一个季度内完成}
inputs: [awards]
needs: {awards: [amount, award_date, unit]}
subject: {kind: purchase, column: [unit, year, budget_item, category], shown: [unit, year, budget_item, category]}
records: {award: awards}
sum: {column: amount, once_per: award}
date: award_date
score: {column: strength}
values:
  unit: {title: 采购单位}
  year: {title: 年度}
  budget_item: {title: 预算项目}
  category: {title: 采购品目}
  project_name: {title: 项目名称}
  winner_name: {title: 中标单位}
  award_date: {type: date, title: 中标日期}
  amount: {type: money, title: 中标金额}
  limit_amount: {type: money, title: 对照的限额}
  grouping: {title: 归并依据}
sentence: "{unit}{year}年“{category}”（预算项目：{budget_item}）有{rows}笔采购，每笔都低于限额{limit_amount}元，合计{sum}元；是否属于同一项采购、为何没有合并采购，请核实。"
false_positives: [确属不同需要的独立采购, 同一合同分期付款, 框架协议下的逐次采购]
verify: [调阅年度预算和采购计划, 对照图纸、清单看是否同一项目, 核对各次询价和成交资料]
reopen: {rows: 1, sum_percent: 10}
choices: |
  默认归并为同一单位、同一年度、同一预算项目、同一品目；另按同一收款方、同一地点在滚动天数内归并（单位和品目仍须相同），
  已被默认归并说明的采购不再重复。每笔都低于限额、合计达到限额才算；超过限额的单笔不参加合计。
  框架协议、公开招标的不计；同一项目编号、标段、中标单位的多行视为一份合同的分期，合并成一笔；名称写明分期付款的不计。
  预算项目和品目都空时无法判断是否同类，不按默认归并。年度按中标日期的公历年。
  同时达到几个限额的，按最高的一个说明。
--- */
WITH counted AS (
  SELECT
    rec, unit, winner_key, award_date, amount,
    year_of(award_date) AS year,
    coalesce(budget_item, '') AS budget_item,
    coalesce(category, '') AS category,
    place,
    -- 同一项目编号、标段、中标单位的多行是一份合同的分期，合成一笔采购
    CASE WHEN project_no IS NULL THEN concat('行', CAST(rec AS VARCHAR))
         ELSE concat(project_no, '|', coalesce(lot_no, ''), '|', winner_key) END AS purchase
  FROM awards
  WHERE amount > 0 AND unit IS NOT NULL AND award_date <= $as_of
    AND NOT coalesce(framework, FALSE)
    AND NOT has_word(way, $open_ways)
    -- 写了招标（公告）日期而没有写方式的，已经招过标
    AND (tender_date IS NULL OR way IS NOT NULL)
    AND NOT has_word(project_name, $framework_words) AND NOT has_word(item, $framework_words) AND NOT has_word(note, $framework_words)
    AND NOT has_word(project_name, $instalment_words)
),
category_class AS (
  -- 品目属于工程、货物还是服务；名称里的词都不认识的按货物
  SELECT c.category, coalesce(min(w.class), '货物') AS class
  FROM (SELECT DISTINCT category FROM counted) c
  LEFT JOIN param_class_words w ON text_has(c.category, w.word)
  GROUP BY c.category
),
purchases AS (
  SELECT c.unit, c.year, c.budget_item, c.category, k.class, c.winner_key, c.purchase,
    max(c.place) AS place, min(c.award_date) AS award_date, sum(c.amount) AS amount
  FROM counted c
  JOIN category_class k ON k.category = c.category
  GROUP BY c.unit, c.year, c.budget_item, c.category, k.class, c.winner_key, c.purchase
),
under_limit AS (
  SELECT p.unit, p.year, p.budget_item, p.category, p.winner_key, p.purchase, p.place, p.award_date, p.amount,
    l.limit_amount
  FROM purchases p
  JOIN param_limits l ON (l.class = '' OR l.class = p.class) AND p.amount < l.limit_amount
),
same_item AS (
  -- 默认归并：同一单位、年度、预算项目、品目；取达到的最高限额
  SELECT unit, year, budget_item, category, max(limit_amount) AS limit_amount
  FROM (
    SELECT unit, year, budget_item, category, limit_amount
    FROM under_limit
    WHERE budget_item <> '' OR category <> ''
    GROUP BY unit, year, budget_item, category, limit_amount
    HAVING count(*) >= $min_purchases AND sum(amount) >= limit_amount
  ) reached
  GROUP BY unit, year, budget_item, category
),
left_over AS (
  SELECT u.unit, u.year, u.budget_item, u.category, u.winner_key, u.purchase, u.place, u.award_date, u.amount,
    u.limit_amount
  FROM under_limit u
  LEFT JOIN same_item s
    ON s.unit = u.unit AND s.year = u.year AND s.budget_item = u.budget_item AND s.category = u.category
  WHERE s.unit IS NULL AND u.category <> ''
),
by_party AS (
  SELECT '同一收款方' AS party_kind, winner_key AS party, unit, category, limit_amount, purchase, year, budget_item,
    award_date, amount
  FROM left_over WHERE winner_key IS NOT NULL
  UNION ALL
  SELECT '同一地点', place, unit, category, limit_amount, purchase, year, budget_item, award_date, amount
  FROM left_over WHERE place IS NOT NULL
),
worth_a_look AS (
  -- 先看总数，再在少数几组里逐笔滚动
  SELECT party_kind, party, unit, category, limit_amount
  FROM by_party
  GROUP BY party_kind, party, unit, category, limit_amount
  HAVING count(*) >= $min_purchases AND sum(amount) >= limit_amount
),
candidates AS (
  SELECT b.party_kind, b.party, b.unit, b.category, b.limit_amount, b.purchase, b.year, b.budget_item, b.award_date,
    b.amount
  FROM by_party b
  JOIN worth_a_look w ON w.party_kind = b.party_kind AND w.party = b.party AND w.unit = b.unit
    AND w.category = b.category AND w.limit_amount = b.limit_amount
),
windows AS (
  SELECT f.party_kind, f.party, f.unit, f.category, f.limit_amount, f.award_date AS first_day
  FROM (SELECT DISTINCT party_kind, party, unit, category, limit_amount, award_date FROM candidates) f
  JOIN candidates n ON n.party_kind = f.party_kind AND n.party = f.party AND n.unit = f.unit
    AND n.category = f.category AND n.limit_amount = f.limit_amount
    AND n.award_date BETWEEN f.award_date AND add_days(f.award_date, $window_days)
  GROUP BY f.party_kind, f.party, f.unit, f.category, f.limit_amount, f.award_date
  HAVING count(*) >= $min_purchases AND sum(n.amount) >= f.limit_amount
),
in_window AS (
  SELECT n.party_kind, n.party, n.unit, n.category, n.purchase, n.year, n.budget_item,
    max(n.limit_amount) AS limit_amount
  FROM windows f
  JOIN candidates n ON n.party_kind = f.party_kind AND n.party = f.party AND n.unit = f.unit
    AND n.category = f.category AND n.limit_amount = f.limit_amount
    AND n.award_date BETWEEN f.first_day AND add_days(f.first_day, $window_days)
  GROUP BY n.party_kind, n.party, n.unit, n.category, n.purchase, n.year, n.budget_item
),
party_subject AS (
  -- 滚动归并跨年度或跨预算项目：年度记最后一笔的，预算项目不止一个时如实写明
  SELECT party_kind, party, unit, category, max(year) AS year, max(limit_amount) AS limit_amount,
    CASE WHEN count(DISTINCT budget_item) = 1 THEN max(budget_item) ELSE '多个预算项目' END AS budget_item
  FROM in_window
  GROUP BY party_kind, party, unit, category
),
explained AS (
  SELECT p.unit, p.purchase, p.year AS own_year, p.budget_item AS own_item, p.category, s.year, s.budget_item,
    s.limit_amount, '同一单位、年度、预算项目、品目' AS grouping, 75 AS strength
  FROM purchases p
  JOIN same_item s ON s.unit = p.unit AND s.year = p.year AND s.budget_item = p.budget_item
    AND s.category = p.category AND p.amount < s.limit_amount
  UNION ALL
  SELECT w.unit, w.purchase, w.year, w.budget_item, w.category, s.year, s.budget_item, s.limit_amount,
    concat(w.party_kind, '，', CAST($window_days AS VARCHAR), '日内'), 65
  FROM in_window w
  JOIN party_subject s ON s.party_kind = w.party_kind AND s.party = w.party AND s.unit = w.unit
    AND s.category = w.category
)
SELECT
  c.rec AS rec_award, c.unit, CAST(e.year AS VARCHAR) AS year, e.budget_item, c.category, a.project_name,
  a.winner_name, c.award_date, c.amount, e.limit_amount, e.grouping, e.strength
FROM explained e
JOIN counted c ON c.unit = e.unit AND c.purchase = e.purchase AND c.year = e.own_year
  AND c.budget_item = e.own_item AND c.category = e.category
JOIN awards a ON a.rec = c.rec
