// Hosts the driver in Pyodide: frames on standard input and output, as
// driver.py describes them. Called with the address of pyodide.mjs; the first
// frame holds the driver's source.
import { readSync, writeSync } from "node:fs";

const { loadPyodide } = await import(process.argv[process.argv.length - 1]);

function readBytes(n) {
  const buf = Buffer.alloc(n);
  for (let at = 0; at < n; ) {
    let got;
    try {
      got = readSync(0, buf, at, n - at, null);
    } catch (e) {
      if (e.code === "EAGAIN") continue;
      if (e.code === "EOF") return null;
      throw e;
    }
    if (got === 0) return null;
    at += got;
  }
  return buf;
}

function readFrame() {
  const head = readBytes(4);
  return head && readBytes(head.readUInt32BE(0));
}

function writeFrame(body) {
  const frame = Buffer.alloc(4 + body.length);
  frame.writeUInt32BE(body.length, 0);
  frame.set(body, 4);
  for (let at = 0; at < frame.length; ) {
    try {
      at += writeSync(1, frame, at);
    } catch (e) {
      if (e.code !== "EAGAIN") throw e;
    }
  }
}

const source = readFrame().toString("utf8");
const print = (s) => process.stderr.write(s + "\n");
const py = await loadPyodide({
  stdout: print,
  stderr: print,
  env: { PYTHONHASHSEED: "0", HOME: "/home/pyodide" },
});
const scope = py.toPy({ __name__: "driver" });
py.runPython(source, { globals: scope, filename: "driver.py" });
const handle = py.runPython("lambda buf: handle(buf.to_bytes())", { globals: scope });
for (;;) {
  const request = readFrame();
  if (request === null) break;
  const answer = handle(new Uint8Array(request));
  const view = answer.getBuffer("u8");
  writeFrame(view.data);
  view.release();
  answer.destroy();
}
