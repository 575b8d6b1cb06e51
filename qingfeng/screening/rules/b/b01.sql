/* ---
id: B01
version: 1.4.0
title: 合同逾期未收租金
content: 2
basis: 农村集体“三资”管理规定：合同到期应收的承包费、租金应当及时足额收取入账（以当地规定为准）
parameters:
  grace_days: {type: integer, value: 60, title: 逾期宽限天数, why: 收款后入账有先后，逾期两个月仍未足额才列}
  ahead_days: {type: integer, value: 180, title: 可提前交租天数, why: 应收日之前半年内收的算作本期}
  disputed: {type: list, value: [涉诉, 诉讼, 起诉, 仲裁, 法院, 立案受理], title: 备注里写明涉诉的, why: 已在法院处理的}
inputs: [asset_contracts, receipts]
needs: {asset_contracts: [due_date]}
subject: {kind: contract, column: contract_no, shown: [village, contract_no]}
records: {contract: asset_contracts, receipt: receipts}
sum: {column: short_amount, once_per: contract}
date: due_date
score: 70
values:
  village: {title: 村社区}
  contract_no: {title: 合同编号}
  asset_name: {title: 资产名称}
  tenant: {title: 承租人}
  due_date: {type: date, title: 应收日期}
  due_amount: {type: money, title: 应收金额}
  received_amount: {type: money, title: 已收金额（本合同）}
  short_amount: {type: money, title: 尚欠金额}
  days_late: {type: integer, title: 逾期天数}
  received_date: {type: date, title: 最近一次收款}
sentence: "{village}合同{contract_no}（{asset_name}，{tenant}）自{first}起{rows}期应收租金尚欠{sum}元，为何未收或未入账？"
false_positives: [收款后入账迟, 合同纠纷正在诉讼]
verify: [核对村账和代理账, 向承租人核实是否已交、交给谁, 查催收记录]
reopen: {rows: 1, sum_percent: 20}
choices: |
  “今天”是基准日。同一合同有几期应收的，已收款先抵最早的一期。
  收款只算最早一期应收日之前半年以内及以后、基准日之前入账的：以前年度的租金不抵本期。
  收款没有写合同编号的，同村且付款人与承租人姓名相同的也算已收（宁可少列）。
  台账没有合同编号的，按村、资产、承租人认作一份合同，收款凭同村同名认；承租人不是个人的无从对应收款，不列。
  台账写了应收日期、没有写应收金额的，一个合同只有一行时按年租金算。涉诉（是）的不列；应收日期为空的、应收金额和年租金都为空的不列。
--- */
WITH named AS (
  SELECT rec, coalesce(contract_no, '无编号：' || village || asset_name || '·' || coalesce(tenant_firm_name, tenant_name, '承租人未登记')) AS contract_no,
    contract_no IS NULL AS unnumbered, village, asset_name, tenant_firm_name, tenant_name, tenant_name_key, due_date, litigation,
    due_amount, annual_rent, note
  FROM asset_contracts
  WHERE contract_no IS NOT NULL OR tenant_name_key IS NOT NULL
),
owed AS (
  -- 应收计划另有一张表、只写合同编号的，村、资产、承租人看同一编号的台账
  SELECT rec, contract_no, unnumbered, due_date, max(village) OVER (PARTITION BY contract_no) AS village,
    max(asset_name) OVER (PARTITION BY contract_no) AS asset_name, max(tenant_firm_name) OVER (PARTITION BY contract_no) AS tenant_firm_name,
    max(tenant_name) OVER (PARTITION BY contract_no) AS tenant_name, max(tenant_name_key) OVER (PARTITION BY contract_no) AS tenant_name_key,
    max(CASE WHEN litigation OR has_word(note, $disputed) THEN 1 ELSE 0 END) OVER (PARTITION BY contract_no) = 1 AS litigation,
    coalesce(due_amount, CASE WHEN count(*) OVER (PARTITION BY contract_no) = 1 THEN annual_rent END) AS due_amount
  FROM named
),
due AS (
  SELECT rec, contract_no, unnumbered, village, asset_name, coalesce(tenant_firm_name, tenant_name, '承租人未登记') AS tenant, tenant_name_key,
    due_date, due_amount,
    sum(due_amount) OVER (PARTITION BY contract_no ORDER BY due_date, rec) AS due_so_far,
    min(due_date) OVER (PARTITION BY contract_no) AS first_due
  FROM owed
  WHERE due_amount > 0 AND $as_of > add_days(due_date, $grace_days) AND NOT litigation
),
contracts AS (
  SELECT contract_no, unnumbered, min(village) AS village, min(tenant_name_key) AS tenant_name_key, min(first_due) AS first_due
  FROM due
  GROUP BY contract_no, unnumbered
),
matched AS (
  SELECT c.contract_no, r.rec, r.amount, r.received_date
  FROM contracts c
  JOIN receipts r ON r.contract_no = c.contract_no
  WHERE r.received_date <= $as_of AND r.received_date >= add_days(c.first_due, -$ahead_days)
  UNION
  -- 收款或台账没有写合同编号：同村同名的付款人也算
  SELECT c.contract_no, r.rec, r.amount, r.received_date
  FROM contracts c
  JOIN receipts r ON r.village = c.village AND r.payer_name_key = c.tenant_name_key
  WHERE (r.contract_no IS NULL OR c.unnumbered)
    AND r.received_date <= $as_of AND r.received_date >= add_days(c.first_due, -$ahead_days)
),
received AS (
  SELECT contract_no, sum(amount) AS received_amount, max(received_date) AS received_date, max(rec) AS rec_receipt
  FROM matched
  GROUP BY contract_no
)
SELECT d.contract_no, d.village, d.asset_name, d.tenant, d.due_date, d.due_amount,
  coalesce(r.received_amount, 0) AS received_amount,
  least(d.due_amount, d.due_so_far - coalesce(r.received_amount, 0)) AS short_amount,
  days_between(d.due_date, $as_of) AS days_late, r.received_date,
  d.rec AS rec_contract, r.rec_receipt
FROM due d
LEFT JOIN received r ON r.contract_no = d.contract_no
WHERE d.due_so_far > coalesce(r.received_amount, 0)
