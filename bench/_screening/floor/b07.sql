-- Three payments just under a limit to one payee within thirty days, or five round sums in a year.
WITH paid AS (
  SELECT rec, village, coalesce(payee_firm_key, payee_name_key) AS payee, voucher_date, amount
  FROM vouchers WHERE contract_no IS NULL AND amount > 0 AND NOT regexp_matches(summary || ledger_account, '工资|报酬|补贴|补助|租金|电费|水费')
),
under AS (
  SELECT p.*, l.l FROM paid p JOIN (VALUES (500000), (1000000), (2000000), (5000000), (10000000)) l(l)
  ON p.amount < l.l AND p.amount >= l.l * 0.9
),
near AS (
  SELECT village, payee, rec, amount, voucher_date FROM (
    SELECT *, count(*) OVER (PARTITION BY village, payee, l ORDER BY voucher_date RANGE BETWEEN CURRENT ROW AND INTERVAL 29 DAYS FOLLOWING) AS n
    FROM under) WHERE n >= 3
),
rounds AS (
  SELECT village, payee, unnest(list(rec)) AS rec FROM paid WHERE amount % 100000 = 0
  GROUP BY village, payee, year(voucher_date) HAVING count(*) >= 5
)
SELECT village || '|' || payee AS subject, rec AS voucher FROM near
UNION ALL SELECT village || '|' || payee, rec FROM rounds
