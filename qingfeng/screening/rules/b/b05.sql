/* ---
id: B05
version: 1.2.0
title: 干部或近亲属承租集体资产
content: 2
basis: 村干部及其近亲属承包经营集体资产应当公开、回避（村级组织人员廉洁履职有关规定）
parameters:
  close: {type: list, value: [本人, 配偶, 夫, 妻, 爱人, 父, 母, 子, 女, 儿, 兄, 哥, 弟, 姐, 妹, 岳, 公公, 婆婆, 公婆, 孙, 祖, 爷爷, 奶奶, 外公, 外婆, 媳, 婿], title: 近亲属, why: 配偶、父母、子女、兄弟姐妹、祖孙及姻亲}
  distant: {type: list, value: [表, 堂, 远, 侄, 甥, 姑, 舅, 姨, 叔, 伯, 邻, 朋友, 同学], title: 不算近亲属的关系, why: 旁系和其他关系}
  open_ways: {type: list, value: [公开, 招标, 拍卖, 竞价, 竞拍, 挂牌], title: 自称公开的方式, why: 台账上大多这样写，是否真的公开要看招租材料，分值低一些}
  fair_ways: {type: list, value: [产权交易, 交易中心, 交易平台, 公共资源, 家竞租, 家竞价, 家报名, 人竞租, 人竞价, 人报名, 最高价成交, 溢价], title: 方式或备注写明公平竞得的, why: 经交易平台、有几家竞争的，公开竞争公平取得}
  share_percent: {type: integer, value: 10, title: 股东持股比例下限（%）, why: 小额持股不说明实际经营}
inputs: [asset_contracts, cadres]
optional: [relatives, firms, firm_people]
subject: {kind: contract, column: contract_no, shown: [village, contract_no]}
records: {contract: asset_contracts, cadre: cadres, relative: relatives, firm: firms, holder: firm_people}
sum: {column: contract_sum, once_per: contract}
date: on_day
tier: tier
score: {column: score}
values:
  village: {title: 村社区}
  contract_no: {title: 合同编号}
  asset_name: {title: 资产名称}
  tenant: {title: 承租人}
  way: {title: 发包方式}
  on_day: {type: date, title: 签订日期}
  contract_sum: {type: money, title: 合同总额}
  role: {title: 在承租单位的身份}
  relation: {title: 与干部关系}
  cadre: {title: 干部}
  unit: {title: 干部单位}
  post: {title: 干部职务}
sentence: "{village}合同{contract_no}（{asset_name}）的承租人{tenant}与干部{cadre}有关（{relation}，{role}），合同总额{sum}元，是否公开发包、本人是否回避？"
false_positives: [公开招标公平竞得]
verify: [查招租公告和竞价记录, 查会议回避情况, 比较租金]
reopen: {rows: 1, sum_percent: 0}
choices: |
  没有合同编号的，按村、资产、承租人认作一份合同。
  签订（没有的用起始）日期时在任的干部；任职日期为空视为在任，签订日期为空的照列。不限干部与资产同村。
  承租单位的法定代表人、持股不低于下限的股东是干部或近亲属的也列。方式或备注写明经交易平台、几家竞争的不列；只写公开竞价的分值低，方式为空的照列。
--- */
WITH listed AS (
  SELECT person_key, person_tier AS tier, '本人' AS relation, name AS cadre, unit, post, from_date, to_date,
    rec AS rec_cadre, CAST(NULL AS BIGINT) AS rec_relative
  FROM cadres
  WHERE person_key IS NOT NULL
  UNION ALL
  SELECT r.person_key, greatest(r.person_tier, r.cadre_person_tier, c.person_tier), r.relation, r.cadre_name, c.unit, c.post,
    c.from_date, c.to_date, c.rec, r.rec
  FROM relatives r
  LEFT JOIN cadres c ON c.person_key = r.cadre_person_key
  WHERE r.person_key IS NOT NULL AND has_word(r.relation, $close) AND NOT has_word(r.relation, $distant)
),
named AS (
  SELECT rec, coalesce(contract_no, '无编号：' || village || asset_name || '·' || coalesce(tenant_firm_name, tenant_name, '承租人未登记')) AS contract_no,
    village, asset_name, tenant_firm_name, tenant_name, way, sign_date, start_date, total_amount, annual_rent, due_amount,
    tenant_person_key, tenant_person_tier, tenant_firm_key, note
  FROM asset_contracts
),
contracts AS (
  SELECT contract_no, coalesce(min(CASE WHEN coalesce(tenant_name, tenant_firm_name) IS NOT NULL THEN rec END), min(rec)) AS rec, min(village) AS village, min(asset_name) AS asset_name,
    min(coalesce(tenant_firm_name, tenant_name)) AS tenant, min(way) AS way, min(coalesce(sign_date, start_date)) AS on_day,
    max(coalesce(total_amount, annual_rent, due_amount)) AS contract_sum,
    min(tenant_person_key) AS tenant_person_key, max(tenant_person_tier) AS tenant_person_tier, min(tenant_firm_key) AS tenant_firm_key,
    max(CASE WHEN has_word(way, $fair_ways) OR has_word(note, $fair_ways) THEN 1 ELSE 0 END) AS fair
  FROM named
  GROUP BY contract_no
),
behind AS (
  -- 承租人本人，或承租单位背后的人
  SELECT rec, tenant_person_key AS person_key, tenant_person_tier AS tier, '承租人' AS role,
    CAST(NULL AS BIGINT) AS rec_firm, CAST(NULL AS BIGINT) AS rec_holder
  FROM contracts
  WHERE tenant_person_key IS NOT NULL
  UNION ALL
  SELECT c.rec, f.legal_person_key, f.legal_person_tier, '法定代表人', f.rec, CAST(NULL AS BIGINT)
  FROM contracts c
  JOIN firms f ON f.firm_key = c.tenant_firm_key
  WHERE f.legal_person_key IS NOT NULL
  UNION ALL
  SELECT c.rec, h.person_key, h.person_tier, h.role, CAST(NULL AS BIGINT), h.rec
  FROM contracts c
  JOIN firm_people h ON h.firm_key = c.tenant_firm_key
  WHERE h.person_key IS NOT NULL AND h.share_percent >= $share_percent
    AND (h.from_date IS NULL OR c.on_day IS NULL OR h.from_date <= c.on_day)
    AND (h.to_date IS NULL OR c.on_day IS NULL OR h.to_date >= c.on_day)
)
SELECT c.contract_no, c.village, c.asset_name, c.tenant, c.way, c.on_day, c.contract_sum, b.role, l.relation, l.cadre, l.unit,
  l.post, c.rec AS rec_contract, l.rec_cadre, l.rec_relative, b.rec_firm, b.rec_holder, greatest(b.tier, l.tier) AS tier,
  CASE WHEN has_word(c.way, $open_ways) THEN 40 ELSE 65 END AS score
FROM contracts c
JOIN behind b ON b.rec = c.rec
JOIN listed l ON l.person_key = b.person_key
WHERE c.fair = 0
  AND (c.on_day IS NULL OR l.from_date IS NULL OR l.from_date <= c.on_day)
  AND (c.on_day IS NULL OR l.to_date IS NULL OR l.to_date >= c.on_day)
