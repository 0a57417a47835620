// A shape drawn on a camera's picture. Points are fractions of it, so that any size of the
// picture has the same zone. What is drawn goes to Python when it is finished, and after each
// change; until then nothing reruns and nothing flickers.

const NEAR_PX = 18;
const SVG = "http://www.w3.org/2000/svg";
const canvases = new WeakMap();

export default function (component) {
  const { parentElement, data, setStateValue } = component;
  let canvas = canvases.get(parentElement);
  if (!canvas) {
    canvas = new Canvas(parentElement, data);
    canvases.set(parentElement, canvas);
  }
  canvas.show(data, (drawn) => setStateValue("drawn", drawn));
  return () => {
    canvas.close();
    canvases.delete(parentElement);
  };
}

class Canvas {
  constructor(parent, data) {
    this.points = data.points.map((point) => [...point]);
    this.toward = [...data.toward];
    this.finished = this.points.length > 0;
    this.shape = data.shape;
    this.arrowing = false;
    [this.held, this.names] = [null, []];
    this.root = document.createElement("div");
    parent.appendChild(this.root);
    this.box = this.add("div", "canvas", this.root);
    this.image = this.add("img", "", this.box);
    this.image.alt = "";
    this.image.draggable = false;
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("viewBox", "0 0 1 1");
    this.svg.setAttribute("preserveAspectRatio", "none");
    this.box.appendChild(this.svg);
    this.over = this.add("div", "", this.box);
    this.tools = this.add("div", "tools", this.root);
    this.listen();
  }

