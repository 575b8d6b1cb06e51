/* ---
id: E06
version: 1.0.0
title: 保证金同一账户
content: 5
basis: 招标投标法实施条例第四十条：不同投标人的投标保证金从同一单位或者个人的账户转出，视为相互串通投标 [T]
parameters:
  paying_services: {type: list, value: [代理, 招标, 咨询, 担保, 保险, 保函, 银行, 交易中心, 公共资源], title: 代为缴款的机构字样}
  service_bidders: {type: integer, value: 5, title: 代缴账户：缴过的企业数}
  service_lots: {type: integer, value: 3, title: 代缴账户：涉及的标段数}
inputs: [bid_deposits]
optional: [bids]
needs: {bid_deposits: [bidder_key, bidder_name, payer_account_key, project_no]}
subject: {kind: lot, column: [project_no, lot_no], shown: [project_no, lot_no]}
records: {deposit: bid_deposits}
sum: {column: amount, once_per: deposit}
date: paid_date
score: 95
values:
  project_no: {title: 项目编号}
  lot_no: {title: 标段号}
  bidder_name: {title: 投标单位}
  payer_account: {title: 缴款账号}
  payer_name: {title: 缴款户名}
  paid_date: {type: date, title: 缴款日期}
  amount: {type: money, title: 保证金金额}
sentence: "项目{project_no}同一标段{bidder_name}的投标保证金从同一账户（{payer_account}，户名{payer_name}）转出；资金来源请核实。"
false_positives: [代理机构代几家缴纳（本身不合规）, 担保公司、银行出具保函]
verify: [向银行调取缴款凭证, 核对投标单位基本户, 询问缴款人]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一标段内两家以上不同投标单位（信用代码或名称有一样相同的视为同一家）的保证金由同一账号转出。
  缴款户名是该项目的代理机构，或写明代理、担保、银行、保险等的不算；一个账号为许多互不相干的企业在许多标段缴款（平均每家不足两次）的视为代缴账户，也不算。
--- */
WITH paid AS (
  SELECT rec, project_no, coalesce(lot_no, '') AS lot_no, bidder_key, bidder_name, payer_account_key, payer_name
  FROM bid_deposits
  WHERE payer_account_key IS NOT NULL AND bidder_key IS NOT NULL AND project_no IS NOT NULL
),
agencies AS (
  SELECT DISTINCT project_no, agency FROM bids WHERE agency IS NOT NULL
),
use_of_account AS (
  SELECT payer_account_key
  FROM paid
  GROUP BY payer_account_key
  HAVING count(DISTINCT bidder_key) >= $service_bidders
    AND count(DISTINCT concat(project_no, '|', lot_no)) >= $service_lots
    AND count(DISTINCT concat(project_no, '|', lot_no, '|', bidder_key)) < 2 * count(DISTINCT bidder_key)
),
own_money AS (
  SELECT p.rec, p.project_no, p.lot_no, p.bidder_key, p.bidder_name, p.payer_account_key
  FROM paid p
  LEFT JOIN agencies a ON a.project_no = p.project_no AND a.agency = p.payer_name
  LEFT JOIN use_of_account s ON s.payer_account_key = p.payer_account_key
  WHERE a.agency IS NULL AND s.payer_account_key IS NULL AND NOT has_word(p.payer_name, $paying_services)
),
shared AS (
  SELECT project_no, lot_no, payer_account_key
  FROM own_money
  GROUP BY project_no, lot_no, payer_account_key
  HAVING count(DISTINCT bidder_key) >= 2 AND count(DISTINCT bidder_name) >= 2
)
SELECT
  d.rec AS rec_deposit, s.project_no, s.lot_no, d.bidder_name, d.payer_account, d.payer_name, d.paid_date, d.amount
FROM shared s
JOIN own_money o ON o.project_no = s.project_no AND o.lot_no = s.lot_no AND o.payer_account_key = s.payer_account_key
JOIN bid_deposits d ON d.rec = o.rec
