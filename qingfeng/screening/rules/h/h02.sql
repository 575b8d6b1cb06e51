/* ---
id: H02
version: 1.1.0
title: 监管单位人员与监管对象有利益关系
content: 8
basis: 公务员法第五十九条、中国共产党纪律处分条例关于违规经商办企业和回避的规定 [K]
parameters:
  temporary_words: {type: list, value: [临时, 公益性岗位, 公益岗, 劳务派遣, 编外, 兼职, 返聘, 退休, 实习, 见习, 外聘, 临聘], title: 不在限制之列的人员类别}
  close: {type: list, value: [配偶, 夫, 妻, 爱人, 父, 母, 子, 女, 儿, 兄, 哥, 弟, 姐, 妹, 岳, 公公, 婆婆, 媳, 婿], title: 近亲属关系}
  distant: {type: list, value: [表, 堂, 远, 侄, 甥, 姑, 舅, 姨, 叔, 伯, 邻, 朋友, 同学], title: 不算近亲属的关系}
  share_percent: {type: integer, value: 0, title: 持股比例下限（%）, why: 监管对象的股份无论多少都应当报告}
  inactive: {type: list, value: [注销, 吊销, 撤销], title: 已不经营的状态}
inputs: [payroll, regulated_firms]
optional: [firms, firm_people, relatives]
either: [[firms.rec], [firm_people.rec], [relatives.rec]]
subject: {kind: firm, column: firm_key, shown: firm_name}
records: {regulated: regulated_firms, pay: payroll, relative: relatives, firm: firms, holder: firm_people}
count: regulated
date: on_day
tier: tier
score: {column: score}
values:
  unit: {title: 监管单位}
  matter: {title: 监管事项}
  firm_name: {title: 监管对象}
  staff: {title: 监管单位人员}
  relation: {title: 关系}
  tied_name: {title: 企业方人员}
  role: {title: 在企业的身份}
  on_day: {type: date, title: 任职（工资）至}
sentence: "{unit}人员{staff}（{relation}）是其监管对象{firm_name}的{role}；是否报告、是否回避，请核实。"
false_positives: [已经报告并回避, 入职以前已经退出]
verify: [查个人有关事项报告和回避记录, 查该企业的监管、处罚、审批由谁经办, 调取工商内档]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一单位：工资表的单位与名录的监管单位同名。人按身份证号，姓名相同不算。在编人员本人及依法采集的近亲属，是法定代表人或持股不低于下限的股东、高管。
  企业注销、入股在领取工资之前已经退出的不列；退出日期为空视为仍在。临时、编外人员不列。
--- */

WITH staff AS (
  SELECT p.person_key, p.unit, min(p.rec) AS rec_pay, max(p.person_tier) AS tier, min(p.name) AS staff,
    coalesce(min(p.start_date), min(p.month)) AS from_day, coalesce(max(p.end_date), add_days(max(p.month), 30), $as_of) AS to_day
  FROM payroll p
  JOIN (SELECT DISTINCT unit FROM regulated_firms) r ON r.unit = p.unit
  WHERE p.person_key IS NOT NULL AND NOT has_word(p.post_kind, $temporary_words) AND NOT has_word(p.post, $temporary_words)
  GROUP BY p.person_key, p.unit
),
people AS (
  SELECT person_key, unit, rec_pay, CAST(NULL AS BIGINT) AS rec_relative, tier, staff, '本人' AS relation, from_day, to_day
  FROM staff
  UNION ALL
  SELECT r.person_key, s.unit, s.rec_pay, r.rec, greatest(s.tier, r.person_tier, r.cadre_person_tier), s.staff, r.relation,
    s.from_day, s.to_day
  FROM relatives r
  JOIN staff s ON s.person_key = r.cadre_person_key
  WHERE r.person_key IS NOT NULL AND has_word(r.relation, $close) AND NOT has_word(r.relation, $distant)
),
members AS (
  SELECT firm_key, legal_person_key AS person_key, legal_person_tier AS tier, legal_name AS tied_name, '法定代表人' AS role,
    rec AS rec_firm, CAST(NULL AS BIGINT) AS rec_holder, CAST(NULL AS DATE) AS from_date, end_date AS to_date
  FROM firms
  WHERE legal_person_key IS NOT NULL AND NOT has_word(status, $inactive)
  UNION ALL
  SELECT firm_key, person_key, person_tier, name, role, CAST(NULL AS BIGINT), rec, from_date, to_date
  FROM firm_people
  WHERE person_key IS NOT NULL AND (share_percent IS NULL OR share_percent >= $share_percent)
)
SELECT r.rec AS rec_regulated, p.rec_pay, p.rec_relative, m.rec_firm, m.rec_holder, r.firm_key, r.unit, r.matter, r.firm_name,
  p.staff, p.relation, m.tied_name, m.role, p.to_day AS on_day, greatest(p.tier, m.tier) AS tier,
  CASE WHEN p.relation = '本人' THEN 75 ELSE 65 END AS score
FROM regulated_firms r
JOIN people p ON p.unit = r.unit
JOIN members m ON m.firm_key = r.firm_key AND m.person_key = p.person_key
WHERE r.firm_key IS NOT NULL
  AND (m.from_date IS NULL OR m.from_date <= p.to_day) AND (m.to_date IS NULL OR p.from_day IS NULL OR m.to_date >= p.from_day)
