package io.headrace.cli.jobs;

import io.headrace.JobId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the id of a job. */
public final class JobIds implements ITypeConverter<JobId> {

    @Override
    public JobId convert(String text) {
        try {
            return JobId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
