/* ---
id: A15
version: 1.1.0
title: 现金或中间账户发放
content: 1
basis: 补贴原则上通过“一卡通”直接发放到本人账户，不得发放现金、不得经村账或干部账户转手
parameters:
  cash: {type: list, value: [现金, 代领, 转交, 经手, 支票, 村账, 村委, 村集体, 集体账户, 村级, 村代发, 干部], title: 现金或转手的发放方式, why: 钱没有直接到本人账户}
  direct: {type: list, value: [卡, 银行, 代发, 转账, 直达, 存折, 社保, 信用社, 农商行, 邮储, 专户直发], title: 直接到本人账户的发放方式, why: 写法不一，含其中一词即可}
  cash_allowed: {type: list, value: [慰问, 急难], title: 可以发现金的项目, why: 慰问金、急难救助按规定可发现金}
  old_age: {type: integer, value: 75, title: 可发现金的高龄（周岁）, why: 高龄老人没有卡、取款不便}
  unit_ends: {type: list, value: [会, 社, 村, 组, 区, 府, 处, 站], title: 单位户名的末字, why: 户名已掩去中间的字，四字以上、末字是会社村组的是村或单位}
  care_ends: {type: list, value: [院, 校, 园], title: 供养机构和学校户名的末字, why: 敬老院、学校统一代收是正常的}
inputs: [payments]
optional: [bank_accounts, cadres, household_register]
either: [[payments.channel], [payments.holder_name_key, payments.name_key], [payments.account_key, bank_accounts.account_key], [payments.account_key, cadres.person_key]]
subject: {kind: place, column: village, shown: village}
records: {payment: payments, account: bank_accounts, cadre: cadres}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: {column: score}
values:
  village: {title: 村社区}
  reason: {title: 情形}
  name: {title: 领取人}
  id_shown: {title: 身份证号}
  benefit: {title: 补贴项目}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 金额}
  channel: {title: 发放方式}
  account: {title: 银行账号}
  owner: {title: 账户所属}
  proxy: {type: boolean, title: 代领手续}
sentence: "{village}{first}至{last}有{rows}笔、{sum}元补贴{reason}，钱是否到了群众手中？"
false_positives: [高龄老人没有银行卡]
verify: [查领款签字和现金支取, 入户逐人核实, 查村账和干部账户流水]
reopen: {rows: 1, sum_percent: 0}
choices: |
  发放方式写明现金、转交、村账等的，或写明了却不含银行卡类字样的，算非直接发放；发放方式为空的视为不明，不列。
  中间账户：账户在单位银行账户表中（敬老院、学校除外），或户名（四字以上）末字是会、社、村、组等，或是干部本人领补贴用的账户而领取人是别人。与干部户籍同户或同一户编号的家人、有代领手续的不列。
  七十五周岁以上的现金发放、慰问和急难救助不列。没有写村社区的归到镇街，镇街也没有的归到发放单位；都没有的不列（没有对象可问）。
--- */
WITH cadre_accounts AS (
  -- 干部本人领补贴时用的账户
  SELECT p.account_key, min(k.rec) AS rec_cadre, min(k.person_key) AS cadre_key, min(k.name) AS owner,
    min(p.household_no) AS household_no, max(greatest(p.person_tier, k.person_tier)) AS tier
  FROM cadres k
  JOIN payments p ON p.person_key = k.person_key
  WHERE p.account_key IS NOT NULL AND (p.holder_name_key IS NULL OR p.holder_name_key = p.name_key)
  GROUP BY p.account_key
),
unit_accounts AS (
  SELECT account_key, min(rec) AS rec_account, min(unit) AS owner
  FROM bank_accounts
  WHERE account_key IS NOT NULL
  GROUP BY account_key
),
in_cash AS (
  SELECT rec, '没有直接发到本人账户' AS reason, CAST(NULL AS BIGINT) AS rec_account, CAST(NULL AS BIGINT) AS rec_cadre,
    CAST(NULL AS VARCHAR) AS owner, CAST(NULL AS BIGINT) AS tier, 60 AS score
  FROM payments
  WHERE channel IS NOT NULL
    AND (has_word(channel, $cash) OR NOT has_word(channel, $direct))
    AND NOT has_word(benefit, $cash_allowed)
    AND (birth_date IS NULL OR age_on(birth_date, pay_date) < $old_age)
),
to_unit AS (
  SELECT p.rec, '发到单位或村的账户' AS reason, u.rec_account, CAST(NULL AS BIGINT) AS rec_cadre, u.owner,
    CAST(NULL AS BIGINT) AS tier, 75 AS score
  FROM payments p
  JOIN unit_accounts u ON u.account_key = p.account_key
  WHERE NOT has_word(right(u.owner, 1), $care_ends)
  UNION
  SELECT rec, '发到单位或村的账户', CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), holder_name, CAST(NULL AS BIGINT), 75
  FROM payments
  WHERE length(coalesce(holder_name, '')) >= 4 AND right(coalesce(holder_name, ''), 1) IN $unit_ends
    AND holder_name_key <> name_key
),
to_cadre AS (
  SELECT p.rec, '发到干部个人账户' AS reason, CAST(NULL AS BIGINT) AS rec_account, c.rec_cadre, c.owner,
    greatest(p.person_tier, c.tier) AS tier, 80 AS score
  FROM payments p
  JOIN cadre_accounts c ON c.account_key = p.account_key
  WHERE p.person_key <> c.cadre_key
    AND (p.household_no IS NULL OR c.household_no IS NULL OR p.household_no <> c.household_no)
    AND NOT EXISTS (
      SELECT 1
      FROM household_register me
      JOIN household_register they ON they.household_no = me.household_no
      WHERE me.person_key = p.person_key AND they.person_key = c.cadre_key)
),
found AS (
  SELECT rec, reason, rec_account, rec_cadre, owner, tier, score FROM in_cash
  UNION ALL
  SELECT rec, reason, rec_account, rec_cadre, owner, tier, score FROM to_unit
  UNION ALL
  SELECT rec, reason, rec_account, rec_cadre, owner, tier, score FROM to_cadre
)
SELECT coalesce(p.village, p.street, p.payer) AS village, f.reason, p.name, p.id_shown, p.benefit, p.pay_date, p.amount, p.channel, p.account, f.owner, p.proxy,
  f.score, p.rec AS rec_payment, f.rec_account, f.rec_cadre, f.tier
FROM found f
JOIN payments p ON p.rec = f.rec
WHERE p.amount > 0 AND coalesce(p.village, p.street, p.payer) IS NOT NULL AND coalesce(p.proxy, false) = false
