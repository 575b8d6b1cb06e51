/* ---
id: C01
version: 1.2.0
title: 重复征收补偿
content: 3
basis: 征收补偿一户一档，同一房屋、同一户不得重复补偿（国有土地上房屋征收与补偿条例，集体土地以当地办法为准）
parameters:
  top_up: {type: list, value: [补差, 增补, 补发, 追加, 申诉, 复核, 调整, 更正], title: 补差项目的写法, why: 申诉、复核后的补差不是重复补偿}
  per_person: {type: list, value: [人口, 人员, 人头, 按人, 个人, 成员, 安置补助, 生活补助, 社保, 社会保障, 养老, 口粮], title: 按人发放的补偿项目, why: 一户几个人各得一份，面积栏写的是人数，相同不说明重复}
  homes: {type: list, value: [房屋, 住房, 住宅, 宅基地, 房产], title: 房屋一类的补偿项目, why: 同一人在两个项目都拆了房的要问；青苗、土地在几个项目里都有是常事}
  more_homes: {type: list, value: [两处, 二处, 两套房, 另一处, 第二处, 多处房, 各有产权, 不同房屋], title: 备注里写明另有房屋的, why: 已核实是两处房屋}
inputs: [compensation]
needs: {compensation: [amount, project]}
subject: {kind: household, column: household, shown: [name, household]}
records: {later: compensation, earlier: compensation}
sum: {column: amount, once_per: later}
date: pay_date
tier: tier
score: 80
values:
  household: {title: 户编号或房屋编号}
  name: {title: 被征收人}
  village: {title: 村社区}
  reason: {title: 情形}
  project: {title: 征收项目}
  item: {title: 补偿项目}
  house_no: {title: 房屋编号}
  pay_date: {type: date, title: 支付日期}
  amount: {type: money, title: 补偿金额}
  earlier_project: {title: 另一笔的征收项目}
  earlier_item: {title: 另一笔的补偿项目}
  earlier_date: {type: date, title: 另一笔的支付日期}
  earlier_amount: {type: money, title: 另一笔的金额}
sentence: "{household}（{name}）{reason}，后付{rows}笔、{sum}元，是否重复补偿？"
false_positives: [一户有两处房屋, 申诉复核后的补差]
verify: [调阅一户一档, 核对两笔对应的房屋和人口, 核对补差的审批]
reopen: {rows: 1, sum_percent: 0}
choices: |
  跨项目：同一房屋编号，或同一户编号且房屋编号不是两个，或同一人的房屋（房屋编号不同，备注没有写明两处房屋），在两个征收项目都有补偿。户编号多由各项目自编，村不同的须是同一人才算；房屋编号同样处理。
  同一项目：同户同房屋（或房屋编号为空）、同一补偿项目两笔，并且是同一人，或面积相同；同一房屋编号记在两个户编号下的也列。一个项目里的两处房屋各自补偿，不列。按人发放的项目（名单可改）只看同一人：一户几口各得一份，面积栏写人数“1”不是重复。
  标明补差的，和补偿项目名称、备注写补差、复核等的，两边都不算。金额计后付的一笔。
--- */
WITH paid AS (
  SELECT rec, project, item, coalesce(household_no, house_no) AS household, household_no, house_no, person_key, person_tier,
    name, village, area, pay_date, amount, note
  FROM compensation
  WHERE amount > 0 AND coalesce(supplement, false) = false AND NOT has_word(item, $top_up)
    AND NOT has_word(note, $top_up)
),
pairs AS (
  SELECT e.rec AS rec_earlier, l.rec AS rec_later
  FROM paid e
  JOIN paid l ON l.house_no = e.house_no
  WHERE e.rec <> l.rec AND (e.project <> l.project OR e.item = l.item)
  UNION ALL
  -- 没有登记房屋的，看是否同一户；一户两处房屋，各自补偿是正常的
  SELECT e.rec, l.rec
  FROM paid e
  JOIN paid l ON l.household_no = e.household_no
  WHERE e.rec <> l.rec AND (e.house_no IS NULL OR l.house_no IS NULL) AND (e.project <> l.project OR e.item = l.item)
  UNION ALL
  -- 一户一宅：同一人的房屋在两个项目里都拆了
  SELECT e.rec, l.rec
  FROM paid e
  JOIN paid l ON l.person_key = e.person_key AND l.project <> e.project AND l.house_no <> e.house_no
  WHERE has_word(e.item, $homes) AND has_word(l.item, $homes)
    AND NOT has_word(e.note, $more_homes) AND NOT has_word(l.note, $more_homes)
)
SELECT l.household, l.name, l.village, l.project, l.item, l.house_no, l.pay_date, l.amount,
  CASE WHEN l.project <> e.project THEN '在两个征收项目中都有补偿' ELSE '在同一项目中同一补偿项目付了两次' END AS reason,
  e.project AS earlier_project, e.item AS earlier_item, e.pay_date AS earlier_date, e.amount AS earlier_amount,
  l.rec AS rec_later, e.rec AS rec_earlier,
  CASE WHEN l.person_key = e.person_key THEN greatest(l.person_tier, e.person_tier) ELSE 1 END AS tier
FROM pairs
JOIN paid e ON e.rec = pairs.rec_earlier
JOIN paid l ON l.rec = pairs.rec_later
WHERE (coalesce(e.pay_date, $as_of) < coalesce(l.pay_date, $as_of)
    OR (coalesce(e.pay_date, $as_of) = coalesce(l.pay_date, $as_of) AND e.rec < l.rec))
  AND ((l.project <> e.project AND (l.person_key = e.person_key OR e.village IS NULL OR l.village IS NULL OR l.village = e.village))
    OR (l.project = e.project AND l.item = e.item AND (l.person_key = e.person_key
      OR (NOT has_word(l.item, $per_person) AND (l.area = e.area OR (l.house_no = e.house_no AND l.household_no <> e.household_no))))))
