"use strict";

// Asks the browser for a passkey and sends what it answers, as the hidden field of a form[data-passkey].
(() => {
  const can = window.PublicKeyCredential?.parseCreationOptionsFromJSON;
  const reasons = {
    NotAllowedError: "No passkey was chosen. Press the button to try again.",
    InvalidStateError: "This device has a passkey for your account already.",
    SecurityError: "Passkeys work only at the address that they were made for, over HTTPS.",
  };

  const tell = (form, words) => { form.querySelector("[role=alert]").textContent = words; };

  async function ask(form) {
    const response = await fetch(`${form.getAttribute("action")}?handler=Offer`, {
      method: "POST", body: new URLSearchParams({ _token: form.elements._token.value }),
    });
    if (!response.ok || response.redirected) return location.reload();
    const options = await response.json();
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!can) tell(form, "This browser cannot use passkeys.");
    form.querySelector("button").hidden = !can;
    form.addEventListener("submit", async event => {
      event.preventDefault();
      event.stopPropagation();
      tell(form, "");
      try {
        await ask(form);
      } catch (error) {
        tell(form, reasons[error.name] ?? "That did not work. Try again, or sign in in another way.");
      }
    });
  }
})();
