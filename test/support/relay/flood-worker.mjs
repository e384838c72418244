import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** Opens connections, writes to each as fast as it is read, and opens another one for each that ends. */
const { port, connections, opening, piece, everyMs, reads } = workerData;
let opened = 0;

function begin() {
  const socket = connect(port, '127.0.0.1');
  const more = () => {
    if (piece === '' || socket.destroyed) return;
    if (everyMs > 0) {
      socket.write(piece);
      setTimeout(more, everyMs);
    } else {
      // In slices, so that one connection does not keep the others waiting.
      let room = true;
      for (let n = 0; n < 16 && room; n += 1) room = socket.write(piece);
      if (room) setImmediate(more);
      else socket.once('drain', more);
    }
  };
  socket.on('connect', () => {
    opened += 1;
    if (opened === connections) parentPort.postMessage('running');
    if (opening !== '') socket.write(opening);
    more();
  });
  if (reads) socket.resume();
  // Being thrown out is what a flood must expect.
  socket.on('error', () => {});
  socket.on('close', () => setTimeout(begin, 1));
}

for (let n = 0; n < connections; n += 1) begin();
