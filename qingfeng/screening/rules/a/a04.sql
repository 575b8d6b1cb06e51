/* ---
id: A04
version: 1.0.0
title: 办有企业或个体户仍领取困难补贴
content: 1
basis: 社会救助对象的收入财产核对包括投资、经营情况，有正常经营主体的家庭一般不符合条件（以当地规定为准）
parameters:
  income_tested: {type: list, value: [低保, 最低生活保障, 特困, 五保, 救助, 困难, 低收入, 贫困, 公益性岗位, 公益岗, 失业, 廉租, 公租, 租赁补贴, 危房, 资助, 助学, 生活补贴, 生活补助], title: 看收入财产的项目, why: 种粮、高龄等普惠项目不看收入，不比对}
  share_percent: {type: integer, value: 10, title: 股东持股比例下限（%）, why: 小额代持、集资股不说明经营收入}
  owner_roles: {type: list, value: [法定代表人, 法人代表, 负责人, 经营者, 业主, 投资人, 执行事务合伙人], title: 不看持股比例的身份, why: 法定代表人、个体户业主就是经营者}
  inactive: {type: list, value: [注销, 吊销, 撤销, 停业, 歇业, 休眠, 清算, 迁出, 空壳, 非正常, 未开业, 筹建], title: 不在经营的登记状态, why: 停业、空壳没有收入}
  cooperative: {type: list, value: [合作社, 供销社], title: 不比对的主体, why: 农民专业合作社成员多为挂名入社}
  sole_trader: {type: list, value: [个体, 个人], title: 个体户的写法, why: 个体户没有注册资本和参保人数，不能据此认作空壳}
  grace_days: {type: integer, value: 31, title: 登记后宽限天数, why: 新办主体申报需要一个发放周期}
inputs: [payments, firms]
optional: [firm_people]
needs: {payments: [amount, benefit, person_key]}
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, firm: firms, holder: firm_people}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: 70
values:
  name: {title: 姓名}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 发放金额}
  firm_name: {title: 经营主体}
  firm_kind: {title: 主体类型}
  role: {title: 身份}
  share_percent: {type: decimal, title: 持股比例（%）}
  status: {title: 登记状态}
  founded_date: {type: date, title: 成立日期}
  end_date: {type: date, title: 注销日期}
sentence: "{name}登记为{firm_name}的{role}，{first}至{last}领取{benefit}{rows}笔、{sum}元，经营收入是否如实申报？"
false_positives: [停业多年的空壳, 名义被借用, 农民专业合作社成员, 未实际出资的壳公司]
verify: [向税务部门核对开票和申报收入, 实地查看是否经营, 重新核对家庭经济状况]
reopen: {rows: 1, sum_percent: 0}
choices: |
  法定代表人、个体户业主不看比例；股东要有持股比例且不低于下限，比例为空的不列。比例按百分数读（25 即 25%）。
  在营：付款日在成立之后（加宽限）、注销之前；没有注销日期而状态为停业、吊销、注销等的，当作付款时已不在经营；状态为空视为在营。
  企业（非个体户）的注册资本、从业人数已知且都为零的，当作空壳，不列。
  合作社一律不比对（把名单清空即比对）。监事、经理等没有出资的身份不列。
--- */
WITH operating AS (
  SELECT rec, firm_key, firm_name, firm_kind, status, legal_person_key, legal_person_tier, founded_date, end_date
  FROM firms
  WHERE (end_date IS NOT NULL OR NOT has_word(status, $inactive))
    AND NOT has_word(firm_kind, $cooperative) AND NOT has_word(firm_name, $cooperative)
    AND (has_word(firm_kind, $sole_trader) OR coalesce(capital, staff_count, 1) > 0 OR coalesce(staff_count, capital, 1) > 0)
),
holders AS (
  SELECT legal_person_key AS person_key, legal_person_tier AS tier, rec AS rec_firm, CAST(NULL AS BIGINT) AS rec_holder,
    CASE WHEN has_word(firm_kind, $sole_trader) THEN '经营者' ELSE '法定代表人' END AS role,
    CAST(NULL AS DECIMAL(18,3)) AS share_percent, CAST(NULL AS DATE) AS from_day, CAST(NULL AS DATE) AS to_day
  FROM operating
  WHERE legal_person_key IS NOT NULL
  UNION ALL
  SELECT h.person_key, h.person_tier, f.rec, h.rec, h.role, h.share_percent, h.from_date, h.to_date
  FROM firm_people h
  JOIN operating f ON f.firm_key = h.firm_key
  WHERE h.person_key IS NOT NULL
    AND (h.share_percent >= $share_percent OR (h.share_percent IS NULL AND has_word(h.role, $owner_roles)))
)
SELECT p.person_key, p.name, p.id_shown, p.village, p.benefit, p.pay_date, p.amount,
  f.firm_name, f.firm_kind, h.role, h.share_percent, f.status, f.founded_date, f.end_date,
  p.rec AS rec_payment, f.rec AS rec_firm, h.rec_holder, greatest(p.person_tier, h.tier) AS tier
FROM payments p
JOIN holders h ON h.person_key = p.person_key
JOIN operating f ON f.rec = h.rec_firm
WHERE has_word(p.benefit, $income_tested)
  AND p.amount > 0
  AND (f.founded_date IS NULL OR p.pay_date > add_days(f.founded_date, $grace_days))
  AND (f.end_date IS NULL OR p.pay_date < f.end_date)
  AND (h.from_day IS NULL OR p.pay_date >= h.from_day)
  AND (h.to_day IS NULL OR p.pay_date < h.to_day)
