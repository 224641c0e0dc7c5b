/** A repeated request has one effect and one answer. */
@NullMarked
package io.fincore.api.idempotency;

import org.jspecify.annotations.NullMarked;
