// Draws a chart from the table behind it. Each mark opens what its cell opens: by click, or by arrows and Enter.
// Canvas, because our content policy allows no styles in markup; what a mark says stands in a line above the chart.
const INK = "#1d282c";
const QUIET = "#526067";
const LINE = "#d8dee0";
const ROW = 26;
const HEAD = 22;
const LEVEL_LINE = 15;
const LEVEL_LINES = 4;
const css = getComputedStyle(document.documentElement);
const font = getComputedStyle(document.body).fontFamily;
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const pen = document.createElement("canvas").getContext("2d");
pen.font = `12px ${font}`;

const colour = (tone) => css.getPropertyValue(`--state-${tone || "plain"}`).trim();
const width = (text) => pen.measureText(text).width;
const words = (element) => element.textContent.trim();

// Dark or light words on a bar, whichever stand out more (WCAG 2.1, relative luminance).
const luminance = (hex) => {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return red * 0.2126 + green * 0.7152 + blue * 0.0722;
};
const legible = (hex) => {
  const ground = luminance(hex) + 0.05;
  return ground / (luminance(INK) + 0.05) > 1.05 / ground ? INK : "#ffffff";
};

const read = (table) => {
  const heads = [...table.tHead.querySelectorAll("[data-series]")];
  const rows = [...table.tBodies[0].rows].slice(0, Number(table.dataset.most) || undefined);
  return {
    series: heads.map((head) => ({ name: words(head), tone: head.dataset.tone })),
    lines: rows.map((row) => ({
      name: words(row.cells[0]),
      cells: [...row.querySelectorAll("td[data-series]")].map((cell) => ({
        value: cell.dataset.value === undefined ? null : Number(cell.dataset.value),
        said: words(cell),
        tone: cell.dataset.tone || row.dataset.tone,
        href: cell.querySelector("a")?.href,
      })),
    })),
  };
};

const text = { color: INK, fontFamily: font, fontSize: 12 };
const names = (lines, space) => ({
  type: "category",
  inverse: true,
  data: lines,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: LINE } },
  axisLabel: { ...text, width: space, overflow: "truncate", interval: 0 },
});
const numbers = (more) => ({
  type: "value",
  min: 0,
  minInterval: 1,
  splitLine: { lineStyle: { color: LINE } },
  axisLabel: { ...text, color: QUIET },
  ...more,
});
const left = (labels, whole) => Math.min(Math.max(...labels.map(width)) + 14, whole * 0.42);

const bars = ({ series, lines }, whole) => {
  const sums = lines.map((line) => line.cells.reduce((sum, cell) => sum + cell.value, 0));
  const labels = lines.map((line, at) => (series.length > 1 ? `${line.name}  ${sums[at]}` : line.name));
  const most = Math.max(...sums, 1);
  const space = left(labels, whole);
  const place = whole - space - 40;
  return {
    height: lines.length * ROW + HEAD + 16,
    grid: { left: space, right: 40, top: 4, bottom: HEAD },
    yAxis: names(labels, space - 12),
    xAxis: numbers({}),
    series: series.map((one, at) => ({
      type: "bar",
      name: one.name,
      stack: "all",
      barMaxWidth: 18,
      itemStyle: { color: colour(one.tone) },
      emphasis: { itemStyle: { borderColor: INK, borderWidth: 2 } },
      data: lines.map((line) => ({
        value: line.cells[at].value,
        itemStyle: line.cells[at].tone ? { color: colour(line.cells[at].tone) } : undefined,
        label:
          series.length === 1
            ? { show: true, position: "right", ...text }
            : {
                show: (line.cells[at].value / most) * place > width(String(line.cells[at].value)) + 6,
                position: "inside",
                ...text,
                color: legible(colour(one.tone)),
              },
      })),
    })),
  };
};

// Two names at the ends of two lines that end close together move apart.
const apart = ({ series, lines: weeks }) => {
  const last = series.map((_, at) => weeks[weeks.length - 1]?.cells[at].value ?? 0);
  const most = Math.max(...weeks.flatMap((week) => week.cells.map((cell) => cell.value)), 1);
  const near = last.length === 2 && (Math.abs(last[0] - last[1]) / most) * 236 < 16;
  return last.map((value, at) => (near ? (value > last[1 - at] || (value === last[1 - at] && at === 0) ? -11 : 3) : 0));
};

const lines = (data, _whole, shifts = apart(data)) => ({
  height: 280,
  grid: { left: 44, right: Math.max(...data.series.map((one) => width(one.name))) + 20, top: 16, bottom: 28 },
  xAxis: {
    type: "category",
    data: data.lines.map((line) => line.name.slice(5)),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: LINE } },
    axisLabel: { ...text, color: QUIET, hideOverlap: true },
  },
  yAxis: numbers({}),
  series: data.series.map((one, at) => ({
    type: "line",
    name: one.name,
    symbol: at ? "rect" : "circle",
    symbolSize: 8,
    lineStyle: { width: 2, color: colour(one.tone) },
    itemStyle: { color: colour(one.tone) },
    endLabel: { show: true, ...text, formatter: "{a}", offset: [0, shifts[at]] },
    emphasis: { scale: 1.6 },
    data: data.lines.map((line) => line.cells[at].value),
  })),
});

// The word of a cell where it fits, else only how many are late.
const shortened = (mark, space) =>
  space > width(mark.said) + 4 ? mark.said : mark.value ? String(mark.value) : "";

