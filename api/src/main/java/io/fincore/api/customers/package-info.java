/** Customers. */
@NullMarked
package io.fincore.api.customers;

import org.jspecify.annotations.NullMarked;
