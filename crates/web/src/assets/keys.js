// Keys, and what reads better with a little script. Every page can be read and used without it.
"use strict";
(() => {
  const $ = (selector, of = document) => of.querySelector(selector);
  const all = (selector, of = document) => [...of.querySelectorAll(selector)];
  const said = $("#said");
  const decide = $("#decide");

  const say = (words) => {
    if (!said) return;
    const p = document.createElement("p");
    p.textContent = words;
    said.replaceChildren(p);
    setTimeout(() => p.remove(), 6000);
  };

  // From item to item, or from line to line where a page has no items.
  const steps = () => {
    const items = all("main .item");
    return items.length ? items : all("main .line");
  };
  let at = null;
  const goTo = (one) => {
    if (at) at.classList.remove("lit");
    at = one;
    at.classList.add("lit");
    const link = $("a.says, strong a, a, button", at);
    if (link) link.focus({ preventScroll: true });
    at.scrollIntoView({ block: "center" });
    light(at.dataset.number ? [at.dataset.number] : []);
  };
  const step = (by) => {
    const list = steps();
    if (!list.length) return;
    const now = list.indexOf(at && at.isConnected ? at : document.activeElement?.closest?.(".item, .line"));
    goTo(list[Math.min(list.length - 1, Math.max(0, now < 0 ? 0 : now + by))]);
  };
  document.addEventListener("focusin", (e) => {
    const one = e.target.closest?.("main .item");
    if (one && one !== at) {
      if (at) at.classList.remove("lit");
      at = one;
      at.classList.add("lit");
    }
  });

  // Hover both ways: an item lights its words, words light their items.
  const light = (numbers) => {
    for (const mark of all("mark.lit")) mark.classList.remove("lit");
    for (const mark of all("mark[data-items]")) {
      if (mark.dataset.items.split(" ").some((n) => numbers.includes(n))) mark.classList.add("lit");
    }
  };
  for (const item of all(".item[data-number]")) {
    item.addEventListener("mouseenter", () => light([item.dataset.number]));
    item.addEventListener("mouseleave", () => light([]));
  }
  for (const mark of all("mark[data-items]")) {
    const own = () => mark.dataset.items.split(" ").map((n) => document.getElementById("i" + n)).filter(Boolean);
    mark.addEventListener("mouseenter", () => own().forEach((i) => i.classList.add("lit")));
    mark.addEventListener("mouseleave", () => own().forEach((i) => i !== at && i.classList.remove("lit")));
    mark.addEventListener("click", () => own().length && goTo(own()[own().length - 1]));
  }

  // Decide without leaving the page. What the server refuses is said, and nothing looks decided then.
  const send = async (button) => {
    const item = button.closest(".item");
    const form = new URLSearchParams({ stamp: $("input[name=stamp]", decide).value, do: button.value });
    button.disabled = true;
    try {
      const answer = await fetch("/decide", { method: "POST", body: form, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.error.message);
      const what = button.dataset.do;
      const words = { accept: "accepted", reject: "rejected", undo: "undone" }[what] || what;
      const effect = told.effect.length ? `, ${told.effect.length} other records change` : "";
      say(`${words}${effect}`);
      settle(item, what, told.id, words);
    } catch (e) {
      button.disabled = false;
      say(`Nothing is kept: ${e.message}`);
    }
  };
  const settle = (item, what, id, words) => {
    const note = $(".decided", item);
    const buttons = $(".buttons", item);
    item.classList.remove("is-accept", "is-reject", "is-change");
    const make = (name, value, label, sign) => {
      const b = document.createElement("button");
      b.type = "submit";
      b.name = "do";
      b.value = value;
      b.dataset.do = name;
      b.textContent = sign;
      if (label) b.setAttribute("aria-label", label);
      return b;
    };
    if (what === "undo") {
      const own = item.dataset.item;
      note.textContent = "";
      buttons.replaceChildren(make("accept", `accept ${own}`, "Accept this item", "✓"), make("reject", `reject ${own}`, "Reject this item", "✗"));
    } else {
      item.classList.add("is-" + what);
      note.textContent = words;
      buttons.replaceChildren(make("undo", `undo ${id}`, "", "Undo"));
    }
    $("button", buttons).focus({ preventScroll: true });
  };
  if (decide) {
    decide.addEventListener("submit", (e) => {
      if (e.submitter?.dataset.do) {
        e.preventDefault();
        send(e.submitter);
      }
    });
  }

  // Cells of the table by the arrows.
  const grid = $("table[data-grid]");
  if (grid) {
    grid.addEventListener("keydown", (e) => {
      const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
      const cell = e.target.closest("td, th");
      if (!moves[e.key] || !cell) return;
      const [down, right] = moves[e.key];
      let row = cell.parentElement.rowIndex;
      let column = cell.cellIndex;
      for (;;) {
        row += down;
        column += right;
        const next = grid.rows[row]?.cells[column];
        if (!next) return;
        const link = $("a", next);
        if (link) {
          link.focus();
          e.preventDefault();
          return;
        }
      }
    });
  }

  // A slider for the day of the talks, beside its field.
  const day = $("form.day");
  const field = $("#as_of");
  if (day && field && day.dataset.first && day.dataset.last) {
    const number = (d) => Math.round(Date.parse(d + "T00:00:00Z") / 864e5);
    const written = (n) => new Date(n * 864e5).toISOString().slice(0, 10);
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = number(day.dataset.first);
    slider.max = Math.max(number(day.dataset.last), number(field.value || day.dataset.last));
    slider.value = number(field.value || day.dataset.last);
    slider.setAttribute("aria-label", "As of, as a slider");
    const tell = () => slider.setAttribute("aria-valuetext", written(+slider.value));
    tell();
    slider.addEventListener("input", () => {
      field.value = written(+slider.value);
      tell();
    });
    slider.addEventListener("change", () => day.requestSubmit());
    field.after(slider);
  }

  // A statement is added from what is selected in the text.
  const sentence = $("#sentence");
  if (sentence) {
    document.addEventListener("mouseup", () => {
      const chosen = document.getSelection();
      const words = chosen.toString().trim();
      if (words && chosen.anchorNode?.parentElement?.closest(".par .text")) sentence.value = words;
    });
  }

  // Whoever speaks to the machine, or types by accident, can turn the keys off.
  const off = () => localStorage.getItem("keys") === "off";
  const toggle = $("#keys");
  if (toggle) {
    const tell = () => (toggle.textContent = off() ? "Turn the keys on" : "Turn the keys off");
    tell();
    toggle.hidden = false;
    toggle.addEventListener("click", () => {
      localStorage.setItem("keys", off() ? "on" : "off");
      tell();
      say(off() ? "keys are off in this browser" : "keys are on");
    });
  }

  let went = false;
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || off() || e.target.closest("input, select, textarea")) return;
    const press = (name) => {
      const own = at?.isConnected ? $(`[data-do="${name}"]`, at) : null;
      if (own) own.click();
      else say("mark an item first: j and k go from one to the next");
    };
    const keys = {
      "/": () => $("#q")?.focus(),
      "?": () => location.assign("/help"),
      j: () => step(1),
      k: () => step(-1),
      n: () => $("a[rel=next]")?.click(),
      g: () => {
        went = true;
        setTimeout(() => (went = false), 1500);
      },
      ...(decide && { a: () => press("accept"), r: () => press("reject"), u: () => press("undo"), c: () => press("change") }),
    };
    if (went && e.key !== "g") {
      went = false;
      const place = all("[data-go]").find((a) => a.dataset.go === e.key);
      if (place) place.click();
      e.preventDefault();
      return;
    }
    if (Object.hasOwn(keys, e.key)) {
      e.preventDefault();
      keys[e.key]();
    }
  });
})();
