/* ---
id: G03
version: 1.1.0
title: 节假日连续加油、加油无出车
content: 7
basis: 党政机关公务用车管理办法：节假日封存停驶，用车登记与油耗核算 [K]
parameters:
  holiday_days: {type: integer, value: 2, title: 同一假期加油天数}
  trip_hours: {type: integer, value: 48, title: 加油前后多少小时内应有出车}
  not_fuel: {type: list, value: [尿素, 玻璃水, 防冻, 冷却液, 机油, 润滑, 洗车, 轮胎, 便利店, 食品, 饮料, 日用], title: 不是加油的品名, why: 同卡消费的尿素、玻璃水等不进油箱}
inputs: [fuel, calendar]
optional: [trips]
needs: {fuel: [filled_at, litres, plate_key]}
subject: {kind: car, column: plate, shown: plate}
records: {fill: fuel}
sum: {column: amount, once_per: fill}
date: fill_day
score: {column: strength}
values:
  plate: {title: 车牌号}
  filled_at: {type: timestamp, title: 加油时间}
  litres: {type: decimal, title: 加油量（升）}
  amount: {type: money, title: 金额}
  station: {title: 加油站}
  festival: {title: 假期}
  reason: {title: 情形}
sentence: "公务车{plate}在{first}至{last}有{rows}笔加油：{reason}，合计{sum}元；油是否用于公务，请核实。"
false_positives: [节假日长途公务、值班用车]
verify: [核对派车单和里程, 调取加油站录像, 查油卡保管]
reopen: {rows: 1, sum_percent: 0}
choices: |
  同一假期（日历上写明节日的休息日）有两天以上加油的提示；加油在一次隔夜出车途中的不算，是长途任务；当天往返的出车不能说明连日加油，仍提示。
  加油前后48小时内没有任何出车的提示，只看出车登记里有的车、且在全部登记的起止日期之内（之外视为登记没有提供）。
  加油量为零或负的、品名不是油料的不计；同车同时刻同升数算一笔。普通周末不算假期。
--- */
WITH fills AS (
  SELECT min(rec) AS rec, plate, plate_key, filled_at, date_of(filled_at) AS fill_day, litres
  FROM fuel
  WHERE litres > 0 AND (product IS NULL OR NOT has_word(product, $not_fuel)) AND plate_key IS NOT NULL AND date_of(filled_at) <= $as_of
  GROUP BY plate, plate_key, filled_at, litres
),
span AS (
  SELECT date_of(min(left_at)) AS first_trip, date_of(max(left_at)) AS last_trip FROM trips
),
cars_with_trips AS (
  SELECT DISTINCT plate_key FROM trips WHERE plate_key IS NOT NULL
),
journeys AS (
  -- 出车时段；没有回车时间的多算一天
  SELECT plate_key, left_at, coalesce(back_at, left_at) AS back_at, CASE WHEN back_at IS NULL THEN 1440 ELSE 0 END AS more_minutes
  FROM trips
  WHERE plate_key IS NOT NULL
),
trip_near AS (
  SELECT f.rec,
    -- 长途任务：加油在一次隔夜的出车途中
    max(CASE WHEN f.filled_at BETWEEN j.left_at AND j.back_at AND date_of(j.back_at) > date_of(j.left_at) THEN 1 ELSE 0 END)
      AS on_mission
  FROM fills f
  JOIN journeys j ON j.plate_key = f.plate_key
    AND minutes_between(j.left_at, f.filled_at) >= 0 - $trip_hours * 60
    AND minutes_between(j.back_at, f.filled_at) <= $trip_hours * 60 + j.more_minutes
  GROUP BY f.rec
),
holiday_fills AS (
  SELECT f.rec, f.plate_key, f.fill_day, c.festival,
    -- 元旦假期跨年，往后移半个月再取年份
    year_of(add_days(f.fill_day, 15)) AS festival_year
  FROM fills f
  JOIN calendar c ON c.day = f.fill_day AND c.festival IS NOT NULL AND NOT c.is_workday
  LEFT JOIN trip_near t ON t.rec = f.rec AND t.on_mission = 1
  WHERE t.rec IS NULL
),
in_a_row AS (
  SELECT plate_key, festival, festival_year
  FROM holiday_fills
  GROUP BY plate_key, festival, festival_year
  HAVING count(DISTINCT fill_day) >= $holiday_days
),
without_trip AS (
  SELECT f.rec
  FROM fills f
  JOIN cars_with_trips k ON k.plate_key = f.plate_key
  CROSS JOIN span s
  LEFT JOIN trip_near t ON t.rec = f.rec
  WHERE t.rec IS NULL AND f.fill_day BETWEEN s.first_trip AND s.last_trip
),
found AS (
  SELECT h.rec, h.festival, '节假日连续加油' AS reason, 65 AS strength
  FROM in_a_row r
  JOIN holiday_fills h ON h.plate_key = r.plate_key AND h.festival = r.festival AND h.festival_year = r.festival_year
  UNION ALL
  SELECT rec, CAST(NULL AS VARCHAR), '前后两日没有出车', 70 FROM without_trip
)
SELECT
  f.rec AS rec_fill, f.plate, f.filled_at, date_of(f.filled_at) AS fill_day, f.litres, f.amount, f.station, x.festival,
  x.reason, x.strength
FROM found x
JOIN fuel f ON f.rec = x.rec
