-- Working days used beyond the promised ones, lawful stops taken off.
WITH days AS (SELECT day, sum(CASE WHEN worked THEN 1 ELSE 0 END) OVER (ORDER BY day) AS no FROM workdays),
late AS (
  SELECT a.rec, a.case_no, a.promised_days, a.accepted_date, coalesce(a.decided_date, DATE '2026-06-30') AS until, e.no - s.no AS used
  FROM approvals a JOIN days s ON s.day = a.accepted_date JOIN days e ON e.day = coalesce(a.decided_date, DATE '2026-06-30')
  WHERE e.no - s.no > a.promised_days
),
stopped AS (
  SELECT l.rec, count(DISTINCT w.day) AS days
  FROM late l JOIN approval_steps p ON p.case_no = l.case_no
  JOIN workdays w ON w.worked AND w.day > l.accepted_date AND w.day BETWEEN p.start_date AND least(p.end_date, l.until)
  WHERE regexp_matches(p.stop_kind, '补正|材料|听证|评审|检验|检测|鉴定') GROUP BY ALL
)
SELECT l.case_no AS subject, l.rec AS case_rec, l.used - coalesce(s.days, 0) AS used
FROM late l LEFT JOIN stopped s USING (rec) WHERE l.used - coalesce(s.days, 0) > l.promised_days
