-- Three or more consecutive invoice numbers of one seller to one buyer on different days.
WITH numbered AS (
  SELECT rec, buyer, seller_key, invoice_code, invoice_date, amount,
    CAST(invoice_no AS BIGINT) - row_number() OVER (PARTITION BY buyer, seller_key, invoice_code ORDER BY invoice_no) AS run
  FROM invoices WHERE amount > 0 AND NOT regexp_matches(goods, '水费|电费|话费|物业|租金')
),
runs AS (
  SELECT buyer, seller_key, invoice_code, run FROM numbered
  GROUP BY ALL HAVING count(*) >= 3 AND min(invoice_date) <> max(invoice_date)
)
SELECT buyer || '|' || seller_key AS subject, n.rec AS invoice, n.invoice_date, n.amount
FROM numbered n JOIN runs r USING (buyer, seller_key, invoice_code, run)
