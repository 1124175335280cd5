/** Another part of the application that appears in stack traces. */
package shop.shipping;
