#!/usr/bin/env node
"use strict";
// Written so that any Node can parse it, however old: it is here to say which one is needed.
var version = process.versions.node.split(".");
if (Number(version[0]) < 20 || (Number(version[0]) === 20 && Number(version[1]) < 19)) {
  console.error("tq needs Node 20.19 or later; this is Node " + process.versions.node + ".");
  console.error("    Get a newer one from https://nodejs.org and try again.");
  process.exitCode = 3;
} else {
  // Keeps what V8 compiles, where Node can (22.1): 5 ms less of each start.
  var keep = require("module").enableCompileCache;
  if (keep) keep();
  require("../dist/tq.cjs").main(__filename);
}
