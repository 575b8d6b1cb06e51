/* ---
id: B12
version: 1.3.0
title: 村账列支招待和个人消费
content: 2
basis: 村级公务“零接待”和村级财务规定：不得用集体资金吃喝、送礼、旅游和支付个人费用（以当地规定为准）
parameters:
  words: {type: list, value: [餐, 招待, 接待, 吃饭, 饭店, 酒店, 宴, 烟, 酒, 旅游, 旅行, 景区, 门票, 油费, 加油, 燃油, 汽油, 油款, 油卡, 土特产, 礼品, 礼金, 红包, 购物卡, 茶叶, 娱乐, 唱歌, 洗浴, 足浴, 按摩, 话费, 手机费], title: 招待和个人消费的字样, why: 摘要或科目出现这些字样的要看用途}
  innocent: {type: list, value: [老年, 敬老, 助餐, 食堂, 长者, 养老, 幸福院, 日间照料, 孤寡, 学生营养, 慰问], title: 正当用途的字样, why: 老年食堂、助餐点等为老服务}
  other_meaning: {type: list, value: [酒厂, 酒坊旧址, 烟厂, 茶厂, 加油站路, 加油站旁, 加油站至, 加油站附近, 加油站门口, 加油站对面, 加油站后, 加油站段, 餐厅路, 酒店路, 酒店旁, 宾馆旁, 宾馆路, 酒精, 酒驾, 禁酒, 酿酒, 烟花, 烟火, 烟感, 烟雾, 防烟, 排烟, 无烟, 禁烟, 控烟, 烟叶, 烟草种植, 烟囱, 烟煤, 油烟, 烟道, 烤烟, 旅游路, 旅游公路, 旅游大道, 旅游步道, 旅游专线, 旅游厕所, 旅游开发, 旅游项目, 旅游规划, 旅游标识, 乡村旅游, 景区建设, 景区道路, 餐厨, 餐桌, 光盘行动, 接待室, 接待站, 接待中心, 信访接待, 茶叶种植, 茶叶加工, 茶园, 茶苗, 加油站租, 抗旱, 抽水, 排涝, 发电机, 割草机, 打药, 喷药, 消杀, 防火, 防汛, 消防], title: 同字不同义的写法, why: 如酒精消毒、禁烟宣传、抗旱用油、旅游公路养护}
inputs: [vouchers]
needs: {vouchers: [amount]}
subject: {kind: voucher, column: [village, voucher_no], shown: [village, voucher_no]}
records: {voucher: vouchers}
sum: {column: amount, once_per: voucher}
date: voucher_date
score: 50
values:
  village: {title: 村社区}
  voucher_no: {title: 凭证号}
  voucher_date: {type: date, title: 凭证日期}
  summary: {title: 摘要}
  ledger_account: {title: 会计科目}
  amount: {type: money, title: 金额}
  payee: {title: 收款人}
  handler: {title: 经办人}
  approver: {title: 审批人}
sentence: "{village}凭证{voucher_no}（{summary}）{first}支出{sum}元，是招待还是个人消费、经谁批准？"
false_positives: [老年食堂支出]
verify: [查发票、菜单和审批单, 向经办人和商家核实]
reopen: {rows: 1, sum_percent: 0}
choices: |
  没有凭证号的，以日期和摘要为对象。
  摘要或科目有字样即列（收款单位是饭店而摘要不提的不列）；摘要写明老年食堂等正当用途，或字同义不同（酒精、禁烟等）、只是地名的（加油站路段、酒厂旧址）不列。金额不限，负数（冲销）不列。
--- */
SELECT v.village, coalesce(v.voucher_no, '无号：' || CAST(v.voucher_date AS VARCHAR) || coalesce(v.summary, '')) AS voucher_no, v.voucher_date, v.summary, v.ledger_account, v.amount,
  coalesce(v.payee_firm_name, v.payee_name) AS payee, v.handler, v.approver, v.rec AS rec_voucher
FROM vouchers v
WHERE v.amount > 0
  AND (has_word(v.summary, $words) OR has_word(v.ledger_account, $words))
  AND NOT has_word(v.summary, $innocent) AND NOT has_word(v.ledger_account, $innocent)
  AND NOT has_word(v.payee_firm_name, $innocent)
  AND NOT has_word(v.summary, $other_meaning)
