/* ---
id: A05
version: 1.4.0
title: 住房超过限制仍领取困难补贴
content: 1
basis: 社会救助对家庭住房套数、面积有限制（以当地低保审核确认和保障房规定为准）
parameters:
  income_tested: {type: list, value: [低保, 最低生活保障, 特困, 五保, 救助, 困难, 低收入, 贫困, 廉租, 公租, 租赁补贴, 住房补贴, 危房, 资助, 助学, 生活补贴, 生活补助], title: 看家庭财产的项目, why: 种粮、高龄等普惠项目不看财产，不比对}
  most_homes: {type: integer, value: 1, title: 允许的住房套数, why: 一户保留一套基本住房，各地按文件改}
  area_limit: {type: area_m2, value: 150, title: 允许的住房总面积（平方米）, why: 各地标准不一，按当地文件改}
  least_share: {type: integer, value: 50, title: 家庭份额须超过（%）, why: 继承来的小份额处分不了，不算一套}
  not_counted: {type: list, value: [安置, 回迁, 拆迁, 还建, 宅基地, 农村, 村民, 自建, 集体土地, 农房, 祖宅, 继承, 危房, 公租, 廉租, 车位, 车库, 车棚, 储藏, 杂物, 地下室, 商铺, 商业, 店铺, 办公, 厂房, 仓库, 摊位, 土地, 林权], title: 不算作商品住房的性质, why: 安置房、农村自有住房、继承份额不计；车位商铺不是住房}
  no_longer: {type: list, value: [历史, 注销, 已转移, 转出, 失效, 灭失, 作废], title: 已不在名下的权属状态, why: 查询结果里连同以前的登记一起列出}
  grace_days: {type: integer, value: 31, title: 登记后宽限天数, why: 新登记的房屋申报需要一个发放周期}
  largest_household: {type: integer, value: 15, title: 一户最多人数, why: 人数更多的是集体户，同户不等于一家}
  not_family: {type: list, value: [非亲属, 寄住, 集体], title: 同户但不是家人的关系, why: 寄住、集体户成员的房不算家庭财产}
inputs: [payments, real_estate]
optional: [household_register, benefit_members]
needs: {payments: [amount, benefit, person_key], real_estate: [person_key]}
either: [[real_estate.title_no], [real_estate.address_key]]
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, home: real_estate, member: household_register, listed: benefit_members}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: 70
values:
  name: {title: 姓名}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 发放金额}
  homes: {type: integer, title: 付款日住房套数}
  home_area: {type: area_m2, title: 付款日住房总面积（平方米）}
  title_no: {title: 产权证号}
  owner: {title: 权利人}
  relation: {title: 权利人与户主关系}
  estate_kind: {title: 房屋性质}
  area: {type: area_m2, title: 建筑面积（平方米）}
  share_percent: {type: decimal, title: 份额（%）}
  register_date: {type: date, title: 登记日期}
sentence: "{name}家庭登记有住房{homes}套、{home_area}平方米，{first}至{last}领取{benefit}{rows}笔、{sum}元，住房是否超过规定？"
false_positives: [拆迁安置房, 继承的份额, 农村住房加一套小户型]
verify: [向住建、不动产登记部门核对产权, 入户查看居住情况, 重新核对家庭财产]
reopen: {rows: 1, sum_percent: 0}
choices: |
  家庭是户籍上同户的人，和救助家庭成员名单上同户的人（两样都没有的只看本人），付款日在户内才算。
  一本产权证算一套，没有产权证号的同一坐落算一套；家庭成员份额合计须超过规定比例，份额为空视为全部；份额写成不大于1的小数按成数读。
  安置房、农村自有住房、继承房、车位商铺等不计套数和面积；性质、规划用途有一栏写明的即不计，都为空的按住房计，面积为空的只计套数。
  注销（转移）日期不晚于付款日的不算；登记后一个发放周期内的不算；登记日期为空视为付款前已登记。
--- */
WITH homes AS MATERIALIZED (
  SELECT coalesce(title_no, address_key) AS home_no, max(title_no) AS title_no, person_key, min(rec) AS rec, max(person_tier) AS person_tier, min(name) AS name,
    max(coalesce(CASE WHEN share_percent <= 1 THEN share_percent * 100 ELSE share_percent END, 100)) AS share_percent,
    max(area) AS area, min(estate_kind) AS estate_kind, min(register_date) AS register_date, max(end_date) AS end_date
  FROM real_estate
  WHERE person_key IS NOT NULL AND coalesce(title_no, address_key) IS NOT NULL AND NOT has_word(estate_kind, $not_counted)
    AND (planned_use IS NULL OR NOT has_word(planned_use, $not_counted))
    -- 写了注销（转移）日期的按日期判断
    AND (end_date IS NOT NULL OR NOT has_word(state, $no_longer))
  GROUP BY coalesce(title_no, address_key), person_key
),
listed AS (
  -- 低保等救助家庭的成员名单：名单上的成员，和户主自己
  SELECT rec, '名单' || coalesce(household_no, head_person_key) AS household_no, person_key,
    greatest(person_tier, head_person_tier) AS person_tier, relation
  FROM benefit_members
  WHERE person_key IS NOT NULL AND coalesce(household_no, head_person_key) IS NOT NULL
  UNION ALL
  SELECT min(rec), '名单' || coalesce(household_no, head_person_key), head_person_key, max(head_person_tier), '户主'
  FROM benefit_members
  WHERE head_person_key IS NOT NULL
  GROUP BY coalesce(household_no, head_person_key), head_person_key
),
owners AS MATERIALIZED (
  SELECT o.rec, CAST(NULL AS BIGINT) AS rec_listed, o.household_no, o.person_key, o.person_tier, o.relation, o.moved_in_date, o.moved_out_date
  FROM household_register o
  JOIN (SELECT DISTINCT person_key FROM homes) h ON h.person_key = o.person_key
  WHERE o.household_no IS NOT NULL
  UNION ALL
  SELECT CAST(NULL AS BIGINT), l.rec, l.household_no, l.person_key, l.person_tier, l.relation, CAST(NULL AS DATE), CAST(NULL AS DATE)
  FROM listed l
  JOIN (SELECT DISTINCT person_key FROM homes) h ON h.person_key = l.person_key
),
members AS MATERIALIZED (
  -- 这些户的全部人口
  SELECT m.household_no, m.person_key, m.person_tier, m.relation, m.moved_in_date, m.moved_out_date
  FROM household_register m
  JOIN (SELECT DISTINCT household_no FROM owners) o ON o.household_no = m.household_no
  UNION ALL
  SELECT l.household_no, l.person_key, l.person_tier, l.relation, CAST(NULL AS DATE), CAST(NULL AS DATE)
  FROM listed l
  JOIN (SELECT DISTINCT household_no FROM owners) o ON o.household_no = l.household_no
),
families AS (
  SELECT household_no
  FROM members
  GROUP BY household_no
  HAVING count(*) <= $largest_household
),
reach AS (
  -- 这套房与谁有关：权利人本人，和与权利人同户的家人
  SELECT h.person_key AS recipient_key, h.rec AS rec_home, CAST(NULL AS BIGINT) AS rec_member, CAST(NULL AS BIGINT) AS rec_listed,
    '本人' AS relation,
    h.person_tier AS tier, CAST(NULL AS DATE) AS from_day, CAST(NULL AS DATE) AS to_day
  FROM homes h
  UNION ALL
  SELECT m.person_key, h.rec, o.rec, o.rec_listed, o.relation, greatest(h.person_tier, o.person_tier, m.person_tier),
    greatest(o.moved_in_date, m.moved_in_date), least(o.moved_out_date, m.moved_out_date)
  FROM homes h
  JOIN owners o ON o.person_key = h.person_key
  JOIN families f ON f.household_no = o.household_no
  JOIN members m ON m.household_no = o.household_no AND m.person_key <> o.person_key
  WHERE NOT has_word(o.relation, $not_family) AND NOT has_word(m.relation, $not_family)
),
likely AS (
  -- 先粗选：不论日期，家庭合计超过限制的人
  SELECT r.recipient_key
  FROM reach r
  JOIN homes h ON h.rec = r.rec_home
  GROUP BY r.recipient_key
  HAVING count(DISTINCT h.home_no) > $most_homes OR sum(h.area) > $area_limit
),
paid AS (
  SELECT p.rec, p.person_key, p.person_tier, p.name, p.id_shown, p.village, p.benefit, p.pay_date, p.amount
  FROM payments p
  JOIN likely l ON l.recipient_key = p.person_key
  WHERE has_word(p.benefit, $income_tested) AND p.amount > 0
),
owned AS (
  -- 付款日家庭实际登记的房
  SELECT p.rec, r.rec_home, h.home_no, min(r.rec_member) AS rec_member, min(r.rec_listed) AS rec_listed,
    min(r.relation) AS relation, max(r.tier) AS tier
  FROM paid p
  JOIN reach r ON r.recipient_key = p.person_key
  JOIN homes h ON h.rec = r.rec_home
  WHERE (h.register_date IS NULL OR p.pay_date > add_days(h.register_date, $grace_days))
    AND (h.end_date IS NULL OR p.pay_date < h.end_date)
    AND (r.from_day IS NULL OR p.pay_date >= r.from_day)
    AND (r.to_day IS NULL OR p.pay_date < r.to_day)
  GROUP BY p.rec, r.rec_home, h.home_no
),
titles AS (
  SELECT o.rec, o.home_no, max(h.area) AS area, max(o.tier) AS tier
  FROM owned o
  JOIN homes h ON h.rec = o.rec_home
  GROUP BY o.rec, o.home_no
  HAVING sum(h.share_percent) > $least_share
),
beyond AS (
  -- 其中有一套的权利人是否同一人尚待核实的，整笔作为存疑
  SELECT rec, count(*) AS homes, sum(area) AS home_area, max(tier) AS tier
  FROM titles
  GROUP BY rec
  HAVING count(*) > $most_homes OR sum(area) > $area_limit
)
SELECT p.person_key, p.name, p.id_shown, p.village, p.benefit, p.pay_date, p.amount, b.homes, b.home_area,
  h.title_no, h.name AS owner, o.relation, h.estate_kind, h.area, h.share_percent, h.register_date,
  p.rec AS rec_payment, h.rec AS rec_home, o.rec_member, o.rec_listed, greatest(p.person_tier, b.tier) AS tier
FROM beyond b
JOIN paid p ON p.rec = b.rec
JOIN titles t ON t.rec = b.rec
JOIN owned o ON o.rec = t.rec AND o.home_no = t.home_no
JOIN homes h ON h.rec = o.rec_home
