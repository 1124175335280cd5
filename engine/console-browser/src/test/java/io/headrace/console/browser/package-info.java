/** The console in a browser: what people see and do. */
package io.headrace.console.browser;
