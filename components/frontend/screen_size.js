// Tells the page how large the window is where it does not know, and again when it has come to
// rest at another size. A map can then begin with a view that fits.

const REST_MS = 400;

const watchers = new WeakMap();

export default function (component) {
  const { parentElement, setStateValue, data } = component;
  if (watchers.has(parentElement)) return watchers.get(parentElement);
  let told = data.known;
  let rest;
  const tell = () => {
    const size = [window.innerWidth, window.innerHeight];
    if (String(size) === told) return;
    told = String(size);
    setStateValue("size", size);
  };
  const later = () => {
    clearTimeout(rest);
    rest = setTimeout(tell, REST_MS);
  };
  window.addEventListener("resize", later);
  tell();
  const stop = () => {
    clearTimeout(rest);
    window.removeEventListener("resize", later);
    watchers.delete(parentElement);
  };
  watchers.set(parentElement, stop);
  return stop;
}
