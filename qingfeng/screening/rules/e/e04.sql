/* ---
id: E04
version: 1.2.0
title: 投标文件出自一手
content: 5
basis: 招标投标法实施条例第四十条：不同投标人的投标文件由同一单位或者个人编制，视为相互串通投标 [T]
parameters:
  empty_devices: {type: list, value: ["000000000000", FFFFFFFFFFFF, "0", "00000000", 无, 未知, 空, N/A, NA, "NULL", NONE, 未采集, 未获取, 未读取, 未识别, 未检测到, 未提供, 未填写, 采集失败, 获取失败, 无法获取, 无数据, 不详, UNKNOWN, "-", "/", "127.0.0.1", "0.0.0.0", "::1", TOBEFILLEDBYO.E.M., DEFAULTSTRING], title: 不能说明设备的占位值}
  default_authors: {type: list, value: [ADMINISTRATOR, ADMIN, USER, USERS, PC, WINDOWS, WINDOWS用户, WINDOWS 用户, MICROSOFT, 微软用户, 微软中国, MICROSOFT OFFICE 用户, LENOVO, HP, DELL, ASUS, OFFICE, WPS, WPS OFFICE, WPS_用户, LTSC, 用户, 管理员, 无, 未知, 匿名, "-", "/"], title: 软件自带的作者名, why: 装机时的默认名，很多电脑相同}
  public_bidders: {type: integer, value: 5, title: 公共出口：使用过的企业数, why: 网吧、公共机房、代理机构办公室、园区出口会被许多互不相干的企业使用}
  public_lots: {type: integer, value: 3, title: 公共出口：涉及的标段数}
  shared_lines: {type: list, value: [公共机房, 公共电脑, 自助区, 自助上传, 公共网络, 统一出口, 统一互联网, 园区网络, 互联网出口], title: 备注写明是公共网络出口的, why: 交易中心公共机房、园区统一出口上传的地址本来相同}
inputs: [bids]
needs: {bids: [bidder_key, bidder_name, project_no]}
subject: {kind: lot, column: [project_no, lot_no], shown: [project_no, lot_no]}
records: {bid: bids}
count: bid
date: bid_date
score: {column: strength}
values:
  project_no: {title: 项目编号}
  lot_no: {title: 标段号}
  bidder_name: {title: 投标单位}
  mark_kind: {title: 相同的项}
  mark: {title: 相同的值}
  bidders: {type: integer, title: 相同的投标单位数}
  bid_date: {type: date, title: 开标日期}
  bid_amount: {type: money, title: 投标报价}
sentence: "项目{project_no}同一标段内，{bidder_name}的投标文件{mark_kind}相同；是否由同一单位或个人编制、上传，请核实。"
false_positives: [公共机房或网吧上传, 同一代理机构办公室代为上传, 同一网络出口]
verify: [向交易中心调取上传日志和文件属性, 询问编制人和上传人, 核对投标文件有无同样的错字]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一标段内两家以上不同投标单位的网卡、硬盘、加密锁号、作者或上传地址相同即提示。信用代码或名称有一样相同的视为同一家，重复记录不算。
  只有上传地址或作者相同时排除公共出口：用过的企业数、标段数都达到参数，且平均每家不足两次（互不相干的企业来来往往；固定一伙的企业会反复出现，不排除）。
  网卡、硬盘、加密锁号相同不作公共出口排除，只排除占位值。空值表示未采集，不作比较。投标文件错别字雷同没有数据，未做。
--- */
WITH marks AS (
  -- 网卡地址的分隔符有“-”“:”“.”几种写法
  SELECT rec, bidder_key, '网卡地址' AS mark_kind, replace(replace(replace(mac, '-', ''), ':', ''), '.', '') AS mark, 95 AS strength
  FROM bids WHERE mac IS NOT NULL
  UNION ALL
  SELECT rec, bidder_key, '硬盘序列号', disk_no, 95 FROM bids WHERE disk_no IS NOT NULL
  UNION ALL
  SELECT rec, bidder_key, '加密锁号', licence_no, 95 FROM bids WHERE licence_no IS NOT NULL
  UNION ALL
  SELECT rec, bidder_key, '文档作者', upper(author), 75 FROM bids WHERE author IS NOT NULL
  UNION ALL
  SELECT rec, bidder_key, '上传地址', ip, 65 FROM bids WHERE ip IS NOT NULL AND NOT has_word(note, $shared_lines)
),
repeated AS (
  SELECT mark FROM marks GROUP BY mark HAVING count(*) > 1
),
common AS (
  -- 先粗选：两家以上用过的值
  SELECT m.mark
  FROM marks m
  JOIN repeated r ON r.mark = m.mark
  GROUP BY m.mark
  HAVING min(m.bidder_key) <> max(m.bidder_key)
),
common_marks AS (
  SELECT m.rec, b.project_no, coalesce(b.lot_no, '') AS lot_no, b.bidder_key, b.bidder_name, m.mark_kind, m.mark, m.strength
  FROM marks m
  JOIN common c ON c.mark = m.mark
  JOIN bids b ON b.rec = m.rec
  WHERE b.project_no IS NOT NULL
),
use_of_mark AS (
  -- 每个值被哪些企业、在多少标段用过
  SELECT mark_kind, mark, count(DISTINCT bidder_key) AS firms,
    count(DISTINCT concat(project_no, '|', lot_no)) AS lots,
    count(DISTINCT concat(project_no, '|', lot_no, '|', bidder_key)) AS uses
  FROM common_marks
  WHERE mark_kind IN ('上传地址', '文档作者')
  GROUP BY mark_kind, mark
),
public_marks AS (
  SELECT mark_kind, mark FROM use_of_mark
  WHERE firms >= $public_bidders AND lots >= $public_lots AND uses < 2 * firms
),
shared AS (
  SELECT m.project_no, m.lot_no, m.mark_kind, m.mark,
    least(count(DISTINCT m.bidder_key), count(DISTINCT m.bidder_name)) AS bidders
  FROM common_marks m
  LEFT JOIN public_marks p ON p.mark_kind = m.mark_kind AND p.mark = m.mark
  WHERE p.mark IS NULL AND trim(m.mark) <> '' AND NOT upper(m.mark) IN $empty_devices
    AND NOT (m.mark_kind = '文档作者' AND m.mark IN $default_authors)
  GROUP BY m.project_no, m.lot_no, m.mark_kind, m.mark
  HAVING count(DISTINCT m.bidder_key) >= 2 AND count(DISTINCT m.bidder_name) >= 2
)
SELECT
  m.rec AS rec_bid, m.project_no, m.lot_no, m.bidder_name, m.mark_kind, m.mark, s.bidders, b.bid_date, b.bid_amount,
  m.strength
FROM shared s
JOIN common_marks m ON m.project_no = s.project_no AND m.lot_no = s.lot_no AND m.mark_kind = s.mark_kind
  AND m.mark = s.mark
JOIN bids b ON b.rec = m.rec
