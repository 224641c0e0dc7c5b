/** Payments made straight through Temporal, as the API makes them but without it. */
@NullMarked
package io.fincore.dev.payments;

import org.jspecify.annotations.NullMarked;
