// What the plots of all reports have in common: colours, axes, what is said at the pointer, and when they are drawn anew.
"use strict";

const DATA = JSON.parse(document.getElementById("data").textContent);
const LIGHT = { ink: "#1d2126", quiet: "#666d76", grid: "#ecece8", a: "#0072b2", b: "#d55e00", c: "#009e73", d: "#b4b8be" };
const DARK = { ink: "#e7e7e3", quiet: "#9ca3ab", grid: "#292d32", a: "#56b4e9", b: "#f08a3c", c: "#3cc29a", d: "#5c636c" };
const darkness = matchMedia("(prefers-color-scheme: dark)");
const plots = [];
const redrawn = [];
let printing = false;

const byId = id => document.getElementById(id);

function colours() {
  return darkness.matches && !printing ? DARK : LIGHT;
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** A number as it is read: no more digits than the step between ticks asks for. */
function tick(value, step) {
  const decimals = Math.min(6, Math.max(0, -Math.floor(Math.log10(step || 1) + 1e-9)));
  return value.toFixed(decimals).replace("-", "\u2212");
}

function shown(value, digits = 3) {
  if (value === null || value === undefined) return "\u2013";
  const size = Math.abs(value);
  const decimals = size === 0 ? 0 : Math.min(6, Math.max(0, digits - 1 - Math.floor(Math.log10(size))));
  return value.toFixed(decimals).replace("-", "\u2212");
}

function axis(side, colour, more = {}) {
  return {
    side, stroke: colour.quiet, font: "12px system-ui, sans-serif", gap: 4,
    grid: { show: side === 3, stroke: colour.grid, width: 1 },
    ticks: { show: false }, border: { show: side === 2, stroke: colour.grid, width: 1 },
    size: side === 2 ? 26 : (u, values) => 12 + 7 * Math.max(2, ...(values || []).map(text => (text || "").length)),
    values: (u, splits, k, space, step) => splits.map(value => value === null ? "" : tick(value, step)),
    ...more,
  };
}

const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000];

/** Powers of ten and, where there is room, 2 and 5 of each. */
function logAxis(colour) {
  return axis(3, colour, {
    splits: (u, k, min, max) => {
      const all = [];
      for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
        for (const factor of Math.log10(max / min) > 2.2 ? [1] : [1, 2, 5]) {
          const value = factor * 10 ** power;
          if (value >= min * 0.999 && value <= max * 1.001) all.push(value);
        }
      }
      return all;
    },
    filter: (u, splits) => splits,
    values: (u, splits) => splits.map(value => String(+value.toPrecision(1))),
  });
}

/**
 * A plot that draws itself anew when colours or room change. `make` gets the colours and gives x and y (least and most), axes, draw
 * (on the canvas, in device pixels) and points to be told about at the pointer: { x, y, text, choose }.
 */
