-- Payment more than a month after death; funeral money excepted.
SELECT p.person_key AS subject, p.rec AS payment, d.rec AS death, p.name, p.pay_date, p.amount, d.death_date
FROM payments p JOIN deaths d ON p.person_key = d.person_key
WHERE p.pay_date > d.death_date + 31 AND p.amount > 0 AND p.period > date_trunc('month', d.death_date)
  AND NOT regexp_matches(p.benefit, '丧葬|抚恤|遗属|安葬|殡葬')
