/* ---
id: E08
version: 1.0.0
title: 为项目而生的企业
content: 5
basis: 政府采购法第二十二条：供应商应当具有履行合同所必需的设备和专业技术能力 [K]；口径为筛查参数 [L]
parameters:
  months: {type: integer, value: 6, title: 成立不足月数}
  min_amount: {type: money, value: 1000000, title: 首次中标金额（元）, why: 相当于服务类必须招标的标准}
  small_capital: {type: money, value: 1000000, title: 注册资本不高于（元）}
  small_staff: {type: integer, value: 5, title: 从业人数不多于}
inputs: [awards, firms]
optional: [firm_people]
needs: {awards: [amount, award_date, winner_key], firms: [founded_date, firm_key]}
subject: {kind: firm, column: winner_key, shown: winner_name}
records: {award: awards, firm: firms}
sum: {column: amount, once_per: award}
date: award_date
score: {column: strength}
values:
  winner_name: {title: 中标单位}
  founded_date: {type: date, title: 成立日期}
  capital: {type: money, title: 注册资本}
  staff_count: {type: integer, title: 从业人数}
  unit: {title: 采购单位}
  project_name: {title: 项目名称}
  award_date: {type: date, title: 首次中标日期}
  amount: {type: money, title: 中标金额}
sentence: "{winner_name}{founded_date}成立，{award_date}首次中标即达{sum}元（{unit}）；有无履约能力、与采购人有无关系，请核实。"
false_positives: [从原企业分立、改制而来]
verify: [实地查看经营场所, 核对社保参保人数, 查实际施工（供货）人]
reopen: {rows: 1, sum_percent: 0}
choices: |
  三个条件同时具备：首次中标时成立不足6个月；注册资本或从业人数很少（一项即可）；首次中标金额达到限额。
  注册资本和人数都没有采集的，分值低一些仍提示；有一项采集而不少、另一项没有采集的不提示。由另一企业控股（持股50%以上）的视为分立改制，不算。
  同日多次首次中标的都列出。成立日期晚于中标日期的也提示（先中标后成立）。
--- */
WITH registered AS (
  SELECT firm_key, min(rec) AS rec, min(founded_date) AS founded_date, max(capital) AS capital, max(staff_count) AS staff_count
  FROM firms
  WHERE founded_date IS NOT NULL AND firm_key IS NOT NULL
  GROUP BY firm_key
),
first_award AS (
  SELECT winner_key, min(award_date) AS first_date
  FROM awards
  WHERE winner_key IS NOT NULL AND award_date <= $as_of AND amount > 0
  GROUP BY winner_key
),
spin_offs AS (
  SELECT DISTINCT firm_key FROM firm_people
  WHERE holder_firm_key IS NOT NULL AND holder_firm_key <> firm_key AND share_percent >= 50
),
newborn AS (
  SELECT f.winner_key, f.first_date, r.rec AS rec_firm, r.founded_date, r.capital, r.staff_count
  FROM first_award f
  JOIN registered r ON r.firm_key = f.winner_key
  LEFT JOIN spin_offs s ON s.firm_key = f.winner_key
  WHERE s.firm_key IS NULL AND months_between_full(r.founded_date, f.first_date) < $months
    AND (r.capital <= $small_capital OR r.staff_count <= $small_staff OR (r.capital IS NULL AND r.staff_count IS NULL))
)
SELECT
  a.rec AS rec_award, n.rec_firm, a.winner_key, a.winner_name, n.founded_date, n.capital, n.staff_count, a.unit,
  a.project_name, a.award_date, a.amount,
  CASE WHEN n.capital IS NULL AND n.staff_count IS NULL THEN 50
       WHEN n.capital <= $small_capital AND n.staff_count <= $small_staff THEN 80 ELSE 70 END AS strength
FROM newborn n
JOIN awards a ON a.winner_key = n.winner_key AND a.award_date = n.first_date
WHERE a.amount >= $min_amount
