/**
 * Operators: who works at the {@linkplain io.headrace.JobOperator desk}, what they may do, and what they have decided.
 */
@NullMarked
package io.headrace.operate;

import org.jspecify.annotations.NullMarked;
