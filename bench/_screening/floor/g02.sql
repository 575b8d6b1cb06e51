-- Two fills on one day, more than the tank, or two fills within two hours above one tank.
WITH fills AS (
  SELECT f.rec, f.plate, f.filled_at, f.litres, c.tank_litres,
    count(*) OVER (PARTITION BY f.plate, CAST(f.filled_at AS DATE)) AS that_day,
    lag(f.filled_at) OVER w AS before_at, lag(f.litres) OVER w AS before_litres,
    lead(f.filled_at) OVER w AS after_at, lead(f.litres) OVER w AS after_litres
  FROM fuel f LEFT JOIN official_cars c ON c.plate_key = f.plate_key WHERE f.litres > 0
  WINDOW w AS (PARTITION BY f.plate ORDER BY f.filled_at)
)
SELECT plate AS subject, rec AS fill, filled_at, litres FROM fills
WHERE that_day >= 2 OR litres > tank_litres
  OR (filled_at - before_at <= INTERVAL 2 HOURS AND litres + before_litres > tank_litres)
  OR (after_at - filled_at <= INTERVAL 2 HOURS AND litres + after_litres > tank_litres)
