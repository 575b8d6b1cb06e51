/* ---
id: B06
version: 1.1.0
title: 资产账实不符
content: 2
basis: 农村集体资产清查制度要求账实相符（以当地规定为准）
parameters:
  tolerance_percent: {type: integer, value: 10, title: 面积误差百分比, why: 测量方法不同造成的出入}
  states:
    type: table
    columns: [{rank: integer}, word, state]
    value:
      - [1, 拆, 灭失]
      - [1, 灭失, 灭失]
      - [1, 倒塌, 灭失]
      - [1, 报废, 灭失]
      - [2, 未出租, 闲置]
      - [2, 未使用, 闲置]
      - [2, 未用, 闲置]
      - [2, 闲置, 闲置]
      - [2, 空置, 闲置]
      - [2, 空闲, 闲置]
      - [2, 停用, 闲置]
      - [2, 废弃, 闲置]
      - [2, 荒, 闲置]
      - [3, 出租, 出租]
      - [3, 承包, 出租]
      - [3, 出借, 出租]
      - [3, 自用, 自用]
      - [4, 在用, 在用]
      - [4, 使用, 在用]
      - [4, 经营, 在用]
      - [4, 占用, 在用]
      - [4, 种植, 在用]
      - [4, 养殖, 在用]
      - [4, 居住, 在用]
    title: 状态的归类
    why: 写法不一，按名次先后归成灭失、闲置、出租、自用、在用五类
inputs: [assets]
subject: {kind: asset, column: asset_no, shown: [village, asset_no]}
records: {asset: assets, survey: assets}
date: survey_date
score: 55
values:
  village: {title: 村社区}
  asset_no: {title: 资产编号}
  asset_name: {title: 资产名称}
  reason: {title: 不符之处}
  area: {type: area, title: 账面面积}
  surveyed_area: {type: area, title: 实测面积}
  state: {title: 账面状态}
  surveyed_state: {title: 实地状态}
  tenant_name: {title: 账面承租人}
  surveyed_tenant_name: {title: 实际使用人}
  survey_date: {type: date, title: 核查日期}
sentence: "{village}资产{asset_no}（{asset_name}）{reason}，账实为何不符、收益归谁？"
false_positives: [测量方法不同]
verify: [实地重新丈量并拍照, 查合同和收款, 查资产处置手续]
reopen: {rows: 1, sum_percent: 0}
choices: |
  只比同一条台账里的账面和实地（核查结果没有填的不比）；台账和清查是两张表的，按资产编号对上再比（编号在台账里只有一条、清查表写了村的须同村或一边没有写）。面积出入按账面的百分比，不超过误差的不列。
  状态先归类再比：“在用”与“出租”“自用”不算不符；归不了类的写法不比。承租人两边都填而姓名不同的列出。
--- */
WITH book AS (
  SELECT rec, asset_no, village, area, state, tenant_name, tenant_name_key, surveyed_area, surveyed_state, surveyed_tenant_name,
    surveyed_tenant_name_key, survey_date
  FROM assets
  WHERE area IS NOT NULL OR state IS NOT NULL OR tenant_name_key IS NOT NULL
),
lone AS (
  SELECT asset_no FROM book WHERE asset_no IS NOT NULL GROUP BY asset_no HAVING count(*) = 1
),
survey AS (
  -- 另一张清查表：只有实地情况；同一编号清查几次的取最后一次
  SELECT asset_no, village, surveyed_area, surveyed_state, surveyed_tenant_name, surveyed_tenant_name_key, survey_date, rec,
    row_number() OVER (PARTITION BY asset_no ORDER BY survey_date DESC NULLS LAST, rec) AS number
  FROM assets
  WHERE area IS NULL AND state IS NULL AND tenant_name_key IS NULL AND asset_no IS NOT NULL
    AND (surveyed_area IS NOT NULL OR surveyed_state IS NOT NULL OR surveyed_tenant_name_key IS NOT NULL)
),
compared AS (
  SELECT b.rec, s.rec AS rec_survey, b.area, b.state, b.tenant_name, b.tenant_name_key,
    coalesce(b.surveyed_area, s.surveyed_area) AS surveyed_area, coalesce(b.surveyed_state, s.surveyed_state) AS surveyed_state,
    coalesce(b.surveyed_tenant_name, s.surveyed_tenant_name) AS surveyed_tenant_name,
    coalesce(b.surveyed_tenant_name_key, s.surveyed_tenant_name_key) AS surveyed_tenant_name_key,
    coalesce(b.survey_date, s.survey_date) AS survey_date
  FROM book b
  LEFT JOIN lone l ON l.asset_no = b.asset_no
  LEFT JOIN survey s ON s.asset_no = l.asset_no AND s.number = 1
    AND (s.village IS NULL OR b.village IS NULL OR s.village = b.village)
),
worded AS (
  SELECT a.rec, 'book' AS side, s.rank, s.state
  FROM compared a
  JOIN param_states s ON text_has(a.state, s.word)
  UNION
  SELECT a.rec, 'found', s.rank, s.state
  FROM compared a
  JOIN param_states s ON text_has(a.surveyed_state, s.word)
),
first_rank AS (
  SELECT rec, side, min(rank) AS rank
  FROM worded
  GROUP BY rec, side
),
classed AS (
  SELECT w.rec, w.side, min(w.state) AS state
  FROM worded w
  JOIN first_rank f ON f.rec = w.rec AND f.side = w.side AND f.rank = w.rank
  GROUP BY w.rec, w.side
),
differing AS (
  SELECT b.rec, '状态不符' AS reason
  FROM classed b
  JOIN classed f ON f.rec = b.rec
  WHERE b.side = 'book' AND f.side = 'found' AND b.state <> f.state
    AND NOT (b.state = '在用' AND f.state IN ('出租', '自用'))
    AND NOT (f.state = '在用' AND b.state IN ('出租', '自用'))
  UNION ALL
  SELECT rec, '面积不符'
  FROM compared
  WHERE area > 0 AND surveyed_area IS NOT NULL AND abs(surveyed_area - area) * 100 > area * $tolerance_percent
  UNION ALL
  SELECT rec, '承租人不符'
  FROM compared
  WHERE tenant_name_key <> surveyed_tenant_name_key
)
SELECT a.asset_no, a.village, a.asset_name, d.reason, c.area, c.surveyed_area, c.state, c.surveyed_state, c.tenant_name,
  c.surveyed_tenant_name, c.survey_date, a.rec AS rec_asset, c.rec_survey
FROM differing d
JOIN compared c ON c.rec = d.rec
JOIN assets a ON a.rec = d.rec
