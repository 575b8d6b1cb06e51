-- Income-tested benefit with a car above 100,000 yuan in the household.
WITH cars AS (
  SELECT m.person_key, v.rec, v.plate, v.price, v.register_date, v.end_date
  FROM vehicles v JOIN household_register o ON o.person_key = v.person_key
  JOIN household_register m ON m.household_no = o.household_no
  WHERE v.price > 10000000 AND NOT regexp_matches(v.vehicle_kind, '残疾|货|农用|三轮|摩托|面包|专项')
    AND NOT regexp_matches(v.status, '报废|注销|灭失|转出')
)
SELECT p.person_key AS subject, p.rec AS payment, c.rec AS car, p.name, p.benefit, p.pay_date, p.amount, c.plate, c.price
FROM payments p JOIN cars c ON c.person_key = p.person_key
WHERE regexp_matches(p.benefit, '低保|最低生活保障|特困|五保|救助|困难|低收入|贫困|廉租|公租|租赁补贴|危房|资助|助学|生活补贴|生活补助') AND p.amount > 0
  AND p.pay_date > c.register_date + 31 AND (c.end_date IS NULL OR p.pay_date < c.end_date)