  add(tag, name, parent) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    parent.appendChild(element);
    return element;
  }

  listen() {
    this.image.addEventListener("error", () => this.see(false));
    this.image.addEventListener("load", () => this.see(true));
    this.box.addEventListener("pointerdown", (event) => this.press(event));
    this.box.addEventListener("pointermove", (event) => this.move(event));
    this.box.addEventListener("pointerup", (event) => this.release(event));
    this.box.addEventListener("dblclick", () => this.finish());
    new ResizeObserver(() => standNames(this.names, this.data.others, this.box)).observe(this.box);
    this.box.tabIndex = 0;
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  show(data, tell) {
    this.data = data;
    this.tell = tell;
    this.box.setAttribute("aria-label", data.text.label);
    if (data.shape !== this.shape) {
      this.shape = data.shape;
      this.clear();
    }
    if (!data.wants_arrow) this.arrowing = false;
    if (this.address !== data.picture) {
      this.address = data.picture;
      this.renew();
    }
    this.draw();
  }

  see(picture) {
    this.box.classList.toggle("blind", !picture);
    this.draw();
  }

  close() {
    this.root.remove();
  }

  renew() {
    this.image.src = `${this.address}&at=${Date.now()}`;
  }

  place(event) {
    const box = this.box.getBoundingClientRect();
    const fraction = (value, size) => Math.min(1, Math.max(0, value / size));
    return [fraction(event.clientX - box.left, box.width),
            fraction(event.clientY - box.top, box.height)];
  }

  apart(one, other) {
    const box = this.box.getBoundingClientRect();
    return Math.hypot((one[0] - other[0]) * box.width, (one[1] - other[1]) * box.height);
  }

  press(event) {
    if (event.button > 0) return;
    event.preventDefault();
    this.box.setPointerCapture(event.pointerId);
    const at = this.place(event);
    if (this.arrowing) {
      this.arrow = [at, at];
      return;
    }
    const near = this.points.findIndex((point) => this.apart(point, at) < NEAR_PX);
    if (!this.finished && this.data.shape === "polygon" && near === 0 && this.points.length > 2) {
      this.finish();
    } else if (near >= 0 && (this.finished || near < this.points.length - 1)) {
      this.held = near;
    } else if (!this.finished && near < 0) {
      this.points.push(at);
      this.held = this.points.length - 1;
    }
    this.draw();
  }

  move(event) {
    if (this.arrow) this.arrow[1] = this.place(event);
    else if (this.held !== null) this.points[this.held] = this.place(event);
    else return;
    this.draw();
  }

  release() {
    if (this.arrow) {
      const [from, to] = this.arrow;
      this.arrow = null;
      if (this.apart(from, to) > NEAR_PX) {
        this.toward = [to[0] - from[0], to[1] - from[1]];
        this.arrowing = false;
        this.say();
      }
    } else if (this.held !== null) {
      this.held = null;
      if (this.finished) this.say();
    }
    this.draw();
  }

  key(event) {
    if (event.key === "Enter") this.finish();
    else if (event.key === "Backspace") this.back();
    else if (event.key === "Escape") this.clear();
    else return;
    event.preventDefault();
    this.draw();
  }

  enough() {
    return this.points.length >= (this.data.shape === "polygon" ? 3 : 2);
  }

  finish() {
    if (this.finished || !this.enough()) return;
    this.finished = true;
    this.arrowing = this.data.wants_arrow && !(this.toward[0] || this.toward[1]);
    this.say();
    this.draw();
  }

  back() {
    if (!this.finished) this.points.pop();
  }

  clear() {
    this.points = [];
    this.finished = false;
    this.held = null;
    this.arrowing = false;
  }

  say() {
    const round = (point) => point.map((value) => Math.round(value * 1e4) / 1e4);
    this.tell({ points: this.points.map(round), toward: round(this.toward) });
  }

  draw() {
    this.svg.replaceChildren();
    this.over.replaceChildren();
    this.names = this.data.others.map((other) => this.drawOther(other));
    standNames(this.names, this.data.others, this.box);
    this.drawShape();
    this.drawArrow();
    this.data.places.forEach((point, number) => this.drawWord(point, number + 1, "place"));
    this.box.classList.toggle("drawn", this.finished && !this.arrowing);
    if (this.box.classList.contains("blind")) {
      this.add("div", "empty", this.over).textContent = this.data.text.no_picture;
    }
    this.drawTools();
  }

  line(points, closed, name) {
    const line = document.createElementNS(SVG, closed ? "polygon" : "polyline");
    line.setAttribute("points", points.map((point) => point.join(",")).join(" "));
    line.setAttribute("class", name);
    this.svg.appendChild(line);
  }

  drawWord([x, y], words, name) {
    const word = this.add("span", name, this.over);
    word.textContent = words;
    Object.assign(word.style, { left: `${x * 100}%`, top: `${y * 100}%` });
    return word;
  }

  drawOther(other) {
    const closed = other.shape === "polygon";
    this.line(other.points, closed, "under");
    this.line(other.points, closed, other.on ? "other" : "other off");
    return this.drawWord(other.points[0], other.name, "name");
  }

  drawShape() {
    if (!this.points.length) return;
    const closed = this.finished && this.data.shape === "polygon";
    this.line(this.points, closed, "under");
    this.line(this.points, closed, closed ? "shape" : "shape open");
    this.points.forEach(([x, y]) => {
      const handle = this.add("div", "handle", this.over);
      Object.assign(handle.style, { left: `${x * 100}%`, top: `${y * 100}%` });
    });
    if (this.data.shape === "line" && this.finished) this.drawSide();
  }

  // Which way is forward over a line: to the right of the way it was drawn in, as rules see it.
  drawSide() {
    const middle = Math.floor((this.points.length - 1) / 2);
    const [[ax, ay], [bx, by]] = [this.points[middle], this.points[middle + 1]];
    const box = this.box.getBoundingClientRect();
    const [dx, dy] = [(bx - ax) * box.width, (by - ay) * box.height];
    const long = Math.hypot(dx, dy) || 1;
    const from = [(ax + bx) / 2, (ay + by) / 2];
    const step = 40;
    this.drawTip(from, [from[0] - (dy / long) * step / box.width,
                        from[1] + (dx / long) * step / box.height]);
  }

  drawArrow() {
    if (this.arrow) {
      this.drawTip(...this.arrow);
    } else if (this.data.wants_arrow && this.points.length && (this.toward[0] || this.toward[1])) {
      const mean = (axis) => this.points.reduce((sum, point) => sum + point[axis], 0)
        / this.points.length;
      const from = [mean(0) - this.toward[0] / 2, mean(1) - this.toward[1] / 2];
      this.drawTip(from, [from[0] + this.toward[0], from[1] + this.toward[1]]);
    }
  }

  drawTip(from, to) {
    const box = this.box.getBoundingClientRect();
    const [dx, dy] = [(to[0] - from[0]) * box.width, (to[1] - from[1]) * box.height];
    const turn = Math.atan2(dy, dx);
    const wing = (angle) => [to[0] - Math.cos(turn + angle) * 16 / box.width,
                             to[1] - Math.sin(turn + angle) * 16 / box.height];
    for (const name of ["under", "arrow"]) {
      this.line([from, to], false, name);
      this.line([wing(0.5), to, wing(-0.5)], false, name);
    }
  }

  drawTools() {
    const { text, shape, wants_arrow: wantsArrow } = this.data;
    this.tools.replaceChildren();
    const said = this.add("span", "said", this.tools);
    said.textContent = this.arrowing ? text.draw_arrow
      : this.finished ? text.drawn
      : shape === "polygon" ? text.draw_polygon : text.draw_line;
    if (!this.finished) {
      this.button(text.back, () => this.back(), !this.points.length);
      this.button(text.done, () => this.finish(), !this.enough());
    } else {
      if (wantsArrow) {
        const arrow = this.button(text.arrow, () => { this.arrowing = !this.arrowing; });
        arrow.setAttribute("aria-pressed", String(this.arrowing));
      }
      this.button(text.anew, () => this.clear());
    }
    this.button(text.renew, () => this.renew());
  }

  button(words, act, disabled = false) {
    const button = this.add("button", "", this.tools);
    button.type = "button";
    button.textContent = words;
    button.disabled = disabled;
    button.addEventListener("click", () => { act(); this.draw(); });
    return button;
  }
}
