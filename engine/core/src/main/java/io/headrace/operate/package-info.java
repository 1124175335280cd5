/**
 * Operators: what they see at the {@linkplain io.headrace.JobOperator desk} beyond single jobs, what they may do, and what
 * they have decided.
 */
@NullMarked
package io.headrace.operate;

import org.jspecify.annotations.NullMarked;
