/* ---
id: A08
version: 1.1.0
title: 一个账户代多人收款
content: 1
basis: 补贴应当发放到本人账户（惠民惠农财政补贴“一卡通”管理要求）
parameters:
  people: {type: integer, value: 3, title: 领取人数, why: MODELS 写的是三个以上不同的人}
  adult_age: {type: integer, value: 18, title: 成年年龄（周岁）, why: 未成年人的补贴由监护人代收}
  care_homes: {type: list, value: [敬老院, 福利院, 养老院, 养护院, 儿童福利, 光荣院, 救助站, 托养, 幸福院, 学校, 小学, 中学, 幼儿园], title: 集中供养代收的单位, why: 集中供养、在校资助由单位统一收取}
  central_care: {type: list, value: [集中供养, 机构供养, 托养], title: 集中供养的项目, why: 资金按规定拨到供养机构}
  institution_ends: {type: list, value: [院, 校, 园], title: 供养机构和学校户名的末字, why: 户名已掩去中间的字，五字以上、末字是院校园的是机构不是个人}
inputs: [payments]
optional: [household_register, bank_accounts, proxies]
needs: {payments: [account_key, amount, person_key]}
subject: {kind: account, column: account_key, shown: account}
records: {payment: payments}
sum: {column: amount, once_per: payment}
date: pay_date
score: {column: score}
values:
  account: {title: 银行账号}
  holder_name: {title: 账户户名}
  people: {type: integer, title: 领取人数}
  families: {type: integer, title: 涉及户数}
  name: {title: 领取人}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 金额}
sentence: "账户{account}在{first}至{last}收到{people}人的补贴{rows}笔、{sum}元，分属{families}户，是谁的账户、有无代领手续？"
false_positives: [一家人共用的账户, 敬老院等供养机构, 未成年人的监护人]
verify: [向银行查账户所有人, 查代领委托和本人签字, 入户核实钱是否到本人手中]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一户编号或户籍同户的算一户；所有领取人都在一户的是家庭账户，不列。户的情况不明的各算一户。地址常只写到村组，不能当作一家。
  未成年人（发放日不满十八周岁）由监护人代收，不计人数；有代领手续（是）的，代领委托书上委托人是领取人、账号相同或受托人就是户名上的人、发放日在委托期内的，不计人数。
  账户在单位账户表中属于敬老院、学校等单位的，户名（五字以上）末字是院、校、园的，和集中供养项目，不列。
  人数按能认定的身份证号计，没有身份证号的不计（姓名相同不是同一人，也不能当作另一人）。
--- */
WITH entrusted AS (
  -- 凭委托书代领的发放
  SELECT DISTINCT p.rec
  FROM payments p
  JOIN proxies x ON x.person_key = p.person_key
    AND (x.account_key = p.account_key OR x.agent_name_key = p.holder_name_key)
    AND coalesce(x.from_date, p.pay_date) <= p.pay_date AND coalesce(x.to_date, p.pay_date) >= p.pay_date
),
recipients AS (
  SELECT account_key, person_key, min(household_no) AS household_no
  FROM payments
  WHERE account_key IS NOT NULL AND person_key IS NOT NULL AND amount > 0
    AND coalesce(proxy, false) = false
    AND NOT has_word(benefit, $central_care)
    AND NOT (length(coalesce(holder_name, '')) >= 5 AND right(coalesce(holder_name, ''), 1) IN $institution_ends)
    AND (birth_date IS NULL OR age_on(birth_date, pay_date) >= $adult_age)
    AND NOT EXISTS (SELECT 1 FROM entrusted e WHERE e.rec = payments.rec)
  GROUP BY account_key, person_key
),
crowded AS (
  SELECT account_key
  FROM recipients
  GROUP BY account_key
  HAVING count(*) >= $people
),
registered AS (
  SELECT person_key, min(household_no) AS household_no
  FROM household_register
  WHERE household_no IS NOT NULL
  GROUP BY person_key
),
shared AS (
  SELECT r.account_key, count(*) AS people,
    count(DISTINCT coalesce(r.household_no, r.person_key)) AS by_paid,
    count(DISTINCT coalesce(h.household_no, r.person_key)) AS by_register
  FROM recipients r
  JOIN crowded c ON c.account_key = r.account_key
  LEFT JOIN registered h ON h.person_key = r.person_key
  GROUP BY r.account_key
),
suspects AS (
  -- 按发放表和户籍看都不是一家
  SELECT account_key, people, least(by_paid, by_register) AS families
  FROM shared
  WHERE least(by_paid, by_register) > 1
    AND NOT EXISTS (
      SELECT 1 FROM bank_accounts b WHERE b.account_key = shared.account_key AND has_word(b.unit, $care_homes))
)
SELECT s.account_key, p.account, p.holder_name, s.people, s.families, p.name, p.id_shown, p.village, p.benefit,
  p.pay_date, p.amount, CASE WHEN s.families >= $people THEN 80 ELSE 60 END AS score, p.rec AS rec_payment
FROM suspects s
JOIN payments p ON p.account_key = s.account_key
JOIN recipients r ON r.account_key = s.account_key AND r.person_key = p.person_key
WHERE p.amount > 0 AND coalesce(p.proxy, false) = false AND NOT has_word(p.benefit, $central_care)
  AND NOT (length(coalesce(p.holder_name, '')) >= 5 AND right(coalesce(p.holder_name, ''), 1) IN $institution_ends)
  AND (p.birth_date IS NULL OR age_on(p.birth_date, p.pay_date) >= $adult_age)
  AND NOT EXISTS (SELECT 1 FROM entrusted e WHERE e.rec = p.rec)
