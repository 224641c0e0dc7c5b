/** Who changed what: an append-only log, chained by hashes. */
@NullMarked
package io.fincore.audit;

import org.jspecify.annotations.NullMarked;
