const box = document.getElementById("components-reconnect-modal");
const root = document.documentElement;

function open() {
  root.dataset.connection = "lost";
  if (!box.open) {
    box.showModal();
  }
}

function close() {
  delete root.dataset.connection;
  if (box.open) {
    box.close();
  }
}

async function tryAgain() {
  document.removeEventListener("visibilitychange", tryWhenSeen);
  if (await leaveIfEnded()) {
    return;
  }

  try {
    // False means that the server answered, but no longer knows this circuit.
    if (await Blazor.reconnect() || await Blazor.resumeCircuit()) {
      close();
    } else {
      location.reload();
    }
  } catch {
    document.addEventListener("visibilitychange", tryWhenSeen);
  }
}

// Reconnecting is in vain once the server no longer knows the person: then a page that says so takes this one's place.
async function isEnded() {
  try {
    const answer = await fetch("/account/standing", { cache: "no-store", credentials: "same-origin" });
    return answer.status === 401;
  } catch {
    return false;
  }
}

async function leaveIfEnded() {
  if (await isEnded()) {
    location.replace(`/account/ended?returnUrl=${encodeURIComponent(location.pathname + location.search)}`);
    return true;
  }

  return false;
}

function tryWhenSeen() {
  if (document.visibilityState === "visible") {
    tryAgain();
  }
}

box.addEventListener("components-reconnect-state-changed", ({ detail }) => {
  switch (detail.state) {
    case "show":
    case "retrying":
    case "paused":
      open();
      leaveIfEnded();
      break;
    case "hide":
      close();
      break;
    case "failed":
      open();
      leaveIfEnded();
      document.addEventListener("visibilitychange", tryWhenSeen);
      break;
    case "rejected":
      leaveIfEnded().then(left => left || location.reload());
      break;
  }
});

// Closing this box by Escape would leave a page that looks alive and isn't.
box.addEventListener("cancel", event => event.preventDefault());
document.getElementById("components-reconnect-button").addEventListener("click", tryAgain);
document.getElementById("components-resume-button").addEventListener("click", tryAgain);
document.getElementById("components-reload-button").addEventListener("click", () => location.reload());
