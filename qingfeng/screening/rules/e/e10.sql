/* ---
id: E10
version: 1.0.0
title: 先干后招、先签后定、先付后验
content: 5
basis: 招标投标法第四条、第四十六条，政府采购法第四十一条、第四十六条：依程序招标、定标、签约、验收、付款 [K]
parameters:
  emergency_words: {type: list, value: [应急, 抢险, 抢修, 紧急, 救灾, 防汛, 抗旱, 疫情, 抢通], title: 紧急采购的字样}
  typing_days: {type: integer, value: 300, title: 相差超过几天视为日期填错, why: 年份填错一年的，相差在三百天以上}
  grace_days: {type: integer, value: 0, title: 宽限天数}
  advance_words: {type: list, value: [预付, 首付款, 进度款], title: 写明预付的字样}
inputs: [awards]
subject: {kind: lot, column: [lot_project, lot_no], shown: [lot_project, lot_no]}
records: {award: awards}
sum: {column: amount, once_per: award}
date: award_date
score: {column: strength}
values:
  lot_project: {title: 项目编号}
  lot_no: {title: 标段号}
  project_name: {title: 项目名称}
  unit: {title: 采购单位}
  winner_name: {title: 中标单位}
  reason: {title: 颠倒的次序}
  earlier: {type: date, title: 先发生的日期}
  later: {type: date, title: 本应在先的日期}
  days: {type: integer, title: 提前天数}
  award_date: {type: date, title: 中标日期}
  amount: {type: money, title: 中标金额}
sentence: "{unit}项目{lot_project}（{project_name}）{reason}，提前{days}日，涉及{sum}元；程序是否补办，请核实。"
false_positives: [日期填错, 应急抢险工程, 合同约定的预付款]
verify: [调阅开工令、合同原件、验收单和付款凭证, 核对公告发布时间]
reopen: {rows: 1, sum_percent: 0}
choices: |
  三种次序分别比较：开工早于招标公告；签合同早于中标；付款早于验收。同日不算。缺一个日期的不比较；没有验收日期的不视为未验收。
  相差300天以上的视为日期（年份）填错（归数据质量），名称或采购方式写明应急抢险的、名称写明预付或进度款的付款，不算。
  没有项目编号的以成交编号为对象。
--- */
WITH awarded AS (
  SELECT rec, coalesce(project_no, award_no) AS lot_project, coalesce(lot_no, '') AS lot_no, tender_date, award_date,
    contract_date, start_date, accept_date, paid_date, way,
    -- 单位自己的名称里有“应急”的（应急管理局等）不是应急采购，先去掉单位名
    replace(coalesce(project_name, ''), coalesce(unit, '。'), '') AS works
  FROM awards
  WHERE coalesce(project_no, award_no) IS NOT NULL
),
pairs AS (
  SELECT rec, lot_project, lot_no, '先开工后招标' AS reason, start_date AS earlier, tender_date AS later, 80 AS strength
  FROM awarded
  WHERE start_date < tender_date AND NOT has_word(works, $emergency_words) AND NOT has_word(way, $emergency_words)
  UNION ALL
  SELECT rec, lot_project, lot_no, '先签合同后定标', contract_date, award_date, 80
  FROM awarded
  WHERE contract_date < award_date AND NOT has_word(works, $emergency_words) AND NOT has_word(way, $emergency_words)
  UNION ALL
  SELECT rec, lot_project, lot_no, '先付款后验收', paid_date, accept_date, 60
  FROM awarded
  WHERE paid_date < accept_date AND NOT has_word(works, $emergency_words) AND NOT has_word(way, $emergency_words)
    AND NOT has_word(works, $advance_words)
)
SELECT
  p.rec AS rec_award, p.lot_project, p.lot_no, a.project_name, a.unit, a.winner_name, p.reason, p.earlier, p.later,
  days_between(p.earlier, p.later) AS days, a.award_date, a.amount, p.strength
FROM pairs p
JOIN awards a ON a.rec = p.rec
WHERE days_between(p.earlier, p.later) > $grace_days AND days_between(p.earlier, p.later) <= $typing_days
