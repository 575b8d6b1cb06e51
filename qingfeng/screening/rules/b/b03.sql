/* ---
id: B03
version: 1.2.0
title: 租金明显低于同类
content: 2
basis: 农村集体资产出租应当合理定价、公开竞价，不得低价发包（以当地规定为准）
parameters:
  price_percent: {type: integer, value: 70, title: 低于中位数的百分比, why: MODELS 写的是低于同类中位数的七成}
  least_peers: {type: integer, value: 5, title: 同类合同至少份数, why: 份数太少中位数不可靠}
  old_days: {type: integer, value: 1826, title: 旧合同的天数, why: 五年以前签的合同反映当时行情}
  poor: {type: list, value: [危, 破, 差, 损, 漏, 旧, 荒, 闲置], title: 状况差的状态, why: 状况差的资产租金低}
  reasons: {type: list, value: [年久失修, 危房, 破旧, 漏雨, 自建, 承租人建, 承租方建, 承租人投资, 归村所有, 归集体所有, 无偿归], title: 备注里说明租金低的写法, why: 状况差，或承租人出资建设、到期归集体}
inputs: [asset_contracts]
optional: [assets]
needs: {asset_contracts: [asset_kind]}
subject: {kind: contract, column: contract_no, shown: [village, contract_no]}
records: {contract: asset_contracts, asset: assets}
sum: {column: annual_rent, once_per: contract}
date: on_day
score: 55
values:
  village: {title: 村社区}
  street: {title: 镇街}
  contract_no: {title: 合同编号}
  asset_name: {title: 资产名称}
  asset_kind: {title: 资产类型}
  tenant: {title: 承租人}
  area: {type: area, title: 面积}
  annual_rent: {type: money, title: 年租金}
  price: {type: money, title: 单价}
  median_price: {type: money, title: 同镇街同类中位数单价}
  peers: {type: integer, title: 同类合同份数}
  on_day: {type: date, title: 签订日期}
sentence: "{village}合同{contract_no}（{asset_name}，{tenant}）单价{price}元，同类{peers}份合同的中位数是{median_price}元，定价依据是什么？"
false_positives: [资产状况差, 承租人投资建设的长期合同, 早年签订的旧合同]
verify: [查评估和竞价材料, 实地看资产状况, 比较同类合同]
reopen: {rows: 1, sum_percent: 0}
choices: |
  没有合同编号的，按村、资产、承租人认作一份合同。
  同类是同一镇街（没有镇街的同村）、同一资产类型；中位数含本合同。单价用合同单价，没有的用年租金除以面积，两者都没有的不比。
  签订（没有的用起始）日期在基准日五年以前的、承租人建设的、台账状态为危破的不列，但仍参与求中位数；没有日期的照列。
--- */
WITH priced AS (
  SELECT rec, coalesce(contract_no, '无编号：' || village || asset_name || '·' || coalesce(tenant_firm_name, tenant_name, '承租人未登记')) AS contract_no,
    village, coalesce(street, village) AS street, asset_no, asset_name, asset_kind,
    coalesce(tenant_firm_name, tenant_name, '承租人未登记') AS tenant, area, annual_rent,
    coalesce(unit_price, CAST(ratio(annual_rent * 100, area) AS BIGINT)) AS price,
    coalesce(sign_date, start_date) AS on_day, coalesce(built_by_tenant, false) AS built_by_tenant, note
  FROM asset_contracts
  WHERE asset_kind IS NOT NULL
),
single AS (
  -- 一份合同几期应收的只算一份
  SELECT min(rec) AS rec
  FROM priced
  WHERE price > 0
  GROUP BY contract_no
),
ranked AS (
  SELECT p.rec, p.street, p.asset_kind, p.price,
    row_number() OVER (PARTITION BY p.street, p.asset_kind ORDER BY p.price, p.rec) AS place,
    count(*) OVER (PARTITION BY p.street, p.asset_kind) AS peers
  FROM priced p
  JOIN single s ON s.rec = p.rec
),
medians AS (
  -- 两倍中位数：奇数取正中一个的两倍，偶数取中间两个之和
  SELECT street, asset_kind, peers, min(price) + max(price) AS twice_median
  FROM ranked
  WHERE place * 2 BETWEEN peers AND peers + 2
  GROUP BY street, asset_kind, peers
),
condition AS (
  SELECT asset_no, min(rec) AS rec_asset, min(coalesce(surveyed_state, state)) AS state
  FROM assets
  GROUP BY asset_no
)
SELECT p.contract_no, p.village, p.street, p.asset_name, p.asset_kind, p.tenant, p.area, p.annual_rent, p.price,
  CAST(ratio(m.twice_median, 2) AS BIGINT) AS median_price, m.peers, p.on_day, p.rec AS rec_contract, a.rec_asset
FROM ranked r
JOIN priced p ON p.rec = r.rec
JOIN medians m ON m.street = r.street AND m.asset_kind = r.asset_kind
LEFT JOIN condition a ON a.asset_no = p.asset_no
WHERE m.peers >= $least_peers
  AND p.price * 200 < m.twice_median * $price_percent
  AND NOT p.built_by_tenant
  AND NOT has_word(p.note, $reasons)
  AND (p.on_day IS NULL OR p.on_day >= add_days($as_of, -$old_days))
  AND NOT has_word(a.state, $poor)
