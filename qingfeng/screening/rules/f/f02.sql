/* ---
id: F02
version: 1.0.0
title: 报告照抄照搬
content: 6
basis: 工作报告应当反映本单位当期实际，照抄照搬、以文件落实文件属于形式主义（整治形式主义官僚主义要求） [L]
parameters:
  similarity: {type: ratio, value: 0.90, title: 文字相似度下限, why: MODELS 写的是零点九；去掉数字、标点和本单位名称以后逐字比}
  min_chars: {type: integer, value: 60, title: 报告至少几个字才比, why: 几句话的报告多是固定用语}
  zero_words: {type: list, value: [零报告, 无新增, 未发现问题, 没有发现, 未发生, 无此类, 无问题, 无变化], title: 当期没有事项的写法}
  zero_chars: {type: integer, value: 150, title: 写明没有事项的报告，几个字以下不比, why: 当期确实没有事项的，写法相同是正常的}
inputs: [unit_reports]
needs: {unit_reports: [content, unit]}
subject: {kind: unit, column: unit, shown: unit}
records: {report: unit_reports, other: unit_reports}
count: report
date: on_day
score: {column: strength}
finisher: near_copies
values:
  unit: {title: 单位}
  month: {type: month, title: 报告月份}
  kind: {title: 报告类别}
  on_day: {type: date, title: 报告日期}
  excerpt: {title: 报告内容（开头三百字）}
  similarity: {title: 相似度, added: true}
  other_unit: {title: 相似报告的单位, added: true}
  other_month: {type: month, title: 相似报告的月份, added: true}
  other_excerpt: {title: 相似报告的内容（开头三百字）, added: true}
  figures: {title: 发现问题、整改、主要数据}
  content: {title: 全文, hidden: true}
sentence: "{unit}有{rows}份报告（{first}至{last}）与{other_unit}的另一份报告文字相似{similarity}，单位或月份不同，内容是否属实，请向单位了解。"
false_positives: [规定的固定用语, 当期没有事项]
verify: [两份报告并排看, 请单位提供当期工作的原始记录, 抽查一两项具体工作]
reopen: {rows: 1, sum_percent: 0}
choices: |
  比较两个单位、或同一单位两个月份的报告：去掉数字、标点、空格和本单位名称，逐字比较（两份文字都改动的字数占两份总字数的一成以内即相似）。每份报告只列最相似的一份。
  两份写的发现问题数、整改数、主要数据都相同的，事实没有不同，不列；没有写这些数的照比。
  写明当期没有事项、篇幅短的，或发现问题数为零的，不比。
--- */
SELECT r.rec AS rec_report, CAST(NULL AS BIGINT) AS rec_other, r.unit, r.month, r.kind, coalesce(r.report_date, r.month) AS on_day,
  left(r.content, 300) AS excerpt,
  CASE WHEN coalesce(r.problems, r.done) IS NULL AND r.facts IS NULL THEN ''
    ELSE concat(coalesce(CAST(r.problems AS VARCHAR), ''), '｜', coalesce(CAST(r.done AS VARCHAR), ''), '｜', coalesce(r.facts, '')) END AS figures,
  r.content, 55 AS strength
FROM unit_reports r
WHERE r.unit IS NOT NULL AND length(r.content) >= $min_chars
  AND coalesce(r.problems, 1) <> 0
  AND NOT (has_word(r.content, $zero_words) AND length(r.content) < $zero_chars)
