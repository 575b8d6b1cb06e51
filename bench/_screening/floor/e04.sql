-- Two bidders of one lot share a device, an author or an address.
WITH marks AS (
  SELECT rec, project_no, lot_no, bidder_key, unnest([mac, disk_no, licence_no, author, ip]) AS mark,
    unnest(['mac', 'disk', 'licence', 'author', 'ip']) AS kind FROM bids
)
SELECT m.project_no || '|' || m.lot_no AS subject, m.rec AS bid, m.kind, m.mark
FROM marks m JOIN (
  SELECT project_no, lot_no, kind, mark FROM marks WHERE mark NOT IN ('00-00-00-00-00-00', '127.0.0.1', 'ADMINISTRATOR')
  GROUP BY ALL HAVING count(DISTINCT bidder_key) > 1
) s USING (project_no, lot_no, kind, mark)
