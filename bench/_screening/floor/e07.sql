-- Bidders of one lot share a person, a phone or an address.
WITH links AS (
  SELECT firm_key, 'p' || legal_person_key AS link FROM firms WHERE legal_person_key IS NOT NULL
  UNION ALL SELECT firm_key, 'p' || person_key FROM firm_people WHERE person_key IS NOT NULL AND to_date IS NULL AND share_percent >= 5
  UNION ALL SELECT firm_key, 'h' || holder_firm_key FROM firm_people WHERE holder_firm_key IS NOT NULL
  UNION ALL SELECT firm_key, 't' || phone_key FROM firms WHERE phone_key IS NOT NULL
  UNION ALL SELECT firm_key, 'a' || firm_address_key FROM firms WHERE firm_address_key IS NOT NULL
),
linked AS (
  SELECT b.rec, b.project_no, b.lot_no, b.bidder_key, l.link FROM bids b JOIN links l ON l.firm_key = b.bidder_key
  UNION ALL SELECT rec, project_no, lot_no, bidder_key, 't' || contact_phone_key FROM bids WHERE contact_phone_key IS NOT NULL
)
SELECT l.project_no || '|' || l.lot_no AS subject, l.rec AS bid, l.link
FROM linked l JOIN (
  SELECT project_no, lot_no, link FROM linked GROUP BY ALL HAVING count(DISTINCT bidder_key) > 1
) s USING (project_no, lot_no, link)
