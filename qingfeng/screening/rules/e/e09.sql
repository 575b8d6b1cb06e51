/* ---
id: E09
version: 1.1.0
title: 干部或亲属的企业中标
content: 5
basis: 政府采购法第十二条：采购人员及相关人员与供应商有利害关系的，必须回避 [K]；纪律处分条例关于违规经商办企业、亲属在管辖范围内经商的规定 [K]
parameters:
  min_share: {type: decimal, value: 0, title: 最低持股比例（%）, why: 未填视为达到}
  avoided_words: {type: list, value: [已回避, 全程回避, 并回避, 主动回避, 已申报回避], title: 备注写明已回避的}
inputs: [awards]
optional: [cadres, relatives, firms, firm_people]
needs: {awards: [award_date, winner_key], cadres: [person_key]}
subject: {kind: firm, column: winner_key, shown: winner_name}
records: {award: awards, cadre: cadres, relative: relatives, firm: firms, person: firm_people}
sum: {column: amount, once_per: award}
date: award_date
tier: tier
score: {column: strength}
values:
  winner_name: {title: 中标单位}
  role: {title: 在企业的身份}
  cadre_name: {title: 干部}
  cadre_unit: {title: 干部单位}
  post: {title: 职务}
  relation: {title: 与干部关系}
  person_name: {title: 企业中的人}
  unit: {title: 采购单位}
  project_name: {title: 项目名称}
  award_date: {type: date, title: 中标日期}
  amount: {type: money, title: 中标金额}
sentence: "{cadre_unit}干部{cadre_name}（{relation}）与{winner_name}的{role}{person_name}对上，该企业{first}至{last}中标{rows}次，合计{sum}元；是否申报、回避，请核实。"
false_positives: [已申报并回避, 公开招标中公平中标, 任职前已离开企业]
verify: [核对领导干部个人事项报告, 调阅招标和回避记录, 核对企业登记变更]
reopen: {rows: 1, sum_percent: 0}
choices: |
  按中标日看：干部当时在任，人员当时在企业任职或持股（起止日期空的视为一直是）。亲属只用依法采集的申报名单。
  成交记录写明已回避的不算。姓名相同不算，身份为第三、四档的只作疑问。采购单位就是干部所在单位的，分值更高。
--- */
WITH insiders AS (
  SELECT c.person_key, c.person_tier AS tier, c.rec AS rec_cadre, CAST(NULL AS BIGINT) AS rec_relative, '本人' AS relation,
    c.name AS cadre_name, c.unit AS cadre_unit, c.post, c.from_date, c.to_date
  FROM cadres c
  WHERE c.person_key IS NOT NULL
  UNION ALL
  SELECT r.person_key, greatest(r.person_tier, r.cadre_person_tier, c.person_tier), c.rec, r.rec, r.relation, c.name,
    c.unit, c.post, c.from_date, c.to_date
  FROM relatives r
  JOIN cadres c ON c.person_key = r.cadre_person_key
  WHERE r.person_key IS NOT NULL
),
winners AS (
  SELECT DISTINCT winner_key FROM awards WHERE winner_key IS NOT NULL AND NOT coalesce(winner_avoided, FALSE)
    AND NOT has_word(note, $avoided_words)
),
members AS (
  SELECT f.firm_key, f.rec AS rec_firm, CAST(NULL AS BIGINT) AS rec_person, f.legal_person_key AS person_key,
    f.legal_person_tier AS tier, f.legal_name AS person_name, '法定代表人' AS role, CAST(NULL AS DATE) AS from_date,
    CAST(NULL AS DATE) AS to_date
  FROM firms f JOIN winners w ON w.winner_key = f.firm_key
  WHERE f.legal_person_key IS NOT NULL
  UNION ALL
  SELECT p.firm_key, CAST(NULL AS BIGINT), p.rec, p.person_key, p.person_tier, p.name, p.role, p.from_date, p.to_date
  FROM firm_people p JOIN winners w ON w.winner_key = p.firm_key
  WHERE p.person_key IS NOT NULL AND coalesce(p.share_percent, 100) >= $min_share
),
ties AS (
  SELECT m.firm_key, m.rec_firm, m.rec_person, i.rec_cadre, i.rec_relative, m.role, m.person_name, i.cadre_name, i.cadre_unit,
    i.post, i.relation, greatest(m.tier, i.tier) AS tier, m.from_date, m.to_date, i.from_date AS post_from,
    i.to_date AS post_to
  FROM members m
  JOIN insiders i ON i.person_key = m.person_key
)
SELECT
  a.rec AS rec_award, t.rec_cadre, t.rec_relative, t.rec_firm, t.rec_person, a.winner_key, a.winner_name, t.role,
  t.cadre_name, t.cadre_unit, t.post, t.relation, t.person_name, a.unit, a.project_name, a.award_date, a.amount, t.tier,
  CASE WHEN a.unit = t.cadre_unit THEN 90 WHEN t.relation = '本人' THEN 80 ELSE 70 END AS strength
FROM awards a
JOIN ties t ON t.firm_key = a.winner_key
WHERE NOT coalesce(a.winner_avoided, FALSE) AND NOT has_word(a.note, $avoided_words) AND a.award_date <= $as_of
  AND (t.from_date IS NULL OR t.from_date <= a.award_date) AND (t.to_date IS NULL OR t.to_date >= a.award_date)
  AND (t.post_from IS NULL OR t.post_from <= a.award_date) AND (t.post_to IS NULL OR t.post_to >= a.award_date)
