/** Serves the files of the console, and the libraries that they import, from the class path. */
@NullMarked
package io.headrace.console.pages;

import org.jspecify.annotations.NullMarked;
