/* ---
id: B10
version: 1.3.0
title: 账外账户和账外收入
content: 2
basis: 村级资金全部纳入代理账户核算，不得设账外账、不得坐收坐支（农村集体“三资”管理规定）
parameters:
  new_days: {type: integer, value: 60, title: 新开账户宽限天数, why: 新开账户纳入代理需要时间}
  income_days: {type: integer, value: 60, title: 合同收入宽限天数, why: 应收日后入账有先后}
  closed: {type: list, value: [销户, 注销, 撤销, 撤户, 久悬, 停用], title: 已不用的账户状态, why: 银行查询结果多只写状态、不写销户日期}
inputs: [asset_contracts, receipts]
optional: [bank_accounts]
subject: {kind: place, column: village, shown: village}
records: {account: bank_accounts, receipt: receipts, contract: asset_contracts}
sum: {column: amount, once_per: receipt}
date: on_day
score: 65
values:
  village: {title: 村社区}
  reason: {title: 情形}
  account: {title: 账号}
  opened_date: {type: date, title: 开户日期}
  receipt_no: {title: 收据号}
  contract_no: {title: 合同编号}
  tenant: {title: 承租人}
  on_day: {type: date, title: 日期}
  amount: {type: money, title: 收款金额}
  due_amount: {type: money, title: 应收金额}
sentence: "{village}有{reason}，涉及合同{contract_no}、入账外账户{sum}元，收入是否全部入账？"
false_positives: [新开立的账户]
verify: [到银行查账户和流水, 核对代理账和合同, 向承租人核实交款去向]
reopen: {rows: 1, sum_percent: 0}
choices: |
  没有合同编号的，按村、资产、承租人认作一份合同，收款凭同村同名认；承租人不是个人的无从对应收款，不列。
  三种情形：村账户登记为未纳入代理（否）且未销户、开户已满宽限；收款账号不是本村纳入代理的账户（本村有已纳入代理账户登记才比，付款当日已销户的也算外）；合同应收日已过宽限而一笔收款也没有。
  合同没有应收日期的，起始日已满一年又宽限的才算应收。应收日早于收款表最早一笔的，收款没有提供，不列。涉诉的合同不列；同村同名付款人、没有写合同编号的收款视为已收。
  另一张表（如银行开户查询结果）上的账户，整张表没有“纳入代理”一栏、而别的表写明了哪些已纳入的：不在已纳入之列、未销户的，算未纳入代理。
  其余“纳入代理”为空的账户视为不明，不列，也不当作代理账户以外；整张账户表都没有这一栏的（代理机构自己的备案表），表上的账户都算已纳入。
--- */
WITH given AS (
  -- 整张表没有“纳入代理”一栏：这张表就是代理机构的备案表
  SELECT count(in_agency) = 0 AS all_filed FROM bank_accounts
),
filed AS (
  SELECT DISTINCT account_key FROM bank_accounts WHERE in_agency AND account_key IS NOT NULL
),
bank_lists AS (
  -- 没有“纳入代理”一栏的表，如银行的开户查询结果
  SELECT source_file, source_sheet
  FROM bank_accounts
  GROUP BY source_file, source_sheet
  HAVING count(in_agency) = 0
),
not_filed AS (
  SELECT b.rec
  FROM bank_accounts b
  JOIN bank_lists l ON l.source_file = b.source_file AND coalesce(l.source_sheet, '') = coalesce(b.source_sheet, '')
  CROSS JOIN given g
  WHERE NOT g.all_filed AND b.account_key IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM filed f WHERE f.account_key = b.account_key)
),
known AS (
  SELECT b.unit AS village, b.account_key, min(coalesce(b.in_agency, CASE WHEN g.all_filed THEN true END)) AS in_agency,
    max(b.opened_date) AS opened_date
  FROM bank_accounts b
  CROSS JOIN given g
  WHERE b.account_key IS NOT NULL
  GROUP BY b.unit, b.account_key
),
with_agency AS (
  SELECT DISTINCT village FROM known WHERE in_agency
),
outside_account AS (
  SELECT b.unit AS village, '未纳入代理的账户' AS reason, b.account, b.opened_date, CAST(NULL AS VARCHAR) AS receipt_no,
    CAST(NULL AS VARCHAR) AS contract_no, CAST(NULL AS VARCHAR) AS tenant, b.opened_date AS on_day,
    CAST(NULL AS BIGINT) AS amount, CAST(NULL AS BIGINT) AS due_amount,
    b.rec AS rec_account, CAST(NULL AS BIGINT) AS rec_receipt, CAST(NULL AS BIGINT) AS rec_contract
  FROM bank_accounts b
  LEFT JOIN not_filed n ON n.rec = b.rec
  WHERE (NOT b.in_agency OR n.rec IS NOT NULL) AND NOT has_word(b.state, $closed) AND (b.closed_date IS NULL OR b.closed_date > $as_of)
    AND (b.opened_date IS NULL OR $as_of > add_days(b.opened_date, $new_days))
),
outside_receipt AS (
  SELECT r.village, '收款进了代理账户以外的账户' AS reason, r.account, k.opened_date, r.receipt_no, r.contract_no,
    r.payer_name AS tenant, r.received_date AS on_day, r.amount, CAST(NULL AS BIGINT) AS due_amount,
    CAST(NULL AS BIGINT) AS rec_account, r.rec AS rec_receipt, CAST(NULL AS BIGINT) AS rec_contract
  FROM receipts r
  JOIN with_agency w ON w.village = r.village
  LEFT JOIN known k ON k.village = r.village AND k.account_key = r.account_key
  WHERE r.account_key IS NOT NULL
    AND (k.account_key IS NULL OR (NOT k.in_agency AND (k.opened_date IS NULL OR r.received_date > add_days(k.opened_date, $new_days))))
),
named AS (
  SELECT rec, coalesce(contract_no, '无编号：' || village || asset_name || '·' || coalesce(tenant_firm_name, tenant_name, '承租人未登记')) AS contract_no,
    contract_no IS NULL AS unnumbered, village, tenant_firm_name, tenant_name, tenant_name_key, due_date, start_date, due_amount,
    annual_rent, total_amount
  FROM asset_contracts
  WHERE coalesce(litigation, false) = false AND (contract_no IS NOT NULL OR tenant_name_key IS NOT NULL)
),
unpaid AS (
  SELECT contract_no, unnumbered, min(village) AS village, min(coalesce(tenant_firm_name, tenant_name)) AS tenant,
    min(tenant_name_key) AS tenant_name_key, min(coalesce(due_date, add_days(start_date, 365))) AS due_day,
    max(coalesce(due_amount, annual_rent, total_amount)) AS due_amount, min(rec) AS rec
  FROM named
  GROUP BY contract_no, unnumbered
),
no_receipt AS (
  SELECT c.village, '合同收入没有收款记录' AS reason, CAST(NULL AS VARCHAR) AS account, CAST(NULL AS DATE) AS opened_date,
    CAST(NULL AS VARCHAR) AS receipt_no, c.contract_no, c.tenant, c.due_day AS on_day, CAST(NULL AS BIGINT) AS amount, c.due_amount,
    CAST(NULL AS BIGINT) AS rec_account, CAST(NULL AS BIGINT) AS rec_receipt, c.rec AS rec_contract
  FROM unpaid c
  WHERE c.due_amount > 0 AND $as_of > add_days(c.due_day, $income_days)
    AND c.due_day >= (SELECT min(received_date) FROM receipts)
    AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.contract_no = c.contract_no)
    AND NOT EXISTS (
      SELECT 1 FROM receipts r
      WHERE (r.contract_no IS NULL OR c.unnumbered) AND r.village = c.village AND r.payer_name_key = c.tenant_name_key)
)
SELECT village, reason, account, opened_date, receipt_no, contract_no, tenant, on_day, amount, due_amount,
  rec_account, rec_receipt, rec_contract
FROM outside_account
UNION ALL
SELECT village, reason, account, opened_date, receipt_no, contract_no, tenant, on_day, amount, due_amount,
  rec_account, rec_receipt, rec_contract
FROM outside_receipt
UNION ALL
SELECT village, reason, account, opened_date, receipt_no, contract_no, tenant, on_day, amount, due_amount,
  rec_account, rec_receipt, rec_contract
FROM no_receipt
