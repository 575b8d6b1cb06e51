/* ---
id: G05
version: 1.1.0
title: 公务接待超规
content: 7
basis: 党政机关国内公务接待管理规定：凭公函接待、限制陪餐人数、一次公务活动一般只安排一次工作餐 [K]；2025年修订后不得提供酒、烟和高档菜肴 [S]
parameters:
  hosts_small: {type: integer, value: 3, title: 来客10人以内的陪餐人数上限}
  small_party: {type: integer, value: 10, title: 小型接待的来客人数}
  alcohol_from: {type: date, value: 2025-05-18, title: 一切酒类禁止之日, why: 党政机关厉行节约反对浪费条例修订公布之日，须核对本地执行日期}
  always_words: {type: list, value: [茅台, 五粮液, 高档酒, 名酒, 香烟, 卷烟, 烟酒, 中华烟, 软中华, 硬中华, 鱼翅, 燕窝, 鲍鱼, 海参, 澳龙, 龙虾, 帝王蟹, 东星斑, 野味, 野生动物, 穿山甲, 娃娃鱼], title: 高档酒、香烟、高档菜肴}
  alcohol_words: {type: list, value: [白酒, 红酒, 葡萄酒, 黄酒, 啤酒, 洋酒, 米酒, 酒水, 药酒, 果酒, 老酒, 大曲, 二锅头, 剑南春, 郎酒, 汾酒], title: 酒类}
  visit_days: {type: integer, value: 1, title: 没有批次时相隔几天以内算同一次来访, why: 各次公函号不同，但同一来访单位次日又接待一次，多半是同一次来访}
  joint_words: {type: list, value: [联合, 等单位, 考察团, 代表团], title: 联合来访的字样}
inputs: [receptions]
needs: {receptions: [reception_date]}
subject: {kind: sheet, column: sheet, shown: [unit, sheet]}
records: {reception: receptions}
sum: {column: amount, once_per: reception}
date: reception_date
score: {column: strength}
values:
  sheet: {title: 接待单号}
  unit: {title: 接待单位}
  reception_date: {type: date, title: 接待日期}
  guest_unit: {title: 来访单位}
  guests: {type: integer, title: 来客人数}
  hosts: {type: integer, title: 陪餐人数}
  letter_no: {title: 公函号}
  visit_no: {title: 来访批次}
  dishes: {title: 菜单}
  amount: {type: money, title: 金额}
  reason: {title: 情形}
sentence: "{unit}{reception_date}接待{guest_unit}（接待单{sheet}，{sum}元）：{reason}；是否合规，请核实。"
false_positives: [联合来访由几家分别接待, 公函后补]
verify: [调阅公函、接待清单、菜单和发票, 询问经办人]
reopen: {rows: 1, sum_percent: 0}
choices: |
  四种情形分别提示：来客10人以内陪餐超过3人，10人以上陪餐超过来客的三分之一；没有公函；菜单有酒、烟、高档菜肴；同一来访单位同一批次接待两次以上。
  整张表都没有公函号的视为没有采集。普通酒类从修订条例公布之日起算，高档酒、香烟、高档菜肴不论日期。啤酒鸭、小龙虾、酒酿等菜名不算。
  批次空的按同一公函号看，或同一来访单位相隔不超过规定天数的两次；批次相同而来访单位不同的是联合来访，不算重复；来访单位写明联合、考察团的不看重复。来客或陪餐人数空的不比人数。
  没有接待单号的按来源行。
--- */
WITH letters_known AS (
  SELECT count(letter_no) AS letters FROM receptions
),
sheets AS (
  SELECT r.rec, r.unit, r.guest_unit, r.reception_date, r.guests, r.hosts, l.letters,
    coalesce(r.sheet_no, concat('行', CAST(r.rec AS VARCHAR))) AS sheet,
    trim(coalesce(r.letter_no, '')) AS letter_no,
    coalesce(r.visit_no, r.letter_no) AS visit, r.visit_no,
    -- 菜名里的酒、虾不是酒和高档菜
    replace(replace(replace(replace(replace(replace(coalesce(r.dishes, ''), '啤酒鸭', ''), '啤酒鱼', ''), '小龙虾', ''), '酒酿', ''),
      '米酒汤圆', ''), '红酒雪梨', '') AS dishes
  FROM receptions r
  CROSS JOIN letters_known l
  WHERE r.reception_date <= $as_of
),
visits AS (
  SELECT unit, guest_unit, visit
  FROM sheets
  WHERE visit IS NOT NULL AND guest_unit IS NOT NULL AND NOT has_word(guest_unit, $joint_words)
  GROUP BY unit, guest_unit, visit
  HAVING count(DISTINCT sheet) >= 2
),
next_day AS (
  -- 没有批次：同一来访单位当日或次日又接待一次
  SELECT DISTINCT a.rec, a.sheet
  FROM sheets a
  JOIN sheets b ON b.unit = a.unit AND b.guest_unit = a.guest_unit AND b.sheet <> a.sheet
    AND b.reception_date BETWEEN add_days(a.reception_date, 0 - $visit_days) AND add_days(a.reception_date, $visit_days)
  WHERE a.visit_no IS NULL AND b.visit_no IS NULL AND NOT has_word(a.guest_unit, $joint_words)
),
found AS (
  SELECT rec, sheet, '陪餐人数超过规定' AS reason, 70 AS strength
  FROM sheets
  WHERE (guests <= $small_party AND hosts > $hosts_small) OR (guests > $small_party AND hosts * 3 > guests)
  UNION ALL
  SELECT rec, sheet, '没有公函', 60 FROM sheets WHERE letters > 0 AND letter_no = ''
  UNION ALL
  SELECT rec, sheet, '菜单有酒、烟或高档菜肴', 80
  FROM sheets
  WHERE has_word(dishes, $always_words) OR (reception_date >= $alcohol_from AND has_word(dishes, $alcohol_words))
  UNION ALL
  SELECT s.rec, s.sheet, '同一批来访接待两次以上', 65
  FROM sheets s
  JOIN visits v ON v.unit = s.unit AND v.guest_unit = s.guest_unit AND v.visit = s.visit
  UNION
  SELECT rec, sheet, '同一批来访接待两次以上', 65 FROM next_day
)
SELECT
  r.rec AS rec_reception, f.sheet, r.unit, r.reception_date, r.guest_unit, r.guests, r.hosts, r.letter_no, r.visit_no,
  r.dishes, r.amount, f.reason, f.strength
FROM found f
JOIN receptions r ON r.rec = f.rec
