/* ---
id: C02
version: 1.1.0
title: 征收前突击迁入并领取按人补偿
content: 3
basis: 征收补偿安置人口以公告时的户籍和成员资格认定为准，公告前突击迁入的须核实理由（以当地征收办法为准）
parameters:
  months: {type: integer, value: 12, title: 公告前月数, why: MODELS 写的是公告前十二个月内迁入}
  per_person: {type: list, value: [人口, 人员, 人头, 按人, 安置补助, 安置费, 安置补偿, 生活补助, 社保, 社会保障, 养老, 口粮, 成员], title: 按人发放的补偿项目, why: 按房屋、青苗发放的与迁入多少人无关}
  good_reasons: {type: list, value: [婚, 嫁, 随夫, 随妻, 投靠配偶, 夫妻, 出生, 新生, 生育, 收养, 退伍, 退役, 复员, 转业, 部队, 毕业, 学生, 大学, 大中专, 学校, 刑满, 释放, 解除, 回国], title: 正常迁入的理由, why: 婚嫁、出生、退伍、毕业回迁和释放回籍有据可查}
  infant_age: {type: integer, value: 1, title: 出生登记的年龄（周岁以下）, why: 新生儿入户的日期就是迁入日期，不看理由}
inputs: [compensation, household_register]
optional: [expropriations]
needs: {compensation: [amount, item, person_key, project], household_register: [moved_in_date, person_key]}
subject: {kind: person, column: person_key, shown: name}
records: {compensation: compensation, register: household_register}
sum: {column: amount, once_per: compensation}
date: pay_date
tier: tier
score: 75
values:
  name: {title: 姓名}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  project: {title: 征收项目}
  announce_date: {type: date, title: 公告日期}
  item: {title: 补偿项目}
  amount: {type: money, title: 补偿金额}
  pay_date: {type: date, title: 支付日期}
  moved_in_date: {type: date, title: 迁入日期}
  moved_in_reason: {title: 迁入原因}
  months_before: {type: integer, title: 公告前整月数}
sentence: "{name}于{moved_in_date}迁入，{project}{announce_date}公告，领取{item}{rows}笔、{sum}元，迁入理由是什么、是否符合安置条件？"
false_positives: [结婚迁入, 出生入户, 退伍和毕业回迁, 刑满释放回籍]
verify: [向公安核对迁入审批材料, 查婚姻出生退伍等证明, 查成员资格认定会议记录]
reopen: {rows: 1, sum_percent: 0}
choices: |
  迁入日期在公告日及之前十二个整月之内（恰满十二个月的不列）；公告之后迁入的由成员资格认定把关，不在本条。
  公告日期为空的，用同一项目其他记录上最早的公告日期，再则用征收项目公告表上的；都没有的不列。
  迁入原因为空视为没有理由，照列；入户时不满周岁的视为出生登记。只比本人领取的按人补偿，由户主代领的要看一户一档。
--- */
WITH announced AS (
  SELECT project, coalesce(min(own), min(listed)) AS announce_date
  FROM (
    SELECT project, announce_date AS own, CAST(NULL AS DATE) AS listed FROM compensation
    UNION ALL
    SELECT project, CAST(NULL AS DATE), announce_date FROM expropriations
  ) AS days
  GROUP BY project
),
paid AS (
  SELECT c.rec, c.person_key, c.person_tier, c.name, c.id_shown, c.village, c.project, c.item, c.amount, c.pay_date,
    coalesce(c.announce_date, a.announce_date) AS announce_date
  FROM compensation c
  JOIN announced a ON a.project = c.project
  WHERE c.person_key IS NOT NULL AND c.amount > 0 AND has_word(c.item, $per_person)
)
SELECT p.person_key, p.name, p.id_shown, p.village, p.project, p.announce_date, p.item, p.amount, p.pay_date,
  h.moved_in_date, h.moved_in_reason, months_between_full(h.moved_in_date, p.announce_date) AS months_before,
  p.rec AS rec_compensation, h.rec AS rec_register, greatest(p.person_tier, h.person_tier) AS tier
FROM paid p
JOIN household_register h ON h.person_key = p.person_key
WHERE h.moved_in_date <= p.announce_date
  AND months_between_full(h.moved_in_date, p.announce_date) < $months
  AND NOT has_word(h.moved_in_reason, $good_reasons)
  AND (h.birth_date IS NULL OR age_on(h.birth_date, h.moved_in_date) >= $infant_age)
