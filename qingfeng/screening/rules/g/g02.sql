/* ---
id: G02
version: 1.1.0
title: 公务车加油异常
content: 7
basis: 党政机关公务用车管理办法：定点加油、一车一卡、按车核算 [K]
parameters:
  fills_a_day: {type: integer, value: 2, title: 同日加油次数}
  minutes: {type: integer, value: 120, title: 两次加油的间隔（分钟）}
  tank_margin: {type: ratio, value: 1.0, title: 油箱容积的倍数, why: 标称容积之外的余量由各地确定，1.05即放宽5%}
  not_fuel: {type: list, value: [尿素, 玻璃水, 防冻, 冷却液, 机油, 润滑, 洗车, 轮胎, 便利店, 食品, 饮料, 日用], title: 不是加油的品名, why: 同卡消费的尿素、玻璃水等不进油箱}
inputs: [fuel]
optional: [official_cars]
needs: {fuel: [filled_at, litres]}
subject: {kind: car, column: plate, shown: plate}
records: {fill: fuel, car: official_cars}
sum: {column: amount, once_per: fill}
date: fill_day
score: {column: strength}
values:
  plate: {title: 车牌号}
  filled_at: {type: timestamp, title: 加油时间}
  litres: {type: decimal, title: 加油量（升）}
  amount: {type: money, title: 金额}
  tank_litres: {type: decimal, title: 油箱容积（升）}
  station: {title: 加油站}
  card_no: {title: 油卡号}
  reason: {title: 异常情形}
sentence: "公务车{plate}在{first}至{last}有{rows}笔加油记录异常（{reason}），合计{sum}元；油是否加进本车，请核实。"
false_positives: [一张油卡供几辆车使用（本身不合规）, 当日长途往返]
verify: [调取加油站录像（保存期短，应尽快）, 核对车牌和派车单, 核对里程与油耗]
reopen: {rows: 1, sum_percent: 0}
choices: |
  三种情形有其一即提示：同日加油两次以上；一次加油量超过油箱容积；两次加油间隔两小时以内、合计超过一箱（主要是跨零点的，同日的已在第一种）。
  同一时刻、同样升数的重复行算一次；加油量为零或负（冲正）的、品名不是油料的不计。油箱容积未知时只看次数。
--- */
WITH cars AS (
  SELECT plate_key, min(rec) AS rec_car, max(tank_litres) AS tank_litres
  FROM official_cars
  WHERE plate_key IS NOT NULL
  GROUP BY plate_key
),
fills AS (
  -- 重复导入的同一笔（同车、同时刻、同升数）只留一行
  SELECT min(rec) AS rec, plate, plate_key, filled_at, litres
  FROM fuel
  WHERE litres > 0 AND (product IS NULL OR NOT has_word(product, $not_fuel)) AND date_of(filled_at) <= $as_of
  GROUP BY plate, plate_key, filled_at, litres
),
in_order AS (
  SELECT f.rec, f.plate, f.filled_at, f.litres, c.rec_car, c.tank_litres,
    count(f.rec) OVER (PARTITION BY f.plate, date_of(f.filled_at)) AS that_day,
    lag(f.filled_at) OVER (PARTITION BY f.plate ORDER BY f.filled_at, f.rec) AS before_at,
    lag(f.litres) OVER (PARTITION BY f.plate ORDER BY f.filled_at, f.rec) AS before_litres,
    lead(f.filled_at) OVER (PARTITION BY f.plate ORDER BY f.filled_at, f.rec) AS after_at,
    lead(f.litres) OVER (PARTITION BY f.plate ORDER BY f.filled_at, f.rec) AS after_litres
  FROM fills f
  LEFT JOIN cars c ON c.plate_key = f.plate_key
),
judged AS (
  SELECT rec, rec_car, plate, tank_litres,
    CASE
      WHEN litres > tank_litres * $tank_margin THEN '一次加油超过油箱容积'
      WHEN that_day >= $fills_a_day THEN '同日多次加油'
      WHEN minutes_between(before_at, filled_at) <= $minutes AND before_litres + litres > tank_litres * $tank_margin
        THEN '两小时内加油超过一箱'
      WHEN minutes_between(filled_at, after_at) <= $minutes AND after_litres + litres > tank_litres * $tank_margin
        THEN '两小时内加油超过一箱'
    END AS reason
  FROM in_order
)
SELECT
  f.rec AS rec_fill, j.rec_car, f.plate, f.filled_at, date_of(f.filled_at) AS fill_day, f.litres, f.amount,
  j.tank_litres, f.station, f.card_no, j.reason,
  CASE WHEN j.reason = '同日多次加油' THEN 60 ELSE 85 END AS strength
FROM judged j
JOIN fuel f ON f.rec = j.rec
WHERE j.reason IS NOT NULL
