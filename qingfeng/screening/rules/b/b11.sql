/* ---
id: B11
version: 1.4.0
title: 重大事项未经民主程序
content: 2
basis: 村级重大事项按“四议两公开”等程序决策、表决、公示（村民委员会组织法及当地规定）
parameters:
  major_amount: {type: money, value: 50000, title: 重大事项金额下限（元）, why: 各地限额不同，按当地规定改}
  late_days: {type: integer, value: 30, title: 事后补会的宽限天数, why: 会议记录的日期可能晚于签字几天}
  routine: {type: list, value: [工资, 报酬, 社保, 保险, 税, 电费, 水费, 养老, 代收, 代付, 转拨, 上缴], title: 不需表决的例行支出, why: 工资税费等按规定支付}
inputs: [minutes]
optional: [asset_contracts, vouchers]
either: [[asset_contracts.rec], [vouchers.rec]]
subject: {kind: matter, column: matter_no, shown: [village, matter_no]}
records: {contract: asset_contracts, voucher: vouchers, minutes: minutes}
sum: {column: amount}
date: on_day
score: 55
values:
  matter_no: {title: 合同编号或凭证号}
  village: {title: 村社区}
  what: {title: 事项}
  on_day: {type: date, title: 签订或支出日期}
  amount: {type: money, title: 金额}
  missing: {title: 缺少的环节}
  meeting_date: {type: date, title: 会议日期}
sentence: "{village}事项{matter_no}（{what}）金额{sum}元，{missing}，是否经民主决策和公示？"
false_positives: [会议记录在纸面、没有录入]
verify: [查会议记录、表决票和公示照片原件]
reopen: {rows: 1, sum_percent: 0}
choices: |
  事项是金额超过限额的合同（合同总额，没有的用年租金）和支出凭证（同村同凭证号合计）；凭证写有合同编号的，以合同为准，不单独列。
  没有合同编号的，按村、资产、承租人认作一份合同；没有凭证号的支出无从对应会议记录，不列。
  会议记录按事项编号找，村名一边带镇街、一边不带（清河镇石桥村、石桥村），或一边写到集体经济组织（石桥村、石桥村股份经济合作社）的，视为同村；记录没有编号的，同村议题里写有合同编号、资产名称的也算。表决、公示都为“是”才算完整，为空的算缺；有的记录不写是否，而写同意票数、公示开始日期，有票数、有日期即算。整份记录都没有这些栏的，不问这一项。
  会议晚于事项日期超过宽限天数的不算事前决策。纸面记录没有录入的，数据看不出来，核实时排除。
--- */
WITH named AS (
  SELECT rec, coalesce(contract_no, '无编号：' || village || asset_name || '·' || coalesce(tenant_firm_name, tenant_name, '承租人未登记')) AS contract_no,
    village, asset_name, sign_date, start_date, total_amount, annual_rent
  FROM asset_contracts
),
contracts AS (
  SELECT contract_no AS matter_no, min(village) AS village, min(asset_name) AS what, min(coalesce(sign_date, start_date)) AS on_day,
    max(coalesce(total_amount, annual_rent)) AS amount, min(rec) AS rec_contract
  FROM named
  GROUP BY contract_no
),
payments_made AS (
  SELECT voucher_no AS matter_no, village, min(summary) AS what, min(voucher_date) AS on_day, sum(amount) AS amount,
    min(rec) AS rec_voucher
  FROM vouchers
  WHERE voucher_no IS NOT NULL AND contract_no IS NULL AND NOT has_word(summary, $routine) AND NOT has_word(ledger_account, $routine)
  GROUP BY village, voucher_no
),
matters AS (
  SELECT matter_no, village, what, on_day, amount, rec_contract, CAST(NULL AS BIGINT) AS rec_voucher
  FROM contracts
  WHERE amount > $major_amount
  UNION ALL
  SELECT matter_no, village, what, on_day, amount, CAST(NULL AS BIGINT), rec_voucher
  FROM payments_made
  WHERE amount > $major_amount
),
given AS (
  -- 整份会议记录都没有表决（公示）一栏的，不拿这一项去问
  SELECT count(voted) + count(votes) = 0 AS no_votes, count(noticed) + count(notice_from) = 0 AS no_notices
  FROM minutes
),
meetings AS (
  SELECT m.matter_no, m.village, n.rec, n.meeting_date, coalesce(n.voted, n.votes > 0, g.no_votes) AS voted,
    coalesce(n.noticed, n.notice_from IS NOT NULL OR g.no_notices) AS noticed
  FROM matters m
  CROSS JOIN given g
  JOIN minutes n ON n.subject_no = m.matter_no
    AND (n.village = m.village OR right(m.village, length(n.village)) = n.village OR right(n.village, length(m.village)) = m.village
      OR (length(n.village) >= 3 AND left(m.village, length(n.village)) = n.village)
      OR (length(m.village) >= 3 AND left(n.village, length(m.village)) = m.village))
  WHERE n.meeting_date IS NULL OR m.on_day IS NULL OR n.meeting_date <= add_days(m.on_day, $late_days)
  UNION ALL
  SELECT m.matter_no, m.village, n.rec, n.meeting_date, coalesce(n.voted, n.votes > 0, g.no_votes),
    coalesce(n.noticed, n.notice_from IS NOT NULL OR g.no_notices)
  FROM matters m
  CROSS JOIN given g
  JOIN minutes n ON n.village = m.village
  WHERE n.subject_no IS NULL
    AND (text_has(n.matter, m.matter_no) OR (m.rec_contract IS NOT NULL AND m.what IS NOT NULL AND text_has(n.matter, m.what)))
    AND (n.meeting_date IS NULL OR m.on_day IS NULL OR n.meeting_date <= add_days(m.on_day, $late_days))
),
steps AS (
  SELECT matter_no, village, max(CASE WHEN voted THEN 1 ELSE 0 END) AS voted, max(CASE WHEN noticed THEN 1 ELSE 0 END) AS noticed,
    max(rec) AS rec_minutes, max(meeting_date) AS meeting_date
  FROM meetings
  GROUP BY matter_no, village
)
SELECT m.matter_no, m.village, m.what, m.on_day, m.amount,
  CASE WHEN s.matter_no IS NULL THEN '没有会议记录' WHEN s.voted = 0 AND s.noticed = 0 THEN '没有表决和公示记录'
    WHEN s.voted = 0 THEN '没有表决记录' ELSE '没有公示记录' END AS missing,
  s.meeting_date, m.rec_contract, m.rec_voucher, s.rec_minutes
FROM matters m
LEFT JOIN steps s ON s.matter_no = m.matter_no AND s.village = m.village
WHERE s.matter_no IS NULL OR s.voted = 0 OR s.noticed = 0
