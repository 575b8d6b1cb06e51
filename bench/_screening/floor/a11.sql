-- Subsidised area above rights and transfers by more than a tenth, or a cadre's area in the village's top twentieth.
WITH claimed AS (
  SELECT person_key, benefit, season, any_value(village) AS village, sum(area) AS area, max(pay_date) AS pay_day
  FROM payments WHERE area > 0 GROUP BY ALL
),
rights AS (
  SELECT m.person_key, sum(l.area) AS area
  FROM land_rights l JOIN household_register o ON o.person_key = l.person_key
  JOIN household_register m ON m.household_no = o.household_no GROUP BY ALL
),
transfers AS (SELECT to_person_key AS person_key, sum(area) AS area FROM land_transfers WHERE end_date >= DATE '2025-06-30' GROUP BY ALL),
own_rights AS (SELECT person_key, sum(area) AS area FROM land_rights GROUP BY ALL),
over_own AS (
  SELECT c.person_key, c.benefit, c.season, c.area, coalesce(t.area, 0) AS moved FROM claimed c
  LEFT JOIN own_rights r ON r.person_key = c.person_key LEFT JOIN transfers t ON t.person_key = c.person_key
  WHERE c.area * 100 > (coalesce(r.area, 0) + coalesce(t.area, 0)) * 110
),
over_land AS (
  SELECT c.person_key, c.benefit, c.season FROM over_own c LEFT JOIN rights r ON r.person_key = c.person_key
  WHERE c.area * 100 > (coalesce(r.area, 0) + c.moved) * 110
),
tops AS (SELECT village, benefit, season, quantile_cont(area, 0.95) AS p95 FROM claimed GROUP BY ALL HAVING count(*) >= 20),
over_village AS (
  SELECT c.person_key, c.benefit, c.season FROM cadres k JOIN claimed c ON c.person_key = k.person_key
  JOIN tops t ON t.village = c.village AND t.benefit = c.benefit AND t.season = c.season WHERE c.area > t.p95
)
SELECT p.person_key AS subject, p.rec AS payment, p.name, p.benefit, p.season, p.pay_date, p.amount, p.area
FROM (SELECT * FROM over_land UNION SELECT * FROM over_village) f
JOIN payments p ON p.person_key = f.person_key AND p.benefit = f.benefit AND p.season = f.season WHERE p.area > 0
