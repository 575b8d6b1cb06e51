-- Income-tested benefit with more than one home, or more than 150 m², in the household.
WITH homes AS (
  SELECT m.person_key, h.title_no, h.area, h.rec, h.register_date, h.end_date
  FROM real_estate h JOIN household_register o ON o.person_key = h.person_key
  JOIN household_register m ON m.household_no = o.household_no
  WHERE NOT regexp_matches(h.estate_kind, '安置|回迁|还建|宅基地|农村|自建|车位|车库|商铺') AND coalesce(h.share_percent, 100) > 50
),
too_many AS (
  SELECT p.rec FROM payments p JOIN homes h ON h.person_key = p.person_key
  WHERE regexp_matches(p.benefit, '低保|最低生活保障|特困|五保|救助|困难|低收入|贫困|廉租|公租|租赁补贴|危房|资助|助学|生活补贴|生活补助') AND p.amount > 0
    AND p.pay_date > h.register_date + 31 AND (h.end_date IS NULL OR p.pay_date < h.end_date)
  GROUP BY p.rec HAVING count(DISTINCT h.title_no) > 1 OR sum(h.area) > 15000
)
SELECT p.person_key AS subject, p.rec AS payment, h.rec AS home, p.name, p.benefit, p.pay_date, p.amount, h.title_no, h.area
FROM too_many t JOIN payments p ON p.rec = t.rec JOIN homes h ON h.person_key = p.person_key
