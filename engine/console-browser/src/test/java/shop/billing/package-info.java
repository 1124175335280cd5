/** An application, as its frames appear in stack traces. */
package shop.billing;
