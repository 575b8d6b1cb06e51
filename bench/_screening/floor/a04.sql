-- Income-tested benefit with a firm or shop that is in business: legal person or holder of ten per cent.
WITH owners AS (
  SELECT firm_key, legal_person_key AS person_key, rec FROM firms WHERE legal_person_key IS NOT NULL
  UNION ALL
  SELECT firm_key, person_key, rec FROM firm_people WHERE share_percent >= 10 AND person_key IS NOT NULL
)
SELECT p.person_key AS subject, p.rec AS payment, f.rec AS firm, p.name, p.benefit, p.pay_date, p.amount, f.firm_name
FROM payments p JOIN owners o ON o.person_key = p.person_key JOIN firms f ON f.firm_key = o.firm_key
WHERE regexp_matches(p.benefit, '低保|最低生活保障|特困|五保|救助|困难|低收入|贫困|廉租|公租|租赁补贴|危房|资助|助学|生活补贴|生活补助') AND p.amount > 0
  AND NOT regexp_matches(f.status, '注销|吊销|撤销|停业|歇业|清算') AND f.firm_kind NOT LIKE '%合作社%'
  AND p.pay_date > f.founded_date + 31 AND (f.end_date IS NULL OR p.pay_date < f.end_date)
