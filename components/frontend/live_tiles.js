// Live tiles: many cameras on one WebSocket, drawn without a rerun of the page.
//
// A message from the server is one picture: camera id (uint32), time of the picture in
// milliseconds (uint64), both big-endian, then the JPEG. What the page sends anew (names,
// states, another choice of cameras) changes the tiles in place; the connection stays.

const HEADER_BYTES = 12;
const OLD_S = 3;
const TOO_OLD_S = 12;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;
const WHY = { 1008: "signed_out", 1013: "away" };

const walls = new WeakMap();

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  let wall = walls.get(parentElement);
  if (!wall) {
    wall = new Wall(parentElement);
    walls.set(parentElement, wall);
  }
  wall.show(data, (id) => setTriggerValue("opened", id));
  return () => {
    wall.close();
    walls.delete(parentElement);
  };
}

class Wall {
  constructor(parent) {
    this.tiles = new Map();
    this.pause = FIRST_PAUSE_MS;
    this.socket = null;
    this.lost = false;
    this.closed = false;
    this.grid = document.createElement("div");
    this.grid.className = "wall";
    parent.appendChild(this.grid);
    this.listeners = new AbortController();
    const until = { signal: this.listeners.signal };
    document.addEventListener("visibilitychange", () => this.subscribe(), until);
    document.addEventListener("keydown", (event) => this.press(event), until);
    this.clock = setInterval(() => this.tick(), 500);
  }

  show(data, open) {
    this.data = data;
    this.open = open;
    this.ahead = data.now_ms - Date.now();
    this.grid.dataset.layout = data.layout;
    this.grid.setAttribute("aria-label", data.text.label);
    const wanted = new Set(data.tiles.map((tile) => tile.id));
    for (const [id, tile] of this.tiles) {
      if (!wanted.has(id)) {
        tile.element.remove();
        this.tiles.delete(id);
      }
    }
    data.tiles.forEach((facts, place) => this.put(facts, place));
    this.subscribe();
    this.tick();
  }

  put(facts, place) {
    let tile = this.tiles.get(facts.id);
    if (!tile) {
      tile = new Tile(() => this.open(facts.id));
      this.tiles.set(facts.id, tile);
    }
    tile.describe(facts, this.data.plain);
    if (this.grid.children[place] !== tile.element) {
      this.grid.insertBefore(tile.element, this.grid.children[place] ?? null);
    }
  }

  connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${this.data.path}`);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.lost = false;
      this.subscribe();
    };
    socket.onmessage = (message) => this.receive(message.data);
    socket.onclose = (event) => this.reconnect(event.code);
    this.socket = socket;
  }

  reconnect(code) {
    this.socket = null;
    this.asked = undefined;
    if (this.closed) return;
    this.lost = true;
    this.why = WHY[code] ?? "lost";
    const wait = this.pause * (0.75 + Math.random() / 2);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    this.retry = setTimeout(() => this.subscribe(), wait);
    this.tick();
  }

  subscribe() {
    if (this.closed || !this.data) return;
    if (!this.socket) {
      clearTimeout(this.retry);
      this.connect();
      return;
    }
    if (this.socket.readyState !== WebSocket.OPEN) return;
    const cameras = document.hidden ? [] : this.data.tiles.map((tile) => tile.id);
    const asked = JSON.stringify({ cameras, width: this.data.width, fps: this.data.fps });
    if (asked === this.asked) return;
    this.asked = asked;
    this.socket.send(asked);
  }

  receive(message) {
    if (!(message instanceof ArrayBuffer) || message.byteLength <= HEADER_BYTES) return;
    this.pause = FIRST_PAUSE_MS;
    const header = new DataView(message);
    const tile = this.tiles.get(header.getUint32(0));
    const at_ms = Number(header.getBigUint64(4));
    if (tile) tile.draw(at_ms, new Blob([new Uint8Array(message, HEADER_BYTES)]));
  }

  tick() {
    const now_ms = Date.now() + this.ahead;
    const trouble = this.lost ? this.data.text[this.why] : "";
    for (const tile of this.tiles.values()) tile.tell(now_ms, this.data.text, trouble);
  }

  press(event) {
    const typing = event.composedPath()[0]?.closest?.("input, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code === "KeyF" && this.data.keys) {
      event.preventDefault();
      if (document.fullscreenElement) document.exitFullscreen();
      else this.grid.requestFullscreen();
    }
  }

  close() {
    this.closed = true;
    clearTimeout(this.retry);
    clearInterval(this.clock);
    this.listeners.abort();
    this.socket?.close();
    this.grid.remove();
  }
}

class Tile {
  constructor(open) {
    this.at_ms = 0;
    this.busy = false;
    this.element = document.createElement("a");
    this.element.className = "tile";
    this.element.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    this.canvas = this.add("canvas", "picture");
    this.words = this.add("div", "words");
    const strip = this.add("div", "strip");
    this.dot = this.add("span", "dot", strip);
    this.name = this.add("span", "name", strip);
    this.place = this.add("span", "place", strip);
    this.age = this.add("span", "age", strip);
  }

  add(kind, name, parent = this.element) {
    const element = document.createElement(kind);
    element.className = name;
    parent.appendChild(element);
    return element;
  }

  describe(facts, plain) {
    this.facts = facts;
    this.element.href = facts.href;
    this.element.dataset.camera = facts.id;
    this.element.dataset.state = facts.state;
    this.element.dataset.active = facts.active ? "1" : "";
    this.element.dataset.plain = plain ? "1" : "";
    this.element.title = `${facts.name} · ${facts.place}`;
    this.name.textContent = facts.name;
    this.place.textContent = facts.place;
  }

  async draw(at_ms, blob) {
    if (this.busy || at_ms < this.at_ms) return;
    this.busy = true;
    try {
      const picture = await createImageBitmap(blob);
      if (this.canvas.width !== picture.width || this.canvas.height !== picture.height) {
        this.canvas.width = picture.width;
        this.canvas.height = picture.height;
      }
      this.canvas.getContext("2d").drawImage(picture, 0, 0);
      picture.close();
      this.at_ms = at_ms;
    } catch (failure) {
      console.warn(`camera ${this.facts.id}: a picture could not be read`, failure);
    } finally {
      this.busy = false;
    }
  }

  tell(now_ms, text, trouble) {
    const age_s = this.at_ms ? Math.max(0, (now_ms - this.at_ms) / 1000) : null;
    const fresh = age_s !== null && age_s < TOO_OLD_S;
    this.element.dataset.fresh = fresh ? "1" : "";
    this.age.textContent = age_s === null ? "" : age(age_s, text);
    this.age.dataset.old = age_s !== null && age_s >= OLD_S ? "1" : "";
    const quiet = age_s === null ? text.waiting : text.stale;
    this.words.textContent = fresh ? "" : trouble || this.facts.reason || quiet;
  }
}

function age(seconds, text) {
  if (seconds < OLD_S) return text.now;
  if (seconds < 60) return text.seconds.replace("{seconds}", Math.floor(seconds));
  return text.minutes.replace("{minutes}", Math.floor(seconds / 60));
}
