package io.headrace.spi;

/**
 * The live workers of a queue, as seen by a job that waits there. A worker that did not register its kinds counts as one
 * that handles every kind, and one that did not register its slots is never full.
 *
 * @param live the number of workers that are not silent and work on the queue
 * @param able the number of these that handle the kind of the job
 * @param full the number of the able ones that have leased at least as many jobs of the queue as they have slots for it
 * @param leased the number of jobs of the queue that the able ones have leased
 * @param slots the number of slots for the queue that the able ones have registered
 */
public record EnginesOnQueue(int live, int able, int full, long leased, long slots) {}
