/** Payments: ordering, reading, cancelling. */
@NullMarked
package io.fincore.api.payments;

import org.jspecify.annotations.NullMarked;
