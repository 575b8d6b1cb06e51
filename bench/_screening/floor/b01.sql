-- Rent unpaid sixty days after it was due.
SELECT c.contract_no AS subject, c.rec AS contract, c.village, c.due_date, c.due_amount, coalesce(sum(r.amount), 0) AS received
FROM asset_contracts c LEFT JOIN receipts r ON r.contract_no = c.contract_no AND r.received_date <= DATE '2026-06-30'
WHERE DATE '2026-06-30' > c.due_date + 60 AND c.litigation IS NOT TRUE
GROUP BY ALL HAVING coalesce(sum(r.amount), 0) < c.due_amount
