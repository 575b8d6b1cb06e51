-- Two exclusive benefits in one month.
SELECT a.person_key AS subject, a.rec AS one, b.rec AS other, a.name, a.period, a.benefit, b.benefit AS other_benefit, b.amount
FROM payments a JOIN payments b ON a.person_key = b.person_key AND a.period = b.period
WHERE a.benefit LIKE '%特困%' AND a.amount > 0 AND b.amount > 0
  AND (b.benefit LIKE '%低保%' OR b.benefit LIKE '%最低生活保障%' OR b.benefit LIKE '%残疾人护理%' OR b.benefit LIKE '%孤儿%')
