// A note's preview: while the pointer or the keyboard's focus is on a call, what its note says is shown beside it. A note that
// stands in the margin, in sight, is marked instead. Clicks, touch and older browsers have the link.

(() => {
  "use strict";

  const DELAY = 150;

  // The element under the pointer; of a finger there is none.
  let pointed = null;
  // The call whose note is shown, and how to take the note away again.
  let shown = null;
  // A call that was followed, or whose note was dismissed: it shows nothing more until it is left.
  let dismissed = null;
  let timer;

  const callAt = (element) => element?.closest(".call a");

  function wanted() {
    const focused = document.activeElement;
    // What is read in a preview stays, links and calls in it included.
    if (shown?.body.contains(pointed) || shown?.body.contains(focused)) return shown.call;
    return callAt(pointed) ?? (focused?.matches(":focus-visible") ? callAt(focused) : null);
  }

  function settle() {
    const call = wanted();
    if (call === (dismissed ?? shown?.call)) return;
    hide();
    if (call) show(call);
  }

  function later() {
    if (wanted() !== dismissed) dismissed = null;
    clearTimeout(timer);
    timer = setTimeout(settle, DELAY);
  }

  function show(call) {
    const note = document.getElementById(call.getAttribute("href").slice(1));
    const body = note?.querySelector(".note-body");
    // A note that calls itself is where the pointer is.
    if (!body || body.contains(call)) return;
    shown = { call, body, away: isBeside(note) ? mark(note) : lift(note, body, call) };
  }

  function hide() {
    shown?.away();
    shown = null;
  }

  function dismiss() {
    if (!shown) return;
    const { call, body } = shown;
    const inside = body.contains(document.activeElement);
    hide();
    if (inside) call.focus();
    dismissed = call;
  }

  function follow(call) {
    if (!call) return;
    hide();
    dismissed = call;
  }

  // Whether a note stands in the margin, all of it in sight.
  function isBeside(note) {
    const { top, bottom } = note.getBoundingClientRect();
    return getComputedStyle(note).position === "absolute" && top >= 0 && bottom <= innerHeight;
  }

  function mark(note) {
    note.classList.add("called");
    return () => note.classList.remove("called");
  }

  function lift(note, body, call) {
    // Its place is kept, so that what stands around it does not move.
    note.style.minBlockSize = `${note.getBoundingClientRect().height}px`;
    body.popover = "manual";
    body.showPopover({ source: call });
    // What scrolls must be within the keyboard's reach.
    if (body.scrollHeight > body.clientHeight) body.tabIndex = 0;
    return () => {
      body.popover = null;
      body.removeAttribute("tabindex");
      note.style.minBlockSize = "";
    };
  }

  if (!HTMLElement.prototype.showPopover || !CSS.supports("position-area", "block-start")) return;

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    pointed = pointerType === "touch" ? null : target;
    later();
  });
  document.documentElement.addEventListener("pointerleave", () => {
    pointed = null;
    later();
  });
  document.addEventListener("focusin", later);
  document.addEventListener("focusout", later);
  document.addEventListener("click", ({ target }) => follow(callAt(target)));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && dismiss());
  addEventListener("beforeprint", hide);
})();
