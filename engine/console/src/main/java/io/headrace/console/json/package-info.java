/** Writes the JSON of the API: how names, times and ids look, decided in one place. */
@NullMarked
package io.headrace.console.json;

import org.jspecify.annotations.NullMarked;
