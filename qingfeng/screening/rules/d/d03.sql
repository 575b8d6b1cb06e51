/* ---
id: D03
version: 1.1.1
title: 罚款超出裁量幅度
content: 4
basis: 行政处罚法第三十四条行政处罚裁量基准、第三十二条从轻减轻情形 [K]；幅度由各部门裁量基准规定 [L]
parameters:
  no_reason: {type: list, value: [无, 没有, 未说明, 不适用, "-", "/", "——"], title: 等于没有减轻理由的写法}
inputs: [penalties]
optional: [penalty_bands]
needs: {penalties: [amount]}
either:
  - [penalties.band_low]
  - [penalties.band_high]
  - [penalties.conduct, penalties.grade, penalty_bands.band_low]
  - [penalties.conduct, penalties.grade, penalty_bands.band_high]
subject: {kind: case, column: decision_no, shown: decision_no}
records: {penalty: penalties, band: penalty_bands}
sum: {column: amount, once_per: penalty}
date: decided_date
score: {column: strength}
values:
  decision_no: {title: 处罚决定书号}
  unit: {title: 执法单位}
  officer: {title: 执法人员}
  firm_name: {title: 当事人}
  conduct: {title: 违法行为}
  grade: {title: 裁量档次}
  amount: {type: money, title: 罚款金额}
  band_low: {type: money, title: 裁量下限}
  band_high: {type: money, title: 裁量上限}
  decided_date: {type: date, title: 处罚日期}
  mitigation: {title: 减轻情形}
  reason: {title: 情形}
sentence: "{unit}{decision_no}对{firm_name}罚款{sum}元，{reason}（{band_low}元至{band_high}元）；裁量理由请核实。"
false_positives: [依法减轻处罚并写明理由]
verify: [调阅案卷集体讨论记录, 核对裁量基准版本, 核对减轻情节证据]
reopen: {rows: 1, sum_percent: 0}
choices: |
  低于下限且没有写明减轻情形的提示；高于上限的一律提示（减轻情形不能解释多罚）。恰在上下限的不算。
  幅度以决定所附的上下限为准；决定没有附的，按裁量基准表里同一违法行为、同一档次的（基准表里写了几条不同幅度的，取最宽的）；上下限都没有的不作判断，只有一端的只比那一端。
--- */
WITH bands AS (
  SELECT conduct, grade, min(band_low) AS band_low, max(band_high) AS band_high, min(rec) AS rec
  FROM penalty_bands
  GROUP BY conduct, grade
),
judged AS (
  SELECT p.rec, p.decision_no, p.unit, p.officer, p.firm_name, p.conduct, p.grade, p.amount, p.decided_date, p.mitigation,
    CASE WHEN p.band_low IS NULL AND p.band_high IS NULL THEN b.band_low ELSE p.band_low END AS band_low,
    CASE WHEN p.band_low IS NULL AND p.band_high IS NULL THEN b.band_high ELSE p.band_high END AS band_high,
    CASE WHEN p.band_low IS NULL AND p.band_high IS NULL THEN b.rec END AS rec_band
  FROM penalties p
  LEFT JOIN bands b ON b.conduct = p.conduct AND b.grade = p.grade
)
SELECT
  rec AS rec_penalty, rec_band, decision_no, unit, officer, firm_name, conduct, grade, amount, band_low, band_high, decided_date,
  mitigation,
  CASE WHEN amount > band_high THEN '高于裁量上限' ELSE '低于裁量下限且没有减轻理由' END AS reason,
  CASE WHEN amount > band_high THEN 80 ELSE 70 END AS strength
FROM judged
WHERE amount > band_high
  OR (amount < band_low AND (mitigation IS NULL OR trim(mitigation) = '' OR trim(mitigation) IN $no_reason))
