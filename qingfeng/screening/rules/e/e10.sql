/* ---
id: E10
version: 1.2.0
title: 先干后招、先签后定、先付后验
content: 5
basis: 招标投标法第四条、第四十六条，政府采购法第四十一条、第四十六条：依程序招标、定标、签约、验收、付款 [K]
parameters:
  emergency_words: {type: list, value: [应急, 抢险, 抢修, 紧急, 救灾, 防汛, 抗旱, 疫情, 抢通], title: 紧急采购的字样}
  typing_days: {type: integer, value: 300, title: 相差超过几天视为日期填错, why: 年份填错一年的，相差在三百天以上}
  grace_days: {type: integer, value: 0, title: 宽限天数}
  advance_words: {type: list, value: [预付, 首付款, 进度款], title: 写明预付的字样}
inputs: []
optional: [awards, project_dates]
either:
  - [awards.start_date, awards.tender_date]
  - [awards.contract_date, awards.award_date]
  - [awards.paid_date, awards.accept_date]
  - [project_dates.start_date, project_dates.tender_date]
  - [project_dates.start_date, project_dates.open_date]
  - [project_dates.contract_date, project_dates.award_date]
  - [project_dates.paid_date, project_dates.accept_date]
subject: {kind: lot, column: [lot_project, lot_no], shown: [lot_project, lot_no]}
records: {award: awards, dates: project_dates}
sum: {column: amount, once_per: award}
date: on_day
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
  on_day: {type: date, title: 中标日期（没有的，本应在先的日期）}
  amount: {type: money, title: 中标金额}
sentence: "{unit}项目{lot_project}（{project_name}）{reason}，提前{days}日，涉及{sum}元；程序是否补办，请核实。"
false_positives: [日期填错, 应急抢险工程, 合同约定的预付款]
verify: [调阅开工令、合同原件、验收单和付款凭证, 核对公告发布时间]
reopen: {rows: 1, sum_percent: 0}
choices: |
  三种次序分别比较：开工早于招标公告；签合同早于中标；付款早于验收。同日不算。缺一个日期的不比较；没有验收日期的不视为未验收。
  相差300天以上的视为日期（年份）填错（归数据质量），名称、采购方式或备注写明应急抢险的、名称或备注写明预付或进度款的付款，不算。
  没有项目编号的以成交编号（项目日期台账里的以项目名称）为对象。
  项目日期台账（没有中标单位的节点表）与成交记录各按自己的日期比较，同一项目归到一起；金额以成交记录为准，成交记录里没有的才用台账的合同价，不重复计。
  台账有开标日期的，先开工后招标与开标日期比：公告以后、开标以前开工，同样是未招先建。付款日期是末次付款，进度款不算。
--- */
WITH listed AS (
  SELECT rec AS rec_award, CAST(NULL AS BIGINT) AS rec_dates, coalesce(project_no, award_no) AS lot_project,
    coalesce(lot_no, '') AS lot_no, project_name, unit, winner_name, way, note, amount,
    tender_date, award_date, contract_date, start_date, accept_date, paid_date
  FROM awards
  WHERE coalesce(project_no, award_no) IS NOT NULL
  UNION ALL
  SELECT CAST(NULL AS BIGINT), d.rec, coalesce(d.project_no, d.project_name), coalesce(d.lot_no, ''), d.project_name, d.unit,
    CAST(NULL AS VARCHAR), d.way, d.note,
    CASE WHEN NOT EXISTS (SELECT 1 FROM awards a WHERE a.project_no = d.project_no) THEN d.contract_amount END,
    coalesce(d.open_date, d.tender_date), d.award_date, d.contract_date, d.start_date, d.accept_date, d.paid_date
  FROM project_dates d
  WHERE coalesce(d.project_no, d.project_name) IS NOT NULL
),
named AS (
  -- 单位自己的名称里有“应急”的（应急管理局等）不是应急采购，先去掉单位名
  SELECT rec_award, rec_dates, lot_project, lot_no, project_name, unit, winner_name, way, note, amount,
    tender_date, award_date, contract_date, start_date, accept_date, paid_date,
    replace(coalesce(project_name, ''), coalesce(unit, '。'), '') AS works
  FROM listed
),
projects AS (
  SELECT rec_award, rec_dates, lot_project, lot_no, project_name, unit, winner_name, works, note, amount,
    tender_date, award_date, contract_date, start_date, accept_date, paid_date
  FROM named
  WHERE NOT has_word(works, $emergency_words) AND NOT has_word(way, $emergency_words) AND NOT has_word(note, $emergency_words)
),
pairs AS (
  SELECT rec_award, rec_dates, lot_project, lot_no, project_name, unit, winner_name, award_date, amount,
    '先开工后招标' AS reason, start_date AS earlier, tender_date AS later, 80 AS strength
  FROM projects
  WHERE start_date < tender_date
  UNION ALL
  SELECT rec_award, rec_dates, lot_project, lot_no, project_name, unit, winner_name, award_date, amount,
    '先签合同后定标', contract_date, award_date, 80
  FROM projects
  WHERE contract_date < award_date
  UNION ALL
  SELECT rec_award, rec_dates, lot_project, lot_no, project_name, unit, winner_name, award_date, amount,
    '先付款后验收', paid_date, accept_date, 60
  FROM projects
  WHERE paid_date < accept_date AND NOT has_word(works, $advance_words) AND NOT has_word(note, $advance_words)
)
SELECT
  rec_award, rec_dates, lot_project, lot_no, project_name, unit, winner_name, reason, earlier, later,
  days_between(earlier, later) AS days, coalesce(award_date, later) AS on_day, amount, strength
FROM pairs
WHERE days_between(earlier, later) > $grace_days AND days_between(earlier, later) <= $typing_days
