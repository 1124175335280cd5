/** Carries out bulk operations. */
@NullMarked
package io.headrace.engine.bulk;

import org.jspecify.annotations.NullMarked;
