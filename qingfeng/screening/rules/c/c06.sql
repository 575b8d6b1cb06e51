/* ---
id: C06
version: 1.2.0
title: 评估机构与当事人有关联或独占
content: 3
basis: 评估机构由被征收人协商选定或随机确定，与当事人有利害关系的应当回避（国有土地上房屋征收评估办法）
parameters:
  share_percent: {type: integer, value: 50, title: 独占比例（%）, why: 多家机构中一家超过半数}
  least_firms: {type: integer, value: 3, title: 评估机构至少家数, why: 全区只有一两家的，占比高是正常的}
  least_files: {type: integer, value: 10, title: 评估户数至少, why: 户数太少占比没有意义}
  holding_percent: {type: integer, value: 5, title: 股东持股比例下限（%）, why: 很小的持股不说明关联}
  close: {type: list, value: [本人, 配偶, 夫, 妻, 爱人, 父, 母, 子, 女, 儿, 兄, 哥, 弟, 姐, 妹, 岳, 公公, 婆婆, 公婆, 孙, 祖, 爷爷, 奶奶, 外公, 外婆, 媳, 婿], title: 近亲属, why: 配偶、父母、子女、兄弟姐妹、祖孙及姻亲}
  distant: {type: list, value: [表, 堂, 远, 侄, 甥, 姑, 舅, 姨, 叔, 伯, 邻, 朋友, 同学], title: 不算近亲属的关系, why: 旁系和其他关系}
inputs: []
optional: [compensation, evaluation_reports, firms, firm_people, cadres, relatives]
either: [[compensation.evaluator_key], [evaluation_reports.evaluator_key]]
subject: {kind: firm, column: evaluator_key, shown: evaluator_name}
records: {compensation: compensation, report: evaluation_reports, firm: firms, holder: firm_people, other_firm: firms, other_holder: firm_people, cadre: cadres, relative: relatives}
sum: {column: amount, once_per: compensation}
date: on_day
tier: tier
score: {column: score}
values:
  evaluator_name: {title: 评估机构}
  reason: {title: 情形}
  project: {title: 征收项目}
  name: {title: 被征收人}
  item: {title: 补偿项目}
  amount: {type: money, title: 补偿（评估）金额}
  on_day: {type: date, title: 支付（报告）日期}
  person: {title: 关联人}
  role: {title: 在评估机构的身份}
  relation: {title: 与干部、被征收人或拆除单位的关系}
  party_name: {title: 拆除（代办）单位}
  files: {type: integer, title: 该机构评估户数}
  all_files: {type: integer, title: 全部评估户数}
sentence: "评估机构{evaluator_name}{reason}，涉及{rows}户（笔）、{sum}元，机构如何选定、是否应当回避？"
false_positives: [全区评估机构很少]
verify: [查选定评估机构的材料, 查工商登记和股东, 抽查评估报告]
reopen: {rows: 1, sum_percent: 20}
choices: |
  关联：评估机构的法定代表人、股东（持股不低于下限或比例不明的其他身份）就是它所评估项目的被征收人，或是干部、干部的近亲属。
  同一项目的评估机构与拆除（代办）单位是同一单位，或法定代表人、股东有同一人的，也是关联（评估报告表写有拆除单位的才比；同名不同人的不算）。
  评估报告表和补偿表里同一机构、同一项目都有的，金额只算补偿表的。
  独占：按户（项目加户编号，没有的按房屋、按记录）计，超过全部评估户数的比例；评估机构不足三家、户数太少的不算。
--- */
WITH papers AS (
  SELECT rec AS rec_compensation, CAST(NULL AS BIGINT) AS rec_report, evaluator_key, evaluator_name, project,
    coalesce(household_no, house_no, person_key, '第' || CAST(rec AS VARCHAR) || '笔') AS file_no, person_key, person_tier, name,
    item, amount, pay_date AS on_day
  FROM compensation
  WHERE evaluator_key IS NOT NULL
  UNION ALL
  SELECT CAST(NULL AS BIGINT), r.rec, r.evaluator_key, r.evaluator_name, r.project,
    coalesce(r.household_no, r.house_no, r.person_key, r.report_no, '第' || CAST(r.rec AS VARCHAR) || '份'), r.person_key, r.person_tier,
    r.name, '评估报告',
    CASE WHEN NOT EXISTS (
      SELECT 1 FROM compensation c WHERE c.evaluator_key = r.evaluator_key AND c.project = r.project) THEN r.amount END,
    r.report_date
  FROM evaluation_reports r
  WHERE r.evaluator_key IS NOT NULL
),
shares AS (
  SELECT evaluator_key, count(*) AS files
  FROM (SELECT DISTINCT evaluator_key, project, file_no FROM papers) f
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
looked_at AS (
  SELECT evaluator_key AS firm_key FROM shares
  UNION
  SELECT party_key FROM evaluation_reports WHERE party_key IS NOT NULL
),
behind AS (
  SELECT f.firm_key, f.legal_person_key AS person_key, f.legal_person_tier AS tier, f.legal_name AS person, '法定代表人' AS role,
    f.rec AS rec_firm, CAST(NULL AS BIGINT) AS rec_holder
  FROM firms f
  JOIN looked_at s ON s.firm_key = f.firm_key
  WHERE f.legal_person_key IS NOT NULL
  UNION ALL
  SELECT h.firm_key, h.person_key, h.person_tier, h.name, h.role, CAST(NULL AS BIGINT), h.rec
  FROM firm_people h
  JOIN looked_at s ON s.firm_key = h.firm_key
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
),
ties AS (
  -- 谁与谁有关联：每条关联落到一份补偿或评估报告上
  SELECT p.rec_compensation, p.rec_report, '的负责人或股东就是被征收人' AS reason, b.person, b.role, '被征收人本人' AS relation,
    CAST(NULL AS VARCHAR) AS party_name, CAST(NULL AS BIGINT) AS files, CAST(NULL AS BIGINT) AS all_files, 80 AS score,
    greatest(p.person_tier, b.tier) AS tier, b.rec_firm, b.rec_holder, CAST(NULL AS BIGINT) AS rec_other_firm,
    CAST(NULL AS BIGINT) AS rec_other_holder, CAST(NULL AS BIGINT) AS rec_cadre, CAST(NULL AS BIGINT) AS rec_relative
  FROM papers p
  JOIN behind b ON b.firm_key = p.evaluator_key AND b.person_key = p.person_key
  UNION ALL
  SELECT p.rec_compensation, p.rec_report, '与干部有关联', b.person, b.role, o.relation, CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT), 70, greatest(b.tier, o.tier), b.rec_firm, b.rec_holder, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT),
    o.rec_cadre, o.rec_relative
  FROM behind b
  JOIN officials o ON o.person_key = b.person_key
  JOIN papers p ON p.evaluator_key = b.firm_key
  UNION ALL
  SELECT CAST(NULL AS BIGINT), r.rec, '同时是拆除（代办）单位', CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), '同一单位', r.party_name,
    CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), 80, 1, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
  FROM evaluation_reports r
  WHERE r.party_key = r.evaluator_key
  UNION ALL
  SELECT CAST(NULL AS BIGINT), r.rec, '与拆除（代办）单位有同一负责人或股东', e.person, e.role, '拆除（代办）单位的' || o.role, r.party_name,
    CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), 75, greatest(e.tier, o.tier), e.rec_firm, e.rec_holder, o.rec_firm, o.rec_holder,
    CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
  FROM evaluation_reports r
  JOIN behind e ON e.firm_key = r.evaluator_key
  JOIN behind o ON o.firm_key = r.party_key AND o.person_key = e.person_key
  WHERE r.party_key <> r.evaluator_key
  UNION ALL
  SELECT p.rec_compensation, p.rec_report, '评估户数过半', CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
    CAST(NULL AS VARCHAR), d.files, d.all_files, 45, 1, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
  FROM dominant d
  JOIN papers p ON p.evaluator_key = d.evaluator_key
)
SELECT p.evaluator_key, p.evaluator_name, t.reason, p.project, p.name, p.item, p.amount, p.on_day, t.person, t.role, t.relation,
  t.party_name, t.files, t.all_files, t.score, t.tier, t.rec_compensation, t.rec_report, t.rec_firm, t.rec_holder,
  t.rec_other_firm, t.rec_other_holder, t.rec_cadre, t.rec_relative
FROM ties t
-- 一份不是补偿就是评估报告，另一个编号为空
JOIN papers p ON coalesce(p.rec_compensation, -1) = coalesce(t.rec_compensation, -1)
  AND coalesce(p.rec_report, -1) = coalesce(t.rec_report, -1)
