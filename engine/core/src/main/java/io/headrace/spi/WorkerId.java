package io.headrace.spi;

import io.headrace.JobId;

/**
 * The id of a worker as people see it: in logs, snapshots and recorded failures. Its text has 13 characters, like that
 * of a {@link JobId}, because 63 bits exceed a JavaScript number.
 *
 * @param value the id as stored; never negative
 */
public record WorkerId(long value) {

    @Override
    public String toString() {
        return new JobId(value).toString();
    }
}
