// Structures in space, turning: atoms as balls of their covalent radii, bonds where two are near.
"use strict";

// Colours of elements as Jmol has them; others are grey.
const ELEMENT = {
  H: "#ffffff", He: "#d9ffff", Li: "#cc80ff", Be: "#c2ff00", B: "#ffb5b5", C: "#909090", N: "#3050f8", O: "#ff0d0d", F: "#90e050",
  Ne: "#b3e3f5", Na: "#ab5cf2", Mg: "#8aff00", Al: "#bfa6a6", Si: "#f0c8a0", P: "#ff8000", S: "#ffff30", Cl: "#1ff01f", Ar: "#80d1e3",
  K: "#8f40d4", Ca: "#3dff00", Sc: "#e6e6e6", Ti: "#bfc2c7", V: "#a6a6ab", Cr: "#8a99c7", Mn: "#9c7ac7", Fe: "#e06633", Co: "#f090a0",
  Ni: "#50d050", Cu: "#c88033", Zn: "#7d80b0", Ga: "#c28f8f", Ge: "#668f8f", As: "#bd80e3", Se: "#ffa100", Br: "#a62929", Zr: "#94e0e0",
  Nb: "#73c2c9", Mo: "#54b5b5", Ru: "#248f8f", Rh: "#0a7d8c", Pd: "#006985", Ag: "#c0c0c0", Cd: "#ffd98f", In: "#a67573", Sn: "#668080",
  I: "#940094", Hf: "#4dc2ff", Ta: "#4da6ff", W: "#2194d6", Re: "#267dab", Os: "#266696", Ir: "#175487", Pt: "#d0d0e0", Au: "#ffd123",
  Hg: "#b8b8d0", Pb: "#575961", Bi: "#9e4fb5",
};
const BOND = 1.25;

class Viewer {
  /** Throws where there is no WebGL. */
  constructor(host) {
    this.host = host;
    this.canvas = document.createElement("canvas");
    const context = this.canvas.getContext("webgl2", { alpha: true, antialias: true, preserveDrawingBuffer: true });
    if (!context) throw new Error("no WebGL");
    this.renderer = new THREE.WebGLRenderer({ canvas: this.canvas, context, alpha: true, preserveDrawingBuffer: true });
    this.scene = new THREE.Scene();
    this.camera = new THREE.PerspectiveCamera(28, 1, 0.1, 2000);
    this.scene.add(new THREE.HemisphereLight(0xffffff, 0x7a7a84, 1.9));
    const lamp = new THREE.DirectionalLight(0xffffff, 2.4);
    lamp.position.set(-3, 5, 8);
    this.scene.add(lamp);
    this.ball = new THREE.SphereGeometry(1, 40, 28);
    this.stick = new THREE.CylinderGeometry(1, 1, 1, 16, 1, true);
    this.material = new THREE.MeshStandardMaterial({ roughness: 0.42, metalness: 0.12 });
    this.group = new THREE.Group();
    this.scene.add(this.group);
    this.turning = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.visible = true;
    this.radius = 1;
    host.append(this.canvas);
    this.listen();
    new ResizeObserver(() => this.resize()).observe(host);
    new IntersectionObserver(entries => {
      this.visible = entries[entries.length - 1].isIntersecting;
      this.animate();
    }).observe(host);
    this.resize();
  }

  listen() {
    let last = null;
    this.host.addEventListener("pointerdown", event => {
      last = [event.clientX, event.clientY];
      this.held = true;
    });
    addEventListener("pointermove", event => {
      if (!last) return;
      const [x, y] = [event.clientX - last[0], event.clientY - last[1]];
      last = [event.clientX, event.clientY];
      this.rotate(0.008 * y, 0.008 * x);
      this.render();
    });
    for (const name of ["pointerup", "pointercancel"]) {
      addEventListener(name, () => {
        last = null;
        this.held = false;
      });
    }
  }

  rotate(x, y) {
    const turn = new THREE.Quaternion().setFromEuler(new THREE.Euler(x, y, 0));
    this.group.quaternion.premultiply(turn);
  }

