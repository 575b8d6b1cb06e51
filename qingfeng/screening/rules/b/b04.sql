/* ---
id: B04
version: 1.1.0
title: 租期过长或协议发包
content: 2
basis: 农村集体资产出租期限和公开交易限额有规定，超限额的应当公开竞价（以当地规定为准）
parameters:
  most_years: {type: integer, value: 5, title: 最长租期（年）, why: MODELS 写五年，各地按规定改}
  longer:
    type: table
    columns: [asset_kind, {years: integer}]
    value: [[四荒地, 50]]
    title: 可以更长的资产类型
    why: 四荒地等法定可以更长，按当地规定加
  agreement_limit: {type: money, value: 50000, title: 可协议发包的总额上限（元）, why: 超过的应公开竞价，按当地限额改}
  agreement: {type: list, value: [协议, 议标, 直接, 协商, 指定, 口头, 内部], title: 协议发包的写法, why: 没有公开竞价}
  open_ways: {type: list, value: [公开, 招标, 拍卖, 竞价, 竞拍, 挂牌], title: 公开方式的写法, why: 如“公开协商”“公开竞价”不算协议发包}
  rule_from: {type: date, value: 2018-01-01, title: 规定施行日期, why: 以前签的合同按当时规定}
inputs: [asset_contracts]
either: [[asset_contracts.start_date, asset_contracts.end_date], [asset_contracts.way]]
subject: {kind: contract, column: contract_no, shown: [village, contract_no]}
records: {contract: asset_contracts}
sum: {column: contract_sum, once_per: contract}
date: on_day
score: 55
values:
  village: {title: 村社区}
  contract_no: {title: 合同编号}
  asset_name: {title: 资产名称}
  asset_kind: {title: 资产类型}
  tenant: {title: 承租人}
  way: {title: 发包方式}
  on_day: {type: date, title: 签订日期}
  start_date: {type: date, title: 起始日期}
  end_date: {type: date, title: 终止日期}
  months: {type: integer, title: 租期（整月）}
  contract_sum: {type: money, title: 合同总额}
  reason: {title: 情形}
sentence: "{village}合同{contract_no}（{asset_name}，{tenant}，{way}）{reason}，合同总额{sum}元，是否经民主决策和公开程序？"
false_positives: [规定施行以前签订的合同]
verify: [查会议记录和表决, 查公开发包材料, 查当时的规定]
reopen: {rows: 1, sum_percent: 0}
choices: |
  没有合同编号的，按村、资产、承租人认作一份合同。
  租期按整月算，满五年不多不少的不列。总额用合同总额，没有的用年租金乘整年数。
  协议发包对个人、单位都问（MODELS 的题目说个人，条件没有限定）；方式为空的不按协议发包列。
  签订日期（没有的用起始日期）在规定施行以前的不列，日期为空的照列。
--- */
WITH named AS (
  SELECT rec, coalesce(contract_no, '无编号：' || village || asset_name || '·' || coalesce(tenant_firm_name, tenant_name, '承租人未登记')) AS contract_no,
    village, asset_name, asset_kind, tenant_firm_name, tenant_name, way, sign_date, start_date, end_date, total_amount, annual_rent
  FROM asset_contracts
),
contracts AS (
  SELECT contract_no, min(rec) AS rec, min(village) AS village, min(asset_name) AS asset_name, min(asset_kind) AS asset_kind,
    min(coalesce(tenant_firm_name, tenant_name, '承租人未登记')) AS tenant, min(way) AS way, min(coalesce(sign_date, start_date)) AS on_day,
    min(start_date) AS start_date, max(end_date) AS end_date, max(total_amount) AS total_amount, max(annual_rent) AS annual_rent
  FROM named
  GROUP BY contract_no
),
allowed AS (
  SELECT c.rec, max(l.years) AS years
  FROM contracts c
  JOIN param_longer l ON text_has(c.asset_kind, l.asset_kind)
  GROUP BY c.rec
),
measured AS (
  SELECT c.contract_no, c.rec, c.village, c.asset_name, c.asset_kind, c.tenant, c.way, c.on_day, c.start_date, c.end_date,
    months_between_full(c.start_date, c.end_date) AS months,
    coalesce(c.total_amount, CAST(ratio(c.annual_rent * months_between_full(c.start_date, add_days(c.end_date, 1)), 12) AS BIGINT),
      c.annual_rent) AS contract_sum,
    coalesce(a.years, $most_years) AS most_years
  FROM contracts c
  LEFT JOIN allowed a ON a.rec = c.rec
  WHERE c.on_day IS NULL OR c.on_day >= $rule_from
)
SELECT contract_no, village, asset_name, asset_kind, tenant, way, on_day, start_date, end_date, months, contract_sum,
  '租期超过规定年限' AS reason, rec AS rec_contract
FROM measured
WHERE months > most_years * 12
UNION ALL
SELECT contract_no, village, asset_name, asset_kind, tenant, way, on_day, start_date, end_date, months, contract_sum,
  '超过限额而协议发包', rec
FROM measured
WHERE has_word(way, $agreement) AND NOT has_word(way, $open_ways) AND contract_sum > $agreement_limit
