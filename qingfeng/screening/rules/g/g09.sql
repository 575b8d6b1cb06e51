/* ---
id: G09
version: 1.1.0
title: 婚丧喜庆未报告
content: 7
basis: 领导干部操办婚丧喜庆事宜报告制度 [L]；纪律处分条例关于利用婚丧喜庆借机敛财的规定 [K]
parameters:
  near_days: {type: integer, value: 30, title: 报告与办理日期相差天数}
  temporary_words: {type: list, value: [临时, 公益性岗位, 公益岗, 劳务派遣, 编外, 返聘, 退休, 实习, 见习, 外聘, 临聘], title: 不在报告之列的人员类别}
  small_tables: {type: integer, value: 3, title: 不超过几桌视为家宴}
  family_words: {type: list, value: [家宴, 家庭聚餐, 家人聚餐, 聚餐], title: 家庭便饭的字样}
inputs: [family_events, family_reports]
optional: [cadres, payroll]
needs: {family_events: [event_date, person_key]}
either: [[cadres.person_key], [payroll.person_key]]
subject: {kind: person, column: person_key, shown: name}
records: {event: family_events, cadre: cadres, pay: payroll}
count: event
date: event_date
tier: tier
score: {column: strength}
values:
  name: {title: 姓名}
  cadre_unit: {title: 单位}
  post: {title: 职务}
  event_kind: {title: 事项}
  event_date: {type: date, title: 办理日期}
  place: {title: 地点}
  tables: {type: integer, title: 桌数}
sentence: "{cadre_unit}{name}{event_date}在{place}办理{event_kind}（{tables}桌），没有查到报告；请核实。"
false_positives: [同名, 小型家宴]
verify: [核对本单位报告登记, 向酒店核实订席人和桌数, 询问本人]
reopen: {rows: 1, sum_percent: 0}
choices: |
  当事人是办理当日在任的干部，或当月前后领取财政工资的在编人员（按身份证号，姓名相同不算），前后30日内没有本人的报告。报告没有办理日期的，看报告日期。
  3桌以内、写明家宴聚餐的不算；桌数没有填的仍提示，分值低。亲属的事宜没有并入：MODELS写的是“须报告的人”本人的事项。
--- */
WITH paid_staff AS (
  -- 领财政工资的人：一人一单位一行，从最早的工资月到最晚的工资月
  SELECT p.person_key, min(p.rec) AS rec, max(p.person_tier) AS person_tier, min(p.name) AS name, p.unit, min(p.post) AS post,
    coalesce(min(p.start_date), min(p.month)) AS from_date,
    CASE WHEN count(p.end_date) > 0 THEN max(p.end_date) WHEN count(p.month) > 0 THEN add_days(max(p.month), 31) END AS to_date
  FROM payroll p
  JOIN (SELECT DISTINCT person_key FROM family_events) e ON e.person_key = p.person_key
  WHERE NOT has_word(p.post_kind, $temporary_words) AND NOT has_word(p.post, $temporary_words)
  GROUP BY p.person_key, p.unit
),
in_post AS (
  SELECT person_key, rec AS rec_cadre, CAST(NULL AS BIGINT) AS rec_pay, person_tier, name, unit, post, from_date, to_date
  FROM cadres
  WHERE person_key IS NOT NULL
  UNION ALL
  SELECT person_key, CAST(NULL AS BIGINT), rec, person_tier, name, unit, post, from_date, to_date FROM paid_staff
),
events AS (
  SELECT e.rec, e.person_key, e.event_date, max(c.rec_cadre) AS rec_cadre, max(c.rec_pay) AS rec_pay,
    coalesce(max(CASE WHEN c.rec_cadre IS NOT NULL THEN c.unit END), max(c.unit)) AS unit,
    coalesce(max(CASE WHEN c.rec_cadre IS NOT NULL THEN c.post END), max(c.post)) AS post, max(greatest(e.person_tier, c.person_tier)) AS tier
  FROM family_events e
  JOIN in_post c ON c.person_key = e.person_key
  WHERE e.event_date <= $as_of
    AND (c.from_date IS NULL OR c.from_date <= e.event_date) AND (c.to_date IS NULL OR c.to_date >= e.event_date)
    AND (e.tables IS NULL OR e.tables > $small_tables) AND NOT has_word(e.event_kind, $family_words)
  GROUP BY e.rec, e.person_key, e.event_date
),
reported AS (
  SELECT DISTINCT e.rec
  FROM events e
  JOIN family_reports r ON r.person_key = e.person_key
  WHERE coalesce(r.event_date, r.report_date)
    BETWEEN add_days(e.event_date, 0 - $near_days) AND add_days(e.event_date, $near_days)
)
SELECT
  e.rec AS rec_event, e.rec_cadre, e.rec_pay, e.person_key, v.name, e.unit AS cadre_unit, e.post, v.event_kind, v.event_date, v.place,
  v.tables, e.tier, CASE WHEN v.tables IS NULL THEN 55 ELSE 70 END AS strength
FROM events e
LEFT JOIN reported r ON r.rec = e.rec
JOIN family_events v ON v.rec = e.rec
WHERE r.rec IS NULL
