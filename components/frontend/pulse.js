// Says when something happened in the city, so that the screen renews what it shows: at once
// when the socket brings news, now and then for the ages of things, and by asking again and
// again only while there is no socket. A page that nobody sees stays as it is.

const GAP_MS = 400;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10000;

const pulses = new WeakMap();

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  let pulse = pulses.get(parentElement);
  if (!pulse) {
    pulse = new Pulse();
    pulses.set(parentElement, pulse);
  }
  pulse.follow(data, setTriggerValue);
  return () => {
    pulse.close();
    pulses.delete(parentElement);
  };
}

class Pulse {
  constructor() {
    this.count = 0;
    this.toldAt = Date.now();
    this.tickedAt = Date.now();
    this.pause = FIRST_PAUSE_MS;
    this.closed = false;
    this.waiting = null;
    this.clock = setInterval(() => this.tick(), 250);
    this.seen = () => !document.hidden && this.tell();
    document.addEventListener("visibilitychange", this.seen);
  }

  follow(data, trigger) {
    this.data = data;
    this.trigger = trigger;
    if (!this.socket) this.connect();
  }

  connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(`${scheme}//${location.host}${this.data.path}`);
    this.socket.onmessage = () => {
      this.pause = FIRST_PAUSE_MS;
      this.tell();
    };
    this.socket.onclose = () => {
      if (this.closed) return;
      this.retry = setTimeout(() => this.connect(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    };
  }

  // Several pieces of news in a moment make one renewal.
  tell() {
    if (document.hidden || this.waiting) return;
    const wait = Math.max(0, this.toldAt + GAP_MS - Date.now());
    this.waiting = setTimeout(() => {
      this.waiting = null;
      this.toldAt = Date.now();
      this.trigger("news", ++this.count);
    }, wait);
  }

  tick() {
    if (document.hidden) return;
    const now = Date.now();
    const connected = this.socket?.readyState === WebSocket.OPEN;
    const every = connected ? this.data.every_ms : this.data.blind_ms;
    if (now - this.toldAt >= every) {
      this.tell();
    } else if (this.data.tick_ms && now - this.tickedAt >= this.data.tick_ms) {
      this.tickedAt = now;
      this.trigger("tick", ++this.count);
    }
  }

  close() {
    this.closed = true;
    clearInterval(this.clock);
    clearTimeout(this.waiting);
    clearTimeout(this.retry);
    document.removeEventListener("visibilitychange", this.seen);
    this.socket?.close();
  }
}
