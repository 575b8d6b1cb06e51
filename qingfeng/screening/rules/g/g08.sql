/* ---
id: G08
version: 1.1.0
title: 风景名胜区会议培训差旅
content: 7
basis: 严禁党政机关到风景名胜区开会 [K]；党政机关会议、培训费管理办法 [K]
parameters:
  scenic_places: {type: list, value: [景区, 风景, 名胜, 度假, 温泉, 旅游区, 古镇, 八达岭, 承德避暑山庄, 五台山, 太湖, 普陀山, 黄山, 九华山, 武夷山, 庐山, 泰山, 嵩山, 武当山, 武陵源, 张家界, 白云山, 桂林, 漓江, 三亚, 峨眉山, 乐山, 九寨沟, 黄龙, 黄果树, 西双版纳, 丽江, 大理, 华山, 西湖, 千岛湖, 鼓浪屿, 亚龙湾, 香格里拉, 山庄, 疗养, 海滨, 古城], title: 风景名胜地点, why: 国家列举的禁止开会的风景名胜区和旅游城市，按本地规定增减}
  max_days: {type: integer, value: 7, title: 天数上限}
  day_cost: {type: money, value: 760, title: 每人每天费用上限（元）, why: 培训费一类标准，按本地标准调整}
  approved_words: {type: list, value: [批准, 批复, 审批同意, 同意召开, 计划内], title: 备注里写明已批准的写法}
  not_approved: {type: list, value: [未经批准, 未批准, 未报批, 没有批准, 无批准], title: 写明没有批准的写法}
  approved_too: {type: boolean, value: false, title: 有批准文号的也提示}
inputs: [trainings]
needs: {trainings: [from_date]}
subject: {kind: bill, column: bill, shown: [unit, bill]}
records: {bill: trainings}
sum: {column: amount, once_per: bill}
date: from_date
score: {column: strength}
values:
  bill: {title: 报销单号}
  unit: {title: 单位}
  place: {title: 地点}
  from_date: {type: date, title: 开始日期}
  to_date: {type: date, title: 结束日期}
  days: {type: integer, title: 天数}
  people: {type: integer, title: 人数}
  amount: {type: money, title: 金额}
  approval_no: {title: 批准文号}
  reason: {title: 情形}
sentence: "{unit}{from_date}到{place}{days}天{people}人，报销{sum}元（{reason}）；事由和批准，请核实。"
false_positives: [经批准的会议、培训]
verify: [调阅会议（培训）计划和批件, 核对议程、签到和住宿清单]
reopen: {rows: 1, sum_percent: 0}
choices: |
  三种情形：地点有名胜字样；天数超过上限；每人每天费用超过标准。有批准文号、备注写明经批准的不算（可用参数改为也提示）。
  整张表没有批准文号的，有没有批准不清楚，天数和费用的分值低一些。天数没有写的按起止日期算，两样都没有的不看天数和费用；人数空的不算人均。没有单号的按来源行。
--- */
WITH approvals_known AS (
  SELECT count(approval_no) AS approvals FROM trainings
),
bills AS (
  SELECT t.rec, coalesce(t.bill_no, concat('行', CAST(t.rec AS VARCHAR))) AS bill, t.place, t.people, t.amount,
    coalesce(t.days, CASE WHEN t.to_date >= t.from_date THEN days_between(t.from_date, t.to_date) + 1 END) AS days,
    CASE WHEN a.approvals > 0 THEN 55 ELSE 40 END AS strength
  FROM trainings t
  CROSS JOIN approvals_known a
  WHERE t.from_date <= $as_of AND ($approved_too OR (trim(coalesce(t.approval_no, '')) = ''
      AND (NOT has_word(t.note, $approved_words) OR has_word(t.note, $not_approved))))
),
found AS (
  SELECT rec, bill, days, '风景名胜地点' AS reason, 75 AS strength FROM bills WHERE has_word(place, $scenic_places)
  UNION ALL
  SELECT rec, bill, days, '天数超过上限', strength FROM bills WHERE days > $max_days
  UNION ALL
  SELECT rec, bill, days, '人均每天费用超过标准', strength FROM bills
  WHERE people > 0 AND amount > people * days * $day_cost
)
SELECT
  f.rec AS rec_bill, f.bill, t.unit, t.place, t.from_date, t.to_date, f.days, t.people, t.amount, t.approval_no, f.reason,
  f.strength
FROM found f
JOIN trainings t ON t.rec = f.rec
