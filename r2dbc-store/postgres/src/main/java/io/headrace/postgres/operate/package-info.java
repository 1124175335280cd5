/** What people read and decide. Internal. */
@NullMarked
package io.headrace.postgres.operate;

import org.jspecify.annotations.NullMarked;
