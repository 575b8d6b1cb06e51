/* ---
id: B09
version: 1.2.0
title: 大额现金支出
content: 2
basis: 村级资金实行非现金结算，超过限额的支出应当转账（以当地规定为准）
parameters:
  cash_paid: {type: list, value: [现金支付, 付现金, 现金付, 现金购, 支付现金, 以现金], title: 摘要里写明付现金的, why: 序时账没有支付方式一栏，写在摘要里}
  cash_limit: {type: money, value: 1000, title: 现金限额（元）, why: 各地规定不一，常见一千元}
  cash: {type: list, value: [现金, 现付, 库存现金], title: 现金支付的写法, why: 支付方式写法不一}
  day_wages: {type: list, value: [误工, 务工, 用工, 工资, 零工, 临工, 小工, 民工, 劳务, 人工, 工钱], title: 零工工资的写法, why: 付给零工的工资多用现金}
  drawn: {type: list, value: [提取备用金, 备用金, 提现, 取现, 存现, 存银行], title: 提现存现的写法, why: 只是提取备用金，还没有付给别人}
inputs: [vouchers]
needs: {vouchers: [amount, way]}
subject: {kind: voucher, column: [village, voucher_no], shown: [village, voucher_no]}
records: {voucher: vouchers}
sum: {column: amount, once_per: voucher}
date: voucher_date
score: 45
values:
  village: {title: 村社区}
  voucher_no: {title: 凭证号}
  voucher_date: {type: date, title: 凭证日期}
  summary: {title: 摘要}
  ledger_account: {title: 会计科目}
  amount: {type: money, title: 金额}
  way: {title: 支付方式}
  payee: {title: 收款人}
  handler: {title: 经办人}
sentence: "{village}凭证{voucher_no}（{summary}）{first}用现金支付{sum}元，为何不转账、钱付给了谁？"
false_positives: [零工工资]
verify: [查领款签字和附件, 向收款人核实]
reopen: {rows: 1, sum_percent: 0}
choices: |
  没有凭证号的，以日期和摘要为对象。
  等于限额也算（MODELS 写“达到”）。零工工资、提取备用金按摘要和科目的字样排除；支付方式为空的不列。
--- */
SELECT v.village, coalesce(v.voucher_no, '无号：' || CAST(v.voucher_date AS VARCHAR) || coalesce(v.summary, '')) AS voucher_no, v.voucher_date, v.summary, v.ledger_account, v.amount, v.way,
  coalesce(v.payee_firm_name, v.payee_name) AS payee, v.handler, v.rec AS rec_voucher
FROM vouchers v
WHERE (has_word(v.way, $cash) OR (v.way IS NULL AND has_word(v.summary, $cash_paid)))
  AND v.amount >= $cash_limit
  AND NOT has_word(v.summary, $day_wages) AND NOT has_word(v.ledger_account, $day_wages)
  AND NOT has_word(v.summary, $drawn)
