-- Moved in within a year before the announcement and paid by the head, birth, marriage and return excepted.
SELECT c.person_key AS subject, c.rec AS item, m.rec AS member, c.project, c.name, m.moved_in_date, c.amount
FROM compensation c JOIN household_register m ON m.person_key = c.person_key
WHERE regexp_matches(c.item, '人口|人头|人均') AND c.amount > 0
  AND m.moved_in_date > c.announce_date - INTERVAL 12 MONTHS AND m.moved_in_date <= c.announce_date
  AND NOT regexp_matches(coalesce(m.moved_in_reason, ''), '出生|婚|退役|复员|毕业|释放|收养')
