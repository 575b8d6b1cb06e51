/* ---
id: C04
version: 1.1.0
title: 干部或近亲属补偿单价偏高
content: 3
basis: 征收补偿标准应当一致公开，干部及近亲属的补偿应当按同一标准（以当地征收办法为准）
parameters:
  top_percent: {type: integer, value: 5, title: 居同项目前百分之几, why: MODELS 写的是大于第95百分位}
  least_rows: {type: integer, value: 10, title: 同项目同类补偿至少笔数, why: 笔数太少时第95百分位没有意义}
  close: {type: list, value: [本人, 配偶, 夫, 妻, 爱人, 父, 母, 子, 女, 儿, 兄, 哥, 弟, 姐, 妹, 岳, 公公, 婆婆, 公婆, 孙, 祖, 爷爷, 奶奶, 外公, 外婆, 媳, 婿], title: 近亲属, why: 配偶、父母、子女、兄弟姐妹、祖孙及姻亲}
  distant: {type: list, value: [表, 堂, 远, 侄, 甥, 姑, 舅, 姨, 叔, 伯, 邻, 朋友, 同学], title: 不算近亲属的关系, why: 旁系和其他关系}
inputs: [compensation, cadres]
optional: [relatives]
needs: {compensation: [amount, item, person_key, project]}
subject: {kind: person, column: person_key, shown: name}
records: {compensation: compensation, cadre: cadres, relative: relatives}
sum: {column: amount, once_per: compensation}
date: pay_date
tier: tier
score: 60
values:
  name: {title: 被征收人}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  project: {title: 征收项目}
  item: {title: 补偿项目}
  area: {type: area_m2, title: 补偿面积（平方米）}
  price: {type: money, title: 单价（元，没有的为金额）}
  amount: {type: money, title: 补偿金额}
  pay_date: {type: date, title: 支付日期}
  others: {type: integer, title: 同项目同类笔数}
  relation: {title: 与干部关系}
  cadre: {title: 干部}
  unit: {title: 干部单位}
  post: {title: 干部职务}
sentence: "{name}（与干部{cadre}的关系：{relation}）在{project}的{item}单价居{others}笔同类补偿的最前列，共{sum}元，标准是否一致？"
false_positives: [房屋较大]
verify: [调阅一户一档和评估报告, 比较同类房屋的单价, 查回避情况]
reopen: {rows: 1, sum_percent: 0}
choices: |
  单价用补偿单价，没有的用金额除以面积，两样都没有的比金额（只与同样没有单价的比）；房屋大只影响金额，不影响单价。
  金额是几项合计的（大于单价乘面积），摊到每平方米再比一次：附属物、装修、奖励多给的，单价上看不出。
  与同一征收项目、同一补偿项目的全部补偿比，严格大于第95百分位（按名次：别人不低于他的不到百分之五），笔数太少的不比。
  支付日期（没有的用公告日期）时在任的干部；任职日期为空视为在任。
--- */
WITH listed AS (
  SELECT person_key, person_tier AS tier, '本人' AS relation, name AS cadre, unit, post, from_date, to_date,
    rec AS rec_cadre, CAST(NULL AS BIGINT) AS rec_relative
  FROM cadres
  WHERE person_key IS NOT NULL
  UNION ALL
  SELECT r.person_key, greatest(r.person_tier, r.cadre_person_tier, c.person_tier), r.relation, r.cadre_name, c.unit, c.post,
    c.from_date, c.to_date, c.rec, r.rec
  FROM relatives r
  LEFT JOIN cadres c ON c.person_key = r.cadre_person_key
  WHERE r.person_key IS NOT NULL AND has_word(r.relation, $close) AND NOT has_word(r.relation, $distant)
),
priced AS (
  SELECT rec, person_key, project, item, coalesce(unit_price, CAST(ratio(amount * 100, area) AS BIGINT)) AS unit_price, amount,
    coalesce(pay_date, announce_date) AS on_day
  FROM compensation
  WHERE amount > 0
),
measured AS (
  SELECT rec, person_key, project, item, CASE WHEN unit_price IS NULL THEN '金额' ELSE '单价' END AS measure,
    coalesce(unit_price, amount) AS price, on_day
  FROM priced
  UNION ALL
  SELECT rec, person_key, project, item, '每平方米合计', CAST(ratio(amount * 100, area) AS BIGINT), coalesce(pay_date, announce_date)
  FROM compensation
  WHERE amount > 0 AND area > 0 AND unit_price > 0 AND amount * 100 > unit_price * area
),
mine AS (
  SELECT DISTINCT m.rec, m.project, m.item, m.measure, m.price
  FROM measured m
  JOIN listed l ON l.person_key = m.person_key
),
top AS (
  SELECT m.rec, m.price, count(*) AS others
  FROM mine m
  JOIN measured o ON o.project = m.project AND o.item = m.item AND o.measure = m.measure
  GROUP BY m.rec, m.price
  HAVING count(*) >= $least_rows
    AND (sum(CASE WHEN o.price >= m.price THEN 1 ELSE 0 END) - 1) * 100 < (count(*) - 1) * $top_percent
)
SELECT c.person_key, c.name, c.id_shown, c.village, c.project, c.item, c.area, t.price, c.amount, c.pay_date, t.others,
  l.relation, l.cadre, l.unit, l.post, c.rec AS rec_compensation, l.rec_cadre, l.rec_relative,
  greatest(c.person_tier, l.tier) AS tier
FROM top t
JOIN compensation c ON c.rec = t.rec
JOIN listed l ON l.person_key = c.person_key
WHERE (c.pay_date IS NULL AND c.announce_date IS NULL)
  OR ((l.from_date IS NULL OR l.from_date <= coalesce(c.pay_date, c.announce_date))
    AND (l.to_date IS NULL OR l.to_date >= coalesce(c.pay_date, c.announce_date)))
