// Two tones every two seconds for as long as an SOS press waits. Browsers stay silent until
// the person has touched the page once; the banner and the map say the same without sound.

const EVERY_MS = 2000;
const TONES_HZ = [880, 660];
const TONE_S = 0.18;
const LOUDNESS = 0.12;

const bells = new WeakMap();

export default function (component) {
  const { parentElement } = component;
  if (!bells.has(parentElement)) {
    const sound = new AudioContext();
    ring(sound);
    bells.set(parentElement, { sound, clock: setInterval(() => ring(sound), EVERY_MS) });
  }
  return () => {
    const bell = bells.get(parentElement);
    clearInterval(bell?.clock);
    bell?.sound.close();
    bells.delete(parentElement);
  };
}

async function ring(sound) {
  if (sound.state === "suspended") sound.resume();
  if (sound.state !== "running") return;
  TONES_HZ.forEach((pitch_hz, place) => {
    const tone = sound.createOscillator();
    const gain = sound.createGain();
    const start = sound.currentTime + place * TONE_S;
    tone.frequency.value = pitch_hz;
    gain.gain.setValueAtTime(LOUDNESS, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + TONE_S);
    tone.connect(gain).connect(sound.destination);
    tone.start(start);
    tone.stop(start + TONE_S);
  });
}
