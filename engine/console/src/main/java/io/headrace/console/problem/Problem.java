package io.headrace.console.problem;

/**
 * A problem as RFC 9457 has it.
 *
 * @param type identifies the code as a URI
 * @param title what went wrong, the same for all problems of a code
 * @param status the HTTP status
 * @param detail what went wrong this time, and what to do next
 * @param code the name of the {@link ProblemCode}
 */
record Problem(String type, String title, int status, String detail, String code) {}
