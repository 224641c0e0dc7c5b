/** Customers and their verification status. */
@NullMarked
package io.fincore.customers;

import org.jspecify.annotations.NullMarked;
