/* ---
id: A03
version: 1.0.0
title: 财政供养人员领取困难补贴
content: 1
basis: 社会救助暂行办法：家庭收入、财产不符合条件的不得享受；在职领取财政工资的人应当如实申报收入
parameters:
  income_tested: {type: list, value: [低保, 最低生活保障, 特困, 五保, 救助, 困难, 低收入, 贫困, 公益性岗位, 公益岗位, 失业, 廉租, 公租, 租赁补贴, 危房, 资助, 助学, 生活补贴, 生活补助], title: 按收入或困难程度发放的项目, why: 种粮、高龄等普惠项目不看收入，不比对}
  temporary_posts: {type: list, value: [临时, 临聘, 编外, 劳务派遣, 派遣, 公益性岗位, 公益岗, 钟点, 保洁, 清洁, 环卫, 保安, 门卫, 炊事, 食堂, 勤杂, 护林, 护河, 实习, 见习], title: 临时和勤杂岗位, why: 保洁、临时工收入低，可以同时符合救助条件}
  not_staff: {type: list, value: [遗属, 家属, 配偶], title: 随工资表发放但不是职工的人, why: 遗属补助等发给家属，不是本人工资}
  grace_days: {type: integer, value: 31, title: 入职后宽限天数, why: 新入职申报、停发需要一个发放周期}
inputs: [payments, payroll]
needs: {payments: [amount, benefit, person_key], payroll: [person_key]}
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, payroll: payroll}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: 85
values:
  name: {title: 姓名}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 发放金额}
  unit: {title: 工资单位}
  post: {title: 岗位}
  post_kind: {title: 人员类别}
  month: {type: month, title: 工资月份}
  pay_amount: {type: money, title: 工资}
  start_date: {type: date, title: 入职日期}
  end_date: {type: date, title: 离职日期}
sentence: "{name}在{unit}领取工资期间，{first}至{last}有{benefit}{rows}笔、{sum}元，收入是否如实申报、是否仍符合条件？"
false_positives: [保洁等临时岗位, 退休人员的家属, 工资名单没有及时减员]
verify: [向人社编办核对在编在岗情况, 重新核对家庭收入, 核对申请时的收入申报]
reopen: {rows: 1, sum_percent: 0}
choices: |
  只比对看收入的项目（名单可改）。工资表按月的，工资月份与补贴的发放月份或所属月份相同才算；名册式的（无月份）按入职、离职日期与发放日期比。
  离职日期早于发放日期的不算；入职、离职、月份都没有的名册视为在职。
  入职后一个发放周期内的发放不列。岗位与人员类别都没写的，视为正式人员。
--- */
WITH staff AS (
  SELECT rec, person_key, person_tier, unit, post, post_kind, month, pay_amount, start_date, end_date
  FROM payroll
  WHERE person_key IS NOT NULL
    AND NOT has_word(post, $temporary_posts) AND NOT has_word(post_kind, $temporary_posts)
    AND NOT has_word(post, $not_staff) AND NOT has_word(post_kind, $not_staff)
)
SELECT p.person_key, p.name, p.id_shown, p.village, p.benefit, p.pay_date, p.amount,
  s.unit, s.post, s.post_kind, s.month, s.pay_amount, s.start_date, s.end_date,
  p.rec AS rec_payment, s.rec AS rec_payroll, greatest(p.person_tier, s.person_tier) AS tier
FROM payments p
JOIN staff s ON s.person_key = p.person_key
WHERE has_word(p.benefit, $income_tested)
  AND p.amount > 0
  AND (s.month IS NULL OR s.month = month_of(p.pay_date) OR s.month = p.period)
  AND (s.start_date IS NULL OR p.pay_date > add_days(s.start_date, $grace_days))
  AND (s.end_date IS NULL OR p.pay_date <= s.end_date)
