// What a worker of the live view can do.

/** The jobs that it runs at once, over all its queues; 0 if that is not known. */
export function slotsOf(worker) {
  return Object.values(worker.slots ?? {}).reduce((total, slots) => total + slots, 0);
}
