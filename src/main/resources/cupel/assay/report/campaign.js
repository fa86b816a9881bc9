// The plots of a campaign.
"use strict";

const course = DATA.course;
const generations = course.generation;
const wholeAxis = colour => axis(2, colour, { incrs: WHOLE, values: (u, splits) => splits.map(value => Number.isInteger(value) ? String(value) : "") });
const around = values => [Math.min(...values) - 0.5, Math.max(...values) + 0.5];
const gallery = new Gallery();
let chosen = DATA.sets[0];

function courseOf(id, unit, series) {
  plot(id, 220, colour => {
    const y = generations.length ? logRange(series.flatMap(one => one.values)) : null;
    return y && {
      x: around(generations), y, log: true, xAxis: wholeAxis(colour), column: true,
      draw: (u, ctx, ratio) => series.forEach(one => line(u, ctx, ratio, generations, one.values, colour[one.colour], one.dashed)),
      points: generations.map((generation, k) => ({
        x: generation, y: series.map(one => one.values[k]).find(value => value > 0) || y[0],
        text: [`generation ${generation}`, ...series.map(one => `${one.name} ${shown(one.values[k])} ${unit}`)].join("\n"),
      })),
    };
  });
}

const tested = course.test_energy_mae_mev.some(value => value !== null);
courseOf("plot-energy-course", "meV/atom", [
  ...tested ? [{ name: "test set", values: course.test_energy_mae_mev, colour: "a" }] : [],
  { name: "new labels", values: course.new_label_energy_mae_mev, colour: "b", dashed: true },
]);
courseOf("plot-force-course", "meV/\u00c5", [{ name: "test set", values: course.test_force_mae_mev, colour: "a" }]);

plot("plot-pool", 220, colour => {
  let sum = 0;
  const labels = course.labelled.map(value => sum += value);
  return generations.length && {
    x: around(generations), y: [0, 1.06 * Math.max(1, ...labels, ...course.pool_size)], xAxis: wholeAxis(colour), column: true,
    yAxis: axis(3, colour, { incrs: WHOLE }),
    draw: (u, ctx, ratio) => {
      line(u, ctx, ratio, generations, labels, colour.d);
      line(u, ctx, ratio, generations, course.pool_size, colour.a);
    },
    points: generations.map((generation, k) => ({
      x: generation, y: course.pool_size[k], text: `generation ${generation}\ntrained on ${course.pool_size[k]}\nlabels so far ${labels[k]}`,
    })),
  };
});

plot("plot-generations", 240, colour => {
  const parts = generations.map((generation, k) => [
    [course.added[k], "a", "added"], [course.labelled[k] - course.added[k], "c", "labelled, right"],
    [course.failed[k], "b", "failed"], [course.screened_out[k] + course.duplicates[k], "d", "refused"],
  ]);
  const tops = parts.map(part => part.reduce((sum, [count]) => sum + count, 0));
  return generations.length && {
    x: around(generations), y: [0, 1.06 * Math.max(1, ...tops)], xAxis: wholeAxis(colour), yAxis: axis(3, colour, { incrs: WHOLE }), column: true,
    draw: (u, ctx, ratio) => {
      const step = u.valToPos(1, "x", true) - u.valToPos(0, "x", true);
      const width = Math.max(1, Math.min(0.72 * step, 46 * ratio));
      parts.forEach((part, k) => {
        let below = 0;
        const left = u.valToPos(generations[k], "x", true) - width / 2;
        for (const [count, name] of part) {
          const [from, to] = [u.valToPos(below, "y", true), u.valToPos(below + count, "y", true)];
          ctx.fillStyle = colour[name];
          ctx.fillRect(left, to, width, Math.max(0, from - to - (count > 0 ? ratio : 0)));
          below += count;
        }
      });
    },
    points: generations.map((generation, k) => ({
      x: generation, y: tops[k], text: [`generation ${generation}`, ...parts[k].map(([count, , name]) => `${name} ${count}`)].join("\n"),
    })),
  };
});

