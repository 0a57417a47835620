// Where the names of zones stand on a picture: each at its zone, within the picture, and clear of
// the other names as far as there is room. The same zones always give the same places.

const GAP_PX = 2;
const PARTS = 4; // of a line of names: so finely places are tried along the sides of a zone

// Zones are {points: [[x, y], …], closed, size: [width, height] of the name}, all in pixels of a
// picture of this size. Gives the upper left corner of each name. Small zones choose first: they
// have fewer places.
export function placeNames(zones, picture) {
  const order = zones.map((_, index) => index)
    .sort((a, b) => around(zones[a]) - around(zones[b]) || a - b);
  const taken = [];
  const places = [];
  for (const index of order) {
    const box = firstClear(candidates(zones[index], picture), taken);
    taken.push(box);
    places[index] = [box[0], box[1]];
  }
  return places;
}

// Puts the names of zones, whose points are fractions, where they are to stand in a box.
export function standNames(words, zones, box) {
  const [width, height] = [box.clientWidth, box.clientHeight];
  if (!width || !height) return;
  const places = placeNames(zones.map((zone, index) => ({
    points: zone.points.map(([x, y]) => [x * width, y * height]),
    closed: zone.shape === "polygon",
    size: [words[index].offsetWidth, words[index].offsetHeight],
  })), [width, height]);
  places.forEach(([x, y], index) => {
    words[index].style.left = `${(x / width) * 100}%`;
    words[index].style.top = `${(y / height) * 100}%`;
  });
}

// The first box that lies on no other, else the one that lies least on others.
function firstClear(boxes, taken) {
  let [best, least] = [null, Infinity];
  for (const box of boxes) {
    const covered = taken.reduce((sum, other) => sum + shared(box, other), 0);
    if (covered < least) [best, least] = [box, covered];
    if (!covered) break;
  }
  return best;
}

// Boxes [left, top, width, height] that touch the zone, in the order of preference: inside its
// upper left corner, below its lower left one, then along its outline.
function* candidates({ points, closed, size: [width, height] }, [most, deepest]) {
  const within = (x, y) => [Math.max(0, Math.min(x, most - width)),
                            Math.max(0, Math.min(y, deepest - height)), width, height];
  const upper = lowest(points, ([x, y]) => x + y);
  yield within(...points[upper]);
  yield within(...points[lowest(points, ([x, y]) => x - y)]);
  for (const [x, y] of outline(points, closed, upper, (height + GAP_PX) / PARTS)) {
    yield within(x, y);
    yield within(x, y - height);
    yield within(x - width, y);
    yield within(x - width, y - height);
  }
}

// Points along the sides of a zone, from its corner number `first` on, a step apart.
function* outline(points, closed, first, step) {
  for (const [from, to] of sides(points, closed, first)) {
    const long = apart(from, to);
    for (let gone = 0; gone < long; gone += step) {
      yield [0, 1].map((axis) => from[axis] + ((to[axis] - from[axis]) * gone) / long);
    }
    yield to;
  }
}

function sides(points, closed, first) {
  const all = points.map((point, index) => [point, points[(index + 1) % points.length]]);
  return closed ? [...all.slice(first), ...all.slice(0, first)] : all.slice(0, -1);
}

function shared([ax, ay, aw, ah], [bx, by, bw, bh]) {
  const wide = Math.min(ax + aw, bx + bw) - Math.max(ax, bx) + GAP_PX;
  const high = Math.min(ay + ah, by + bh) - Math.max(ay, by) + GAP_PX;
  return wide > 0 && high > 0 ? wide * high : 0;
}

function around({ points, closed }) {
  return sides(points, closed, 0).reduce((sum, [from, to]) => sum + apart(from, to), 0);
}

function apart(from, to) {
  return Math.hypot(to[0] - from[0], to[1] - from[1]);
}

function lowest(points, value) {
  return points.reduce((best, point, index) => (
    value(point) < value(points[best]) ? index : best), 0);
}
