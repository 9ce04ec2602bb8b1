// One put over a socket without any library: nobody can be faster in Node.
const { connect } = require("node:net");

const socket = connect(Number(process.env.REDIS_PORT), "127.0.0.1");
socket.write("SELECT 1\r\nRPUSH hotqueue:queue x\r\n");
let reply = "";
socket.on("data", (chunk) => {
  reply += chunk;
  if (reply.split("\r\n").length < 3) return;
  console.log(`${reply.split("\r\n")[1].slice(1)} on the queue`);
  socket.destroy();
});
