/* ---
id: A02
version: 1.0.0
title: 同时享受互斥补贴
content: 1
basis: 社会救助暂行办法、特困人员认定办法和残疾人两项补贴政策：特困供养、低保、孤儿保障等不得重复享受（以当地规定为准）
parameters:
  exclusive:
    type: table
    columns: [kept, extra]
    value:
      - [特困, 低保]
      - [特困, 最低生活保障]
      - [五保, 低保]
      - [五保, 最低生活保障]
      - [城市低保, 农村低保]
      - [城市最低生活保障, 农村最低生活保障]
      - [孤儿, 低保]
      - [孤儿, 最低生活保障]
      - [孤儿, 特困]
      - [孤儿, 无人抚养]
      - [孤儿, 困难残疾人生活]
      - [特困, 残疾人护理]
      - [特困, 困难残疾人]
      - [职工养老, 居民养老]
      - [职工基本养老, 居民基本养老]
      - [公益性岗位, 失业保险]
    title: 互斥项目对照表
    why: 每行两个词，补贴名称含前一词与含后一词的不得同期享受；后一个通常是应退的一项，金额按它计
  words: {type: list, value: [低保, 最低生活保障, 特困, 五保, 孤儿, 无人抚养, 残疾, 养老, 公益性岗位, 失业], title: 先粗选的项目, why: 对照表中用到的词都要在这里，只为少读数据}
  other_benefits: {type: list, value: [边缘, 临时, 物价, 价格, 电费, 水费, 燃气, 取暖, 医疗, 教育, 慰问, 丧葬], title: 名称带这些词的是另外的项目, why: 如“低保边缘”“低保户电费补贴”，不是低保金}
  changeover_months: {type: integer, value: 1, title: 转换重叠月数, why: 由一项转为另一项时，停发与起发可能落在同一个月}
inputs: [payments]
needs: {payments: [amount, benefit, person_key]}
subject: {kind: person, column: person_key, shown: name}
records: {extra: payments, kept: payments}
sum: {column: amount, once_per: extra}
date: extra_date
tier: tier
score: 85
values:
  name: {title: 姓名}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  month: {type: month, title: 所属月份}
  kept: {title: 项目一}
  kept_date: {type: date, title: 项目一发放日期}
  kept_amount: {type: money, title: 项目一金额}
  extra: {title: 项目二}
  extra_date: {type: date, title: 项目二发放日期}
  amount: {type: money, title: 项目二金额}
sentence: "{name}同时有{kept}和{extra}，{first}至{last}后一项发放{rows}笔、{sum}元，是否重复享受？"
false_positives: [两项之间转换的当月, 一张卡上登了不同家庭成员的身份证号]
verify: [主管部门核对两项的审批日期和停发通知, 核对领取人身份]
reopen: {rows: 1, sum_percent: 0}
choices: |
  “同期”按所属月份；没有所属月份的按发放日期的月份。
  转换：先一项后一项，重叠不超过转换月数、且各自在重叠之外另有月份的，不列；只此一月两项都有的照列。
  同一人按身份证号认；同一张卡上身份证号不同的是不同的人，不列。身份证号相同而两笔姓名不同的，作为存疑（先核实是否同一人）。
--- */
WITH names AS MATERIALIZED (
  SELECT benefit
  FROM payments
  WHERE has_word(benefit, $words) AND NOT has_word(benefit, $other_benefits)
  GROUP BY benefit
),
exclusive_names AS MATERIALIZED (
  -- 本次数据里实际出现的互斥项目
  SELECT k.benefit AS kept, x.benefit AS extra
  FROM names k
  JOIN names x ON x.benefit <> k.benefit
  JOIN param_exclusive e ON text_has(k.benefit, e.kept) AND text_has(x.benefit, e.extra)
),
holders AS (
  -- 先粗选：有前一项的人
  SELECT DISTINCT p.person_key
  FROM payments p
  JOIN (SELECT DISTINCT kept FROM exclusive_names) e ON e.kept = p.benefit
  WHERE p.person_key IS NOT NULL
),
paid AS MATERIALIZED (
  SELECT p.rec, p.person_key, p.person_tier, p.name, p.name_key, p.id_shown, p.village, p.benefit,
    coalesce(p.period, month_of(p.pay_date)) AS month, p.pay_date, p.amount
  FROM payments p
  JOIN (SELECT kept AS benefit FROM exclusive_names UNION SELECT extra FROM exclusive_names) e ON e.benefit = p.benefit
  JOIN holders s ON s.person_key = p.person_key
  WHERE p.amount > 0
),
span AS (
  SELECT person_key, benefit, min(month) AS first_month, max(month) AS last_month
  FROM paid
  GROUP BY person_key, benefit
),
both_spans AS (
  SELECT k.person_key, k.benefit AS kept, x.benefit AS extra,
    k.first_month AS kept_first, k.last_month AS kept_last, x.first_month AS extra_first, x.last_month AS extra_last
  FROM span k
  JOIN span x ON x.person_key = k.person_key AND x.benefit <> k.benefit
  JOIN exclusive_names e ON e.kept = k.benefit AND e.extra = x.benefit
),
together AS (
  SELECT DISTINCT person_key, kept, extra
  FROM both_spans
  -- 转换：由项目一转项目二，或由项目二转项目一，只重叠一两个月
  WHERE NOT (kept_first < extra_first AND kept_last < extra_last
      AND months_between_full(extra_first, kept_last) < $changeover_months)
    AND NOT (extra_first < kept_first AND extra_last < kept_last
      AND months_between_full(kept_first, extra_last) < $changeover_months)
)
SELECT x.person_key, x.name, x.id_shown, x.village, x.month,
  k.benefit AS kept, k.pay_date AS kept_date, k.amount AS kept_amount,
  x.benefit AS extra, x.pay_date AS extra_date, x.amount,
  x.rec AS rec_extra, k.rec AS rec_kept,
  CASE WHEN x.name_key <> k.name_key THEN 3 ELSE greatest(x.person_tier, k.person_tier) END AS tier
FROM together t
JOIN paid k ON k.person_key = t.person_key AND k.benefit = t.kept
JOIN paid x ON x.person_key = t.person_key AND x.benefit = t.extra AND x.month = k.month