function plot(id, height, make) {
  const host = byId(id);
  if (!host) return;
  const entry = { host, drawn: null, width: 0 };
  entry.redraw = () => {
    const width = Math.floor(host.clientWidth);
    if (!width) return;
    entry.width = width;
    if (entry.drawn) entry.drawn.destroy();
    host.replaceChildren();
    const colour = colours();
    const made = make(colour);
    if (!made) {
      host.append(element("p", "Nothing to draw yet.", "note"));
      entry.drawn = null;
      return;
    }
    const tip = element("div", "", "tip");
    const near = u => {
      let found = null;
      let least = 26 ** 2;
      for (const point of made.points || []) {
        const dx = u.valToPos(point.x, "x") - u.cursor.left;
        const dy = (u.valToPos(point.y, "y") - u.cursor.top) * (made.column ? 0.05 : 1);
        const distance = dx * dx + dy * dy;
        if (distance < least) {
          least = distance;
          found = point;
        }
      }
      return found;
    };
    const say = u => {
      const found = u.cursor.left >= 0 ? near(u) : null;
      tip.classList.toggle("on", found !== null);
      u.over.style.cursor = found && found.choose ? "pointer" : "default";
      if (!found) return;
      tip.textContent = found.text;
      const x = u.over.offsetLeft + u.valToPos(found.x, "x");
      const y = u.over.offsetTop + u.valToPos(found.y, "y");
      tip.style.left = Math.max(0, Math.min(x + 12, host.clientWidth - tip.offsetWidth)) + "px";
      tip.style.top = Math.max(0, y - tip.offsetHeight - 10) + "px";
    };
    entry.drawn = new uPlot({
      width, height: typeof height === "function" ? height(width) : height, padding: [10, 16, 0, 0],
      legend: { show: false },
      cursor: { x: false, y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: { x: { time: false, range: () => made.x }, y: { range: () => made.y, distr: made.log ? 3 : 1 } },
      axes: [made.xAxis || axis(2, colour), made.yAxis || (made.log ? logAxis(colour) : axis(3, colour))],
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      hooks: {
        draw: [u => {
          u.ctx.save();
          u.ctx.beginPath();
          u.ctx.rect(u.bbox.left - 4, u.bbox.top - 4, u.bbox.width + 8, u.bbox.height + 8);
          u.ctx.clip();
          made.draw(u, u.ctx, devicePixelRatio || 1);
          u.ctx.restore();
        }],
        setCursor: [say],
        ready: [u => u.over.addEventListener("click", () => {
          const found = near(u);
          if (found && found.choose) found.choose();
        })],
      },
    }, [made.x, [null, null]], host);
    host.append(tip);
  };
  plots.push(entry);
  entry.redraw();
  new ResizeObserver(() => {
    if (!printing && Math.floor(host.clientWidth) !== entry.width) entry.redraw();
  }).observe(host);
  return entry;
}

/** Points joined by a line; null leaves a gap. */
function line(u, ctx, ratio, xs, ys, colour, dashed) {
  ctx.strokeStyle = ctx.fillStyle = colour;
  ctx.lineWidth = 2 * ratio;
  ctx.lineJoin = "round";
  ctx.setLineDash(dashed ? [5 * ratio, 4 * ratio] : []);
  ctx.beginPath();
  let pen = false;
  ys.forEach((y, k) => {
    if (y === null) {
      pen = false;
      return;
    }
    ctx[pen ? "lineTo" : "moveTo"](u.valToPos(xs[k], "x", true), u.valToPos(y, "y", true));
    pen = true;
  });
  ctx.stroke();
  ctx.setLineDash([]);
  const radius = (ys.length > 60 ? 1.5 : 3) * ratio;
  ys.forEach((y, k) => {
    if (y !== null) dot(ctx, u.valToPos(xs[k], "x", true), u.valToPos(y, "y", true), radius);
  });
}

function dot(ctx, x, y, radius) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fill();
}

/** Least and most of a logarithmic axis, with some room. */
function logRange(values) {
  const positive = values.filter(value => value > 0);
  if (!positive.length) return null;
  return [Math.min(...positive) / 1.35, Math.max(...positive) * 1.35];
}

function redrawAll() {
  plots.forEach(entry => entry.redraw());
  redrawn.forEach(what => what());
}

darkness.addEventListener("change", redrawAll);
addEventListener("beforeprint", () => {
  printing = true;
  document.documentElement.classList.add("printing");
  // What is folded away on the screen cannot be opened on paper; licences stay where they are.
  document.querySelectorAll("main details:not([open])").forEach(one => {
    one.open = true;
    one.dataset.opened = "for paper";
  });
  redrawAll();
});
addEventListener("afterprint", () => {
  printing = false;
  document.documentElement.classList.remove("printing");
  document.querySelectorAll("details[data-opened]").forEach(one => {
    one.open = false;
    delete one.dataset.opened;
  });
  redrawAll();
});
/** The command and the parameters, where they are known. */
function origin() {
  const run = JSON.parse(byId("run").textContent);
  if (run && run.command) {
    byId("command").hidden = false;
    byId("command").querySelector("pre").textContent = run.command;
  }
  if (run && run.parameters) {
    byId("parameters").hidden = false;
    byId("parameters").querySelector("pre").textContent = Object.entries(run.parameters)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `--${name} ${value}`)
      .join("\n");
  }
}
