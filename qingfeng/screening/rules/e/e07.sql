/* ---
id: E07
version: 1.0.0
title: 投标人之间有关联
content: 5
basis: 招标投标法实施条例第三十四条：单位负责人为同一人或者存在控股、管理关系的不同单位，不得参加同一标段投标 [K]；其余关联按第三十九条、第四十条核查 [T]
parameters:
  agent_firms: {type: integer, value: 5, title: 同一电话或地址登记的企业达到几家即视为代办、园区, why: 代理记账、集中登记的地址和电话会登记许多企业}
  holder_firms: {type: integer, value: 10, title: 同一法人股东持股的企业达到几家即不作关联, why: 国资平台、投资基金}
  min_share: {type: decimal, value: 5, title: 最低持股比例（%）, why: 少量持股不足以影响投标}
  park_words: {type: list, value: [产业园, 工业园, 园区, 科技园, 创业园, 创意园, 物流园, 软件园, 科创园, 创新园, 电商园, 总部基地, 写字楼, 商务楼, 孵化, 众创, 创客, 集群注册, 集中办公, 托管, 商务秘书, 秘书公司, 创业中心, 商务中心, 开发区], title: 园区、集中办公地址的字样}
inputs: [bids, firms]
optional: [firm_people]
needs: {bids: [bidder_key, bidder_name, project_no]}
subject: {kind: lot, column: [project_no, lot_no], shown: [project_no, lot_no]}
records: {bid: bids, firm: firms, person: firm_people}
count: bid
date: bid_date
tier: tier
score: {column: strength}
values:
  project_no: {title: 项目编号}
  lot_no: {title: 标段号}
  bidder_name: {title: 投标单位}
  link_kind: {title: 关联}
  role: {title: 本单位中的身份}
  link_shown: {title: 关联的人、电话、地址}
  from_date: {type: date, title: 关联起}
  to_date: {type: date, title: 关联止}
  bid_date: {type: date, title: 开标日期}
sentence: "项目{project_no}同一标段的{bidder_name}之间有关联：{link_kind}；是否相互独立投标，请核实。"
false_positives: [同一产业园或集中办公地址, 关联在投标前已结束, 代理记账公司的电话]
verify: [调取企业登记档案, 核对联系人和社保缴纳, 核对投标文件和保证金来源]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一标段两家以上不同投标单位：法定代表人、股东、高管为同一人（按身份证号，姓名相同不算），或有同一法人股东、一家持另一家股份，或登记电话、投标联系电话、登记地址相同。
  人员和股东关系按开标日计：开标前已退出、开标后才加入的不算；起止日期空的视为一直有。没有开标日期的，有终止日期的关系一律不算。
  电话、地址被多家企业登记的视为代办或园区，不算；地址有园区字样而没有写到“室”的，也不算（只在同一园区），写到同一室的算。
  持股比例未填视为达到。自然人身份为第三、四档时只作“先核实是否同一人”的疑问。
--- */
WITH in_lot AS (
  SELECT rec, project_no, coalesce(lot_no, '') AS lot_no, bidder_key, bidder_name, bid_date, contact_phone,
    contact_phone_key
  FROM bids
  WHERE project_no IS NOT NULL AND bidder_key IS NOT NULL
),
bidders AS (
  SELECT DISTINCT bidder_key FROM in_lot
),
registered AS (
  SELECT f.rec, f.firm_key, f.legal_person_key, f.legal_person_tier, f.legal_name, f.legal_id_shown, f.phone_key, f.phone,
    f.firm_address_key, f.firm_address
  FROM firms f JOIN bidders b ON b.bidder_key = f.firm_key
),
insiders AS (
  SELECT p.rec, p.firm_key, p.person_key, p.person_tier, p.name, p.id_shown, p.holder_firm_key, p.holder_firm_name, p.role,
    p.from_date, p.to_date
  FROM firm_people p JOIN bidders b ON b.bidder_key = p.firm_key
  WHERE coalesce(p.share_percent, 100) >= $min_share
),
known AS (
  SELECT firm_key, legal_person_key AS link FROM registered WHERE legal_person_key IS NOT NULL
  UNION ALL
  SELECT firm_key, phone_key FROM registered WHERE phone_key IS NOT NULL
  UNION ALL
  SELECT firm_key, firm_address_key FROM registered WHERE firm_address_key IS NOT NULL
  UNION ALL
  SELECT firm_key, person_key FROM insiders WHERE person_key IS NOT NULL
  UNION ALL
  SELECT firm_key, holder_firm_key FROM insiders WHERE holder_firm_key IS NOT NULL
  UNION ALL
  SELECT holder_firm_key, holder_firm_key FROM insiders WHERE holder_firm_key IS NOT NULL
  UNION ALL
  SELECT bidder_key, contact_phone_key FROM in_lot WHERE contact_phone_key IS NOT NULL
),
repeated AS (
  SELECT link FROM known GROUP BY link HAVING count(*) > 1
),
common AS (
  -- 先粗选：两家以上投标单位有的人、股东、电话、地址
  SELECT k.link
  FROM known k
  JOIN repeated r ON r.link = k.link
  GROUP BY k.link
  HAVING min(k.firm_key) <> max(k.firm_key)
),
contacts AS (
  SELECT i.rec, i.project_no, i.lot_no, i.bidder_key, i.bidder_name, i.bid_date, i.contact_phone, i.contact_phone_key
  FROM in_lot i JOIN common c ON c.link = i.contact_phone_key
),
-- 代理记账的电话、集中登记的地址、国资平台：登记了许多企业，不能说明关联
busy_phones AS (
  SELECT f.phone_key FROM firms f JOIN common c ON c.link = f.phone_key
  GROUP BY f.phone_key HAVING count(DISTINCT f.firm_key) >= $agent_firms
),
busy_contacts AS (
  SELECT contact_phone_key FROM contacts
  GROUP BY contact_phone_key HAVING count(DISTINCT bidder_key) >= $agent_firms
    AND count(*) < 2 * count(DISTINCT bidder_key)
),
busy_addresses AS (
  SELECT f.firm_address_key FROM firms f JOIN common c ON c.link = f.firm_address_key
  GROUP BY f.firm_address_key HAVING count(DISTINCT f.firm_key) >= $agent_firms
),
busy_holders AS (
  SELECT p.holder_firm_key FROM firm_people p JOIN common c ON c.link = p.holder_firm_key
  GROUP BY p.holder_firm_key HAVING count(DISTINCT p.firm_key) >= $holder_firms
),
links AS (
  SELECT f.firm_key, f.rec AS rec_firm, CAST(NULL AS BIGINT) AS rec_person, '同一自然人' AS link_kind,
    f.legal_person_key AS link, concat(f.legal_name, ' ', f.legal_id_shown) AS link_shown, '法定代表人' AS role,
    CAST(NULL AS DATE) AS from_date, CAST(NULL AS DATE) AS to_date, f.legal_person_tier AS tier, 90 AS strength
  FROM registered f JOIN common c ON c.link = f.legal_person_key
  UNION ALL
  SELECT p.firm_key, CAST(NULL AS BIGINT), p.rec, '同一自然人', p.person_key, concat(p.name, ' ', p.id_shown), p.role,
    p.from_date, p.to_date, p.person_tier, 90
  FROM insiders p JOIN common c ON c.link = p.person_key
  UNION ALL
  SELECT p.firm_key, CAST(NULL AS BIGINT), p.rec, '同一法人股东或持股关系', p.holder_firm_key, p.holder_firm_name, p.role,
    p.from_date, p.to_date, 1, 85
  FROM insiders p
  JOIN common c ON c.link = p.holder_firm_key
  LEFT JOIN busy_holders h ON h.holder_firm_key = p.holder_firm_key
  WHERE h.holder_firm_key IS NULL
  UNION ALL
  -- 股东自己也来投标：把它自己当作一端
  SELECT p.holder_firm_key, CAST(NULL AS BIGINT), p.rec, '同一法人股东或持股关系', p.holder_firm_key, p.holder_firm_name,
    '作为股东', p.from_date, p.to_date, 1, 85
  FROM insiders p
  JOIN common c ON c.link = p.holder_firm_key
  JOIN bidders o ON o.bidder_key = p.holder_firm_key
  UNION ALL
  SELECT f.firm_key, f.rec, CAST(NULL AS BIGINT), '同一联系电话', f.phone_key, f.phone, '登记电话', NULL, NULL, 1, 75
  FROM registered f
  JOIN common c ON c.link = f.phone_key
  LEFT JOIN busy_phones y ON y.phone_key = f.phone_key
  WHERE y.phone_key IS NULL
  UNION ALL
  SELECT f.firm_key, f.rec, CAST(NULL AS BIGINT), '同一登记地址', f.firm_address_key, f.firm_address, '登记地址', NULL,
    NULL, 1, 60
  FROM registered f
  JOIN common c ON c.link = f.firm_address_key
  LEFT JOIN busy_addresses y ON y.firm_address_key = f.firm_address_key
  WHERE y.firm_address_key IS NULL
    AND (NOT has_word(f.firm_address, $park_words) OR text_has(f.firm_address, '室'))
),
linked_bids AS (
  SELECT i.rec AS rec_bid, l.rec_firm, l.rec_person, i.project_no, i.lot_no, i.bidder_key, i.bidder_name, i.bid_date,
    l.link_kind, l.link, l.link_shown, l.role, l.from_date, l.to_date, l.tier, l.strength
  FROM in_lot i
  JOIN links l ON l.firm_key = i.bidder_key
  WHERE (l.to_date IS NULL OR l.to_date >= i.bid_date) AND (l.from_date IS NULL OR l.from_date <= coalesce(i.bid_date, l.from_date))
  UNION ALL
  SELECT i.rec, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), i.project_no, i.lot_no, i.bidder_key, i.bidder_name,
    i.bid_date, '同一联系电话', i.contact_phone_key, i.contact_phone, '投标联系电话', NULL, NULL, 1, 80
  FROM contacts i
  LEFT JOIN busy_contacts y ON y.contact_phone_key = i.contact_phone_key
  WHERE y.contact_phone_key IS NULL
),
shared AS (
  -- 两家以上；最可信的两家都是第一、二档时才作预警
  SELECT project_no, lot_no, link_kind, link,
    coalesce(min(CASE WHEN tier <= 2 THEN bidder_key END) <> max(CASE WHEN tier <= 2 THEN bidder_key END)
      AND min(CASE WHEN tier <= 2 THEN bidder_name END) <> max(CASE WHEN tier <= 2 THEN bidder_name END), false) AS sure
  FROM linked_bids
  GROUP BY project_no, lot_no, link_kind, link
  HAVING min(bidder_key) <> max(bidder_key) AND min(bidder_name) <> max(bidder_name)
)
SELECT
  b.rec_bid, b.rec_firm, b.rec_person, b.project_no, b.lot_no, b.bidder_name, b.link_kind, b.role, b.link_shown,
  b.from_date, b.to_date, b.bid_date, b.strength,
  CASE WHEN s.sure THEN b.tier ELSE greatest(b.tier, 3) END AS tier
FROM shared s
JOIN linked_bids b ON b.project_no = s.project_no AND b.lot_no = s.lot_no AND b.link_kind = s.link_kind
  AND b.link = s.link