function parity(id, name, unit, values) {
  return plot(id, width => Math.min(width, 420), colour => {
    const { reference, network, structure } = values();
    if (!reference.length) return null;
    const lowest = Math.min(...reference);
    const highest = Math.max(...reference);
    const room = 0.05 * (highest - lowest) || 0.5;
    const range = [lowest - room, highest + room];
    const inside = value => Math.max(range[0], Math.min(range[1], value));
    return {
      x: range, y: range, xAxis: axis(2, colour, { grid: { show: true, stroke: colour.grid, width: 1 } }),
      draw: (u, ctx, ratio) => {
        ctx.strokeStyle = colour.quiet;
        ctx.lineWidth = ratio;
        ctx.beginPath();
        ctx.moveTo(u.valToPos(range[0], "x", true), u.valToPos(range[0], "y", true));
        ctx.lineTo(u.valToPos(range[1], "x", true), u.valToPos(range[1], "y", true));
        ctx.stroke();
        ctx.globalAlpha = reference.length > 400 ? 0.4 : 0.65;
        reference.forEach((value, k) => {
          const out = network[k] < range[0] || network[k] > range[1];
          ctx.fillStyle = out ? colour.b : colour.a;
          dot(ctx, u.valToPos(value, "x", true), u.valToPos(inside(network[k]), "y", true), (out ? 3 : 2.4) * ratio);
        });
        ctx.globalAlpha = 1;
      },
      points: reference.map((value, k) => ({
        x: value, y: inside(network[k]),
        text: `reference ${shown(value, 4)} ${unit}\nnetwork ${shown(network[k], 4)} ${unit}`,
        choose: structure && structure[k] >= 0 ? () => {
          gallery.choose(structure[k]);
          byId("structures").scrollIntoView({ behavior: "smooth" });
        } : undefined,
      })),
    };
  });
}

function bySize(id, column, unit) {
  return plot(id, 220, colour => {
    const sizes = chosen.sizes.size;
    const values = chosen.sizes[column];
    const known = values.filter(value => value !== null);
    return known.length > 0 && {
      x: around(sizes), y: [0, 1.08 * Math.max(1e-6, ...known)], xAxis: wholeAxis(colour), column: true,
      draw: (u, ctx, ratio) => {
        const step = u.valToPos(1, "x", true) - u.valToPos(0, "x", true);
        const width = Math.max(ratio, Math.min(0.66 * step, 26 * ratio));
        ctx.fillStyle = colour.a;
        sizes.forEach((size, k) => {
          if (values[k] === null) return;
          const top = u.valToPos(values[k], "y", true);
          ctx.fillRect(u.valToPos(size, "x", true) - width / 2, top, width, u.valToPos(0, "y", true) - top);
        });
      },
      points: sizes.map((size, k) => ({
        x: size, y: values[k] || 0, text: `${size} atoms\n${chosen.sizes.structures[k]} structures\nMAE ${shown(values[k])} ${unit}`,
      })),
    };
  });
}

const ofSet = [
  parity("plot-energies", "energy", "eV/atom", () => chosen.energies),
  parity("plot-forces", "force", "eV/\u00c5", () => chosen.forces),
  bySize("plot-energy-sizes", "energy", "meV/atom"),
  bySize("plot-force-sizes", "force", "meV/\u00c5"),
];

function captions() {
  const say = (id, drawn, of, what) => {
    byId(id).textContent = (drawn < of ? `${drawn} of ${of} ${what}, the largest errors and an even choice of the rest` : `${of} ${what}`)
      + (drawn ? "; beyond the frame in orange" : "");
  };
  say("energy-points", chosen.energies.reference.length, chosen.energy.n, "structures");
  say("force-points", chosen.forces.reference.length, chosen.force.n, "components");
}

captions();
if (DATA.sets.length > 1) {
  const choice = document.querySelector(".choose-set");
  choice.hidden = false;
  choice.querySelectorAll("button").forEach(button => button.addEventListener("click", () => {
    chosen = DATA.sets.find(set => set.name === button.dataset.set);
    choice.querySelectorAll("button").forEach(other => other.setAttribute("aria-pressed", other === button));
    captions();
    ofSet.forEach(entry => entry.redraw());
  }));
}

plot("plot-levels", 320, colour => {
  const { size, energy, pool } = DATA.levels;
  return size.length > 0 && {
    x: around(size), y: [-0.02 * Math.max(...energy, 0.1), 1.04 * Math.max(...energy, 0.1)], xAxis: wholeAxis(colour),
    draw: (u, ctx, ratio) => {
      const step = u.valToPos(1, "x", true) - u.valToPos(0, "x", true);
      const half = Math.min(0.36 * step, 20 * ratio);
      ctx.lineWidth = 1.4 * ratio;
      ctx.globalAlpha = size.length > 200 ? 0.55 : 0.85;
      for (const member of [0, 1]) {
        ctx.strokeStyle = member ? colour.a : colour.d;
        ctx.beginPath();
        size.forEach((atoms, k) => {
          if (pool[k] !== member) return;
          const [x, y] = [u.valToPos(atoms, "x", true), u.valToPos(energy[k], "y", true)];
          ctx.moveTo(x - half, y);
          ctx.lineTo(x + half, y);
        });
        ctx.stroke();
      }
      ctx.globalAlpha = 1;
    },
    points: size.map((atoms, k) => ({
      x: atoms, y: energy[k], text: `${atoms} atoms\n${shown(energy[k])} eV/atom above the lowest\n${pool[k] ? "in the pool" : "not needed"}`,
    })),
  };
});

origin();
document.documentElement.dataset.ready = "true";
