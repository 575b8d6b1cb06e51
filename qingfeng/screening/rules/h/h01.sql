/* ---
id: H01
version: 1.1.0
title: 在岗期间另有单位参保或挂证
content: 8
basis: 公务员法第五十九条不得违反规定从事营利性活动、兼职 [K]；严禁专业技术人员职业资格“挂证” [K]
parameters:
  temporary_words: {type: list, value: [临时, 公益性岗位, 公益岗, 劳务派遣, 编外, 兼职, 返聘, 退休, 实习, 见习, 外聘], title: 不在限制之列的人员类别}
  overlap_days: {type: integer, value: 31, title: 重叠不超过几天不算, why: 入职、停保手续的一个月衔接}
  ended_words: {type: list, value: [暂停, 停保, 停缴, 中断, 终止, 注销, 失效, 过期, 吊销, 撤销, 退休], title: 已停的参保、注册状态}
  branch_words: {type: list, value: [工会, 机关服务中心, 财政局代缴, 人才服务中心, 社保代理], title: 代缴社保的单位字样}
inputs: [payroll, firm_staff]
needs: {firm_staff: [person_key], payroll: [person_key]}
subject: {kind: person, column: person_key, shown: name}
records: {staff: firm_staff, pay: payroll}
count: staff
date: staff_from
tier: tier
score: {column: strength}
values:
  name: {title: 姓名}
  unit: {title: 供养单位}
  post_kind: {title: 人员类别}
  firm_name: {title: 参保或注册单位}
  licence: {title: 执业证书}
  staff_from: {type: date, title: 参保起始}
  staff_to: {type: date, title: 参保终止}
  paid_from: {type: date, title: 在岗起}
  paid_to: {type: date, title: 在岗止}
sentence: "{name}在{unit}领取工资期间，另由{firm_name}参保或注册（{licence}）；是否批准兼职、有无挂证，请核实。"
false_positives: [经批准的兼职, 原单位参保未及时停保, 临时聘用人员]
verify: [核对组织人事部门兼职审批, 查社保缴费记录和工资流水, 查证书注册单位支付的费用]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一人（按身份证号）既在财政供养工资表，又由另一家单位参保或注册证书，时段重叠超过一个月。工资时段：有入职、离职日期的按日期，否则按有工资的月份。
  参保、注册状态写明暂停、注销等而没有终止日期的，视为已停，不算。参保单位与供养单位同名的（前面多写区划名称的也算同名），或另一个工资表中也有的供养单位（调动），不算。参保早于入职且没有终止日期的视为原单位未停保，不算（有证书注册的仍算）。
  入职日期未知时，参保起始也空的按重叠算。临时、编外等人员不在限制之列，不算。
--- */
WITH staff AS (
  SELECT rec, person_key, person_tier, firm_name, firm_key, licence, from_date, to_date
  FROM firm_staff
  WHERE person_key IS NOT NULL AND NOT has_word(firm_name, $branch_words)
    AND NOT (to_date IS NULL AND has_word(status, $ended_words))
),
people AS (
  SELECT DISTINCT person_key FROM staff
),
public_units AS (
  SELECT DISTINCT unit FROM payroll WHERE unit IS NOT NULL
),
same_units AS (
  -- “清河区教育局”与“区教育局”是同一单位
  SELECT DISTINCT f.firm_name
  FROM (SELECT DISTINCT firm_name FROM staff WHERE firm_name IS NOT NULL) f
  JOIN public_units u ON length(u.unit) >= 4 AND length(f.firm_name) - length(u.unit) BETWEEN 1 AND 4
    AND right(f.firm_name, length(u.unit)) = u.unit
),
posts AS (
  -- 大表先缩成一人一单位一行
  SELECT p.person_key, p.unit, max(p.person_tier) AS tier, min(p.rec) AS rec, min(p.start_date) AS start_date,
    max(CASE WHEN has_word(p.post_kind, $temporary_words) OR has_word(p.post, $temporary_words) THEN 1 ELSE 0 END) AS temporary,
    coalesce(min(p.start_date), min(p.month)) AS paid_from,
    CASE WHEN count(p.end_date) > 0 THEN max(p.end_date) WHEN count(p.month) > 0 THEN add_days(max(p.month), 30) END AS paid_to
  FROM payroll p
  JOIN people q ON q.person_key = p.person_key
  GROUP BY p.person_key, p.unit
),
matched AS (
  SELECT s.rec AS rec_staff, o.rec AS rec_pay, s.person_key, o.unit, s.firm_name, s.licence, s.from_date, s.to_date,
    o.paid_from, o.paid_to, greatest(s.person_tier, o.tier) AS tier,
    greatest(coalesce(s.from_date, o.paid_from), coalesce(o.paid_from, s.from_date)) AS both_from,
    least(coalesce(s.to_date, o.paid_to, $as_of), coalesce(o.paid_to, $as_of)) AS both_to,
    CASE WHEN trim(s.licence) <> '' THEN 1 ELSE 0 END AS has_licence, o.start_date
  FROM staff s
  JOIN posts o ON o.person_key = s.person_key
  LEFT JOIN public_units u ON u.unit = s.firm_name
  LEFT JOIN same_units x ON x.firm_name = s.firm_name
  WHERE u.unit IS NULL AND x.firm_name IS NULL AND o.temporary = 0
)
SELECT
  m.rec_staff, m.rec_pay, m.person_key, p.name, m.unit, p.post_kind, m.firm_name, m.licence, m.from_date AS staff_from,
  m.to_date AS staff_to, m.paid_from, m.paid_to, m.tier, CASE WHEN m.has_licence = 1 THEN 80 ELSE 70 END AS strength
FROM matched m
JOIN payroll p ON p.rec = m.rec_pay
WHERE (m.both_from IS NULL OR days_between(m.both_from, m.both_to) > $overlap_days)
  AND NOT (m.has_licence = 0 AND m.to_date IS NULL AND m.from_date IS NOT NULL AND m.start_date IS NOT NULL
    AND m.from_date < m.start_date)
