-- One winner has half of a unit's awards and at least five within two years.
WITH recent AS (
  SELECT a.* FROM awards a JOIN (SELECT unit, max(award_date) AS last FROM awards GROUP BY unit) l USING (unit)
  WHERE a.award_date > l.last - INTERVAL 24 MONTHS
),
won AS (SELECT unit, winner_key, count(*) AS won FROM recent GROUP BY ALL),
total AS (SELECT unit, sum(won) AS total FROM won GROUP BY ALL)
SELECT r.unit || '|' || r.winner_key AS subject, r.rec AS award, r.award_date, r.amount
FROM won w JOIN total t USING (unit) JOIN recent r USING (unit, winner_key) WHERE w.won >= 5 AND w.won * 2 >= t.total
