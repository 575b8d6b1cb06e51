/* ---
id: D07
version: 1.0.0
title: 办结后反复投诉
content: 4
basis: 信访工作条例及政务服务便民热线首问负责、办结回访要求 [K]；次数为筛查口径 [L]
parameters:
  times: {type: integer, value: 3, title: 投诉次数}
  days: {type: integer, value: 90, title: 天数}
  open_words: {type: list, value: [未解决, 未办结, 办理中, 处理中, 待办, 退回, 挂起, 未处理, 转办中], title: 没有办结的状态}
  closed_words: {type: list, value: [办结, 已解决, 解决, 完成, 结案, 答复, 归档, 关闭], title: 已办结的状态}
  site_words: {type: list, value: [工地, 施工, 在建, 建筑噪声, 夜间施工], title: 在建工地的字样}
inputs: [hotline_orders]
needs: {hotline_orders: [created_date, order_no, place, topic]}
subject: {kind: spot, column: [place, topic], shown: [place, topic]}
records: {order: hotline_orders}
count: order
date: created_date
score: 60
values:
  place: {title: 诉求地点}
  topic: {title: 诉求类别}
  order_no: {title: 工单编号}
  created_date: {type: date, title: 来电日期}
  closed_date: {type: date, title: 办结日期}
  state: {title: 办理结果}
  unit: {title: 承办单位}
sentence: "{place}的“{topic}”{first}至{last}投诉{rows}次，次次都已办结；问题是否真正解决，请核实。"
false_positives: [在建工地一段时间内反复扰民]
verify: [回访投诉人, 实地查看, 核对办结依据]
reopen: {rows: 2, sum_percent: 0}
choices: |
  同一地点、同一类别90日内3次以上，次次办结，并且其中最后一次来电晚于第一次办结（同一天许多人为同一件事来电的不算反复）。
  有办结日期或办理结果写明办结的视为办结；写明未解决、退回的不算。地点或类别写明工地、施工的不算。重复的工单编号算一次。
--- */
WITH orders AS (
  SELECT min(rec) AS rec, place, topic, order_no, min(created_date) AS created_date, max(closed_date) AS closed_date,
    max(CASE WHEN has_word(state, $open_words) OR (closed_date IS NULL AND NOT has_word(state, $closed_words)) THEN 1 ELSE 0 END)
      AS still_open
  FROM hotline_orders
  WHERE place IS NOT NULL AND topic IS NOT NULL AND created_date <= $as_of
    AND NOT has_word(place, $site_words) AND NOT has_word(topic, $site_words)
  GROUP BY place, topic, order_no
),
in_order AS (
  SELECT rec, place, topic, created_date, closed_date, still_open,
    row_number() OVER (PARTITION BY place, topic ORDER BY created_date, rec) AS number
  FROM orders
),
runs AS (
  SELECT f.place, f.topic, f.number AS first_number, l.number AS last_number, l.created_date AS last_call
  FROM in_order f
  JOIN in_order l ON l.place = f.place AND l.topic = f.topic AND l.number = f.number + $times - 1
  WHERE l.created_date <= add_days(f.created_date, $days)
),
closed_runs AS (
  SELECT r.place, r.topic, r.first_number, r.last_number
  FROM runs r
  JOIN in_order i ON i.place = r.place AND i.topic = r.topic AND i.number BETWEEN r.first_number AND r.last_number
  GROUP BY r.place, r.topic, r.first_number, r.last_number, r.last_call
  HAVING max(i.still_open) = 0 AND (min(i.closed_date) IS NULL OR min(i.closed_date) < r.last_call)
),
complained AS (
  SELECT DISTINCT i.rec
  FROM closed_runs r
  JOIN in_order i ON i.place = r.place AND i.topic = r.topic AND i.number BETWEEN r.first_number AND r.last_number
)
SELECT o.rec AS rec_order, o.place, o.topic, o.order_no, o.created_date, o.closed_date, o.state, o.unit
FROM complained c
JOIN hotline_orders o ON o.rec = c.rec