  resize() {
    const [width, height] = [this.host.clientWidth, this.host.clientHeight];
    if (!width || !height) return;
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio || 1));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.fit();
    this.render();
  }

  /** So far away that the structure fits, whichever way it turns. */
  fit() {
    const half = Math.PI * this.camera.fov / 360;
    const least = Math.min(half, Math.atan(Math.tan(half) * this.camera.aspect));
    this.camera.position.set(0, 0, 1.06 * this.radius / Math.sin(least));
    this.camera.near = Math.max(0.1, this.camera.position.z - 2 * this.radius);
    this.camera.far = this.camera.position.z + 2 * this.radius;
    this.camera.updateProjectionMatrix();
  }

  show(structure) {
    for (const old of [...this.group.children]) {
      this.group.remove(old);
      if (old.dispose) old.dispose();
    }
    const atoms = [];
    for (let k = 0; k < structure.size; k++) {
      const symbol = structure.species[structure.species.length === 1 ? 0 : k];
      atoms.push({
        at: new THREE.Vector3(...structure.positions.slice(3 * k, 3 * k + 3)),
        radius: DATA.elements[symbol],
        colour: new THREE.Color(ELEMENT[symbol] || "#a0a0a0"),
      });
    }
    const balls = new THREE.InstancedMesh(this.ball, this.material, atoms.length);
    atoms.forEach((atom, k) => {
      const size = 0.5 * atom.radius;
      balls.setMatrixAt(k, new THREE.Matrix4().compose(atom.at, new THREE.Quaternion(), new THREE.Vector3(size, size, size)));
      balls.setColorAt(k, atom.colour);
    });
    this.group.add(balls);
    const halves = [];
    for (let i = 0; i < atoms.length; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b] = [atoms[i], atoms[j]];
        const distance = a.at.distanceTo(b.at);
        if (distance > BOND * (a.radius + b.radius) || distance < 1e-6) continue;
        const middle = a.at.clone().add(b.at).multiplyScalar(0.5);
        halves.push([a.at, middle, a.colour], [b.at, middle, b.colour]);
      }
    }
    const sticks = new THREE.InstancedMesh(this.stick, this.material, halves.length);
    const up = new THREE.Vector3(0, 1, 0);
    halves.forEach(([from, to, colour], k) => {
      const along = to.clone().sub(from);
      const length = along.length();
      const turn = new THREE.Quaternion().setFromUnitVectors(up, along.normalize());
      const centre = from.clone().add(to).multiplyScalar(0.5);
      sticks.setMatrixAt(k, new THREE.Matrix4().compose(centre, turn, new THREE.Vector3(0.13, length, 0.13)));
      sticks.setColorAt(k, colour);
    });
    this.group.add(sticks);
    this.radius = Math.max(2, ...atoms.map(atom => atom.at.length() + atom.radius));
    if (structure.cell) this.frame(structure);
    this.fit();
    this.render();
  }

  frame(structure) {
    const origin = new THREE.Vector3(...structure.origin);
    const edges = [0, 3, 6].map(k => new THREE.Vector3(...structure.cell.slice(k, k + 3)));
    const corner = (i, j, k) => origin.clone().addScaledVector(edges[0], i).addScaledVector(edges[1], j).addScaledVector(edges[2], k);
    const points = [];
    for (const [i, j] of [[0, 0], [0, 1], [1, 0], [1, 1]]) {
      points.push(corner(0, i, j), corner(1, i, j), corner(i, 0, j), corner(i, 1, j), corner(i, j, 0), corner(i, j, 1));
    }
    const lines = new THREE.LineSegments(
      new THREE.BufferGeometry().setFromPoints(points),
      new THREE.LineBasicMaterial({ color: colours().quiet }));
    this.group.add(lines);
    this.radius = Math.max(this.radius, ...points.map(point => point.length()));
  }

  turn(on) {
    this.turning = on;
    this.animate();
  }

  animate() {
    if (this.running || !this.turning || !this.visible) return;
    this.running = true;
    let before = null;
    const step = now => {
      if (!this.turning || !this.visible) {
        this.running = false;
        return;
      }
      if (before !== null && !this.held) this.rotate(0, 0.00035 * Math.min(100, now - before));
      before = now;
      this.render();
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  render() {
    this.renderer.render(this.scene, this.camera);
  }
}

/** The list of structures, and the one that is shown. */
class Gallery {
  constructor() {
    this.sets = [...new Set(DATA.structures.map(structure => structure.set))];
    this.place = 0;
    const stage = byId("stage");
    try {
      this.viewer = new Viewer(stage);
      redrawn.push(() => this.viewer.resize());
    } catch (missing) {
      stage.append(element("p", "This browser offers no WebGL, which structures in space need. Their numbers are beside.", "missing"));
      byId("turn").hidden = true;
    }
    this.sets.forEach(set => {
      const button = element("button", set === "test" ? "Test set, worst" : "Pool", "plain");
      button.type = "button";
      button.dataset.set = set;
      button.addEventListener("click", () => this.choose(DATA.structures.findIndex(structure => structure.set === set)));
      byId("choose").append(button);
    });
    byId("slider").addEventListener("input", event => this.choose(this.members[+event.target.value]));
    byId("previous").addEventListener("click", () => this.step(-1));
    byId("next").addEventListener("click", () => this.step(1));
    const turn = byId("turn");
    turn.setAttribute("aria-pressed", this.viewer ? this.viewer.turning : false);
    turn.addEventListener("click", () => {
      this.viewer.turn(!this.viewer.turning);
      turn.setAttribute("aria-pressed", this.viewer.turning);
    });
    if (DATA.structures.length) this.choose(0);
  }

  step(by) {
    const next = this.members.indexOf(this.place) + by;
    if (next >= 0 && next < this.members.length) this.choose(this.members[next]);
  }

  choose(place) {
    const structure = DATA.structures[place];
    this.place = place;
    if (this.set !== structure.set) this.fill(structure.set);
    const at = this.members.indexOf(place);
    byId("slider").value = at;
    const list = byId("list");
    list.querySelectorAll("[aria-current]").forEach(button => button.removeAttribute("aria-current"));
    const button = list.children[at].firstElementChild;
    button.setAttribute("aria-current", "true");
    if (button.offsetTop < list.scrollTop + list.offsetTop || button.offsetTop + button.offsetHeight > list.scrollTop + list.offsetTop + list.clientHeight) {
      list.scrollTop = button.offsetTop - list.offsetTop - list.clientHeight / 2;
    }
    const what = byId("what");
    what.replaceChildren();
    const rows = {
      structure: structure.formula, id: structure.sid, "energy error": `${structure.error} meV/atom`,
      "largest force error": `${structure.force} meV/\u00c5`, "reference energy": `${structure.energy} eV/atom`,
      ...Object.fromEntries(Object.entries(structure.notes).map(([name, value]) => [name.replace("_", " "), value])),
    };
    for (const [name, value] of Object.entries(rows)) {
      const row = element("div");
      row.append(element("dt", name), element("dd", value, name === "id" ? "mono" : ""));
      what.append(row);
    }
    if (this.viewer) this.viewer.show(structure);
    document.documentElement.dataset.structure = structure.sid;
  }

  fill(set) {
    this.set = set;
    this.members = DATA.structures.map((structure, k) => k).filter(k => DATA.structures[k].set === set);
    byId("slider").max = this.members.length - 1;
    byId("choose").querySelectorAll("button").forEach(button => button.setAttribute("aria-pressed", button.dataset.set === set));
    byId("list").replaceChildren(...this.members.map(k => {
      const structure = DATA.structures[k];
      const button = element("button");
      button.type = "button";
      button.append(element("span", structure.formula), element("span", `${structure.error} meV/atom`));
      button.addEventListener("click", () => this.choose(k));
      const item = element("li");
      item.append(button);
      return item;
    }));
    const of = DATA.sets.find(one => one.name === set).structures;
    byId("structures-note").textContent = (set === "test"
      ? `The ${this.members.length} of ${of} structures of the test set with the largest energy errors, the worst first.`
      : this.members.length < of
        ? `The ${this.members.length} of ${of} structures of the pool with the largest energy errors, the worst first.`
        : `All ${of} structures of the pool, the largest energy error first.`) + " Drag to turn.";
  }
}
