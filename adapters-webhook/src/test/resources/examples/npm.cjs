
const { readFileSync } = require("node:fs");
const { Webhook } = require(PACKAGE);

const [secret, body, ...names] = process.argv.slice(2);
const headers = Object.fromEntries(names.map((name) => [name.split("=", 1)[0], name.slice(name.indexOf("=") + 1)]));
try {
  new Webhook(secret).verify(readFileSync(body, "utf8"), headers);
  console.log(true);
} catch {
  console.log(false);
}
