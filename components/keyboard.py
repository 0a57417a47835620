"""Keys of the operator's keyboard, told to Python: J, K, A, C, R work in every layout.

The place of a key counts, not its letter, so they work while a Russian or Kazakh layout is
on. What is typed into a field stays typing, and Streamlit's own C and R do nothing here.
"""

from collections.abc import Callable, Mapping

import streamlit as st

_LISTENER = """
const typing = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

export default function ({ data, parentElement, setTriggerValue }) {
  const listen = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (typing(event.composedPath()[0])) return;
    const word = data.words[event.code];
    if (!word) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    setTriggerValue("pressed", word);
  };
  if (parentElement.qalaListener) {
    window.removeEventListener("keydown", parentElement.qalaListener, true);
  }
  parentElement.qalaListener = listen;
  window.addEventListener("keydown", listen, true);
  return () => window.removeEventListener("keydown", listen, true);
}
"""

_mount = st.components.v2.component("qala_keyboard", js=_LISTENER)


def show_keyboard(key: str, words: Mapping[str, str], on_word: Callable[[str], None]) -> None:
    """Listen for keys on this screen: ``words`` by place (``KeyJ``, ``Digit1``, ``Escape``).

    ``on_word`` is called before the screen runs again.
    """

    def pressed() -> None:
        word = st.session_state[key].get("pressed")
        if word:
            on_word(word)

    _mount(key=key, data={"words": dict(words)}, on_pressed_change=pressed, height=1)
