package io.headrace.operate;

/** How bad a {@link Problem} is. */
public enum Severity {
    /** Jobs are not processed, or can be lost. */
    ERROR,
    /** Jobs are processed, but something will slow them down, or looks like a mistake. */
    WARNING
}
