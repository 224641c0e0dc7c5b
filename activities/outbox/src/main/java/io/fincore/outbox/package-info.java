/** Events to be published, written in the transaction of what they tell of. */
@NullMarked
package io.fincore.outbox;

import org.jspecify.annotations.NullMarked;
