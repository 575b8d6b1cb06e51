/* ---
id: C08
version: 1.1.0
title: 违建结案后建筑仍在
content: 3
basis: 违法建设应当拆除或者依法处理到位才能结案（城乡规划法第六十四条、第六十八条） [K]
parameters:
  closed_words: {type: list, value: [结案, 销案, 办结, 已拆, 处理完毕], title: 已结案的状态}
  not_closed: {type: list, value: [未结案, 未办结, 未销案, 未拆], title: 尚未结案的状态}
  standing: {type: list, value: [未拆, 没有拆, 仍在, 仍存, 尚在, 还在, 主体在, 继续使用, 正常使用, 在使用, 复建, 重建, 恢复建, 续建, 反弹, 加建], title: 建筑仍在的写法}
  another_case: {type: list, value: [另案, 另行立案, 重新立案, 另立案, 再次立案], title: 重建部分已另案查处的写法, why: 拆除到位后又重建、已另行立案的，原案没有问题}
  gone: {type: list, value: [现已拆, 已全部拆, 全部拆除, 已拆除完毕, 均已拆, 补办, 合法化, 已办理规划, 已批准保留, 没收, 已完善手续], title: 已经拆除或依法处理的写法, why: “原未拆除部分现已拆除”里也有“未拆除”}
inputs: [building_cases, building_visits]
needs: {building_visits: [case_no, finding, visit_date]}
subject: {kind: case, column: case_no, shown: case_no}
records: {case: building_cases, visit: building_visits}
count: visit
date: visit_date
score: {column: score}
values:
  case_no: {title: 案号}
  party_name: {title: 当事人}
  place: {title: 违建地点}
  decision: {title: 处理决定}
  closed_date: {type: date, title: 结案日期}
  visit_date: {type: date, title: 巡查日期}
  finding: {title: 现场情况}
  photo: {title: 照片}
sentence: "案件{case_no}（{place}）{closed_date}结案，{first}至{last}巡查{rows}次发现建筑仍在（{finding}）；是否拆除到位才结案，请核实。"
false_positives: [拆除之后又重建（另立新案）, 结案后补办手续合法化]
verify: [现场查看并拍照, 调阅结案审批和拆除影像, 查是否另立新案]
reopen: {rows: 1, sum_percent: 0}
choices: |
  只看结案日之后的巡查、复查（没有结案日期而状态写明结案的，看立案之后的，分值低）；结案之前的“未拆除”不算。
  现场情况写明建筑仍在、未拆除的列出；同一段文字写明现已拆除、补办手续的不列。案号相同才算同一案；没有结案的不列。
--- */

WITH closed AS (
  SELECT case_no, min(rec) AS rec, max(closed_date) AS closed_date, min(opened_date) AS opened_date
  FROM building_cases
  WHERE NOT has_word(state, $not_closed) AND (closed_date <= $as_of OR (closed_date IS NULL AND has_word(state, $closed_words)))
  GROUP BY case_no
)
SELECT k.rec AS rec_case, v.rec AS rec_visit, k.case_no, c.party_name, c.place, c.decision, k.closed_date, v.visit_date, v.finding,
  v.photo, CASE WHEN k.closed_date IS NULL THEN 50 ELSE 70 END AS score
FROM closed k
JOIN building_cases c ON c.rec = k.rec
JOIN building_visits v ON v.case_no = k.case_no AND v.visit_date > coalesce(k.closed_date, k.opened_date)
WHERE v.visit_date <= $as_of AND has_word(v.finding, $standing) AND NOT has_word(v.finding, $gone)
  AND NOT has_word(v.finding, $another_case)
