-- Purchases of one unit, year, budget item and category, each under the limit, together over it; or of one payee or place
-- and category within ninety days.
WITH bought AS (
  SELECT rec, unit, year(award_date) AS year, budget_item, category, winner_key, place, award_date, amount
  FROM awards WHERE framework IS NOT TRUE AND NOT regexp_matches(way, '公开招标|邀请招标|公开竞价') AND amount > 0
),
limits AS (SELECT unnest([50000000, 200000000]) AS l),
split AS (
  SELECT DISTINCT unit, year, budget_item, category FROM bought JOIN limits ON amount < l
  GROUP BY unit, year, budget_item, category, l HAVING count(*) >= 2 AND sum(amount) >= l
),
parties AS (
  SELECT rec, unit, category, 'p' || winner_key AS party, award_date, amount FROM bought
  UNION ALL SELECT rec, unit, category, 'l' || place, award_date, amount FROM bought
),
rolling AS (
  SELECT rec FROM (
    SELECT rec, l, count(*) OVER w AS n, sum(amount) OVER w AS s FROM parties JOIN limits ON amount < l
    WINDOW w AS (PARTITION BY unit, category, party, l ORDER BY award_date RANGE BETWEEN CURRENT ROW AND INTERVAL 90 DAYS FOLLOWING)
  ) WHERE n >= 2 AND s >= l
)
SELECT concat_ws('|', unit, year, budget_item, category) AS subject, b.rec AS award, b.award_date, b.amount
FROM bought b WHERE EXISTS (FROM split s WHERE s.unit = b.unit AND s.year = b.year AND s.budget_item = b.budget_item AND s.category = b.category)
  OR b.rec IN (SELECT rec FROM rolling)
