-- Gift goods invoiced to a public body in the fortnight before a festival, or with consecutive numbers.
WITH gifts AS (
  SELECT rec, buyer, seller_key, invoice_no, invoice_date, amount FROM invoices
  WHERE amount > 0 AND regexp_matches(seller_name || goods, '烟酒|香烟|卷烟|白酒|红酒|酒水|茶叶|礼品|礼盒|购物卡|购物券|月饼|储值卡')
    AND regexp_matches(buyer, '局|委员会|办公室|政府|街道|镇|乡|村|社区|中心|学校|医院|所|队|站|处') AND NOT regexp_matches(buyer, '公司|商行|经营部|超市')
    AND NOT regexp_matches(goods, '食堂|食材|慰问')
),
festivals(day) AS (VALUES (DATE '2025-10-01'), (DATE '2025-10-06'), (DATE '2026-01-01'), (DATE '2026-02-17'), (DATE '2026-04-05'), (DATE '2026-05-01'), (DATE '2026-06-19')),
runs AS (
  SELECT *, CAST(invoice_no AS BIGINT) - row_number() OVER (PARTITION BY buyer, seller_key ORDER BY invoice_no) AS run FROM gifts
)
SELECT buyer AS subject, rec AS invoice, invoice_date, amount FROM gifts g
WHERE EXISTS (FROM festivals f WHERE g.invoice_date >= f.day - 15 AND g.invoice_date < f.day)
UNION
SELECT buyer, rec, invoice_date, amount FROM runs QUALIFY count(*) OVER (PARTITION BY buyer, seller_key, run) >= 3
