-- Income-tested benefit while on the public payroll, temporary posts excepted.
SELECT p.person_key AS subject, p.rec AS payment, w.rec AS payroll, p.name, p.benefit, p.pay_date, p.amount, w.unit, w.post
FROM payments p JOIN payroll w ON p.person_key = w.person_key
WHERE regexp_matches(p.benefit, '低保|最低生活保障|特困|五保|救助|困难|低收入|贫困|廉租|公租|租赁补贴|危房|资助|助学|生活补贴|生活补助') AND p.amount > 0
  AND NOT regexp_matches(coalesce(w.post, '') || coalesce(w.post_kind, ''), '临时|编外|派遣|公益|保洁|环卫|保安|门卫')
  AND (w.month IS NULL OR w.month = date_trunc('month', p.pay_date) OR w.month = p.period)
  AND (w.start_date IS NULL OR p.pay_date > w.start_date + 31) AND (w.end_date IS NULL OR p.pay_date <= w.end_date)
