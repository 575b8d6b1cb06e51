-- A cadre or a declared relative gets a benefit that is not everybody's, without filing.
WITH listed AS (
  SELECT person_key, rec, from_date, to_date FROM cadres
  UNION ALL
  SELECT r.person_key, r.rec, c.from_date, c.to_date FROM relatives r JOIN cadres c ON c.person_key = r.cadre_person_key
)
SELECT p.person_key AS subject, p.rec AS payment, l.rec AS listed, p.name, p.benefit, p.pay_date, p.amount
FROM payments p JOIN listed l ON l.person_key = p.person_key
WHERE NOT regexp_matches(p.benefit, '耕地|地力|种粮|高龄|养老|计划生育|抚恤|丧葬') AND coalesce(p.filed, false) = false
  AND p.amount > 0 AND (l.from_date IS NULL OR p.pay_date >= l.from_date) AND (l.to_date IS NULL OR p.pay_date <= l.to_date)
