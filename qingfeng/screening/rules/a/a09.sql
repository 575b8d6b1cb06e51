/* ---
id: A09
version: 1.2.0
title: 补贴发到他人账户
content: 1
basis: 补贴应当发放到本人账户，确需代领的应有委托手续（惠民惠农财政补贴“一卡通”管理要求）
parameters:
  adult_age: {type: integer, value: 18, title: 成年年龄（周岁）, why: 未成年人的补贴由监护人代收}
  institution_ends: {type: list, value: [院, 校, 园], title: 供养机构和学校户名的末字, why: 户名已掩去中间的字，五字以上、末字是院校园的是机构不是个人}
  explained: {type: list, value: [监护人代, 代领委托, 委托代领, 委托书, 代领手续, 曾用名, 更名, 改名], title: 备注里写明有手续的, why: 监护人、委托代领和更名都有材料可查}
  unexplained: {type: list, value: [无委托, 没有委托, 未委托, 无代领手续, 没有代领手续, 未见委托], title: 备注里写明没有手续的}
inputs: [payments]
optional: [account_owners, proxies, household_register, bank_accounts]
needs: {payments: [amount, name, name_key, person_key]}
either: [[payments.holder_name_key], [payments.account_key, account_owners.account_key, account_owners.name_key]]
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, owner: account_owners}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: 60
values:
  name: {title: 领取人}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 金额}
  account: {title: 银行账号}
  holder_name: {title: 账户户名}
  proxy: {type: boolean, title: 代领手续}
sentence: "{name}的{benefit}在{first}至{last}有{rows}笔、{sum}元发到户名{holder_name}的账户，没有代领手续，钱是否到了本人手中？"
false_positives: [监护人代收, 领取人改过名, 户名录入错误]
verify: [查代领委托手续, 向银行核对户名, 向领取人核实]
reopen: {rows: 1, sum_percent: 0}
choices: |
  户名以银行核对的账户所有人为准（发放表写的户名相符、银行登记的是别人，照列；银行登记的就是本人，发放表写错也不列）；没有核对的看发放表上的户名。银行登记同名而证件号不同的不列（多半是登记的号码旧）。
  有代领手续（是）的不列，为空视为没有；代领委托书上委托人是领取人，账号相同或受托人就是户名上的人、发放日在委托期内的，不列。
  未成年人由监护人代收，不列。
  改名：户籍表上此人的姓名就是账户户名，或此人在别的发放中用过这个姓名的，不列。
  录入错误：没有银行核对的，同一人同一账号在别的发放中户名相符的，不列；三字以上姓名首尾相同、只有中间的字不同的，不列。
  单位账户表里的账户和敬老院、学校的户名不列（见 A15）。没有身份证号的不列（无法认定是谁）。
--- */
WITH first_owners AS (
  SELECT account_key, min(rec) AS rec
  FROM account_owners
  WHERE account_key IS NOT NULL AND name_key IS NOT NULL
  GROUP BY account_key
),
received AS (
  -- 户名以银行核对的为准，没有核对的看发放表
  SELECT p.rec, p.person_key, p.person_tier, p.name, p.name_key, p.id_shown, p.village, p.benefit, p.pay_date, p.amount, p.account,
    p.account_key, p.proxy, o.rec AS rec_owner, coalesce(o.name, p.holder_name) AS holder_name,
    coalesce(o.name_key, p.holder_name_key) AS holder_name_key
  FROM payments p
  LEFT JOIN first_owners f ON f.account_key = p.account_key
  LEFT JOIN account_owners o ON o.rec = f.rec
  WHERE p.person_key IS NOT NULL AND p.amount > 0
    AND coalesce(p.proxy, false) = false
    AND (NOT has_word(p.note, $explained) OR has_word(p.note, $unexplained))
    AND (p.birth_date IS NULL OR age_on(p.birth_date, p.pay_date) >= $adult_age)
),
others_card AS (
  SELECT r.rec, r.person_key, r.person_tier, r.name, r.name_key, r.id_shown, r.village, r.benefit, r.pay_date, r.amount, r.account,
    r.account_key, r.proxy, r.rec_owner, r.holder_name, r.holder_name_key
  FROM received r
  WHERE r.holder_name_key <> r.name_key
    -- 掩去的姓名首尾和字数都相同（张*明）：多半是中间的字录错
    AND NOT (r.holder_name = r.name AND length(r.name) >= 3)
    AND NOT (length(coalesce(r.holder_name, '')) >= 5 AND right(coalesce(r.holder_name, ''), 1) IN $institution_ends)
    -- 账户所有人里就有本人（改过名的、联名的）
    AND NOT EXISTS (
      SELECT 1 FROM account_owners j
      WHERE j.account_key = r.account_key AND (j.person_key = r.person_key OR j.name_key = r.name_key))
),
people AS (
  SELECT DISTINCT person_key FROM others_card
),
known_names AS (
  -- 此人用过的姓名：户籍上的，和其他发放记录上的
  SELECT h.person_key, h.name_key
  FROM household_register h
  JOIN people ON people.person_key = h.person_key
  UNION
  SELECT p.person_key, p.name_key
  FROM payments p
  JOIN people ON people.person_key = p.person_key
),
matching_cards AS (
  SELECT DISTINCT p.person_key, p.account_key
  FROM payments p
  JOIN people ON people.person_key = p.person_key
  WHERE p.holder_name_key = p.name_key
)
SELECT o.person_key, o.name, o.id_shown, o.village, o.benefit, o.pay_date, o.amount, o.account, o.holder_name, o.proxy,
  o.rec AS rec_payment, o.rec_owner, o.person_tier AS tier
FROM others_card o
LEFT JOIN known_names k ON k.person_key = o.person_key AND k.name_key = o.holder_name_key
LEFT JOIN matching_cards m ON m.person_key = o.person_key AND m.account_key = o.account_key AND o.rec_owner IS NULL
WHERE k.person_key IS NULL AND m.person_key IS NULL
  AND NOT EXISTS (SELECT 1 FROM bank_accounts b WHERE b.account_key = o.account_key)
  AND NOT EXISTS (
    SELECT 1 FROM proxies x
    WHERE x.person_key = o.person_key
      AND (x.account_key = o.account_key OR x.agent_name_key = o.holder_name_key)
      AND coalesce(x.from_date, o.pay_date) <= o.pay_date AND coalesce(x.to_date, o.pay_date) >= o.pay_date)
