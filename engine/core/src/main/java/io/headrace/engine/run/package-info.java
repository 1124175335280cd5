/** An attempt: decodes a job, calls its handler on a thread of its kind, times it out or breaks it off, and ends once. */
@NullMarked
package io.headrace.engine.run;

import org.jspecify.annotations.NullMarked;
