/* ---
id: C07
version: 1.3.0
title: 安置房给了他人或领款后未腾房
content: 3
basis: 安置房分给档案内的被征收人，领取补偿后应当在约定期限内腾空原房（征收补偿协议）
parameters:
  vacate_days: {type: integer, value: 90, title: 腾房期限（天）, why: 以协议约定为准，常见三个月}
  agreed: {type: list, value: [公证, 继承, 赠与, 遗嘱, 批准互换, 经批准, 调换协议, 互换协议, 委托], title: 备注里写明的依据, why: 继承、批准调换有材料的}
inputs: [compensation, resettlements]
optional: [household_register, deaths]
subject: {kind: household, column: household, shown: household}
records: {resettlement: resettlements, compensation: compensation}
sum: {column: amount, once_per: compensation}
date: on_day
tier: tier
score: {column: score}
values:
  household: {title: 户编号或房屋编号}
  project: {title: 征收项目}
  reason: {title: 情形}
  given_name: {title: 安置对象}
  home_no: {title: 安置房号}
  on_day: {type: date, title: 交房日期}
  vacated_date: {type: date, title: 原房腾空日期}
  name: {title: 档案内被征收人}
  amount: {type: money, title: 补偿金额}
  pay_date: {type: date, title: 补偿支付日期}
sentence: "{project}户{household}{reason}（安置对象{given_name}，被征收人{name}），依据是什么？"
false_positives: [被征收人去世后由继承人领取, 两户之间调换]
verify: [调阅一户一档和选房确认书, 实地查看原房和安置房, 查继承或调换手续]
reopen: {rows: 1, sum_percent: 0}
choices: |
  安置表的项目名称在补偿表里一个也没有（或写成合并的名称）的，不看项目，只按户编号、房屋编号。
  档案内的人是同一项目同一户编号（没有的按房屋编号）的全部被征收人，加他们户籍同户的家人。安置对象没有身份证号的不比（只有姓名不能断定是外人）。
  档案内有人在交房之前去世的视为继承，不列；安置对象在同一项目另有档案的视为两户调换，不列。
  未腾房：补偿支付（或交房）满期限而没有腾空日期；腾空移交和安置房分配常是两张表，同一户有一行登记了腾空即算已腾空；同一项目一条腾空日期都没有登记的，视为没有这一栏数据，不列。
--- */
WITH named_projects AS (
  SELECT DISTINCT project FROM compensation WHERE project IS NOT NULL
),
given AS (
  SELECT rec, project, coalesce(household_no, house_no) AS household, household_no, house_no, person_key, person_tier, name,
    home_no, given_date, vacated_date, note
  FROM resettlements
  WHERE coalesce(household_no, house_no) IS NOT NULL
),
file_rows AS (
  SELECT g.rec AS rec_resettlement, c.rec, c.person_key, c.person_tier, c.name, c.amount, c.pay_date
  FROM given g
  JOIN compensation c ON c.household_no = g.household_no
    AND (c.project = g.project OR NOT EXISTS (SELECT 1 FROM named_projects n WHERE n.project = g.project))
  UNION
  SELECT g.rec, c.rec, c.person_key, c.person_tier, c.name, c.amount, c.pay_date
  FROM given g
  JOIN compensation c ON c.house_no = g.house_no
    AND (c.project = g.project OR NOT EXISTS (SELECT 1 FROM named_projects n WHERE n.project = g.project))
),
file_people AS (
  SELECT rec_resettlement, person_key
  FROM file_rows
  WHERE person_key IS NOT NULL
  UNION
  SELECT f.rec_resettlement, they.person_key
  FROM file_rows f
  JOIN household_register me ON me.person_key = f.person_key
  JOIN household_register they ON they.household_no = me.household_no
  WHERE they.person_key IS NOT NULL
),
complete_files AS (
  -- 档案内的人都有身份证号，才能断定安置对象不在其中
  SELECT rec_resettlement
  FROM file_rows
  GROUP BY rec_resettlement
  HAVING count(person_key) = count(*)
),
strangers AS (
  SELECT g.rec
  FROM given g
  JOIN complete_files k ON k.rec_resettlement = g.rec
  WHERE g.person_key IS NOT NULL AND NOT has_word(g.note, $agreed)
    AND NOT EXISTS (SELECT 1 FROM file_people p WHERE p.rec_resettlement = g.rec AND p.person_key = g.person_key)
    AND NOT EXISTS (SELECT 1 FROM compensation o WHERE o.project = g.project AND o.person_key = g.person_key)
    AND NOT EXISTS (
      SELECT 1
      FROM file_rows f
      JOIN deaths d ON d.person_key = f.person_key
      WHERE f.rec_resettlement = g.rec AND d.death_date <= coalesce(g.given_date, $as_of))
),
known_projects AS (
  SELECT DISTINCT project FROM resettlements WHERE vacated_date IS NOT NULL
),
still_there AS (
  SELECT g.rec
  FROM given g
  JOIN known_projects k ON k.project = g.project
  JOIN file_rows f ON f.rec_resettlement = g.rec
  WHERE g.vacated_date IS NULL
    -- 腾空移交另有一张表：同户别的行登记了腾空
    AND NOT EXISTS (
      SELECT 1 FROM given v WHERE v.project = g.project AND v.household = g.household AND v.vacated_date IS NOT NULL)
  GROUP BY g.rec, g.given_date
  HAVING $as_of > add_days(max(coalesce(f.pay_date, g.given_date)), $vacate_days)
)
SELECT g.household, g.project, '的安置房给了档案以外的人' AS reason, g.name AS given_name, g.home_no, g.given_date AS on_day,
  g.vacated_date, f.name, f.amount, f.pay_date, 75 AS score, g.rec AS rec_resettlement, f.rec AS rec_compensation,
  greatest(g.person_tier, f.person_tier) AS tier
FROM strangers s
JOIN given g ON g.rec = s.rec
JOIN file_rows f ON f.rec_resettlement = g.rec
UNION ALL
SELECT g.household, g.project, '领取补偿后没有腾房记录', g.name, g.home_no, g.given_date,
  g.vacated_date, f.name, f.amount, f.pay_date, 55, g.rec, f.rec, 1
FROM still_there s
JOIN given g ON g.rec = s.rec
JOIN file_rows f ON f.rec_resettlement = g.rec
