import ApexCharts from "../lib/apexcharts/apexcharts.esm.js";

const round = (value, digits) => value.toFixed(digits);
const gap = "–";
let opened = 0;

// Options come from the server as data, so formatters are named here and never sent as code.
const formatters = {
  percent: value => value == null ? gap : `${round(value * 100, 0).replace(/^-0$/, "0")} %`,
  number: value => value == null ? gap : round(value, 2),
  integer: value => value == null ? gap : round(value, 0),
  ratio: value => value == null ? gap : `${round(value, 1)} : 1`,
};

const token = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const isDark = () => document.documentElement.dataset.theme === "dark";

const toSeries = series => series.map(({ name, type, data }) => ({ name, type, data: data.map(({ x, y }) => ({ x, y: y ?? null })) }));

// A label beside a newer one is left out; its line stays, and the table below has its words.
const labelled = (marks, [from, to]) => {
  let last = Infinity;
  return [...marks].sort((one, other) => other.x - one.x).map(mark => {
    const fits = last - mark.x > (to - from) * 0.12;
    last = fits ? mark.x : last;
    return toMark(mark, fits, mark.x > to - (to - from) * 0.1 ? "end" : mark.x < from + (to - from) * 0.1 ? "start" : "middle");
  });
};

// Above the plot, where no value is.
const toMark = ({ x, text, color }, shown = true, textAnchor = "middle") => ({
  x,
  borderColor: token(color),
  strokeDashArray: 3,
  label: { text: shown ? text : "", orientation: "horizontal", textAnchor, offsetY: -7, borderColor: "transparent", style: { color: token("text"), background: "transparent", fontSize: "11px", cssClass: "chart-mark" } },
});

// Right of the plot: the newest points are at its right end.
const toLine = ({ y, text, color }) => ({
  y,
  borderColor: token(color),
  strokeDashArray: 5,
  label: { text, position: "right", textAnchor: "start", offsetX: 4, offsetY: 4, borderColor: "transparent", style: { color: token("muted"), background: "transparent", fontSize: "11px" } },
});

const lineRoom = lines => lines.length === 0 ? 12 : 10 + 6.2 * Math.max(...lines.map(({ text }) => text.length));

const reach = series => {
  const xs = series.flatMap(({ data }) => data.length === 0 ? [] : [data[0].x, data.at(-1).x]);
  return xs.length === 0 ? [0, 1] : [Math.min(...xs), Math.max(...xs)];
};

function look({ options, series, marks }) {
  const format = formatters[options.valueFormatter] ?? formatters.number;
  return {
    colors: series.map(({ color }) => token(color)),
    chart: { background: "transparent", foreColor: token("muted"), fontFamily: "inherit" },
    theme: { mode: isDark() ? "dark" : "light" },
    grid: { borderColor: token("line"), strokeDashArray: 0, padding: { left: 8, right: lineRoom(options.lines), top: marks.length > 0 ? 6 : -12, bottom: 0 } },
    stroke: { width: series.map(({ type }) => type === "bar" ? 0 : 2.25), dashArray: series.map(({ dash }) => dash), curve: "straight", lineCap: "round" },
    fill: { type: "solid", opacity: series.map(({ type }) => type === "area" ? 0.28 : 1) },
    markers: { size: series.map(({ data, type }) => type === "line" && data.length <= 60 ? 3 : 0), shape: series.map(({ marker }) => marker), strokeWidth: 0, hover: { sizeOffset: 2 } },
    annotations: { xaxis: labelled(marks, reach(series)), yaxis: options.lines.map(toLine) },
    yaxis: { min: options.yMin, max: options.yMax, tickAmount: 4, labels: { formatter: format, minWidth: 44, maxWidth: 64 } },
    tooltip: { theme: isDark() ? "dark" : "light", shared: true, intersect: false, x: { format: "dd MMM HH:mm" }, y: { formatter: format } },
    legend: { show: series.length > 1, position: "top", horizontalAlign: "left", offsetX: -8, fontSize: "13px", labels: { colors: token("text") }, markers: { size: 6, strokeWidth: 0, offsetX: -4, shape: series.map(({ marker }) => marker) }, itemMargin: { horizontal: 12 } },
  };
}

function build(description) {
  const { options, series, title } = description;
  const styled = look(description);
  return {
    ...styled,
    series: toSeries(series),
    chart: {
      ...styled.chart,
      type: series[0]?.type === "area" ? "area" : "line",
      id: `chart-${++opened}`,
      group: options.group,
      height: options.height,
      stacked: options.stacked,
      toolbar: { show: true, tools: { download: false, pan: false, selection: false, zoom: true, zoomin: false, zoomout: false, reset: true } },
      zoom: { enabled: true, type: "x", allowMouseWheelZoom: false },
      animations: { enabled: false },
      accessibility: { description: title },
    },
    dataLabels: { enabled: false },
    noData: { text: "No data in this range", style: { color: token("muted") } },
    xaxis: { type: options.isTime ? "datetime" : "numeric", labels: { datetimeUTC: false, hideOverlappingLabels: true, style: { fontSize: "11px" } }, axisBorder: { color: token("line") }, axisTicks: { color: token("line") }, tooltip: { enabled: false } },
  };
}

class Chart {
  constructor(canvas, description) {
    this.description = description;
    this.chart = new ApexCharts(canvas, build(description));
    this.themeWatch = new MutationObserver(() => this.restyle());
    this.themeWatch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    // Drawing is the dear part of a live page: what nobody sees is drawn when it comes into view.
    this.inView = true;
    this.sightWatch = new IntersectionObserver(entries => {
      this.inView = entries.at(-1).isIntersecting;
      if (this.inView && this.owed) this.draw();
    });
    this.sightWatch.observe(canvas);
    this.beforePrint = () => { if (this.owed) this.draw(); };
    addEventListener("beforeprint", this.beforePrint);
  }

  // The window that the person zoomed to, or nothing.
  get zoomed() {
    const { zoomed, minX, maxX } = this.chart.w.globals;
    return zoomed ? { min: minX, max: maxX } : {};
  }

  async update({ series, marks }) {
    Object.assign(this.description, { series, marks });
    this.owed = true;
    if (this.inView) await this.draw();
  }

  async draw() {
    this.owed = false;
    const { series } = this.description;
    const { annotations, markers } = look(this.description);
    // updateSeries would lose the zoom.
    await this.chart.updateOptions({ series: toSeries(series), xaxis: this.zoomed, annotations, markers }, false, false, false);
  }

  async append(points) {
    await this.chart.appendData(points.map(data => ({ data })));
  }

  zoom(from, to) {
    this.chart.zoomX(from, to);
  }

  annotate(mark) {
    this.description.marks = [...this.description.marks, mark];
    this.chart.addXaxisAnnotation(toMark(mark));
  }

  restyle() {
    this.chart.updateOptions(look(this.description), false, false, false);
  }

  close() {
    removeEventListener("beforeprint", this.beforePrint);
    this.themeWatch.disconnect();
    this.sightWatch.disconnect();
    this.chart.destroy();
  }
}

export async function open(canvas, description) {
  const chart = new Chart(canvas, description);
  await chart.chart.render();
  return chart;
}
