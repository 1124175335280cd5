/** The documentation site: the repository's Markdown as static pages. */
@NullMarked
package io.headrace.site;

import org.jspecify.annotations.NullMarked;
