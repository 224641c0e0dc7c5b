/** Refunds: ordering and reading. */
@NullMarked
package io.fincore.api.refunds;

import org.jspecify.annotations.NullMarked;
