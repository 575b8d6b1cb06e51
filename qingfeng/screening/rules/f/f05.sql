/* ---
id: F05
version: 1.0.0
title: 窗口差评集中
content: 6
basis: 国务院办公厅关于建立政务服务“好差评”制度的意见 [K]
parameters:
  bad_words: {type: list, value: [差评, 不满意, 非常差, 很差, 较差, 差], title: 差评的字样}
  good_words: {type: list, value: [差强人意, 无差评, 不差], title: 不是差评的字样}
  min_reviews: {type: integer, value: 20, title: 最少评价数}
  max_q: {type: ratio, value: 0.05, title: 偶然概率上限（多重检验校正后）, why: MODELS写p95；按百分位总会圈出5%，用精确检验代替}
inputs: [window_reviews]
needs: {window_reviews: [grade, window]}
subject: {kind: window, column: [window_name, officer_key], shown: [window_name, officer]}
records: {review: window_reviews}
count: review
date: review_date
score: {column: strength}
finisher: over_represented
values:
  window_name: {title: 窗口}
  officer: {title: 工作人员}
  case_no: {title: 办件编号}
  review_date: {type: date, title: 评价日期}
  grade: {title: 评价等级}
  bad: {type: integer, title: 差评数}
  reviews: {type: integer, title: 评价数}
  share: {type: percent, title: 差评率}
  p_value: {title: 偶然出现的概率, added: true}
  successes: {type: integer, title: 次数, hidden: true}
  trials: {type: integer, title: 总次数, hidden: true}
  base_successes: {type: integer, title: 其他人的差评数, hidden: true}
  base_trials: {type: integer, title: 其他人的评价数, hidden: true}
  tests: {type: integer, title: 检验的组数, hidden: true}
  test_key: {title: 检验的组, hidden: true}
sentence: "{window_name}{officer}{reviews}次评价中差评{bad}次（{share}），明显高于其他窗口；原因请核实。"
false_positives: [同一名群众反复差评, 政策原因被迁怒]
verify: [回访差评群众, 调阅窗口音视频, 对照业务类型]
reopen: {rows: 3, sum_percent: 0}
choices: |
  条件是统计性的：差评率与其他窗口人员的总差评率比（单侧精确二项检验，校正后不超过5%），评价不少于20次。其他人没有差评的，按一次计。
  一件办件的多次评价算一次（有一次差评即为差评），避免一名群众反复差评；没有办件编号的逐条算。工作人员空的按窗口归并。
--- */
WITH cases AS (
  SELECT min(rec) AS rec, "window" AS window_name, coalesce(officer_key, '') AS officer_key,
    max(CASE WHEN has_word(grade, $bad_words) AND NOT has_word(grade, $good_words) THEN 1 ELSE 0 END) AS bad
  FROM window_reviews
  WHERE "window" IS NOT NULL AND (review_date IS NULL OR review_date <= $as_of)
  GROUP BY "window", coalesce(officer_key, ''), coalesce(case_no, concat('行', CAST(rec AS VARCHAR)))
),
of_person AS (
  SELECT window_name, officer_key, count(*) AS reviews, sum(bad) AS bad FROM cases GROUP BY window_name, officer_key
),
everyone AS (
  SELECT sum(reviews) AS reviews, sum(bad) AS bad, count(CASE WHEN reviews >= $min_reviews THEN 1 END) AS tests FROM of_person
),
candidates AS (
  SELECT p.window_name, p.officer_key, p.reviews, p.bad, e.reviews - p.reviews AS other_reviews, e.bad - p.bad AS other_bad, e.tests
  FROM of_person p
  CROSS JOIN everyone e
  WHERE p.reviews >= $min_reviews AND p.bad >= 2 AND e.reviews > p.reviews
)
SELECT
  r.rec AS rec_review, c.window_name, c.officer_key, r.officer, r.case_no, r.review_date, r.grade, c.bad, c.reviews,
  ratio(c.bad, c.reviews) AS share, 50 AS strength, c.bad AS successes, c.reviews AS trials,
  greatest(c.other_bad, 1) AS base_successes, c.other_reviews AS base_trials, c.tests,
  concat(c.window_name, '|', c.officer_key) AS test_key
FROM candidates c
JOIN cases k ON k.window_name = c.window_name AND k.officer_key = c.officer_key AND k.bad = 1
JOIN window_reviews r ON r.rec = k.rec
