/* ---
id: D06
version: 1.1.0
title: 检查人员与企业有关联或总是同一人
content: 4
basis: “双随机、一公开”监管：随机抽取检查对象、随机选派执法检查人员 [S]；行政处罚法第四十三条回避 [K]
parameters:
  min_draws: {type: integer, value: 5, title: 该企业最少被检查次数}
  min_share: {type: ratio, value: 0.8, title: 由同一人检查的最低比例}
  max_p: {type: ratio, value: 0.05, title: 偶然概率上限, why: 队伍小、人手少时总是同几个人是必然的，不提示}
inputs: [inspection_draws]
optional: [relatives, firms, firm_people]
needs: {inspection_draws: [draw_date, firm_key]}
subject: {kind: pair, column: [officer, firm_key], shown: [officer_name, firm_name]}
records: {draw: inspection_draws, relative: relatives, firm: firms, person: firm_people}
count: draw
date: draw_date
tier: tier
score: {column: strength}
finisher: beyond_chance
values:
  officer_name: {title: 检查人员}
  firm_name: {title: 检查对象}
  unit: {title: 执法单位}
  draw_no: {title: 任务编号}
  draw_date: {type: date, title: 检查日期}
  reason: {title: 情形}
  together: {type: integer, title: 由其检查次数}
  draws: {type: integer, title: 该企业被检查次数}
  p_value: {title: 随机抽取时偶然出现的概率, added: true}
  certain: {type: boolean, title: 有关联, hidden: true}
  successes: {type: integer, title: 次数, hidden: true}
  trials: {type: integer, title: 总次数, hidden: true}
  base_successes: {type: integer, title: 该人员参加的任务数, hidden: true}
  base_trials: {type: integer, title: 本单位任务数, hidden: true}
  tests: {type: integer, title: 检验的组数, hidden: true}
  test_key: {title: 检验的组, hidden: true}
sentence: "{unit}检查人员{officer_name}与检查对象{firm_name}：{reason}（该企业被检查{draws}次，由其检查{together}次）；抽取是否随机、有无回避，请核实。"
false_positives: [执法队伍人员少, 已申报回避]
verify: [调阅抽取记录（种子、名单摘要）, 核对回避登记, 查往来]
reopen: {rows: 1, sum_percent: 0}
choices: |
  企业被同一单位检查5次以上、其中八成以上由同一人参加，并且按该人在本单位全部任务中的参加比例，偶然出现的概率不超过5%（精确二项检验）；人少的队伍因此不会提示。
  或者检查人员本人、申报的亲属是该企业的法定代表人、股东、高管（按检查日在任），只要检查过一次就提示。
  同一任务多名检查人员各占一行；一行写两名检查人员的，第二名也算。任务按编号，没有编号的按单位、企业、日期。没有身份证号的人员在本单位内按姓名归并，只作疑问。
--- */
WITH sent AS (
  SELECT rec, unit, firm_key, officer_person_key, officer_person_tier, officer_name_key, officer_name, draw_no, draw_date
  FROM inspection_draws
  UNION ALL
  SELECT rec, unit, firm_key, second_officer_person_key, second_officer_person_tier, second_officer_name_key, second_officer_name,
    draw_no, draw_date
  FROM inspection_draws
  WHERE second_officer_name_key IS NOT NULL
),
draws AS (
  SELECT min(rec) AS rec, coalesce(unit, '') AS unit, firm_key,
    coalesce(officer_person_key, concat('n:', coalesce(unit, ''), officer_name_key)) AS officer,
    min(officer_person_key) AS officer_person_key, min(officer_name) AS officer_name,
    min(CASE WHEN officer_person_key IS NULL THEN 3 ELSE officer_person_tier END) AS tier,
    coalesce(draw_no, '') AS draw_no, draw_date
  FROM sent
  WHERE firm_key IS NOT NULL AND officer_name_key IS NOT NULL AND draw_date <= $as_of
  GROUP BY coalesce(unit, ''), firm_key, coalesce(officer_person_key, concat('n:', coalesce(unit, ''), officer_name_key)),
    coalesce(draw_no, ''), draw_date
),
of_unit AS (
  SELECT unit, count(DISTINCT concat(firm_key, '|', draw_no, '|', CAST(draw_date AS VARCHAR))) AS tasks FROM draws GROUP BY unit
),
of_officer AS (
  SELECT unit, officer, count(DISTINCT concat(firm_key, '|', draw_no, '|', CAST(draw_date AS VARCHAR))) AS tasks
  FROM draws GROUP BY unit, officer
),
of_firm AS (
  SELECT unit, firm_key, count(DISTINCT concat(draw_no, '|', CAST(draw_date AS VARCHAR))) AS draws FROM draws
  GROUP BY unit, firm_key
),
of_pair AS (
  SELECT unit, officer, firm_key, count(*) AS together FROM draws GROUP BY unit, officer, firm_key
),
pairs_tested AS (
  SELECT count(*) AS tests FROM of_pair
),
usual AS (
  SELECT p.unit, p.officer, p.firm_key, p.together, f.draws, o.tasks AS officer_tasks, u.tasks AS unit_tasks, t.tests
  FROM of_pair p
  JOIN of_firm f ON f.unit = p.unit AND f.firm_key = p.firm_key
  JOIN of_officer o ON o.unit = p.unit AND o.officer = p.officer
  JOIN of_unit u ON u.unit = p.unit
  CROSS JOIN pairs_tested t
  WHERE f.draws >= $min_draws AND p.together >= f.draws * $min_share
),
close_people AS (
  SELECT DISTINCT officer_person_key AS officer, officer_person_key AS person_key, CAST(NULL AS BIGINT) AS rec_relative,
    '本人' AS relation, 1 AS tier
  FROM draws WHERE officer_person_key IS NOT NULL
  UNION ALL
  SELECT cadre_person_key, person_key, rec, relation, greatest(person_tier, cadre_person_tier)
  FROM relatives
  WHERE cadre_person_key IS NOT NULL AND person_key IS NOT NULL
),
members AS (
  SELECT firm_key, rec AS rec_firm, CAST(NULL AS BIGINT) AS rec_person, legal_person_key AS person_key,
    legal_person_tier AS tier, '法定代表人' AS role, CAST(NULL AS DATE) AS from_date, CAST(NULL AS DATE) AS to_date
  FROM firms WHERE legal_person_key IS NOT NULL
  UNION ALL
  SELECT firm_key, CAST(NULL AS BIGINT), rec, person_key, person_tier, role, from_date, to_date
  FROM firm_people WHERE person_key IS NOT NULL
),
tied AS (
  SELECT d.rec, d.unit, d.officer, d.officer_name, d.firm_key, c.rec_relative, m.rec_firm, m.rec_person,
    concat(c.relation, '是该企业的', m.role) AS reason, greatest(d.tier, c.tier, m.tier) AS tier
  FROM draws d
  JOIN close_people c ON c.officer = d.officer_person_key
  JOIN members m ON m.firm_key = d.firm_key AND m.person_key = c.person_key
  WHERE (m.from_date IS NULL OR m.from_date <= d.draw_date) AND (m.to_date IS NULL OR m.to_date >= d.draw_date)
),
found AS (
  SELECT d.rec, CAST(NULL AS BIGINT) AS rec_relative, CAST(NULL AS BIGINT) AS rec_firm, CAST(NULL AS BIGINT) AS rec_person,
    d.officer, d.officer_name, d.firm_key, d.tier, '总是由同一人检查' AS reason, u.together, u.draws, FALSE AS certain,
    u.officer_tasks, u.unit_tasks, u.tests, 60 AS strength
  FROM usual u
  JOIN draws d ON d.unit = u.unit AND d.officer = u.officer AND d.firm_key = u.firm_key
  UNION ALL
  SELECT t.rec, t.rec_relative, t.rec_firm, t.rec_person, t.officer, t.officer_name, t.firm_key, t.tier, t.reason, p.together, f.draws, TRUE,
    1, 1, 1, 85
  FROM tied t
  JOIN of_pair p ON p.unit = t.unit AND p.officer = t.officer AND p.firm_key = t.firm_key
  JOIN of_firm f ON f.unit = t.unit AND f.firm_key = t.firm_key
)
SELECT
  f.rec AS rec_draw, f.rec_relative, f.rec_firm, f.rec_person, f.officer, f.firm_key, f.officer_name, i.firm_name, i.unit,
  i.draw_no, i.draw_date, f.reason, f.together, f.draws, f.tier, f.strength, f.certain, f.together AS successes,
  f.draws AS trials, f.officer_tasks AS base_successes, f.unit_tasks AS base_trials, f.tests,
  concat(CASE WHEN f.certain THEN '关联|' ELSE '次数|' END, f.officer, '|', f.firm_key) AS test_key
FROM found f
JOIN inspection_draws i ON i.rec = f.rec
