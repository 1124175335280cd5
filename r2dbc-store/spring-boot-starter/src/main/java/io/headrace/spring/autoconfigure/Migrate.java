package io.headrace.spring.autoconfigure;

/** What an application does about the schema when it starts. */
public enum Migrate {
    /** Brings it up to date, then checks it. */
    ON_START,
    /** Checks it, and does not start if it is missing, older or of a newer generation. */
    VALIDATE,
    /** Nothing. An engine checks it when it starts; a client alone finds out with the first job. */
    OFF
}
