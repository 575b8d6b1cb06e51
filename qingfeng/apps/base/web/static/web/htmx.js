// htmx sends the form's token with every change; without it Django refuses.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf-token]");
  if (token && event.detail.verb !== "get") {
    event.detail.headers["X-CSRFToken"] = token.content;
  }
});

// An answer that explains a refusal or wrong input is shown in its place instead of being dropped.
// When the session has ended, the whole page goes to the sign-in page and comes back.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.responseURL.includes("/account/login/")) {
    event.detail.shouldSwap = false;
    window.location.reload();
    return;
  }
  if ([403, 409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
