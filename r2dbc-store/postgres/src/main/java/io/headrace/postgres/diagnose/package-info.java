/**
 * Says what is wrong with a database: settings, rights, the schema, what holds back vacuum, queues that nobody works on.
 * Internal.
 */
@NullMarked
package io.headrace.postgres.diagnose;

import org.jspecify.annotations.NullMarked;
