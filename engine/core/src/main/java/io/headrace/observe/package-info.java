/**
 * What an application can hang onto an engine or a client to see what happens in it: observers are told, interceptors stand
 * around. Without any, neither costs anything.
 */
@NullMarked
package io.headrace.observe;

import org.jspecify.annotations.NullMarked;
