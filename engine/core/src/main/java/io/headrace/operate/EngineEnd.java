package io.headrace.operate;

/** How an engine ended. */
public enum EngineEnd {
    /** It was stopped, and unregistered. */
    STOPPED,
    /** It fell silent, and a sweep returned its jobs. */
    SILENT
}
