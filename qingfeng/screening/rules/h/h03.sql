/* ---
id: H03
version: 1.1.0
title: 一个私人账户收多处公款
content: 8
basis: 国库集中支付、村级资金管理制度：公款支付给真实的供应商和个人 [K]；来源数为筛查口径 [L]
parameters:
  min_sources: {type: integer, value: 3, title: 公款来源数}
  months: {type: integer, value: 24, title: 回看月数}
  benefit_words: {type: list, value: [补贴, 补助, 低保, 低生活保障, 津贴, 补偿, 直补, 扶持, 养老, 救助, 抚恤, 特困, 五保, 资助, 助学, 慰问, 扶助], title: 惠民补贴的字样, why: 凭项目名称认出是补贴，别的用途是各单位自己付的}
  firm_ends: {type: list, value: [司, 厂, 社, 店, 行, 部, 铺, 馆, 院, 校, 局, 会, 所, 站, 队, 团, 中心], title: 单位名称的末字, why: 名称已掩去中间的字，五字以上、末字是这些的是单位不是个人}
inputs: [vouchers]
optional: [payments, compensation, bank_accounts]
subject: {kind: account, column: account_key, shown: account}
records: {voucher: vouchers, payment: payments, compensation: compensation}
sum: {column: amount, once_per: voucher}
date: paid_date
score: {column: strength}
values:
  account: {title: 账号}
  receiver: {title: 收款人}
  source: {title: 付款来源}
  matter: {title: 用途}
  paid_date: {type: date, title: 付款日期}
  amount: {type: money, title: 金额}
  sources: {type: integer, title: 来源数}
sentence: "私人账户{account}在{first}至{last}从{sources}处收到公款{rows}笔，合计{sum}元（{source}）；收款人和事由请核实。"
false_positives: [确有供货、劳务的小供应商]
verify: [查账户户名和流水, 核对各笔合同和验收, 询问收款人]
reopen: {rows: 3, sum_percent: 0}
choices: |
  来源：每个村（账套）的凭证支出各算一处，每个征收项目的补偿各算一处，惠民补贴不论几个部门合算一处（一卡通本来就收多个部门的补贴，不因此提示）；写了付款单位、用途不是补贴的不是补贴名册（如国库集中支付明细），各单位各算一处，付给单位的不算。
  私人账户：凭证写收款人而没有写收款单位。单位账户（银行账户表里有的）和收款单位名下的不算。每笔都有合同编号的供应商分值低。
  只看截止日前24个月。
--- */
WITH from_villages AS (
  SELECT rec, payee_account_key AS account_key, payee_account AS account, payee_name AS receiver, village AS source,
    summary AS matter, voucher_date AS paid_date, amount, contract_no
  FROM vouchers
  WHERE payee_account_key IS NOT NULL AND payee_firm_name IS NULL AND amount > 0 AND voucher_date <= $as_of
    AND months_between_full(voucher_date, $as_of) < $months
),
from_units AS (
  -- 国库集中支付一类的明细：用途不是补贴，各预算单位付款
  SELECT rec, account_key, account, name AS receiver, payer AS source, benefit AS matter, pay_date AS paid_date, amount
  FROM payments
  WHERE payer IS NOT NULL AND NOT has_word(benefit, $benefit_words)
    AND NOT (length(name) >= 5 AND right(name, 1) IN $firm_ends) AND account_key IS NOT NULL AND amount > 0 AND pay_date <= $as_of
    AND months_between_full(pay_date, $as_of) < $months
),
from_projects AS (
  SELECT rec, account_key, account, name AS receiver, project AS source, item AS matter, pay_date AS paid_date, amount
  FROM compensation
  WHERE account_key IS NOT NULL AND amount > 0 AND pay_date <= $as_of AND months_between_full(pay_date, $as_of) < $months
),
few AS (
  -- 补贴表很大：只看在别处也收过公款的账户
  SELECT DISTINCT account_key FROM from_villages
  UNION
  SELECT DISTINCT account_key FROM from_projects
  UNION
  SELECT DISTINCT account_key FROM from_units
),
from_benefits AS (
  SELECT min(p.rec) AS rec, p.account_key, max(p.account) AS account, max(p.name) AS receiver, '惠民惠农补贴' AS source,
    max(p.benefit) AS matter, max(p.pay_date) AS paid_date, sum(p.amount) AS amount
  FROM payments p
  JOIN few f ON f.account_key = p.account_key
  WHERE p.pay_date <= $as_of AND months_between_full(p.pay_date, $as_of) < $months
    AND (p.payer IS NULL OR has_word(p.benefit, $benefit_words))
  GROUP BY p.account_key
),
received AS (
  SELECT rec AS rec_voucher, CAST(NULL AS BIGINT) AS rec_payment, CAST(NULL AS BIGINT) AS rec_compensation, account_key,
    account, receiver, source, matter, paid_date, amount, contract_no
  FROM from_villages
  UNION ALL
  SELECT CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), rec, account_key, account, receiver, source, matter, paid_date, amount,
    CAST(NULL AS VARCHAR)
  FROM from_projects
  UNION ALL
  SELECT CAST(NULL AS BIGINT), rec, CAST(NULL AS BIGINT), account_key, account, receiver, source, matter, paid_date, amount,
    CAST(NULL AS VARCHAR)
  FROM from_units
  UNION ALL
  SELECT CAST(NULL AS BIGINT), rec, CAST(NULL AS BIGINT), account_key, account, receiver, source, matter, paid_date, amount,
    CAST(NULL AS VARCHAR)
  FROM from_benefits
),
unit_accounts AS (
  SELECT DISTINCT account_key FROM bank_accounts WHERE account_key IS NOT NULL
  UNION
  SELECT DISTINCT payee_account_key FROM vouchers WHERE payee_account_key IS NOT NULL AND payee_firm_name IS NOT NULL
),
many AS (
  SELECT r.account_key, count(DISTINCT r.source) AS sources,
    count(CASE WHEN r.contract_no IS NULL THEN 1 END) AS without_contract
  FROM received r
  LEFT JOIN unit_accounts u ON u.account_key = r.account_key
  WHERE u.account_key IS NULL
  GROUP BY r.account_key
  HAVING count(DISTINCT r.source) >= $min_sources
)
SELECT
  r.rec_voucher, r.rec_payment, r.rec_compensation, r.account_key, r.account, r.receiver, r.source, r.matter, r.paid_date,
  r.amount, m.sources, CASE WHEN m.without_contract = 0 THEN 45 ELSE 65 END AS strength
FROM many m
JOIN received r ON r.account_key = m.account_key
