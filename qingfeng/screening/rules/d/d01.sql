/* ---
id: D01
version: 1.1.0
title: 审批超过承诺时限
content: 4
basis: 行政许可法第四十二条、第四十五条：在规定期限内作出决定，听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的时间不计算在内 [K]；承诺时限 [L]
parameters:
  lawful_stops: {type: list, value: [补正, 补充, 补齐, 补件, 补交, 材料, 听证, 专家评审, 专家论证, 专家审查, 评审, 检验, 检测, 检疫, 鉴定, 招标, 拍卖, 公示, 公告, 现场勘验, 现场踏勘, 特别程序, 测绘, 评估], title: 依法不计入时限的情形}
  count_open: {type: boolean, value: true, title: 未办结的算到截止日}
inputs: [approvals, calendar]
optional: [approval_steps]
needs: {approvals: [promised_days, accepted_date, decided_date]}
subject: {kind: case, column: case_no, shown: case_no}
records: {case: approvals}
count: case
date: accepted_date
score: {column: strength}
values:
  case_no: {title: 受理编号}
  matter: {title: 事项名称}
  unit: {title: 审批单位}
  officer: {title: 承办人}
  accepted_date: {type: date, title: 受理日期}
  decided_date: {type: date, title: 办结日期}
  promised_days: {type: integer, title: 承诺工作日}
  used_days: {type: integer, title: 实用工作日}
  stopped_days: {type: integer, title: 其中依法停表的工作日}
  over_days: {type: integer, title: 超出的工作日}
sentence: "{unit}受理的{case_no}（{matter}）承诺{promised_days}个工作日，实用{used_days}个（已扣除依法停表{stopped_days}个），超出{over_days}个；原因请核实。"
false_positives: [补正、听证、专家评审时间没有登记, 系统补录]
verify: [调阅环节流水, 核对补正通知书和送达时间, 回访申请人]
reopen: {rows: 1, sum_percent: 0}
choices: |
  从受理次日起算到办结当日，按工作日历。环节表里登记为补正、听证、专家评审、检验检测等的时段，首尾两日都扣除，重叠的只扣一次；停表没有结束日期的扣到办结日。
  办件表自己写了依法扣除工作日的也扣除（与环节表取大的）。停表原因空而环节名称是这些情形的，同样扣除；领导外出、系统故障等其他停表不扣。
  没有办结日期的算到截止日（表里有别的案件填了办结日期时才这样算，否则视为该列没有采集）。没有承诺时限、办结早于受理、日期超出日历的不作判断。
--- */
WITH filled AS (
  SELECT count(decided_date) AS decided FROM approvals
),
cases AS (
  SELECT a.rec, a.case_no, a.accepted_date, a.promised_days,
    coalesce(a.decided_date, CASE WHEN $count_open AND f.decided > 0 THEN $as_of END) AS until
  FROM approvals a
  CROSS JOIN filled f
  WHERE a.promised_days IS NOT NULL AND a.accepted_date <= $as_of
),
clocked AS (
  SELECT c.rec, c.case_no, c.accepted_date, c.until, c.promised_days, e.workday_no - s.workday_no AS gross_days
  FROM cases c
  JOIN calendar s ON s.day = c.accepted_date
  JOIN calendar e ON e.day = c.until
  WHERE c.until >= c.accepted_date
),
late AS (
  SELECT rec, case_no, accepted_date, until, promised_days, gross_days FROM clocked WHERE gross_days > promised_days
),
stops AS (
  SELECT l.rec, greatest(p.start_date, add_days(l.accepted_date, 1)) AS from_day,
    least(coalesce(p.end_date, l.until), l.until) AS to_day
  FROM late l
  JOIN approval_steps p ON p.case_no = l.case_no
  WHERE has_word(p.stop_kind, $lawful_stops) OR (p.stop_kind IS NULL AND has_word(p.step, $lawful_stops))
),
stopped AS (
  -- 逐日展开再去重：重叠的停表只扣一次
  SELECT rec, count(*) AS stopped_days
  FROM (
    SELECT DISTINCT s.rec, c.day
    FROM stops s
    JOIN calendar c ON c.day BETWEEN s.from_day AND s.to_day AND c.is_workday
  ) days
  GROUP BY rec
)
SELECT
  l.rec AS rec_case, l.case_no, a.matter, a.unit, a.officer, a.accepted_date, a.decided_date, a.promised_days,
  l.gross_days - greatest(coalesce(s.stopped_days, 0), coalesce(a.stopped_days, 0)) AS used_days,
  greatest(coalesce(s.stopped_days, 0), coalesce(a.stopped_days, 0)) AS stopped_days,
  l.gross_days - greatest(coalesce(s.stopped_days, 0), coalesce(a.stopped_days, 0)) - l.promised_days AS over_days,
  CASE WHEN a.decided_date IS NULL THEN 60 ELSE 75 END AS strength
FROM late l
JOIN approvals a ON a.rec = l.rec
LEFT JOIN stopped s ON s.rec = l.rec
WHERE l.gross_days - greatest(coalesce(s.stopped_days, 0), coalesce(a.stopped_days, 0)) > l.promised_days
