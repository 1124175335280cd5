package io.headrace.samples.quickstart;

/** The log is off, so that the console holds the report alone, unless it is asked for. */
final class Logging {

    /** Read by {@code logback.xml}. */
    private static final String LEVEL = "quickstart.log.level";

    private Logging() {}

    /** Shows the log on standard error; to be called before the first line is logged. */
    static void show() {
        System.setProperty(LEVEL, "INFO");
    }
}
