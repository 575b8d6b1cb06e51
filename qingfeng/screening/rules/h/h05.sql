/* ---
id: H05
version: 1.2.0
title: 公示与发放不符
content: 8
basis: 村民委员会组织法第三十条村务公开 [T]；社会救助暂行办法公示要求 [K]；公示天数 [L]
parameters:
  notice_days: {type: integer, value: 7, title: 公示天数}
  paid_within: {type: integer, value: 90, title: 公示后应在几天内发放}
  batch_days: {type: integer, value: 31, title: 同批公示的多数已发放的只等多少天, why: 同一批的别人都发了，独缺一人，不必再等}
  covers_days: {type: integer, value: 366, title: 一次公示管多少天的发放}
  before_days: {type: integer, value: 31, title: 公示开始前几天内的发放也对照}
  known_share: {type: ratio, value: 0.5, title: 只写姓名的公示中对得上领款人的最低比例, why: 低于此比例的，多半是公示时隐去了姓名}
inputs: [public_notices, payments]
needs: {public_notices: [notice_from]}
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, notice: public_notices}
sum: {column: amount, once_per: payment}
date: event_date
tier: tier
score: {column: strength}
values:
  name: {title: 姓名}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  reason: {title: 情形}
  notice_from: {type: date, title: 公示开始}
  notice_to: {type: date, title: 公示结束}
  days_shown: {type: integer, title: 公示天数}
  event_date: {type: date, title: 发放或公示日期}
  amount: {type: money, title: 发放金额}
sentence: "{village}“{benefit}”{name}：{reason}，涉及金额{sum}元；公示和发放名单请核实。"
false_positives: [公示时隐去姓名, 公示照片、纸质公示没有录入]
verify: [查看公示照片和公示栏, 核对审批名单, 询问本人是否领到]
reopen: {rows: 1, sum_percent: 0}
choices: |
  只比较有公示的“补贴项目＋村社区”（发放表里这个项目整个没有村社区的，只按补贴项目比），且发放在公示开始前一个月至开始后一年内。只写姓名的公示大多对不上领款人的，视为隐去了姓名，该项目该村不比较“发了没公示”。
  发了没公示：同村同项目有公示，而领款人不在名单（身份证号对不上；公示只写姓名的，同村同名即视为已公示；公示隐去姓名中间字的，首尾和字数相同即视为已公示）。
  公示了没发：公示结束后90日（同一天公示的多数人已经发放的，31日）内没有该项目的发放（该村该项目其后确有发放，且截止日已过），公示行要有身份证号；只写姓名（号码已脱敏）的，同村同项目没有同名的人领到才算，大多对不上领款人的村不比。
  公示天数不足：首尾都算，少于7天且已发放的；公示只写姓名的，凭同村同项目同名，先核实是否同一人。
--- */
WITH placed AS (
  -- 发放表里整个没有村社区的项目，公示和发放只按项目对照
  SELECT p.benefit, count(p.village) > 0 AS by_village
  FROM payments p
  JOIN (SELECT DISTINCT benefit FROM public_notices) n ON n.benefit = p.benefit
  GROUP BY p.benefit
),
notices AS (
  SELECT n.rec, n.benefit, n.village, CASE WHEN p.by_village THEN n.village ELSE '' END AS spot, n.person_key, n.person_tier,
    n.name_key, n.notice_from, n.notice_to, n.name
  FROM public_notices n
  JOIN placed p ON p.benefit = n.benefit
  WHERE n.notice_from IS NOT NULL AND (n.village IS NOT NULL OR NOT p.by_village)
),
notice_groups AS (
  SELECT benefit, spot, min(notice_from) AS first_notice, max(notice_from) AS last_notice
  FROM notices
  GROUP BY benefit, spot
),
paid AS (
  SELECT p.rec, p.benefit, p.village, g.spot, p.person_key, p.person_tier, p.name_key, p.name, p.pay_date, p.amount
  FROM payments p
  JOIN placed w ON w.benefit = p.benefit
  JOIN notice_groups g ON g.benefit = p.benefit AND g.spot = CASE WHEN w.by_village THEN p.village ELSE '' END
  WHERE p.person_key IS NOT NULL AND p.amount > 0 AND p.pay_date <= $as_of
    AND p.pay_date BETWEEN add_days(g.first_notice, 0 - $before_days) AND add_days(g.last_notice, $covers_days)
),
shown_ids AS (
  SELECT benefit, spot, person_key FROM notices WHERE person_key IS NOT NULL GROUP BY benefit, spot, person_key
),
shown_names AS (
  -- 公示只写姓名的行
  SELECT benefit, spot, name_key, min(name) AS name FROM notices WHERE person_key IS NULL AND name_key IS NOT NULL
  GROUP BY benefit, spot, name_key
),
paid_names AS (
  SELECT benefit, spot, name_key, min(name) AS name, max(pay_date) AS last_pay FROM paid WHERE name_key IS NOT NULL
  GROUP BY benefit, spot, name_key
),
hidden_groups AS (
  -- 只写姓名的公示大多对不上任何领款人：公示时隐去了姓名，不能比较
  SELECT s.benefit, s.spot
  FROM shown_names s
  LEFT JOIN paid_names p ON p.benefit = s.benefit AND p.spot = s.spot AND p.name_key = s.name_key
  GROUP BY s.benefit, s.spot
  HAVING count(p.name_key) < count(*) * $known_share
),
hidden_names AS (
  -- 对不上领款人的姓名里，隐去中间字的：存的样子（张*明）与领款人的相同
  SELECT s.benefit, s.spot, s.name_key, p.name_key AS paid_key
  FROM shown_names s
  JOIN paid_names p ON p.benefit = s.benefit AND p.spot = s.spot AND p.name = s.name AND length(s.name) >= 3
  WHERE NOT EXISTS (SELECT 1 FROM paid_names k WHERE k.benefit = s.benefit AND k.spot = s.spot AND k.name_key = s.name_key)
    AND NOT EXISTS (SELECT 1 FROM shown_names o WHERE o.benefit = s.benefit AND o.spot = s.spot AND o.name_key = p.name_key)
),
not_shown AS (
  SELECT p.rec, p.benefit, p.village, p.person_key, p.person_tier, p.name, p.pay_date, p.amount
  FROM paid p
  LEFT JOIN shown_ids i ON i.benefit = p.benefit AND i.spot = p.spot AND i.person_key = p.person_key
  LEFT JOIN shown_names n ON n.benefit = p.benefit AND n.spot = p.spot AND n.name_key = p.name_key
  LEFT JOIN hidden_groups h ON h.benefit = p.benefit AND h.spot = p.spot
  WHERE i.person_key IS NULL AND n.name_key IS NULL AND h.spot IS NULL
    AND NOT EXISTS (SELECT 1 FROM hidden_names m WHERE m.benefit = p.benefit AND m.spot = p.spot AND m.paid_key = p.name_key)
),
paid_people AS (
  SELECT benefit, spot, person_key, max(pay_date) AS last_pay FROM paid GROUP BY benefit, spot, person_key
),
paid_groups AS (
  SELECT benefit, spot, max(last_pay) AS last_pay FROM paid_people GROUP BY benefit, spot
),
batches AS (
  -- 同一项目同一天公示的人里，有几成已经发放
  SELECT n.benefit, n.notice_from, count(*) AS shown,
    count(CASE WHEN i.person_key IS NOT NULL OR k.name_key IS NOT NULL THEN 1 END) AS known
  FROM notices n
  LEFT JOIN paid_people i ON i.benefit = n.benefit AND i.spot = n.spot AND i.person_key = n.person_key
  LEFT JOIN paid_names k ON n.person_key IS NULL AND k.benefit = n.benefit AND k.spot = n.spot AND k.name_key = n.name_key
  GROUP BY n.benefit, n.notice_from
),
waited AS (
  -- 该发而没发的等待期已过的公示
  SELECT n.rec, n.benefit, n.village, n.spot, n.person_key, n.person_tier, n.name_key, n.name, n.notice_from, n.notice_to
  FROM notices n
  JOIN paid_groups g ON g.benefit = n.benefit AND g.spot = n.spot AND g.last_pay >= n.notice_from
  JOIN batches b ON b.benefit = n.benefit AND b.notice_from = n.notice_from
  WHERE add_days(coalesce(n.notice_to, n.notice_from),
    CASE WHEN b.known > b.shown * $known_share THEN least($batch_days, $paid_within) ELSE $paid_within END) < $as_of
),
not_paid AS (
  SELECT n.rec, n.benefit, n.village, n.person_key, n.person_tier, n.name, n.notice_from, n.notice_to
  FROM waited n
  LEFT JOIN paid_people p ON p.benefit = n.benefit AND p.spot = n.spot AND p.person_key = n.person_key
  WHERE n.person_key IS NOT NULL AND p.person_key IS NULL
),
named_not_paid AS (
  -- 号码脱敏的公示：同村同项目没有同名的人领到
  SELECT n.rec, n.benefit, n.village, n.name, n.name_key, n.notice_from, n.notice_to
  FROM waited n
  LEFT JOIN paid_names p ON p.benefit = n.benefit AND p.spot = n.spot AND p.name_key = n.name_key
  LEFT JOIN hidden_groups h ON h.benefit = n.benefit AND h.spot = n.spot
  LEFT JOIN hidden_names m ON m.benefit = n.benefit AND m.spot = n.spot AND m.name_key = n.name_key
  WHERE n.person_key IS NULL AND n.name_key IS NOT NULL AND p.name_key IS NULL AND h.spot IS NULL AND m.name_key IS NULL
),
too_short AS (
  SELECT n.rec, n.benefit, n.village, n.person_key, n.person_tier, n.name, n.notice_from, n.notice_to
  FROM notices n
  JOIN paid_people p ON p.benefit = n.benefit AND p.spot = n.spot AND p.person_key = n.person_key
  WHERE days_between(n.notice_from, n.notice_to) + 1 < $notice_days AND n.notice_to >= n.notice_from
  UNION ALL
  SELECT n.rec, n.benefit, n.village, concat(coalesce(n.village, ''), '|', n.name_key), 3, n.name, n.notice_from, n.notice_to
  FROM notices n
  JOIN paid_names p ON p.benefit = n.benefit AND p.spot = n.spot AND p.name_key = n.name_key
  WHERE n.person_key IS NULL AND days_between(n.notice_from, n.notice_to) + 1 < $notice_days AND n.notice_to >= n.notice_from
)
SELECT rec AS rec_payment, CAST(NULL AS BIGINT) AS rec_notice, person_key, name, village, benefit, '已发放而没有公示' AS reason,
  CAST(NULL AS DATE) AS notice_from, CAST(NULL AS DATE) AS notice_to, CAST(NULL AS BIGINT) AS days_shown,
  pay_date AS event_date, amount, person_tier AS tier, 65 AS strength
FROM not_shown
UNION ALL
SELECT CAST(NULL AS BIGINT), rec, person_key, name, village, benefit, '已公示而没有发放', notice_from, notice_to,
  days_between(notice_from, notice_to) + 1, notice_from, CAST(NULL AS BIGINT), person_tier, 60
FROM not_paid
UNION ALL
SELECT CAST(NULL AS BIGINT), rec, concat(coalesce(village, ''), '|', name_key), name, village, benefit, '已公示而没有发放', notice_from, notice_to,
  days_between(notice_from, notice_to) + 1, notice_from, CAST(NULL AS BIGINT), 3, 50
FROM named_not_paid
UNION ALL
SELECT CAST(NULL AS BIGINT), rec, person_key, name, village, benefit, '公示天数不足', notice_from, notice_to,
  days_between(notice_from, notice_to) + 1, notice_from, CAST(NULL AS BIGINT), person_tier, 45
FROM too_short
