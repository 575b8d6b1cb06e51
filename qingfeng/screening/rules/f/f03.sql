/* ---
id: F03
version: 1.1.0
title: 无佐证销号、销号后复发
content: 6
basis: 问题整改应当有佐证材料、经核查后销号，销号后复发的要倒查（专项治理工作要求） [L]
parameters:
  hours: {type: integer, value: 24, title: 交办后几小时内销号, why: MODELS 写的是二十四小时}
  days: {type: integer, value: 180, title: 销号后几天内复发}
  least_chars: {type: integer, value: 4, title: 问题描述至少几个字才比是否同一问题, why: 两三个字的描述说明不了是同一问题}
  not_valid: {type: list, value: [不属实, 重复交办, 撤销, 误报, 无此问题], title: 不需整改的写法, why: 核实不属实的当日销号是正常的}
inputs: [rectifications]
needs: {rectifications: [closed_at]}
subject: {kind: problem, column: problem_no, shown: [unit, problem_no]}
records: {problem: rectifications, again: rectifications}
count: problem
date: closed_date
score: {column: score}
values:
  unit: {title: 责任单位}
  problem_no: {title: 问题编号}
  place: {title: 点位}
  problem: {title: 问题描述}
  assigned_at: {title: 交办时间}
  closed_date: {type: date, title: 销号日期}
  attachments: {type: integer, title: 佐证附件数}
  reason: {title: 情形}
  later_no: {title: 复发的问题编号}
  days_after: {type: integer, title: 销号后天数}
sentence: "{unit}的问题{problem_no}（{problem}）{closed_date}销号：{reason}；是否真正整改，请核实。"
false_positives: [确实立行立改, 同一地点的另一个问题]
verify: [实地回访, 补调整改前后照片和凭据, 查复核人和复核记录]
reopen: {rows: 1, sum_percent: 0}
choices: |
  无佐证：交办至销号不超过规定小时数，且佐证附件数为零或空（整张表都没有附件数的不判断）。只有日期没有时刻的，销号与交办同日才算。
  复发：同一单位、同一点位、同一问题描述，或台账写明是原来哪一个问题重现的，销号以后规定天数内又交办一次；点位或描述空的、描述太短的不比。核实不属实的不列。
--- */

WITH given AS (
  SELECT count(attachments) AS counted FROM rectifications
),
quick AS (
  SELECT r.rec
  FROM rectifications r
  CROSS JOIN given g
  WHERE g.counted > 0 AND coalesce(r.attachments, 0) = 0 AND r.closed_at >= r.assigned_at AND date_of(r.closed_at) <= $as_of
    AND CASE WHEN right(CAST(r.closed_at AS VARCHAR), 8) = '00:00:00' THEN date_of(r.closed_at) = date_of(r.assigned_at)
      ELSE minutes_between(r.assigned_at, r.closed_at) <= $hours * 60 END
    AND NOT has_word(r.result, $not_valid)
),
again AS (
  SELECT a.rec, b.rec AS rec_again, b.problem_no AS later_no, days_between(date_of(a.closed_at), date_of(b.assigned_at)) AS days_after
  FROM rectifications a
  JOIN rectifications b ON b.unit = a.unit AND b.place = a.place AND b.problem = a.problem AND b.problem_no <> a.problem_no
    AND b.assigned_at > a.closed_at AND date_of(b.assigned_at) <= add_days(date_of(a.closed_at), $days)
  WHERE length(a.problem) >= $least_chars AND date_of(b.assigned_at) <= $as_of AND NOT has_word(b.result, $not_valid)
  UNION
  -- 台账自己写了是哪一个问题重现
  SELECT a.rec, b.rec, b.problem_no, days_between(date_of(a.closed_at), date_of(b.assigned_at))
  FROM rectifications a
  JOIN rectifications b ON b.repeats_no = a.problem_no AND b.problem_no <> a.problem_no
    AND b.assigned_at > a.closed_at AND date_of(b.assigned_at) <= add_days(date_of(a.closed_at), $days)
  WHERE date_of(b.assigned_at) <= $as_of AND NOT has_word(b.result, $not_valid)
),
found AS (
  SELECT rec, CAST(NULL AS BIGINT) AS rec_again, '很快销号而没有佐证' AS reason, CAST(NULL AS VARCHAR) AS later_no,
    CAST(NULL AS BIGINT) AS days_after, 60 AS score
  FROM quick
  UNION ALL
  SELECT rec, rec_again, '销号后同一问题再次出现', later_no, days_after, 65 FROM again
)
SELECT f.rec AS rec_problem, f.rec_again, r.unit, r.problem_no, r.place, r.problem, CAST(r.assigned_at AS VARCHAR) AS assigned_at,
  date_of(r.closed_at) AS closed_date, r.attachments, f.reason, f.later_no, f.days_after, f.score
FROM found f
JOIN rectifications r ON r.rec = f.rec
