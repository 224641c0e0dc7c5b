/** Orders that workflows carry out: taken once per key, started once, whatever dies in between. */
@NullMarked
package io.fincore.api.orders;

import org.jspecify.annotations.NullMarked;
