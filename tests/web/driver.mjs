// Drives headless Chromium for the tests: one JSON command a line on stdin, one JSON answer a line on stdout.
//
//   node driver.mjs FOLDER CHROMIUM     FOLDER holds node_modules, made from package-lock.json
//
// Commands, answered in the order in which they finish, each with the `id` it came with:
//   open {sdk}               a page of its own browser profile, with that client and harness.js   -> page
//   run {page, name, args}   harness[name](...args) in the page                                   -> its result
//   close {page}             the page and all that it kept go                  -> what it complained of, and where it called
//   cable {port}              a port that leads to `port` on this machine                          -> cable, port
//   mute {cable}              from now on nothing comes down this cable; what goes up still does
//   cut {cable}               its connections break; later ones pass, unmuted
import { createServer as serveHttp } from "node:http";
import { createRequire } from "node:module";
import { connect, createServer as serveTcp } from "node:net";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const [folder, executablePath] = process.argv.slice(2);
const { chromium } = createRequire(join(resolve(folder), "driver.js"))("playwright-core");
const SDKS = { "chat-3.6.6": "@tencentcloud/chat/index.js", "tim-2.27.6": "tim-js-sdk/tim-js-friendship.js" };
const UPLOADER = "tim-upload-plugin/index.js";
const HOME = "127.0.0.1";
// nothing but this machine can be reached, and the browser itself asks for nothing
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${HOME}`,
];

const listening = (server) => new Promise((done) => server.listen(0, HOME, () => done(server.address().port)));

async function fileFor(url) {
  const sdk = SDKS[url.slice(1)];
  if (url === "/nothing") return ["text/html", "<!doctype html><link rel=icon href=data:,>"];
  if (url === "/harness.js") return ["text/javascript", await readFile(new URL("harness.js", import.meta.url))];
  if (url === "/uploader.js") return ["text/javascript", await readFile(join(folder, "node_modules", UPLOADER))];
  if (url.endsWith(".js") && SDKS[url.slice(1, -3)]) {
    return ["text/javascript", await readFile(join(folder, "node_modules", SDKS[url.slice(1, -3)]))];
  }
  if (!sdk) return null;
  const scripts = [`${url}.js`, "/uploader.js", "/harness.js"].map((name) => `<script src="${name}"></script>`);
  return ["text/html", `<!doctype html><link rel=icon href=data:,>${scripts.join("")}`];
}

async function answerHttp(request, response) {
  const file = await fileFor(request.url);
  const type = `${file?.[0] ?? "text/plain"}; charset=utf-8`;
  response.writeHead(file ? 200 : 404, { "Content-Type": type, "Cache-Control": "max-age=3600" });
  response.end(file?.[1]);
}

const origin = `http://${HOME}:${await listening(serveHttp(answerHttp))}`;
const browser = await chromium.launch({ executablePath, args: FLAGS });
const pages = new Map();
// Profiles to be used again, emptied: making one anew, and compiling the client in it, is most of what a page costs.
const idle = new Map(Object.keys(SDKS).map((sdk) => [sdk, []]));
const cables = new Map();
let lastNumber = 0;

async function newProfile(sdk) {
  const context = await browser.newContext();
  const profile = { sdk, context, errors: [], calls: [] };
  context.on("console", (message) => {
    if (message.type() === "error") profile.errors.push(message.text());
  });
  context.on("weberror", (error) => profile.errors.push(String(error.error().stack ?? error.error())));
  context.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== HOME) profile.calls.push(request.url());
  });
  profile.page = await context.newPage();
  return profile;
}

async function forgetAll({ context, page }) {
  await page.goto(`${origin}/nothing`);
  await context.clearCookies();
  await page.evaluate(async () => {
    localStorage.clear();
    sessionStorage.clear();
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  });
}

function pipe(cable, near) {
  const far = connect(cable.target, HOME);
  const end = () => { near.destroy(); far.destroy(); cable.ends.delete(end); };
  cable.ends.add(end);
  near.on("data", (chunk) => far.write(chunk));
  far.on("data", (chunk) => { if (!cable.muted) near.write(chunk); });
  for (const socket of [near, far]) socket.on("close", end).on("error", end);
}

const COMMANDS = {
  async open({ sdk }) {
    const profile = idle.get(sdk).pop() ?? (await newProfile(sdk));
    [profile.errors, profile.calls] = [[], []];
    await profile.page.goto(`${origin}/${sdk}`);
    pages.set(++lastNumber, profile);
    return lastNumber;
  },
  run({ page, name, args }) {
    return pages.get(page).page.evaluate(([name, args]) => harness.run(name, args), [name, args]);
  },
  async close({ page }) {
    const profile = pages.get(page);
    pages.delete(page);
    const { errors, calls } = profile;
    await forgetAll(profile);
    idle.get(profile.sdk).push(profile);
    return { errors, calls };
  },
  async cable({ port }) {
    const cable = { target: port, muted: false, ends: new Set() };
    cables.set(++lastNumber, cable);
    return { cable: lastNumber, port: await listening(serveTcp((socket) => pipe(cable, socket))) };
  },
  mute({ cable }) {
    cables.get(cable).muted = true;
  },
  cut({ cable }) {
    for (const end of [...cables.get(cable).ends]) end();
    cables.get(cable).muted = false;
  },
};

async function obey(line) {
  const { id, command, ...details } = JSON.parse(line);
  try {
    return { id, result: (await COMMANDS[command](details)) ?? null };
  } catch (error) {
    return { id, failure: String(error.stack ?? error) };
  }
}

createInterface({ input: process.stdin })
  .on("line", async (line) => process.stdout.write(`${JSON.stringify(await obey(line))}\n`))
  .on("close", async () => { await browser.close(); process.exit(0); });
