/** Bank, KYC provider and notifications over HTTP, behind circuit breakers, bulkheads and timeouts. */
@NullMarked
package io.fincore.providers;

import org.jspecify.annotations.NullMarked;
