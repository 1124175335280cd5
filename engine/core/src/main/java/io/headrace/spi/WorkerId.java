package io.headrace.spi;

import io.headrace.JobId;

/**
 * A worker's id as people see it: in logs, snapshots and recorded failures. Its text has 13 characters, as that of a {@link JobId}
 * has, because 63 bits do not fit a JavaScript number.
 *
 * @param value the id as stored, never negative
 */
public record WorkerId(long value) {

    @Override
    public String toString() {
        return new JobId(value).toString();
    }
}
