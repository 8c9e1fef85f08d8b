
import { readFileSync } from "node:fs";

const [secret, body, ...names] = process.argv.slice(2);
const headers = Object.fromEntries(names.map((name) => [name.split("=", 1)[0], name.slice(name.indexOf("=") + 1)]));
console.log(isValid(secret, headers, readFileSync(body)));
