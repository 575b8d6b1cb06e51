/* ---
id: A01
version: 1.2.0
title: 死亡后仍在发放
content: 1
basis: 各项补贴按月享受、死亡次月起停发，多发的应当追回（各补贴管理办法，以当地规定为准）
parameters:
  grace_days: {type: integer, value: 31, title: 宽限天数, why: 默认一个发放周期，死亡当月的发放和迟报不算}
  quarter_days: {type: integer, value: 92, title: 按季发放的宽限天数, why: 按季发放的一个周期是一季，死亡当季的发放本来就有}
  by_quarter: {type: list, value: [季度], title: 按季发放的写法, why: 看发放表的季度一栏，如“2025年第三季度”}
  due_after_death: {type: list, value: [丧葬, 抚恤, 遗属, 安葬, 殡葬], title: 依规在死后发放的项目, why: 丧葬费、一次性抚恤金本来就在死后发放}
  for_the_living: {type: list, value: [伤残抚恤, 残疾抚恤, 定期抚恤], title: 名称相近但发给本人的项目, why: 伤残抚恤金发给在世的人，死后应停发}
  withdrawn: {type: list, value: [撤销, 录入错误, 登记错误, 误登, 误录, 健在, 作废], title: 死亡登记备注里写明登错的, why: 更正后的登记不作死亡}
inputs: [payments, deaths]
needs: {deaths: [death_date, person_key], payments: [amount, pay_date, person_key]}
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, death: deaths}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: 90
values:
  name: {title: 姓名}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 发放金额}
  death_date: {type: date, title: 死亡日期}
  registered_date: {type: date, title: 死亡登记日期}
  source: {title: 死亡信息来源}
  days_after: {type: integer, title: 死亡后天数}
sentence: "{name}登记死亡日期为{death_date}，{first}至{last}仍有{rows}笔发放，合计{sum}元，是否已停发、追回？"
false_positives: [死亡登记迟, 与死亡同期的正常发放批次, 死亡日期登错（各来源不一致）, 依规死后发放的丧葬费抚恤金, 补发生前应发月份]
verify: [由镇街入户向家属核实, 向银行调取死亡后的取款记录, 查明谁持卡、谁取款]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一人有几条死亡记录而日期不一时，取最晚的日期（日期登错时不冤枉人）；晚于基准日或早于出生的死亡日期不用。
  所属月份不晚于死亡当月的发放是补发生前应得，不列；没有所属月份的按发放日期判断。
  季度一栏写明某季度的是按季发放，宽限按一季算；没有这一栏的都按一个月。
  登记迟不排除：多发的钱仍要核实，登记日期列在证据里。金额为负的（退回）不算发放。
--- */
WITH last_death AS (
  -- 各来源的死亡日期不一致时，按最晚的一个（place = 1）
  SELECT rec, person_key, person_tier, death_date, registered_date, source,
    row_number() OVER (PARTITION BY person_key ORDER BY death_date DESC, rec) AS place
  FROM deaths
  WHERE person_key IS NOT NULL AND death_date <= $as_of AND NOT has_word(note, $withdrawn) AND (birth_date IS NULL OR death_date >= birth_date)
)
SELECT p.person_key, p.name, p.id_shown, p.village, p.benefit, p.pay_date, p.amount,
  d.death_date, d.registered_date, d.source, days_between(d.death_date, p.pay_date) AS days_after,
  p.rec AS rec_payment, d.rec AS rec_death, greatest(p.person_tier, d.person_tier) AS tier
FROM payments p
JOIN last_death d ON d.person_key = p.person_key AND d.place = 1
-- 先按较短的宽限粗选：最早的死亡日期以前的发放不必读
WHERE p.pay_date > add_days(d.death_date, least($grace_days, $quarter_days))
  AND p.pay_date > add_days(d.death_date, CASE WHEN has_word(p.season, $by_quarter) THEN $quarter_days ELSE $grace_days END)
  AND p.amount > 0
  AND (p.period IS NULL OR p.period > month_of(d.death_date))
  AND (NOT has_word(p.benefit, $due_after_death) OR has_word(p.benefit, $for_the_living))
