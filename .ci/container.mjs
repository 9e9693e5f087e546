// What .ci/container asks of the program that runs as the container would: it answers, serves what was published with it, takes
// a file that is buffered on the disk, and lets a request end that is under way when it is told to stop.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";

const [program, ...words] = process.env.CRM_HEALTH.trim().split("\n");
const origin = new URL(words.at(-1)).origin;
const cookies = new Map();

const started = Date.now();
while (!isHealthy()) {
  assert(Date.now() - started < 60_000, "The program is not healthy after a minute.");
  await wait(200);
}
console.log(`Healthy after ${Date.now() - started} ms`);

await signIn();
for (const path of ["/healthz", "/readyz", "/", "/docs", "/docs/operations", "/docs/pictures/board-light.png", "/docs/api/", "/openapi/v1.json", "/icons.svg"]) {
  const answer = await send(path);
  assert.equal(answer.status, 200, `${path} answers ${answer.status}`);
  assert(answer.text.length > 2, `${path} is empty`);
}
assert.match((await send("/openapi/v1.json")).text, /"summary"/, "The description of the API has lost its words");

// Larger than what is kept in memory of a file that comes in.
const board = { id: "66000000aaaaaaaaaaaaaa01", name: "Large", closed: false, lists: [], cards: [], pad: "x".repeat(200_000) };
const upload = form({ _token: await token("/imports") }, { File: JSON.stringify(board) });
const taken = await send("/imports", { method: "POST", body: upload.body, headers: { "Content-Type": upload.type } });
assert.equal(taken.status, 302, `A file that is buffered on the disk is answered with ${taken.status}: ${/<p class="error"[^<]*/.exec(taken.text)}`);

const { child, at } = await signIn({ meanwhile: stop });
await gone(child);
console.log(`A request of three seconds ended meanwhile; the program stopped after ${Date.now() - at} ms`);

/** By the health check of the Dockerfile. */
function isHealthy() {
  try {
    execFileSync("bash", ["-c", 'enter "$@"', "enter", program, ...words], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Fills the form in. With something to do meanwhile, its second half follows two seconds later. */
async function signIn({ meanwhile } = {}) {
  cookies.delete("crm-session");
  const body = new URLSearchParams({ _token: await token("/sign-in"), Email: "ada@example.com", Password: "correct horse battery" }).toString();
  let begun;
  const answer = await send("/sign-in", {
    method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": body.length },
    write: async request => {
      request.write(body.slice(0, 20));
      if (meanwhile) {
        await wait(500);
        begun = meanwhile();
        await wait(1500);
      }
      request.end(body.slice(20));
    },
  });
  assert.equal(answer.status, 302, `Signing in is answered with ${answer.status}`);
  return begun;
}

/** Sends SIGTERM to process 1 of the container, the youngest child of the process that made its namespace. */
function stop() {
  const server = process.env.CRM_SERVER;
  const child = Number(readFileSync(`/proc/${server}/task/${server}/children`, "utf8").trim().split(" ").at(-1));
  process.kill(child, "SIGTERM");
  return { child, at: Date.now() };
}

async function gone(child) {
  const ended = Date.now();
  while (isAlive(child)) {
    assert(Date.now() - ended < 5_000, "The program does not stop within five seconds of its last request");
    await wait(50);
  }
}

function isAlive(child) {
  try {
    return process.kill(child, 0);
  } catch {
    return false;
  }
}

async function token(page) {
  return /name="_token"[^>]*value="([^"]+)"/.exec((await send(page)).text)[1];
}

function form(fields, files) {
  const boundary = "crm-container-check";
  const part = (name, value, rest) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\n${value}\r\n`;
  const body = Object.entries(fields).map(([name, value]) => part(name, value, "")).join("")
    + Object.entries(files).map(([name, value]) => part(name, value, `; filename="${name}.json"\r\nContent-Type: application/json`)).join("") + `--${boundary}--\r\n`;
  return { body, type: `multipart/form-data; boundary=${boundary}` };
}

function send(path, { method = "GET", headers = {}, body, write = request => request.end(body) } = {}) {
  return new Promise((done, failed) => {
    const request = http.request(origin + path, { method, headers: { ...headers, Cookie: [...cookies].map(pair => pair.join("=")).join("; ") }, agent: false }, answer => {
      for (const cookie of answer.headers["set-cookie"] ?? []) {
        cookies.set(...cookie.split(";")[0].split(/=(.*)/s).slice(0, 2));
      }
      let text = "";
      answer.setEncoding("utf8").on("data", chunk => { text += chunk; }).on("end", () => done({ status: answer.statusCode, text }));
    });
    request.on("error", failed);
    write(request);
  });
}

function wait(milliseconds) {
  return new Promise(done => { setTimeout(done, milliseconds); });
}
