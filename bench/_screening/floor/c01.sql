-- A household compensated in two projects, or twice for one item of one house.
WITH twice AS (
  SELECT household_no FROM compensation WHERE supplement IS NOT TRUE AND amount > 0
  GROUP BY household_no HAVING count(DISTINCT project) > 1
  UNION
  SELECT household_no FROM compensation WHERE supplement IS NOT TRUE AND amount > 0
  GROUP BY household_no, project, house_no, item HAVING count(*) > 1
)
SELECT c.household_no AS subject, c.rec AS item, c.project, c.name, c.pay_date, c.amount
FROM twice t JOIN compensation c ON c.household_no = t.household_no