// A name in lines of this width; no line begins with a comma, words of letters stay whole.
const inLines = (name, room) => {
  const found = [""];
  for (const piece of name.match(/(?:[A-Za-z0-9'’/-]+ ?|.)[，、。；：）,.;:)]*/gu) ?? []) {
    const longer = found[found.length - 1] + piece;
    if (width(longer.trim()) <= room || !found[found.length - 1]) {
      found[found.length - 1] = longer;
    } else if (found.length < LEVEL_LINES) {
      found.push(piece.trimStart());
    } else {
      found[found.length - 1] = `${found[found.length - 1].trim().slice(0, -1)}…`;
      break;
    }
  }
  return found.join("\n");
};

// Cells are bars of length one, stacked: units lie below each other, tasks beside each other.
const heat = ({ series, lines: units }, whole) => {
  const labels = units.map((line) => line.name);
  const space = Math.min(left(labels, whole), whole * 0.34);
  const cell = (whole - space - 30) / series.length;
  const level = cell >= 64;
  const heads = series.map((one) => (level ? inLines(one.name, cell - 6) : one.name));
  const top = level ? LEVEL_LINES * LEVEL_LINE + 8 : 92;
  return {
    height: units.length * 22 + top + 18,
    grid: { left: space, right: 26, top, bottom: 6 },
    yAxis: names(labels, space - 12),
    xAxis: [
      { type: "value", min: 0, max: series.length, show: false },
      {
        type: "category",
        position: "top",
        data: heads,
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: {
          ...text,
          rotate: level ? 0 : cell < 40 ? 90 : 40,
          width: level ? undefined : 88,
          lineHeight: LEVEL_LINE,
          overflow: level ? "none" : "truncate",
          interval: cell < 13 ? "auto" : 0,
        },
      },
    ],
    series: [
      ...series.map((one, at) => ({
        type: "bar",
        name: one.name,
        stack: "all",
        barCategoryGap: "0%",
        emphasis: { itemStyle: { borderColor: INK, borderWidth: 2 } },
        data: units.map((line) => {
          const mark = line.cells[at];
          const fill = mark.value === null ? "transparent" : colour(mark.tone);
          return {
            value: 1,
            itemStyle: { color: fill, borderColor: "#fff", borderWidth: 1 },
            label: {
              show: mark.value !== null && cell > width(shortened(mark, cell)) + 2,
              position: "inside",
              formatter: shortened(mark, cell),
              ...text,
              color: mark.value === null ? INK : legible(fill),
            },
          };
        }),
      })),
      { type: "bar", xAxisIndex: 1, data: [] },
    ],
  };
};

const KINDS = { bars, lines, heat };

const draw = (frame) => {
  const table = document.getElementById(frame.dataset.of);
  const box = frame.querySelector(".chart");
  const readout = frame.querySelector(".chart-readout");
  if (!table || !window.echarts) {
    return;
  }
  frame.hidden = false;
  const data = read(table);
  const fit = () => KINDS[frame.dataset.chart](data, box.clientWidth);
  const first = fit();
  box.style.height = `${first.height}px`;
  const chart = window.echarts.init(box, null, { renderer: "canvas", devicePixelRatio: 2 });
  const show = () => {
    const { height, ...option } = fit();
    box.style.height = `${height}px`;
    chart.resize({ silent: true });
    chart.setOption({ animation: !calm, animationDuration: 250, textStyle: text, ...option }, true);
  };
  show();

  let at = null;
  const cellAt = (mark) => data.lines[mark.line]?.cells[mark.series];
  const say = (mark) => {
    const cell = mark && cellAt(mark);
    readout.classList.toggle("is-reading", Boolean(cell));
    readout.textContent = cell
      ? `${data.lines[mark.line].name} · ${data.series[mark.series].name}: ${cell.said}`
      : readout.dataset.hint;
  };
  const open = (mark) => {
    const href = cellAt(mark)?.href;
    if (href) {
      window.location.assign(href);
    }
  };
  const of = (event) => ({ line: event.dataIndex, series: event.seriesIndex });
  const mark = (kind, where) =>
    where && chart.dispatchAction({ type: kind, seriesIndex: where.series, dataIndex: where.line });
  const move = (where) => {
    mark("downplay", at);
    at = where;
    mark("highlight", at);
    say(at);
  };
  say(null);
  chart.on("click", (event) => open(of(event)));
  chart.on("mouseover", (event) => say(of(event)));
  chart.on("mouseout", () => say(at));

  // Over the marks that are there, in the order of the table; weeks run sideways.
  const marks = data.lines.flatMap((line, number) =>
    line.cells.map((cell, series) => ({ line: number, series, there: cell.value || cell.said })),
  );
  const there = marks.filter((one) => one.there);
  const step = (by) => {
    const now = there.findIndex((one) => at && one.line === at.line && one.series === at.series);
    move(there[Math.min(Math.max(now + by, 0), there.length - 1)]);
  };
  const steps = { ArrowRight: 1, ArrowDown: data.series.length, ArrowLeft: -1, ArrowUp: -data.series.length };
  box.addEventListener("keydown", (event) => {
    if (event.key in steps && there.length) {
      event.preventDefault();
      step(at ? steps[event.key] : 1);
    } else if (event.key === "Enter" && at) {
      open(at);
    } else if (event.key === "Escape") {
      move(null);
    }
  });
  box.addEventListener("blur", () => move(null));

  let last = box.clientWidth;
  new ResizeObserver(() => {
    if (box.clientWidth && box.clientWidth !== last) {
      last = box.clientWidth;
      show();
    }
  }).observe(box);
  window.addEventListener("beforeprint", () => {
    chart.resize({ width: 680, silent: true });
    chart.getZr().flush();
  });
  window.addEventListener("afterprint", show);
};

for (const frame of document.querySelectorAll("[data-chart]")) {
  draw(frame);
}
