// Sends files to the server. What becomes of them is shown by the page, which asks the server.

const words = async (response) => {
  try {
    const problem = await response.json();
    return problem.detail ?? problem.title;
  } catch {
    return response.status === 429 ? "Too many files in a minute. Wait a little." : `The server refused it (${response.status}).`;
  }
};

const send = async (file, limit) => {
  if (file.size > limit) {
    return `${file.name} is larger than the server takes. Split it, or import it by command line.`;
  }
  try {
    const session = await (await fetch("/api/antiforgery", { credentials: "same-origin" })).json();
    const response = await fetch(`/api/imports/arrivals?name=${encodeURIComponent(file.name)}`, {
      method: "POST",
      credentials: "same-origin",
      headers: { [session.header]: session.token, "Content-Type": "application/octet-stream" },
      body: file,
    });
    return response.ok ? null : `${file.name}: ${await words(response)}`;
  } catch {
    return `${file.name} did not arrive. It may have been cancelled, or the connection was lost.`;
  }
};

const sendAll = async (files, drop) => {
  const answer = drop.querySelector(".drop-answer");
  answer.textContent = "";
  for (const file of files) {
    const refusal = await send(file, Number(drop.dataset.limit));
    if (refusal) {
      answer.textContent = refusal;
    }
  }
};

export function attach(drop) {
  const input = drop.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    sendAll(files, drop);
  });
  const over = (is) => (event) => {
    event.preventDefault();
    drop.toggleAttribute("data-over", is);
  };
  drop.addEventListener("dragenter", over(true));
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", (event) => {
    over(false)(event);
    sendAll([...event.dataTransfer.files], drop);
  });
  drop.dataset.ready = "true";
}
