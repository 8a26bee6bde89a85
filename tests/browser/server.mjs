// A host of static files such as a publication is put on: folders answer with their index.html, and what is not there with
// the nearest 404.html.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

export async function serve(root, port) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://host").pathname));
    const file = join(root, path.endsWith("/") ? `${path}index.html` : path);
    const found = await readFile(file).catch(() => undefined);
    const type = found ? (TYPES[extname(file)] ?? "application/octet-stream") : TYPES[".html"];
    response.writeHead(found ? 200 : 404, { "content-type": type });
    response.end(found ?? (await notFound(root, dirname(file))));
  });
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
  return server;
}

async function notFound(root, folder) {
  const page = await readFile(join(folder, "404.html")).catch(() => undefined);
  return page ?? (folder === root ? "not found" : notFound(root, dirname(folder)));
}
