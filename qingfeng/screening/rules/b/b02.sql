/* ---
id: B02
version: 1.2.0
title: 合同到期仍在使用
content: 2
basis: 农村集体资产承包租赁到期应当收回或重新公开发包（以当地规定为准）
parameters:
  grace_days: {type: integer, value: 60, title: 到期宽限天数, why: 续签、移交需要时间}
  used: {type: list, value: [在用, 使用, 出租, 经营, 承包, 占用, 种植, 养殖], title: 表示仍在使用的状态, why: 合同没有填“是否在用”时看资产台账的实地状态}
  not_used: {type: list, value: [闲置, 空置, 空闲, 未用, 未使用, 未出租, 收回, 停用, 停业, 废弃, 荒], title: 表示没有使用的状态, why: 已收回或闲置}
  gone: {type: list, value: [拆, 灭失, 倒塌, 报废, 征收], title: 资产已不存在的状态, why: 已拆除的谈不上使用}
inputs: [asset_contracts]
optional: [assets]
needs: {asset_contracts: [end_date]}
subject: {kind: contract, column: contract_no, shown: [village, contract_no]}
records: {contract: asset_contracts, asset: assets}
sum: {column: annual_rent, once_per: contract}
date: end_date
score: 65
values:
  village: {title: 村社区}
  contract_no: {title: 合同编号}
  asset_no: {title: 资产编号}
  asset_name: {title: 资产名称}
  tenant: {title: 承租人}
  end_date: {type: date, title: 终止日期}
  days_over: {type: integer, title: 到期后天数}
  in_use: {type: boolean, title: 合同登记是否在用}
  state: {title: 实地或账面状态}
  survey_date: {type: date, title: 核查日期}
  annual_rent: {type: money, title: 年租金}
sentence: "{village}合同{contract_no}（{asset_name}，{tenant}）已于{end_date}到期{days_over}天，仍在使用而没有新合同，由谁使用、租金交到哪里？"
false_positives: [正在续签, 已经拆除]
verify: [实地查看并拍照, 查续签或移交手续, 查到期后的收款]
reopen: {rows: 1, sum_percent: 0}
choices: |
  到期以同一合同编号最晚的终止日期为准；新合同是同一资产编号（没有编号的为同村同名资产）终止日期更晚的另一合同。
  没有合同编号的，按村、资产、承租人认作一份合同。
  在用：合同登记在用为“是”；为空的看资产台账的实地状态（没有实地的看账面状态）或实际使用人。登记为“否”的、状态为拆除灭失的不列；都为空的不列。
--- */
WITH named AS (
  SELECT rec, coalesce(contract_no, '无编号：' || village || asset_name || '·' || coalesce(tenant_firm_name, tenant_name, '承租人未登记')) AS contract_no,
    village, asset_no, asset_name, tenant_firm_name, tenant_name, end_date, in_use, annual_rent
  FROM asset_contracts
),
ended AS (
  SELECT contract_no, max(end_date) AS end_date, max(CASE WHEN end_date IS NOT NULL THEN rec END) AS rec_contract
  FROM named
  GROUP BY contract_no
  HAVING $as_of > add_days(max(end_date), $grace_days)
),
old AS (
  SELECT c.rec, c.contract_no, c.village, c.asset_no, c.asset_name, coalesce(c.tenant_firm_name, c.tenant_name, '承租人未登记') AS tenant,
    e.end_date, c.in_use, c.annual_rent
  FROM ended e
  JOIN named c ON c.rec = e.rec_contract
),
state_now AS (
  SELECT asset_no, min(rec) AS rec_asset, min(coalesce(surveyed_state, state)) AS state,
    min(surveyed_tenant_name_key) AS user_key, max(survey_date) AS survey_date
  FROM assets
  GROUP BY asset_no
)
SELECT o.contract_no, o.village, o.asset_no, o.asset_name, o.tenant, o.end_date, days_between(o.end_date, $as_of) AS days_over,
  o.in_use, s.state, s.survey_date, o.annual_rent, o.rec AS rec_contract, s.rec_asset
FROM old o
LEFT JOIN state_now s ON s.asset_no = o.asset_no
WHERE NOT has_word(s.state, $gone)
  AND (o.in_use
    OR (o.in_use IS NULL AND NOT has_word(s.state, $not_used) AND (has_word(s.state, $used) OR s.user_key IS NOT NULL)))
  AND NOT EXISTS (
    SELECT 1
    FROM named n
    WHERE n.asset_no = o.asset_no AND n.contract_no <> o.contract_no AND n.end_date > o.end_date)
  AND NOT EXISTS (
    SELECT 1
    FROM named n
    WHERE o.asset_no IS NULL AND n.village = o.village AND n.asset_name = o.asset_name
      AND n.contract_no <> o.contract_no AND n.end_date > o.end_date)
