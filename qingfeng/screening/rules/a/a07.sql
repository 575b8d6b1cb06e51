/* ---
id: A07
version: 1.4.0
title: 干部或近亲属领取补贴未备案
content: 1
basis: 低保经办人员和村（居）委会成员近亲属享受低保备案制度（低保审核确认办法；其他项目以当地规定为准）
parameters:
  universal: {type: list, value: [耕地, 地力, 种粮, 粮食, 良种, 农资, 农机, 退耕, 公益林, 草原, 生态, 高龄, 基本养老, 养老保险, 医疗保险, 计划生育, 独生子女, 移民, 优抚, 抚恤, 义务兵, 丧葬, 工资, 报酬], title: 人人按条件可得的普惠项目, why: 按土地、年龄自动享受，不存在优亲厚友}
  close: {type: list, value: [本人, 配偶, 夫, 妻, 爱人, 父, 母, 子, 女, 儿, 兄, 哥, 弟, 姐, 妹, 岳, 公公, 婆婆, 公婆, 孙, 祖, 爷爷, 奶奶, 外公, 外婆, 媳, 婿], title: 近亲属, why: 配偶、父母、子女、兄弟姐妹、祖孙及姻亲}
  refused: {type: list, value: [不通过, 未通过, 不符合, 不同意, 不合格, 不予, 退回, 取消, 停发], title: 评议没有通过的写法, why: 备了案而评议认为不符合的，仍是要问的}
  distant: {type: list, value: [表, 堂, 远, 侄, 甥, 姑, 舅, 姨, 叔, 伯, 邻, 朋友, 同学], title: 不算近亲属的关系, why: 旁系和其他关系不在备案范围}
inputs: [payments]
optional: [cadres, relatives, benefit_filings]
needs: {payments: [amount, person_key]}
either: [[cadres.person_key], [relatives.person_key, relatives.relation], [benefit_filings.person_key, benefit_filings.result]]
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, cadre: cadres, relative: relatives, filing: benefit_filings}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: 60
values:
  name: {title: 领取人}
  id_shown: {title: 身份证号}
  village: {title: 村社区}
  benefit: {title: 补贴项目}
  pay_date: {type: date, title: 发放日期}
  amount: {type: money, title: 发放金额}
  relation: {title: 与干部关系}
  cadre: {title: 干部}
  unit: {title: 干部单位}
  post: {title: 干部职务}
  from_date: {type: date, title: 任职日期}
  to_date: {type: date, title: 离任日期}
  basis: {title: 亲属信息采集依据}
sentence: "{name}（与干部{cadre}的关系：{relation}）{first}至{last}领取{benefit}{rows}笔、{sum}元，没有有效的备案记录，是否按规定备案、评议？"
false_positives: [确实困难且已按规定备案]
verify: [查备案登记, 查评议会议记录和公示, 入户核实家庭状况]
reopen: {rows: 1, sum_percent: 0}
choices: |
  发放表上已备案（是）的不列；亲属申报表上写明享受补贴已备案、且备案日期不晚于发放日的不列（没有备案日期的都不列；备案登记与亲属申报是两张表的，有一行写明已备案即可）；待遇备案登记表上备案日期不晚于发放日的不列，评议没有通过而仍在领的照列；备案一栏为空视为没有备案记录。
  干部按任职、离任日期与发放日期比，日期为空视为在任。亲属只用依法采集的申报名单；名单里的干部不在干部名册时也列，任职日期不明。
  普惠项目（名单可改）不列；近亲属以外的关系不列。
--- */
WITH listed AS (
  SELECT person_key, person_tier AS tier, '本人' AS relation, name AS cadre, unit, post, from_date, to_date,
    CAST(NULL AS VARCHAR) AS basis, CAST(NULL AS BOOLEAN) AS filed, CAST(NULL AS DATE) AS filed_date, rec AS rec_cadre, CAST(NULL AS BIGINT) AS rec_relative,
    CAST(NULL AS BIGINT) AS rec_filing
  FROM cadres
  WHERE person_key IS NOT NULL
  UNION ALL
  SELECT r.person_key, greatest(r.person_tier, r.cadre_person_tier, c.person_tier), r.relation, r.cadre_name, c.unit, c.post,
    c.from_date, c.to_date, r.basis, r.filed, r.filed_date, c.rec, r.rec, CAST(NULL AS BIGINT)
  FROM relatives r
  LEFT JOIN cadres c ON c.person_key = r.cadre_person_key
  WHERE r.person_key IS NOT NULL
    AND has_word(r.relation, $close) AND NOT has_word(r.relation, $distant)
  UNION ALL
  -- 备了案而评议没有通过的近亲属
  SELECT b.person_key, b.person_tier, coalesce(b.relation, '备案的近亲属') || '（评议：' || b.result || '）', b.cadre_name, CAST(NULL AS VARCHAR),
    CAST(NULL AS VARCHAR), b.filed_date, CAST(NULL AS DATE), CAST(NULL AS VARCHAR), CAST(NULL AS BOOLEAN), CAST(NULL AS DATE), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), b.rec
  FROM benefit_filings b
  WHERE b.person_key IS NOT NULL AND has_word(b.result, $refused)
)
SELECT p.person_key, p.name, p.id_shown, p.village, p.benefit, p.pay_date, p.amount,
  l.relation, l.cadre, l.unit, l.post, l.from_date, l.to_date, l.basis,
  p.rec AS rec_payment, l.rec_cadre, l.rec_relative, l.rec_filing, greatest(p.person_tier, l.tier) AS tier
FROM payments p
JOIN listed l ON l.person_key = p.person_key
WHERE NOT has_word(p.benefit, $universal)
  AND p.amount > 0
  AND coalesce(p.filed, false) = false
  AND NOT (coalesce(l.filed, false) AND coalesce(l.filed_date, p.pay_date) <= p.pay_date)
  AND NOT EXISTS (
    SELECT 1 FROM relatives f
    WHERE f.filed AND f.person_key = p.person_key AND coalesce(f.filed_date, p.pay_date) <= p.pay_date)
  AND NOT EXISTS (
    SELECT 1 FROM benefit_filings b
    WHERE b.person_key = p.person_key AND b.filed_date <= p.pay_date AND NOT has_word(b.result, $refused))
  AND (l.from_date IS NULL OR p.pay_date >= l.from_date)
  AND (l.to_date IS NULL OR p.pay_date <= l.to_date)
