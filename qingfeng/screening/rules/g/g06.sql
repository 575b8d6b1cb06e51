/* ---
id: G06
version: 1.1.0
title: 节礼发票
content: 7
basis: 中央八项规定及其实施细则精神：严禁用公款购买节礼、购物卡（券） [K]
parameters:
  days_before: {type: integer, value: 15, title: 节前天数}
  festivals: {type: table, columns: [name, {day: date}], title: 农历节日的公历日期, why: 按年补充；其余节日见“固定节日”, value: [[春节, 2019-02-05], [端午节, 2019-06-07], [中秋节, 2019-09-13], [春节, 2020-01-25], [端午节, 2020-06-25], [中秋节, 2020-10-01], [春节, 2021-02-12], [端午节, 2021-06-14], [中秋节, 2021-09-21], [春节, 2022-02-01], [端午节, 2022-06-03], [中秋节, 2022-09-10], [春节, 2023-01-22], [端午节, 2023-06-22], [中秋节, 2023-09-29], [春节, 2024-02-10], [端午节, 2024-06-10], [中秋节, 2024-09-17], [春节, 2025-01-29], [端午节, 2025-05-31], [中秋节, 2025-10-06], [春节, 2026-02-17], [端午节, 2026-06-19], [中秋节, 2026-09-25], [春节, 2027-02-07], [端午节, 2027-06-09], [中秋节, 2027-09-15], [春节, 2028-01-26], [端午节, 2028-05-28], [中秋节, 2028-10-03], [春节, 2029-02-13], [端午节, 2029-06-16], [中秋节, 2029-09-22], [春节, 2030-02-02], [端午节, 2030-06-05], [中秋节, 2030-09-12]]}
  fixed_festivals: {type: table, columns: [name, month_day], value: [[元旦, "01-01"], [清明节, "04-05"], [劳动节, "05-01"], [国庆节, "10-01"]], title: 固定节日}
  gift_words: {type: list, value: [烟酒, 香烟, 卷烟, 名烟, 烟草, 烟行, 烟店, 白酒, 红酒, 葡萄酒, 黄酒, 洋酒, 啤酒, 酒水, 酒业, 酒行, 酒庄, 酒类, 名酒, 老酒, 酒坊, 酒窖, 酒专卖, 茶叶, 茶业, 茶行, 茶庄, 茶礼, 茗茶, 名茶, 绿茶, 红茶, 白茶, 普洱, 茶店, 礼品, 礼盒, 礼券, 礼包, 礼物, 伴手礼, 购物卡, 购物券, 储值卡, 预付卡, 充值卡, 消费卡, 会员卡, 加油卡, 提货卡, 提货券, 提货单, 代金券, 卡券, 月饼, 大闸蟹, 土特产, 茅台, 五粮液, 剑南春, 郎酒, 铁观音, 龙井, 毛尖, 大红袍, 燕窝, 海参, 虫草], title: 烟酒茶礼卡的字样}
  gift_endings: {type: list, value: [烟, 酒, 茶], title: 品名以这些字结尾}
  seller_words: {type: list, value: [烟酒, 名烟, 烟草, 烟行, 烟店, 酒业, 酒行, 酒庄, 酒类, 名酒, 酒坊, 酒窖, 酒专卖, 茶叶, 茶业, 茶行, 茶庄, 茗茶, 名茶, 茶店, 礼品, 礼仪用品, 购物卡, 卡券, 预付卡], title: 销方名称的字样}
  other_words: {type: list, value: [消毒, 酒精, 料酒, 戒烟, 禁烟, 控烟, 烟感, 烟雾, 酒店管理, 红茶菌, 加湿], title: 不是烟酒茶的字样}
  canteen_words: {type: list, value: [食堂], title: 购方是食堂的字样}
  allowed_words: {type: list, value: [食堂, 食材, 慰问, 帮扶, 救助, 困难群众, 困难职工, 敬老, 老年人就餐, 工会福利], title: 食堂、依规慰问的字样}
  public_words: {type: list, value: [局, 委员会, 办公室, 政府, 街道, 镇, 乡, 村, 社区, 居委会, 村委会, 中心, 学校, 小学, 中学, 大学, 学院, 幼儿园, 医院, 卫生院, 研究院, 所, 队, 站, 馆, 党委, 党校, 纪委, 法院, 检察院, 人大, 政协, 工会, 联合会, 妇联, 管委会, 处], title: 公共单位名称的字样}
  private_words: {type: list, value: [公司, 有限, 集团, 商行, 商店, 商贸, 经营部, 门市, 酒店, 饭店, 宾馆, 酒楼, 超市, 合作社, 个体, 工作室, 加工厂, 制造厂, 事务所, 健身, 美容, 会所, 农庄, 俱乐部], title: 非公共单位名称的字样}
  run_length: {type: integer, value: 3, title: 连号发票张数}
inputs: [invoices]
needs: {invoices: [amount, buyer, invoice_date]}
subject: {kind: buyer, column: buyer, shown: buyer}
records: {invoice: invoices}
sum: {column: amount, once_per: invoice}
date: invoice_date
score: {column: strength}
values:
  buyer: {title: 购方单位}
  seller_name: {title: 销方名称}
  goods: {title: 货物名称}
  invoice_no: {title: 发票号码}
  invoice_date: {type: date, title: 开票日期}
  amount: {type: money, title: 价税合计}
  festival: {title: 节日}
  festival_day: {type: date, title: 节日日期}
  reason: {title: 情形}
sentence: "{buyer}在{first}至{last}取得{rows}张烟酒茶礼卡类发票（{reason}；销方：{seller_name}），合计{sum}元；用途和去向，请核实。"
false_positives: [单位食堂采购, 依规慰问, 商店混合经营]
verify: [调阅报销凭证、合同和收货单, 核对领用登记, 询问经办人]
reopen: {rows: 1, sum_percent: 0}
choices: |
  销方或品名像烟、酒、茶、礼品、购物卡，购方像公共单位，并且：开票在节日前15日内（节日当天不算），或同一销方开给同一购方的发票三张以上连号（数电票没有发票代码，各票代码写得不同的也按号码看）。
  品名、销方里有食堂、慰问等字样的，购方是食堂的，不算（购方名称里的“救助”等是单位名，不作理由）。购方空的无法判断，不算。公共单位按名称字样认定，有公司、商行等字样的不算。
  节日：春节、端午、中秋按表，元旦、清明、劳动节、国庆按固定日期（清明以4月5日计）。
--- */
WITH names AS MATERIALIZED (
  SELECT DISTINCT seller_name FROM invoices WHERE seller_name IS NOT NULL
),
sellers AS (
  -- 一家开票多张，名称只看一次
  SELECT seller_name, has_word(seller_name, $seller_words) AS sells_gifts, has_word(seller_name, $allowed_words) AS allowed
  FROM names
),
gifts AS (
  SELECT i.rec, i.buyer, i.seller_key, i.seller_name, i.goods, i.invoice_no, i.invoice_date, i.amount
  FROM invoices i
  LEFT JOIN sellers s ON s.seller_name = i.seller_name
  WHERE i.buyer IS NOT NULL AND i.amount > 0 AND i.invoice_date <= $as_of
    AND has_word(i.buyer, $public_words) AND NOT has_word(i.buyer, $private_words)
    AND (coalesce(s.sells_gifts, false) OR has_word(i.goods, $gift_words) OR right(trim(i.goods), 1) IN $gift_endings)
    AND NOT has_word(i.goods, $other_words)
    AND NOT has_word(i.goods, $allowed_words) AND NOT coalesce(s.allowed, false)
    AND NOT has_word(i.buyer, $canteen_words)
),
years AS (
  SELECT DISTINCT year_of(invoice_date) AS year FROM gifts
),
festival_days AS (
  SELECT name, day FROM param_festivals
  UNION
  SELECT f.name, CAST(concat(CAST(y.year AS VARCHAR), '-', f.month_day) AS DATE)
  FROM param_fixed_festivals f CROSS JOIN years y
  UNION
  -- 十二月的发票对照下一年的元旦
  SELECT f.name, CAST(concat(CAST(y.year + 1 AS VARCHAR), '-', f.month_day) AS DATE)
  FROM param_fixed_festivals f CROSS JOIN years y
),
before_festival AS (
  SELECT g.rec, min(f.day) AS festival_day
  FROM gifts g
  JOIN festival_days f ON g.invoice_date >= add_days(f.day, 0 - $days_before) AND g.invoice_date < f.day
  GROUP BY g.rec
),
numbered AS (
  -- 连号：同一组里号码减去名次不变的是一串
  SELECT rec, buyer, seller_key, number,
    number - row_number() OVER (PARTITION BY buyer, seller_key ORDER BY number, rec) AS run
  FROM (
    SELECT min(rec) AS rec, buyer, seller_key, tail_number(invoice_no) AS number
    FROM gifts
    WHERE tail_number(invoice_no) IS NOT NULL
    GROUP BY buyer, seller_key, tail_number(invoice_no)
  ) one_a_number
),
runs AS (
  SELECT buyer, seller_key, run
  FROM numbered
  GROUP BY buyer, seller_key, run
  HAVING count(*) >= $run_length
),
in_run AS (
  SELECT n.rec
  FROM numbered n
  JOIN runs r ON r.buyer = n.buyer AND r.seller_key = n.seller_key AND r.run = n.run
)
SELECT
  g.rec AS rec_invoice, g.buyer, g.seller_name, g.goods, g.invoice_no, g.invoice_date, g.amount,
  d.name AS festival, d.day AS festival_day,
  CASE WHEN d.day IS NOT NULL AND i.rec IS NOT NULL THEN '节前、连号'
       WHEN d.day IS NOT NULL THEN '节前' ELSE '连号' END AS reason,
  CASE WHEN d.day IS NOT NULL AND i.rec IS NOT NULL THEN 85 WHEN d.day IS NOT NULL THEN 70 ELSE 60 END AS strength
FROM gifts g
LEFT JOIN before_festival b ON b.rec = g.rec
LEFT JOIN (SELECT day, min(name) AS name FROM festival_days GROUP BY day) d ON d.day = b.festival_day
LEFT JOIN in_run i ON i.rec = g.rec
WHERE d.day IS NOT NULL OR i.rec IS NOT NULL
