/* ---
id: A10
version: 1.0.1
title: 年龄或条件不符
content: 1
basis: 高龄津贴、残疾人两项补贴、孤儿保障、教育资助等各有年龄、等级、在学条件（以当地规定为准）
parameters:
  ages:
    type: table
    columns: [benefit, {least: integer}, {most: integer}, {from_day: date}, {to_day: date}]
    value:
      - [高龄, 80, 200, 1900-01-01, 9999-12-31]
      - [基本养老保险, 60, 200, 1900-01-01, 9999-12-31]
      - [居民养老, 60, 200, 1900-01-01, 9999-12-31]
      - [养老服务, 60, 200, 1900-01-01, 9999-12-31]
      - [奖励扶助, 60, 200, 1900-01-01, 9999-12-31]
      - [特别扶助, 49, 200, 1900-01-01, 9999-12-31]
      - [孤儿, 0, 17, 1900-01-01, 9999-12-31]
      - [无人抚养, 0, 17, 1900-01-01, 9999-12-31]
      - [困境儿童, 0, 17, 1900-01-01, 9999-12-31]
    title: 年龄条件（最小、最大周岁和适用日期）
    why: 政策调整时加一行，写明起止日期，旧的发放仍按旧条件
  grades:
    type: table
    columns: [benefit, grade]
    value: [[残疾人护理, 一级], [残疾人护理, 二级], [残疾人护理, 1级], [残疾人护理, 2级], [残疾人护理, 壹级], [残疾人护理, 贰级], [重度残疾, 一级], [重度残疾, 二级], [重度残疾, 1级], [重度残疾, 2级], [重度残疾, 壹级], [重度残疾, 贰级]]
    title: 残疾等级条件
    why: 护理补贴发给重度（一、二级）残疾人；放宽到三级的地方加一行
  digits: {type: list, value: ["1", "2", 一, 二, 壹, 贰], title: 只写数字的重度等级, why: 有的表只写1或2}
  study: {type: list, value: [助学, 学生, 教育资助, 教育救助, 雨露计划, 营养餐, 寄宿], title: 在学才能享受的项目, why: 离校即停}
  left_school: {type: list, value: [毕业, 辍学, 退学, 休学, 肄业, 结业, 离校, 未就学, 未入学, 不在校, 非在校, 开除], title: 不在学的状态, why: 已不在校}
  in_school: {type: list, value: [在读, 在校, 在学, 就读], title: 在学的状态, why: 孤儿成年后仍在校就读的可以延续}
  grace_days: {type: integer, value: 60, title: 生日前后宽限天数, why: 农历生日、闰年与公历可差一个多月，政策也有按年按季起算的}
inputs: [payments]
needs: {payments: [amount, benefit, person_key]}
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: 75
values:
  name: {title: 姓名}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 金额}
  age: {type: integer, title: 发放日周岁}
  disability_grade: {title: 残疾等级}
  school_status: {title: 在学状态}
  reason: {title: 情形}
sentence: "{name}（发放日{age}周岁）{first}至{last}领取{benefit}{rows}笔、{sum}元，{reason}，是否符合条件？"
false_positives: [农历或闰年生日, 十五位身份证号, 政策调整前后条件不同]
verify: [查身份证、残疾证、学籍原件, 查当时适用的文件]
reopen: {rows: 1, sum_percent: 0}
choices: |
  年龄按发放日周岁，离起点或终点在宽限天数之内的不列；条件按发放日所在的起止日期取。孤儿成年后仍在校的不列。
  残疾等级、在学状态为空的视为不明，不列；出生日期取自身份证号，没有的不列。
  遮掩的号码旁边不再列出生日期：两样合起来就是整个号码。残疾等级看是否含有允许的写法，或只写一个数字。
--- */
WITH names AS (
  SELECT benefit
  FROM payments
  GROUP BY benefit
),
age_rules AS (
  SELECT n.benefit, a.least, a.most, a.from_day, a.to_day
  FROM names n
  JOIN param_ages a ON text_has(n.benefit, a.benefit)
),
grade_rules AS (
  SELECT n.benefit, g.grade
  FROM names n
  JOIN param_grades g ON text_has(n.benefit, g.benefit)
),
wrong_age AS (
  SELECT DISTINCT p.rec, '年龄不符' AS reason
  FROM payments p
  JOIN age_rules a ON a.benefit = p.benefit
  WHERE p.birth_date IS NOT NULL AND p.pay_date BETWEEN a.from_day AND a.to_day
    -- 宽限：再过几十天就够的、刚超过几十天的不算
    AND (age_on(p.birth_date, add_days(p.pay_date, $grace_days)) < a.least
      OR (age_on(p.birth_date, add_days(p.pay_date, -$grace_days)) > a.most AND NOT has_word(p.school_status, $in_school)))
),
wrong_grade AS (
  SELECT p.rec, '残疾等级不符' AS reason
  FROM payments p
  JOIN grade_rules g ON g.benefit = p.benefit
  WHERE p.disability_grade IS NOT NULL AND p.disability_grade NOT IN $digits
  GROUP BY p.rec
  HAVING sum(CASE WHEN text_has(p.disability_grade, g.grade) THEN 1 ELSE 0 END) = 0
),
not_studying AS (
  SELECT rec, '已不在学' AS reason
  FROM payments
  WHERE school_status IS NOT NULL AND has_word(school_status, $left_school) AND has_word(benefit, $study)
),
found AS (
  SELECT rec, reason FROM wrong_age
  UNION ALL
  SELECT rec, reason FROM wrong_grade
  UNION ALL
  SELECT rec, reason FROM not_studying
)
SELECT p.person_key, p.name, p.id_shown, p.village, p.benefit, p.pay_date, p.amount,
  age_on(p.birth_date, p.pay_date) AS age, p.disability_grade, p.school_status, f.reason,
  p.rec AS rec_payment, p.person_tier AS tier
FROM found f
JOIN payments p ON p.rec = f.rec
WHERE p.person_key IS NOT NULL AND p.amount > 0
