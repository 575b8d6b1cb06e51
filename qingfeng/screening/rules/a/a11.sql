/* ---
id: A11
version: 1.0.0
title: 申报补贴面积超过承包和流转面积
content: 1
basis: 耕地地力保护等补贴按实际承包、流转经营的面积发放，不得虚报面积套取（各补贴实施方案）
parameters:
  tolerance_percent: {type: integer, value: 10, title: 面积误差百分比, why: 丈量误差和零星开荒，超过才列}
  other_land: {type: list, value: [退耕, 公益林, 林, 草原, 草场, 危房, 住房, 房屋, 养殖, 水产, 水面, 宅基地], title: 不按承包耕地计算的项目, why: 这些面积不在土地承包确权面积之内}
  grace_days: {type: integer, value: 31, title: 流转到期宽限天数, why: 刚到期的流转地上仍有当季作物}
  cadre_percent: {type: integer, value: 5, title: 干部面积居全村前百分之几, why: MODELS 写的是大于全村第95百分位}
  least_claims: {type: integer, value: 20, title: 全村至少申报户数, why: 户数太少时第95百分位没有意义}
inputs: [payments, land_rights]
optional: [land_transfers, household_register, cadres]
needs: {payments: [area, benefit, person_key]}
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, right: land_rights, transfer: land_transfers, cadre: cadres}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: {column: score}
values:
  name: {title: 姓名}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  season: {title: 季度年度}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 发放金额}
  claimed_area: {type: area, title: 本季申报面积（亩）}
  right_area: {type: area, title: 承包确权面积（亩）}
  transfer_area: {type: area, title: 流入面积（亩）}
  village_claims: {type: integer, title: 全村申报户数}
  reason: {title: 情形}
sentence: "{name}的{benefit}（{season}）申报{claimed_area}亩，{reason}（确权{right_area}亩、流入{transfer_area}亩），{rows}笔、{sum}元，面积从何而来？"
false_positives: [新开垦土地, 流转未登记, 丈量误差]
verify: [实地丈量, 查流转合同和付租凭证, 向邻近农户核实由谁耕种]
reopen: {rows: 1, sum_percent: 0}
choices: |
  “超过”是申报面积 >（确权+流入）×（1+误差）。面积按人、项目、季（没有季的按发放年度）相加；同一地块或同一日期之外的分期发放不重复相加。
  确权面积先算本人，不够再加同户家人和同一户编号的；流入面积只算发放日在合同期内的。流出的不减（地力补贴多发给承包户）。
  本村没有任何确权数据的，不因“没有确权”列出；本村有而本人没有的照列，分值较低。
  干部：在任干部的面积严格大于全村同季同项目的第95百分位（按名次算），全村申报户数太少的不比。
  跨人重复申报见 A12。
--- */
WITH own_rights AS MATERIALIZED (
  SELECT person_key, sum(area) AS area
  FROM land_rights
  WHERE person_key IS NOT NULL
  GROUP BY person_key
),
season_area AS (
  SELECT person_key, coalesce(season, CAST(year_of(pay_date) AS VARCHAR)) AS season, sum(area) AS area
  FROM payments
  WHERE person_key IS NOT NULL AND area > 0 AND NOT has_word(benefit, $other_land)
  GROUP BY person_key, coalesce(season, CAST(year_of(pay_date) AS VARCHAR))
),
over_people AS MATERIALIZED (
  -- 先粗选：一季各项目合计超过本人确权面积的人（流入的、家人的面积后面再算）
  SELECT DISTINCT s.person_key
  FROM season_area s
  LEFT JOIN own_rights o ON o.person_key = s.person_key
  WHERE s.area * 100 > coalesce(o.area, 0) * (100 + $tolerance_percent)
),
concerned AS (
  SELECT person_key
  FROM (SELECT person_key FROM over_people UNION ALL SELECT person_key FROM cadres WHERE person_key IS NOT NULL) AS people
  GROUP BY person_key
  HAVING count(*) > 0
),
claims AS MATERIALIZED (
  -- 这些人和干部的各笔发放
  SELECT p.rec, p.person_key, p.person_tier, p.name, p.id_shown, p.village, p.household_no, p.benefit,
    coalesce(p.season, CAST(year_of(p.pay_date) AS VARCHAR)) AS season, p.parcel_no, p.pay_date, p.amount, p.area
  FROM payments p
  JOIN concerned c ON c.person_key = p.person_key
  WHERE p.area > 0 AND NOT has_word(p.benefit, $other_land)
),
claimed AS MATERIALIZED (
  SELECT person_key, benefit, season, sum(area) AS area, max(pay_date) AS pay_day, min(village) AS village,
    min(household_no) AS household_no
  FROM claims
  GROUP BY person_key, benefit, season
),
moved_in AS MATERIALIZED (
  -- 发放时仍在合同期内的流入面积
  SELECT c.person_key, c.benefit, c.season, sum(t.area) AS area, min(t.rec) AS rec_transfer
  FROM land_transfers t
  JOIN claimed c ON c.person_key = t.to_person_key
  WHERE (t.start_date IS NULL OR t.start_date <= c.pay_day)
    AND (t.end_date IS NULL OR c.pay_day <= add_days(t.end_date, $grace_days))
  GROUP BY c.person_key, c.benefit, c.season
),
over_own AS MATERIALIZED (
  -- 超过本人确权与流入之和的
  SELECT c.person_key, c.benefit, c.season, c.village, c.household_no,
    coalesce(o.area, 0) AS own_area, coalesce(m.area, 0) AS transfer_area, m.rec_transfer
  FROM claimed c
  LEFT JOIN own_rights o ON o.person_key = c.person_key
  LEFT JOIN moved_in m ON m.person_key = c.person_key AND m.benefit = c.benefit AND m.season = c.season
  WHERE c.area * 100 > (coalesce(o.area, 0) + coalesce(m.area, 0)) * (100 + $tolerance_percent)
),
cadre_claims AS MATERIALIZED (
  SELECT c.person_key, c.benefit, c.season, c.village, c.area, min(k.rec) AS rec_cadre, max(k.person_tier) AS cadre_tier
  FROM cadres k
  JOIN claimed c ON c.person_key = k.person_key
  WHERE (k.from_date IS NULL OR c.pay_day >= k.from_date) AND (k.to_date IS NULL OR c.pay_day <= k.to_date)
  GROUP BY c.person_key, c.benefit, c.season, c.village, c.area
),
village_claimed AS (
  -- 有干部申报的项目、季，全部申报
  SELECT p.person_key, p.benefit, k.season, sum(p.area) AS area, min(p.village) AS village
  FROM payments p
  JOIN (SELECT DISTINCT benefit, season FROM cadre_claims) k
    ON k.benefit = p.benefit AND k.season = coalesce(p.season, CAST(year_of(p.pay_date) AS VARCHAR))
  WHERE p.person_key IS NOT NULL AND p.area > 0
  GROUP BY p.person_key, p.benefit, k.season
),
cadre_top AS MATERIALIZED (
  -- 别人里面积不小于他的不到百分之五，即大于第95百分位
  SELECT k.person_key, k.benefit, k.season, k.area, k.rec_cadre, k.cadre_tier, count(*) AS village_claims
  FROM cadre_claims k
  JOIN village_claimed v ON v.village = k.village AND v.benefit = k.benefit AND v.season = k.season
  GROUP BY k.person_key, k.benefit, k.season, k.area, k.rec_cadre, k.cadre_tier
  HAVING count(*) >= $least_claims
    AND (sum(CASE WHEN v.area >= k.area THEN 1 ELSE 0 END) - 1) * 100 < (count(*) - 1) * $cadre_percent
),
over_homes AS MATERIALIZED (
  SELECT person_key, min(household_no) AS household_no
  FROM over_own
  GROUP BY person_key
),
households AS MATERIALIZED (
  SELECT s.person_key, me.household_no
  FROM over_homes s
  JOIN household_register me ON me.person_key = s.person_key
),
family_rights AS (
  -- 承包合同多写户主的名字：同户家人、同一户编号的确权面积也算
  SELECT h.person_key, l.rec, l.area
  FROM households h
  JOIN household_register they ON they.household_no = h.household_no AND they.person_key <> h.person_key
  JOIN land_rights l ON l.person_key = they.person_key
  UNION
  SELECT s.person_key, l.rec, l.area
  FROM over_homes s
  JOIN land_rights l ON l.household_no = s.household_no
  WHERE l.person_key IS NULL OR l.person_key <> s.person_key
),
family_area AS (
  SELECT person_key, sum(area) AS area, min(rec) AS rec_right
  FROM family_rights
  GROUP BY person_key
),
first_right AS (
  SELECT l.person_key, min(l.rec) AS rec_right
  FROM land_rights l
  JOIN over_homes s ON s.person_key = l.person_key
  GROUP BY l.person_key
),
by_day AS (
  -- 同一地块分期发放，同日相加、不同日期取最大
  SELECT person_key, benefit, season, parcel_no, pay_date, sum(area) AS area
  FROM claims
  GROUP BY person_key, benefit, season, parcel_no, pay_date
),
by_parcel AS (
  SELECT person_key, benefit, season, parcel_no, max(area) AS area
  FROM by_day
  GROUP BY person_key, benefit, season, parcel_no
),
true_claim AS (
  SELECT person_key, benefit, season, sum(area) AS area
  FROM by_parcel
  GROUP BY person_key, benefit, season
),
too_large AS (
  SELECT o.person_key, o.benefit, o.season, t.area AS claimed_area,
    o.own_area + coalesce(f.area, 0) AS right_area, o.transfer_area, o.rec_transfer,
    coalesce(r.rec_right, f.rec_right) AS rec_right, CAST(NULL AS BIGINT) AS rec_cadre, CAST(NULL AS BIGINT) AS village_claims,
    '超过确权与流入面积' AS reason, CAST(NULL AS BIGINT) AS cadre_tier,
    CASE WHEN o.own_area + coalesce(f.area, 0) + o.transfer_area = 0 THEN 60 ELSE 80 END AS score
  FROM over_own o
  JOIN true_claim t ON t.person_key = o.person_key AND t.benefit = o.benefit AND t.season = o.season
  LEFT JOIN family_area f ON f.person_key = o.person_key
  LEFT JOIN first_right r ON r.person_key = o.person_key
  WHERE t.area * 100 > (o.own_area + coalesce(f.area, 0) + o.transfer_area) * (100 + $tolerance_percent)
    AND (o.own_area + coalesce(f.area, 0) + o.transfer_area > 0 OR o.village IS NULL
      OR o.village IN (SELECT village FROM land_rights WHERE village IS NOT NULL))
),
found AS (
  SELECT person_key, benefit, season, claimed_area, right_area, transfer_area, rec_right, rec_transfer, rec_cadre,
    village_claims, reason, cadre_tier, score
  FROM too_large
  UNION ALL
  SELECT k.person_key, k.benefit, k.season, k.area, o.area, m.area, CAST(NULL AS BIGINT), m.rec_transfer, k.rec_cadre,
    k.village_claims, '干部面积居全村前列', k.cadre_tier, 50
  FROM cadre_top k
  LEFT JOIN own_rights o ON o.person_key = k.person_key
  LEFT JOIN moved_in m ON m.person_key = k.person_key AND m.benefit = k.benefit AND m.season = k.season
)
SELECT p.person_key, p.name, p.id_shown, p.village, p.benefit, f.season, p.pay_date, p.amount,
  f.claimed_area, f.right_area, f.transfer_area, f.village_claims, f.reason, f.score,
  p.rec AS rec_payment, f.rec_right, f.rec_transfer, f.rec_cadre, greatest(p.person_tier, f.cadre_tier) AS tier
FROM found f
JOIN claims p ON p.person_key = f.person_key AND p.benefit = f.benefit AND p.season = f.season
