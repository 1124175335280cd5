package io.headrace.spring.autoconfigure;

/** How an application treats the schema at startup. */
public enum Migrate {
    /** Migrates the schema, then checks it. */
    ON_START,
    /** Checks the schema. Startup fails if it is missing, too old, or of a newer generation. */
    VALIDATE,
    /** Does nothing. An engine checks the schema when it starts; a client alone fails with the first job. */
    OFF
}
