/** Tests of keys, without the rest of the API. */
@NullMarked
package io.fincore.api.idempotency;

import org.jspecify.annotations.NullMarked;
