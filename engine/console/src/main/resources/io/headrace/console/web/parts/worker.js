// What a worker of the live view can and does.

/** Whether it has been silent for longer than its expiry. */
export function isSilent(worker) {
  return worker.expiresInSeconds <= 0;
}

/** The jobs that it runs at once, over all its queues; 0 if that is not known. */
export function slotsOf(worker) {
  return Object.values(worker.slots ?? {}).reduce((total, slots) => total + slots, 0);
}
