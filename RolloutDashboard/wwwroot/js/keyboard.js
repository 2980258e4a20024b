// "g" then a letter opens a page, "/" the search, "?" the help. Links and buttons say their own key, so this knows no page.
let waiting = 0;

const isTyping = target => target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open], .mud-dialog")) {
    return;
  }

  if (event.key === "?") {
    document.querySelector("[data-help]")?.click();
    return;
  }

  if (event.key === "/") {
    event.preventDefault();
    document.querySelector("[data-search]")?.click();
    return;
  }

  if (event.key === "g") {
    waiting = event.timeStamp;
    return;
  }

  if (waiting && event.timeStamp - waiting < 1500 && /^[a-z]$/.test(event.key)) {
    document.querySelector(`[data-shortcut="${event.key}"]`)?.click();
  }
  waiting = 0;
});
