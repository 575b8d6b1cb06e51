/* ---
id: B08
version: 1.1.0
title: 连号发票
content: 2
basis: 发票应当按业务发生如实取得；同一销方不同日期的连号发票多见于虚开、套开（发票管理办法）
parameters:
  run_length: {type: integer, value: 3, title: 连号张数, why: 两张连号可能是巧合}
  periodic: {type: list, value: [水费, 电费, 电力, 自来水, 通信, 话费, 宽带, 网络费, 燃气, 物业, 租金, 房租, 暖气, 保洁费], title: 按月结算的费用, why: 销方客户少的，按月开票也会连号}
  services: {type: list, value: [服务, 维护, 维保, 运维, 保养, 租赁, 托管, 清运, 打印, 复印], title: 按期提供的服务, why: 服务按月结算、用量每月不同；货物按月恰好连号则不寻常}
  month_days_low: {type: integer, value: 26, title: 按月开票的最短间隔天数, why: 每张相隔约一个月、又是服务或金额相同的视为按月结算}
  month_days_high: {type: integer, value: 35, title: 按月开票的最长间隔天数, why: 同上}
inputs: [invoices]
optional: [vouchers]
subject: {kind: pair, column: [buyer, seller_key], shown: [buyer, seller]}
records: {invoice: invoices, voucher: vouchers}
sum: {column: amount}
count: invoice
date: invoice_date
score: 65
values:
  buyer: {title: 购方}
  seller: {title: 销方}
  invoice_code: {title: 发票代码}
  invoice_no: {title: 发票号码}
  invoice_date: {type: date, title: 开票日期}
  goods: {title: 货物名称}
  amount: {type: money, title: 金额}
  voucher_no: {title: 凭证号}
  numbers: {type: integer, title: 连号张数}
sentence: "{buyer}取得{seller}连号发票{rows}张（{invoice_no}），开票日期{first}至{last}，共{sum}元，业务是否真实？"
false_positives: [按月结算的费用, 一次采购分几张开]
verify: [向销方和税务部门核对开票记录, 核对实物、入库和付款, 核对是否同一次业务]
reopen: {rows: 1, sum_percent: 0}
choices: |
  连号：同一购方、同一销方、发票代码相同、号码位数相同且末位数字逐一加一；同一号码有几行货物的只算一张。
  “不同日期”至少有两个开票日期；全在同一天的是一次采购分开开票，不列。
  货物名称是水电话费等的，和每张相隔约一个月（26至35天）而都是服务、或张张金额相同的，按月结算，不列；货物按月恰好连号、金额各异的照列。红字发票（金额不为正）不算。
  没有销方或日期的不比；购方为空的归在一起比。凭证上登记的发票号（发票表里没有的）按村、收款单位、凭证日期同样比。
--- */
WITH sold AS (
  SELECT coalesce(buyer, '') AS buyer, seller_key
  FROM invoices
  WHERE seller_key IS NOT NULL AND invoice_date IS NOT NULL AND amount > 0 AND NOT has_word(goods, $periodic)
  UNION ALL
  SELECT village, payee_firm_key
  FROM vouchers
  WHERE payee_firm_key IS NOT NULL AND invoice_no IS NOT NULL AND voucher_date IS NOT NULL AND amount > 0
    AND NOT has_word(summary, $periodic)
),
regulars AS (
  -- 先粗选：发票张数够得上连号的购销双方
  SELECT buyer, seller_key
  FROM sold
  GROUP BY buyer, seller_key
  HAVING count(*) >= $run_length
),
lines AS (
  SELECT r.buyer, r.seller_key, i.seller_name AS seller, coalesce(i.invoice_code, '') AS invoice_code, i.invoice_no,
    i.invoice_date, i.goods, i.amount, i.voucher_no, i.rec AS rec_invoice, CAST(NULL AS BIGINT) AS rec_voucher
  FROM invoices i
  JOIN regulars r ON r.seller_key = i.seller_key AND r.buyer = coalesce(i.buyer, '')
  WHERE i.invoice_date IS NOT NULL AND i.amount > 0 AND NOT has_word(i.goods, $periodic)
  UNION ALL
  -- 发票表里没有的，看凭证上登记的发票号
  SELECT v.village, v.payee_firm_key, v.payee_firm_name, '凭证', v.invoice_no, v.voucher_date, v.summary, v.amount, v.voucher_no,
    CAST(NULL AS BIGINT), v.rec
  FROM vouchers v
  JOIN regulars r ON r.seller_key = v.payee_firm_key AND r.buyer = v.village
  LEFT JOIN (
    SELECT DISTINCT i.seller_key, i.invoice_no
    FROM invoices i
    JOIN (SELECT DISTINCT payee_firm_key FROM vouchers WHERE invoice_no IS NOT NULL) p ON p.payee_firm_key = i.seller_key
  ) k ON k.seller_key = v.payee_firm_key AND k.invoice_no = v.invoice_no
  WHERE v.invoice_no IS NOT NULL AND v.voucher_date IS NOT NULL AND v.amount > 0 AND NOT has_word(v.summary, $periodic)
    AND k.seller_key IS NULL
),
papers AS (
  -- 同一张发票的几行货物并成一张
  SELECT buyer, seller_key, invoice_code, invoice_no, tail_number(invoice_no) AS number, length(invoice_no) AS digits,
    min(invoice_date) AS invoice_date, sum(amount) AS amount, min(CASE WHEN has_word(goods, $services) THEN 1 ELSE 0 END) AS service,
    min(coalesce(rec_invoice, rec_voucher)) AS rec
  FROM lines
  GROUP BY buyer, seller_key, invoice_code, invoice_no
),
numbered AS (
  -- 号码减去名次：连号的差相同
  SELECT buyer, seller_key, invoice_code, digits, invoice_no, number, invoice_date, amount, service, rec,
    number - row_number() OVER (PARTITION BY buyer, seller_key, invoice_code, digits ORDER BY number, rec) AS run,
    lag(invoice_date) OVER (PARTITION BY buyer, seller_key, invoice_code, digits ORDER BY number, rec) AS before
  FROM papers
  WHERE number IS NOT NULL
),
ranked AS (
  SELECT buyer, seller_key, invoice_code, digits, invoice_no, invoice_date, amount, service, run,
    row_number() OVER (PARTITION BY buyer, seller_key, invoice_code, digits, run ORDER BY number, rec) AS place,
    abs(days_between(before, invoice_date)) AS gap
  FROM numbered
),
runs AS (
  SELECT buyer, seller_key, invoice_code, digits, run, count(*) AS numbers
  FROM ranked
  GROUP BY buyer, seller_key, invoice_code, digits, run
  HAVING count(*) >= $run_length
    AND min(invoice_date) <> max(invoice_date)
    AND NOT (min(CASE WHEN place > 1 THEN gap END) >= $month_days_low
      AND max(CASE WHEN place > 1 THEN gap END) <= $month_days_high
      AND (min(service) = 1 OR min(amount) = max(amount)))
)
SELECT l.buyer, l.seller_key, l.seller, l.invoice_code, l.invoice_no, l.invoice_date, l.goods, l.amount, l.voucher_no, r.numbers,
  l.rec_invoice, l.rec_voucher
FROM runs r
JOIN ranked n ON n.buyer = r.buyer AND n.seller_key = r.seller_key AND n.invoice_code = r.invoice_code
  AND n.digits = r.digits AND n.run = r.run
JOIN lines l ON l.seller_key = n.seller_key AND l.invoice_no = n.invoice_no AND l.buyer = n.buyer
  AND l.invoice_code = n.invoice_code
