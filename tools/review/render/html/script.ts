/**
 * The page's own script: search and filters with their state in the address, folds, links that open what they lead to, copying.
 * Everything can be read without it. It writes text only, never markup.
 */
export const SCRIPT = String.raw`"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const tools = byId("tools");
  const found = byId("found");
  const query = byId("q");
  const chips = tools ? all("button[data-a]", tools) : [];
  const inStack = byId("in");
  const atLeast = byId("at");
  const ranks = ["critical", "high", "medium", "low"];
  const stacks = all("#stacks > .stack").map((element) => ({
    element,
    name: element.dataset.name,
    folded: undefined,
    changes: all(".change", element).filter((change) => !change.closest(".also")),
    also: all(".also", element),
  }));
  const total = stacks.reduce((sum, { changes }) => sum + changes.length, 0);
  const texts = new WeakMap();
  const textOf = (element, name) => {
    let text = texts.get(element);
    if (text === undefined) texts.set(element, (text = (name + " " + element.textContent).toLowerCase()));
    return text;
  };

  const state = () => ({
    words: query.value.toLowerCase().split(/\s+/).filter(Boolean),
    actions: new Set(chips.filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset.a)),
    stack: inStack ? inStack.value : "",
    rank: atLeast && atLeast.value ? ranks.indexOf(atLeast.value) : -1,
  });
  const isActive = ({ words, actions, stack, rank }) => words.length > 0 || actions.size > 0 || stack !== "" || rank >= 0;

  /** Shows what the filters let through; folds that were opened for it close again afterwards. */
  const apply = () => {
    const wanted = state();
    const active = isActive(wanted);
    const has = (element, name) => wanted.words.every((word) => textOf(element, name).includes(word));
    let count = 0;
    for (const stack of stacks) {
      const here = wanted.stack === "" || wanted.stack === stack.name;
      let shown = 0;
      for (const change of stack.changes) {
        const rank = ranks.indexOf(change.dataset.s);
        const fits =
          here &&
          (wanted.actions.size === 0 || wanted.actions.has(change.dataset.a)) &&
          (wanted.rank < 0 || (rank >= 0 && rank <= wanted.rank)) &&
          has(change, stack.name);
        change.hidden = !fits;
        if (fits) shown++;
      }
      let besides = 0;
      for (const part of stack.also) {
        const fits = here && wanted.actions.size === 0 && wanted.rank < 0 && has(part, stack.name);
        part.hidden = !fits;
        if (fits && wanted.words.length > 0) besides++;
      }
      count += shown;
      stack.element.hidden = active && !(shown > 0 || besides > 0 || (here && isOnlyStack(wanted)));
      if (active && stack.folded === undefined) stack.folded = !stack.element.open;
      if (active) stack.element.open = true;
      else if (stack.folded !== undefined) {
        stack.element.open = !stack.folded;
        stack.folded = undefined;
      }
    }
    found.textContent = active ? count + " of " + total + (total === 1 ? " change" : " changes") + ". Escape shows all again." : total + (total === 1 ? " change" : " changes");
    return wanted;
  };
  const isOnlyStack = ({ words, actions, rank }) => words.length === 0 && actions.size === 0 && rank < 0;

  /** The state as what stands behind # in the address, and back. */
  const write = () => {
    const { actions, stack, rank } = state();
    const words = new URLSearchParams();
    if (query.value.trim()) words.set("q", query.value.trim());
    if (actions.size > 0) words.set("action", [...actions].join(","));
    if (stack) words.set("stack", stack);
    if (rank >= 0) words.set("risk", ranks[rank]);
    const text = words.toString();
    try {
      history.replaceState(null, "", text ? "#?" + text : location.pathname + location.search);
    } catch {
      /* a frame that has no address of its own */
    }
  };
  const read = (text) => {
    const words = new URLSearchParams(text);
    const actions = (words.get("action") || "").split(",");
    query.value = words.get("q") || "";
    for (const chip of chips) chip.setAttribute("aria-pressed", String(actions.includes(chip.dataset.a)));
    if (inStack) inStack.value = stacks.some(({ name }) => name === words.get("stack")) ? words.get("stack") : "";
    if (atLeast) atLeast.value = all("option", atLeast).some(({ value }) => value === words.get("risk")) ? words.get("risk") : "";
    apply();
  };
  const clear = () => {
    read("");
    write();
  };

  /** Opens what an address leads to, and everything around it. */
  const follow = () => {
    const hash = location.hash.slice(1);
    if (tools && hash.startsWith("?")) return read(hash.slice(1));
    let name = hash;
    try {
      name = decodeURIComponent(hash);
    } catch {
      /* no encoded text */
    }
    const target = hash === "" ? null : byId(name);
    if (!target) return;
    if (tools && target.closest("[hidden]")) read("");
    for (let at = target; at; at = at.parentElement) if (at.localName === "details") at.open = true;
    const place = target.closest(".change") || target;
    const summary = place.localName === "details" ? place.querySelector("summary") : null;
    // What was never seen has no height yet, and the browser goes to the address by itself too: only after some frames it stands still.
    const settle = (frames) => {
      place.scrollIntoView({ block: "start" });
      if (summary && document.activeElement === document.body) summary.focus({ preventScroll: true });
      if (frames > 0) requestAnimationFrame(() => settle(frames - 1));
    };
    if (summary) summary.focus({ preventScroll: true });
    settle(4);
  };

  if (tools) {
    tools.hidden = false;
    let timer;
    const changed = () => {
      apply();
      write();
    };
    query.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(changed, 120);
    });
    tools.addEventListener("submit", (event) => event.preventDefault());
    tools.addEventListener("change", changed);
    tools.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      if (button.dataset.a) {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        changed();
      } else {
        const open = button.id === "open";
        for (const { element, changes } of stacks) {
          if (element.hidden) continue;
          if (open) element.open = true;
          for (const change of changes) if (!change.hidden) change.open = open;
          if (!open && !isActive(state())) element.open = false;
        }
      }
    });
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const typing = /^(input|select|textarea)$/.test(event.target.localName);
      if (event.key === "/" && !typing) {
        event.preventDefault();
        query.focus();
        query.select();
      } else if (event.key === "Escape" && isActive(state())) {
        clear();
      }
    });
    const bar = () =>
      document.documentElement.style.setProperty("--bar", (getComputedStyle(tools).position === "sticky" ? tools.offsetHeight : 0) + "px");
    bar();
    addEventListener("resize", bar);
    apply();
  }

  /** Buttons of a change, made when it is first opened. */
  const copy = async (text, button, says) => {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.textContent = says;
    setTimeout(() => (button.textContent = label), 1500);
  };
  const addButtons = (change) => {
    const body = change.querySelector(".body");
    if (!body || body.querySelector(".acts")) return;
    const acts = document.createElement("p");
    acts.className = "acts";
    const address = document.createElement("button");
    address.type = "button";
    address.textContent = "Copy address";
    address.addEventListener("click", () => copy(change.querySelector("summary code").textContent, address, "Copied"));
    const link = document.createElement("button");
    link.type = "button";
    link.textContent = "Copy link";
    link.addEventListener("click", () => copy(location.href.split("#")[0] + "#" + body.id, link, "Copied"));
    acts.append(address, link);
    body.append(acts);
  };
  all(".change[open]").forEach(addButtons);
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.open && target.classList.contains("change")) addButtons(target);
    },
    true,
  );

  // For browsers whose style sheet cannot open a fold on paper: all of it where that is readable, else what is grave.
  let opened = [];
  addEventListener("beforeprint", () => {
    const few = document.querySelector("#stacks.few") !== null;
    const folds = all(few ? "details:not([open]):not(.words)" : "details:not([open]):not(.change, .words), .change.grave:not([open])");
    opened = folds.filter((fold) => !fold.closest("[hidden]"));
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });

  addEventListener("hashchange", follow);
  follow();
})();
`;
