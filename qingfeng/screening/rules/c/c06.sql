/* ---
id: C06
version: 1.0.0
title: 评估机构与当事人有关联或独占
content: 3
basis: 评估机构由被征收人协商选定或随机确定，与当事人有利害关系的应当回避（国有土地上房屋征收评估办法）
parameters:
  share_percent: {type: integer, value: 50, title: 独占比例（%）, why: 多家机构中一家超过半数}
  least_firms: {type: integer, value: 3, title: 评估机构至少家数, why: 全区只有一两家的，占比高是正常的}
  least_files: {type: integer, value: 10, title: 评估户数至少, why: 户数太少占比没有意义}
  holding_percent: {type: integer, value: 5, title: 股东持股比例下限（%）, why: 很小的持股不说明关联}
  close: {type: list, value: [本人, 配偶, 夫, 妻, 爱人, 父, 母, 子, 女, 儿, 兄, 弟, 姐, 妹, 岳, 公公, 婆婆, 公婆, 孙, 祖, 爷爷, 奶奶, 外公, 外婆, 媳, 婿], title: 近亲属, why: 配偶、父母、子女、兄弟姐妹、祖孙及姻亲}
  distant: {type: list, value: [表, 堂, 远, 侄, 甥, 姑, 舅, 姨, 叔, 伯, 邻, 朋友, 同学], title: 不算近亲属的关系, why: 旁系和其他关系}
inputs: [compensation]
optional: [firms, firm_people, cadres, relatives]
needs: {compensation: [evaluator_key]}
subject: {kind: firm, column: evaluator_key, shown: evaluator_name}
records: {compensation: compensation, firm: firms, holder: firm_people, cadre: cadres, relative: relatives}
sum: {column: amount, once_per: compensation}
date: pay_date
tier: tier
score: {column: score}
values:
  evaluator_name: {title: 评估机构}
  reason: {title: 情形}
  project: {title: 征收项目}
  name: {title: 被征收人}
  item: {title: 补偿项目}
  amount: {type: money, title: 补偿金额}
  pay_date: {type: date, title: 支付日期}
  person: {title: 关联人}
  role: {title: 在评估机构的身份}
  relation: {title: 与干部或被征收人的关系}
  files: {type: integer, title: 该机构评估户数}
  all_files: {type: integer, title: 全部评估户数}
sentence: "评估机构{evaluator_name}{reason}，涉及补偿{rows}笔、{sum}元，机构如何选定、是否应当回避？"
false_positives: [全区评估机构很少]
verify: [查选定评估机构的材料, 查工商登记和股东, 抽查评估报告]
reopen: {rows: 1, sum_percent: 20}
choices: |
  关联：评估机构的法定代表人、股东（持股不低于下限或比例不明的其他身份）就是它所评估项目的被征收人，或是干部、干部的近亲属。
  独占：按户（项目加户编号，没有的按房屋、按记录）计，超过全部评估户数的比例；评估机构不足三家、户数太少的不算。
--- */
WITH files AS (
  SELECT evaluator_key, min(evaluator_name) AS evaluator_name, project,
    coalesce(household_no, house_no, person_key, CAST(rec AS VARCHAR)) AS file_no, min(rec) AS rec
  FROM compensation
  WHERE evaluator_key IS NOT NULL
  GROUP BY evaluator_key, project, coalesce(household_no, house_no, person_key, CAST(rec AS VARCHAR))
),
shares AS (
  SELECT evaluator_key, count(*) AS files
  FROM files
  GROUP BY evaluator_key
),
whole AS (
  SELECT count(*) AS firms, sum(files) AS all_files
  FROM shares
),
dominant AS (
  SELECT s.evaluator_key, s.files, w.all_files
  FROM shares s
  CROSS JOIN whole w
  WHERE w.firms >= $least_firms AND w.all_files >= $least_files AND s.files * 100 > w.all_files * $share_percent
),
behind AS (
  SELECT f.firm_key, f.legal_person_key AS person_key, f.legal_person_tier AS tier, f.legal_name AS person, '法定代表人' AS role,
    f.rec AS rec_firm, CAST(NULL AS BIGINT) AS rec_holder
  FROM firms f
  JOIN shares s ON s.evaluator_key = f.firm_key
  WHERE f.legal_person_key IS NOT NULL
  UNION ALL
  SELECT h.firm_key, h.person_key, h.person_tier, h.name, h.role, CAST(NULL AS BIGINT), h.rec
  FROM firm_people h
  JOIN shares s ON s.evaluator_key = h.firm_key
  WHERE h.person_key IS NOT NULL AND coalesce(h.share_percent, 100) >= $holding_percent
    AND (h.to_date IS NULL OR h.to_date >= $as_of)
),
officials AS (
  SELECT person_key, person_tier AS tier, '干部' || name AS relation, rec AS rec_cadre, CAST(NULL AS BIGINT) AS rec_relative
  FROM cadres
  WHERE person_key IS NOT NULL AND (to_date IS NULL OR to_date >= $as_of)
  UNION ALL
  SELECT r.person_key, greatest(r.person_tier, r.cadre_person_tier), '干部' || r.cadre_name || '的' || r.relation, CAST(NULL AS BIGINT), r.rec
  FROM relatives r
  WHERE r.person_key IS NOT NULL AND has_word(r.relation, $close) AND NOT has_word(r.relation, $distant)
)
SELECT c.evaluator_key, c.evaluator_name, '的负责人或股东就是被征收人' AS reason, c.project, c.name, c.item, c.amount, c.pay_date,
  b.person, b.role, '被征收人本人' AS relation, CAST(NULL AS BIGINT) AS files, CAST(NULL AS BIGINT) AS all_files, 80 AS score,
  greatest(c.person_tier, b.tier) AS tier, c.rec AS rec_compensation, b.rec_firm, b.rec_holder,
  CAST(NULL AS BIGINT) AS rec_cadre, CAST(NULL AS BIGINT) AS rec_relative
FROM compensation c
JOIN behind b ON b.firm_key = c.evaluator_key AND b.person_key = c.person_key
UNION ALL
SELECT c.evaluator_key, c.evaluator_name, '与干部有关联', c.project, c.name, c.item, c.amount, c.pay_date,
  b.person, b.role, o.relation, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), 70,
  greatest(b.tier, o.tier), c.rec, b.rec_firm, b.rec_holder, o.rec_cadre, o.rec_relative
FROM behind b
JOIN officials o ON o.person_key = b.person_key
JOIN compensation c ON c.evaluator_key = b.firm_key
UNION ALL
SELECT c.evaluator_key, c.evaluator_name, '评估户数过半', c.project, c.name, c.item, c.amount, c.pay_date,
  CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), d.files, d.all_files, 45,
  1, c.rec, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
FROM dominant d
JOIN compensation c ON c.evaluator_key = d.evaluator_key
