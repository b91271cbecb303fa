// Form posts by fetch, with a CSRF token that is right even after signing in again in another tab.

/** The token of now: the cookie changes at sign-in, the hidden fields of an open page do not. */
export function csrfToken() {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** Bring the tokens in the page up to date, so that its ordinary forms work after a new sign-in too. */
export function renewTokens() {
  const token = csrfToken();
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

/** POST fields form-encoded. A redirect is not followed: it is how the server says "sign in first". */
export function post(url, fields, headers = {}) {
  const body = new URLSearchParams(fields);
  body.delete("csrfmiddlewaretoken");
  return fetch(url, {
    method: "POST", body, redirect: "manual", credentials: "same-origin",
    headers: { "X-CSRFToken": csrfToken(), Accept: "application/json, text/html", ...headers },
  });
}

/** Whether an answer means that nobody is signed in any more. */
export const isSignedOut = (response) => response.type === "opaqueredirect" || response.status === 401;

/** The JSON of an answer, or {} if it has none. */
export const json = (response) => response.json().catch(() => ({}));
