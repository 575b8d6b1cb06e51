/* ---
id: D04
version: 1.0.0
title: 以罚代管
content: 4
basis: 行政处罚法第二十八条：实施行政处罚时应当责令当事人改正或者限期改正 [K]；次数为筛查口径 [L]
parameters:
  times: {type: integer, value: 3, title: 处罚次数}
  months: {type: integer, value: 12, title: 月数}
  stronger_words: {type: list, value: [停产, 停业, 吊销, 暂扣, 查封, 关停, 关闭, 取缔, 拆除, 移送, 撤销, 从业禁止, 拘留], title: 更重的措施}
inputs: [penalties]
needs: {penalties: [conduct, decided_date, decision_no, firm_key]}
subject: {kind: firm, column: firm_key, shown: firm_name}
records: {penalty: penalties}
sum: {column: amount, once_per: penalty}
date: decided_date
score: 65
values:
  firm_name: {title: 当事人}
  conduct: {title: 违法行为}
  decision_no: {title: 处罚决定书号}
  unit: {title: 执法单位}
  measure: {title: 处罚种类}
  amount: {type: money, title: 罚款金额}
  decided_date: {type: date, title: 处罚日期}
sentence: "{firm_name}{first}至{last}因“{conduct}”被罚{rows}次，合计{sum}元，未见更重措施；整改是否落实，请核实。"
false_positives: [当事人有多处工地、门店]
verify: [逐案核对整改复查记录, 实地查看, 核对是否应当加重]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一当事人、违法行为文字相同的处罚12个月内（从其中第一次起）达到3次。同一决定书号的重复行算一次；决定书号不同而在同日的分别算。
  这些处罚里有一次采取了停产停业、吊销、查封、移送等更重措施的，不提示。处罚种类没有采集的视为只有罚款。违法行为空的不作判断。
--- */
WITH decisions AS (
  SELECT min(rec) AS rec, firm_key, trim(conduct) AS conduct, decision_no, min(decided_date) AS decided_date,
    max(CASE WHEN has_word(measure, $stronger_words) OR has_word(conduct, $stronger_words) THEN 1 ELSE 0 END) AS stronger
  FROM penalties
  WHERE firm_key IS NOT NULL AND trim(conduct) <> '' AND decided_date <= $as_of
  GROUP BY firm_key, trim(conduct), decision_no
),
in_order AS (
  SELECT rec, firm_key, conduct, decided_date, stronger,
    row_number() OVER (PARTITION BY firm_key, conduct ORDER BY decided_date, rec) AS place
  FROM decisions
),
runs AS (
  -- 第一次与其后第“次数”次相隔不到规定月数
  SELECT f.firm_key, f.conduct, f.place AS first_place, l.place AS last_place
  FROM in_order f
  JOIN in_order l ON l.firm_key = f.firm_key AND l.conduct = f.conduct AND l.place = f.place + $times - 1
  WHERE months_between_full(f.decided_date, l.decided_date) < $months
),
penalised AS (
  SELECT DISTINCT i.rec, i.firm_key, i.conduct, i.stronger
  FROM runs r
  JOIN in_order i ON i.firm_key = r.firm_key AND i.conduct = r.conduct
    AND i.place BETWEEN r.first_place AND r.last_place
),
only_fines AS (
  SELECT firm_key, conduct FROM penalised GROUP BY firm_key, conduct HAVING max(stronger) = 0
)
SELECT
  p.rec AS rec_penalty, x.firm_key, p.firm_name, x.conduct, p.decision_no, p.unit, p.measure, p.amount, p.decided_date
FROM only_fines o
JOIN penalised x ON x.firm_key = o.firm_key AND x.conduct = o.conduct
JOIN penalties p ON p.rec = x.rec
