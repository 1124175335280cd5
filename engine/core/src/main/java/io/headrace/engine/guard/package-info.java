/** Whatever is thrown, by whomever, ends here: as a signal, as text that can be stored, or as an engine that fails and says why. */
@NullMarked
package io.headrace.engine.guard;

import org.jspecify.annotations.NullMarked;
