// The plots of campaigns side by side.
"use strict";

function together(id, height, x, y, unit, log) {
  plot(id, height, colour => {
    const all = DATA.campaigns.flatMap(one => one[y].map((value, k) => ({ x: one[x][k], y: value, name: one.name, generation: one.generation[k], pool: one.pool[k] })))
      .filter(point => point.y !== null);
    if (!all.length) return null;
    const right = Math.max(...all.map(point => point.x));
    const room = Math.max(0.5, 0.03 * right);
    const range = log ? logRange(all.map(point => point.y)) : [0, 1.06 * Math.max(1, ...all.map(point => point.y))];
    if (!range) return null;
    return {
      x: [Math.min(...all.map(point => point.x)) - room, right + room], y: range, log,
      xAxis: axis(2, colour, { incrs: WHOLE, values: (u, splits) => splits.map(value => Number.isInteger(value) && value >= 0 ? String(value) : "") }),
      draw: (u, ctx, ratio) => {
        ctx.globalAlpha = DATA.campaigns.length > 3 ? 0.55 : 0.9;
        DATA.campaigns.forEach((one, k) => line(u, ctx, ratio, one[x], one[y], DATA.campaigns.length > 3 ? colour.a : colour["abc"[k]]));
        ctx.globalAlpha = 1;
      },
      points: all.map(point => ({ x: point.x, y: point.y, text: `${point.name}, generation ${point.generation}\npool ${point.pool}\n${shown(point.y)} ${unit}` })),
    };
  });
}

together("plot-energy", 260, "labels", "energy", "meV/atom", true);
together("plot-force", 260, "labels", "force", "meV/\u00c5", true);
together("plot-pool", 260, "generation", "pool", "structures", false);
origin();
document.documentElement.dataset.ready = "true";
