/* ---
id: G01
version: 1.2.0
title: 公务车非公务时间、地点用车
content: 7
basis: 党政机关公务用车管理办法：严禁公车私用，节假日除特殊工作需要外封存停驶 [K]；上下班时间 [L]
parameters:
  day_start: {type: integer, value: 7, title: 工作用车起（点）}
  day_end: {type: integer, value: 19, title: 工作用车止（点）, why: 给早出晚归留出余地}
  leisure_places: {type: list, value: [景区, 风景, 旅游区, 度假, 温泉, 农家乐, 游乐, 动物园, 植物园, 古镇, 婚宴, 婚庆, 婚礼, 喜宴, 宴会厅, 酒楼, 歌厅, KTV, 洗浴, 足浴, 棋牌, 高尔夫, 钓鱼, 垂钓], title: 与公务无关的地点}
  school_places: {type: list, value: [学校, 小学, 中学, 幼儿园, 培训班, 辅导班], title: 接送孩子的地点}
  duty_words: {type: list, value: [应急, 抢险, 抢修, 救援, 救灾, 救护, 防汛, 防火, 消防, 值班, 值守, 突发, 维稳, 执勤, 出警, 急救, 转运, 疫情], title: 不需派车单也可出车的紧急事由}
  business_words: {type: list, value: [检查, 执法, 督查, 巡查, 验收, 监测], title: 有派车单时可以到这些地点的公务}
inputs: [trips, calendar]
optional: [official_cars, duty_rosters]
needs: {trips: [left_at]}
subject: {kind: car, column: plate, shown: plate}
records: {trip: trips, car: official_cars}
count: trip
date: trip_day
score: {column: strength}
values:
  plate: {title: 车牌号}
  unit: {title: 使用单位}
  order_no: {title: 派车单号}
  left_at: {type: timestamp, title: 出车时间}
  back_at: {type: timestamp, title: 回车时间}
  destination: {title: 目的地}
  parked_at: {title: 停放地点}
  purpose: {title: 事由}
  driver: {title: 驾驶员}
  reason: {title: 情形}
sentence: "公务车{plate}（{unit}）在{first}至{last}有{rows}次出车：{reason}（目的地：{destination}）；是否公务，请核实。"
false_positives: [应急、值班车辆, 抢险救援, 加班公务未补派车单]
verify: [核对派车单和审批, 询问驾驶员, 调取卡口或停车场记录]
reopen: {rows: 1, sum_percent: 0}
choices: |
  无派车单而在周末、节假日或工作时间以外（7点前、19点后）出车的提示；应急值班车、当日排了值班的车、事由写明应急抢险值班等的不算。
  目的地或停放地点像景区、婚宴等休闲场所的提示；有派车单且事由写明检查、执法等公务的，或事由是应急抢险的，不算。目的地或停放地点是学校的，只在没有派车单时提示。
  派车单与行车记录常是两张表：同一辆车的派车单（有单号的行，按起止日期）盖住出车当日的，算有派车单；没有行车记录、只有派车单的行不单独判断。整张表都没有派车单号的视为没有采集，不判断“无派车单”。只有日期没有时刻（零点整）的不判断钟点。日历没有的日期不判断休息日。
--- */
WITH orders_known AS (
  SELECT count(order_no) AS orders FROM trips
),
ordered_days AS (
  -- 派车单常是另一张表：有单号的行盖住的日子
  SELECT DISTINCT plate_key, date_of(left_at) AS from_day, date_of(coalesce(back_at, left_at)) AS to_day,
    source_file, coalesce(source_sheet, '') AS source_sheet, purpose
  FROM trips
  WHERE trim(coalesce(order_no, '')) <> '' AND plate_key IS NOT NULL
),
trip_lists AS (
  -- 整张表都没有单号的，是行车记录
  SELECT source_file, coalesce(source_sheet, '') AS source_sheet
  FROM trips
  GROUP BY source_file, coalesce(source_sheet, '')
  HAVING count(order_no) = 0
),
covered AS (
  SELECT t.rec, max(CASE WHEN has_word(o.purpose, $duty_words) THEN 1 ELSE 0 END) AS urgent,
    max(CASE WHEN has_word(o.purpose, $business_words) THEN 1 ELSE 0 END) AS on_business
  FROM trips t
  JOIN trip_lists l ON l.source_file = t.source_file AND l.source_sheet = coalesce(t.source_sheet, '')
  JOIN ordered_days o ON o.plate_key = t.plate_key AND date_of(t.left_at) BETWEEN o.from_day AND o.to_day
  GROUP BY t.rec
),
cars AS (
  SELECT plate_key, min(rec) AS rec, max(unit) AS unit, max(CASE WHEN on_call THEN 1 ELSE 0 END) AS on_call
  FROM official_cars
  WHERE plate_key IS NOT NULL
  GROUP BY plate_key
),
on_duty AS (
  SELECT DISTINCT plate_key, duty_date FROM duty_rosters WHERE plate_key IS NOT NULL
),
journeys AS (
  SELECT t.rec, t.plate, concat(coalesce(t.destination, ''), ' ', coalesce(t.parked_at, '')) AS destination, t.order_no, c.rec AS rec_car, c.unit,
    coalesce(c.on_call, 0) AS on_call,
    CASE WHEN o.orders > 0 AND trim(coalesce(t.order_no, '')) = '' AND v.rec IS NULL THEN 1 ELSE 0 END AS without_order,
    CASE WHEN has_word(t.purpose, $duty_words) OR v.urgent = 1 THEN 1 ELSE 0 END AS urgent,
    CASE WHEN (has_word(t.purpose, $business_words) AND trim(coalesce(t.order_no, '')) <> '') OR v.on_business = 1 THEN 1 ELSE 0 END AS on_business,
    CASE WHEN d.plate_key IS NOT NULL THEN 1 ELSE 0 END AS rostered,
    CASE WHEN k.is_workday THEN 0 WHEN k.day IS NULL THEN 0 ELSE 1 END AS day_off,
    CASE WHEN right(CAST(t.left_at AS VARCHAR), 8) = '00:00:00' THEN 0
         WHEN hour_of(t.left_at) < $day_start OR hour_of(t.left_at) >= $day_end THEN 1 ELSE 0 END AS after_hours
  FROM trips t
  CROSS JOIN orders_known o
  LEFT JOIN covered v ON v.rec = t.rec
  LEFT JOIN cars c ON c.plate_key = t.plate_key
  LEFT JOIN calendar k ON k.day = date_of(t.left_at)
  LEFT JOIN on_duty d ON d.plate_key = t.plate_key AND d.duty_date = date_of(t.left_at)
  WHERE date_of(t.left_at) <= $as_of
),
judged AS (
  SELECT rec, rec_car, unit,
    CASE
      WHEN has_word(destination, $leisure_places) AND on_business = 0 AND urgent = 0 THEN '到休闲场所'
      WHEN on_call = 1 OR rostered = 1 OR urgent = 1 OR without_order = 0 THEN NULL
      WHEN day_off = 1 THEN '休息日无派车单'
      WHEN after_hours = 1 THEN '工作时间外无派车单'
      WHEN has_word(destination, $school_places) THEN '无派车单到学校'
    END AS reason
  FROM journeys
)
SELECT
  t.rec AS rec_trip, j.rec_car, t.plate, j.unit, t.order_no, t.left_at, date_of(t.left_at) AS trip_day, t.back_at,
  t.destination, t.parked_at, t.purpose, t.driver, j.reason,
  CASE WHEN j.reason = '到休闲场所' THEN 75 WHEN j.reason = '无派车单到学校' THEN 55 ELSE 65 END AS strength
FROM judged j
JOIN trips t ON t.rec = j.rec
WHERE j.reason IS NOT NULL
